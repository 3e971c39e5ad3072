/**
 * From which network address a request comes, and by which certificate, when trusted proxies stand
 * between. What anybody else says of that is not read. Knows no program.
 */

import { BlockList, isIP } from 'node:net'
import { readClientCert } from '#http/certificate.ts'

export type ProxySettings = {
  /** Addresses and networks of the proxies; without one, nobody is believed. */
  readonly proxies: readonly string[]
  readonly header: 'x-forwarded-for' | 'forwarded'
  /** In which header they tell the client's certificate; left out, a proxy's word for it is not read. */
  readonly certificateHeader?: 'client-cert' | undefined
  /** Addresses and networks of programs with pages that may say where a person asks from. */
  readonly tellers?: readonly string[]
}

export type Said = {
  readonly peer: string
  readonly isEncrypted: boolean
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export type Source = {
  readonly address: string
  readonly isHttps: boolean
  /**
   * Fingerprint of the client's certificate: as a proxy tells it, or as the client showed it. A
   * proxy's own is not the client's.
   */
  readonly certificate?: string | undefined
  /** Of the person in front, where a program with pages that is believed says it. */
  readonly browser?: string | undefined
}

/** In what a program with pages says for whom it asks. A client that is not believed says nothing. */
export const browserHeader = 'samspil-browser'

export type SourceReader = {
  readonly isProxy: (address: string) => boolean
  /** Undefined when a trusted proxy tells what is no address or no certificate: who asks is unknown. */
  readonly read: (said: Said) => Source | undefined
}

export function openSourceReader(settings: ProxySettings): SourceReader {
  const isProxy = isWithin(settings.proxies)
  const isTeller = isWithin(settings.tellers ?? [])
  const readDirect = openProxyReader(settings, isProxy)
  return {
    isProxy,
    read: (said) => {
      const source = readDirect(said)
      const told = join(said.headers[browserHeader])
      if (source === undefined || told === undefined || !isTeller(source.address)) return source
      const browser = readNode(told)
      return browser === undefined ? undefined : { ...source, browser }
    },
  }
}

function openProxyReader(
  { header, certificateHeader }: ProxySettings,
  isProxy: SourceReader['isProxy'],
): SourceReader['read'] {
  const recall = rememberingReader()
  return ({ peer, isEncrypted, headers }) => {
    const direct = { address: plainAddress(peer), isHttps: isEncrypted }
    if (!isProxy(peer)) return direct
    const told = certificateHeader && join(headers[certificateHeader])
    const certificate = told && recall(told)
    if (told !== undefined && !certificate) return undefined
    const client = certificate ? { certificate } : {}
    const said = join(headers[header])
    if (said === undefined) return { ...direct, ...client }
    const hops = header === 'forwarded' ? readForwarded(said) : readList(said)
    const addresses = hops.map((hop) => readNode(hop.for))
    // From our side outwards: the first that is no proxy of ours is the one who asked.
    const at = addresses.findLastIndex((address) => address === undefined || !isProxy(address))
    const address = addresses[Math.max(at, 0)]
    if (address === undefined) return undefined
    const proto = header === 'forwarded' ? hops.at(-1)?.proto : join(headers['x-forwarded-proto'])
    return { address, isHttps: proto?.toLowerCase() === 'https', ...client }
  }
}

function isWithin(networks: readonly string[]): SourceReader['isProxy'] {
  const list = blockListOf(networks)
  return (address) => {
    const plain = plainAddress(address)
    return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
}

const certificatesKept = 1_000

/** To read one costs more than all else here (measured), and clients show the same ones again. */
function rememberingReader(): (told: string) => string | undefined {
  const known = new Map<string, string>()
  return (told) => {
    const read = known.get(told) ?? readClientCert(told)
    if (known.size >= certificatesKept && !known.has(told)) known.clear()
    if (read !== undefined) known.set(told, read)
    return read
  }
}

/** An IPv4 address in IPv6's clothes is the same address. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function blockListOf(proxies: readonly string[]): BlockList {
  const trusted = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  return trusted
}

type Hop = { readonly for: string; readonly proto?: string | undefined }

function join(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : value.join(',')
}

function readList(text: string): readonly Hop[] {
  return text.split(',').map((each) => ({ for: each.trim() }))
}

/** RFC 7239: elements with commas, pairs with semicolons; the quotes go only around what needs them. */
function readForwarded(text: string): readonly Hop[] {
  return text.split(',').map((element) => {
    const pairs = element.split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2)
      return [name.toLowerCase(), value.replace(/^"|"$/g, '')] as const
    })
    const said = new Map(pairs)
    return { for: said.get('for') ?? '', proto: said.get('proto') }
  })
}

/** `10.0.0.7`, `10.0.0.7:4711`, `2001:db8::1`, `[2001:db8::1]:4711`; anything else is none. */
function readNode(text: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1]
  const address = plainAddress(bare ?? text.replace(/^([\d.]+):\d{1,5}$/, '$1'))
  return isIP(address) === 0 ? undefined : address
}
