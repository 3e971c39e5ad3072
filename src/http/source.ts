/**
 * From which network address a request comes, when trusted proxies stand between. What anybody else
 * says of that is not read. Knows no program.
 */

import { BlockList, isIP } from 'node:net'

export type ProxySettings = {
  /** Addresses and networks of the proxies; without one, nobody is believed. */
  readonly proxies: readonly string[]
  readonly header: 'x-forwarded-for' | 'forwarded'
}

export type Said = {
  readonly peer: string
  readonly isEncrypted: boolean
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export type Source = {
  readonly address: string
  readonly isHttps: boolean
  /** Fingerprint of the certificate that the client itself showed; a proxy's is not the client's. */
  readonly certificate?: string | undefined
}

export type SourceReader = {
  readonly isProxy: (address: string) => boolean
  /** Undefined when a trusted proxy says what is no address: then nobody knows who asks. */
  readonly read: (said: Said) => Source | undefined
}

export function openSourceReader({ proxies, header }: ProxySettings): SourceReader {
  const trusted = blockListOf(proxies)
  const isProxy = (address: string) => {
    const plain = plainAddress(address)
    return trusted.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
  return {
    isProxy,
    read: ({ peer, isEncrypted, headers }) => {
      const direct = { address: plainAddress(peer), isHttps: isEncrypted }
      if (!isProxy(peer)) return direct
      const said = join(headers[header])
      if (said === undefined) return direct
      const hops = header === 'forwarded' ? readForwarded(said) : readList(said)
      const addresses = hops.map((hop) => readNode(hop.for))
      // From our side outwards: the first that is no proxy of ours is the one who asked.
      const at = addresses.findLastIndex((address) => address === undefined || !isProxy(address))
      const address = addresses[Math.max(at, 0)]
      if (address === undefined) return undefined
      const proto = header === 'forwarded' ? hops.at(-1)?.proto : join(headers['x-forwarded-proto'])
      return { address, isHttps: proto?.toLowerCase() === 'https' }
    },
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
