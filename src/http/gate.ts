/**
 * What the head of a request must be before anything else looks at it: a form that every proxy and
 * server reads alike. Pure; it knows no route and no program, and repeats nothing that was sent.
 */

import type { Text } from '#base/text.ts'

/** The head as Node hands it over; names and values of headers take turns in `rawHeaders`. */
export type Head = {
  readonly httpVersion: string
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly rawHeaders: readonly string[]
}

export type Misfit = {
  readonly name: 'version' | 'method' | 'target' | 'headers' | 'repeated' | 'coding' | 'host'
  readonly status: 400 | 405 | 415 | 421 | 431
  readonly reason: Text
}

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
/** Node drops what is above its own limit without a word, so that one is set higher. */
export const headersMax = 100

/** Printable ASCII behind a slash (RFC 9112, 3.2.1); no other server's address, no fragment. */
const target = /^\/[!"$-~]*$/

/** Of these two readers may take different ones, so a second one is refused. */
const single = [
  ...['host', 'authorization', 'content-type', 'content-length', 'content-encoding'],
  ...['transfer-encoding', 'expect', 'origin', 'x-forwarded-proto', 'client-cert'],
]

/** Why the request goes no further; undefined when it may. */
export function judgeHead(head: Head, hosts: readonly string[]): Misfit | undefined {
  const { httpVersion, method = '', url = '', rawHeaders } = head
  if (httpVersion !== '1.1') return misfits.version
  if (!methods.some((known) => known === method)) return misfits.method
  if (!target.test(url)) return misfits.target
  if (rawHeaders.length / 2 > headersMax) return misfits.headers
  const given = collect(rawHeaders)
  if (single.some((name) => (given.get(name)?.length ?? 0) > 1)) return misfits.repeated
  const transfer = given.get('transfer-encoding')?.[0] ?? 'chunked'
  if (transfer.toLowerCase() !== 'chunked') return misfits.coding
  const coding = given.get('content-encoding')?.[0] ?? 'identity'
  if (coding.toLowerCase() !== 'identity') return misfits.coding
  return isOurs(given.get('host')?.[0] ?? '', hosts) ? undefined : misfits.host
}

function collect(rawHeaders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const given = new Map<string, string[]>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    const values = given.get(name)
    if (values) values.push(rawHeaders[at + 1] ?? '')
    else given.set(name, [rawHeaders[at + 1] ?? ''])
  }
  return given
}

/** An entry without a port stands for all ports. */
function isOurs(host: string, hosts: readonly string[]): boolean {
  const asked = host.toLowerCase()
  const name = asked.replace(/:\d{1,5}$/, '')
  return hosts.some((each) => each === asked || each === name)
}

const misfits = {
  version: {
    name: 'version',
    status: 400,
    reason: { da: 'Der tales HTTP/1.1 og intet andet', en: 'HTTP/1.1 is spoken, and nothing else' },
  },
  method: {
    name: 'method',
    status: 405,
    reason: { da: 'Metoden bruges ikke her', en: 'The method is not used here' },
  },
  target: {
    name: 'target',
    status: 400,
    reason: {
      da: 'Målet skal være en sti, der begynder med /',
      en: 'The target must be a path that begins with /',
    },
  },
  headers: {
    name: 'headers',
    status: 431,
    reason: {
      da: `Der må højst være ${headersMax} hoveder`,
      en: `There may be at most ${headersMax} headers`,
    },
  },
  repeated: {
    name: 'repeated',
    status: 400,
    reason: {
      da: 'Et hoved, der kun må stå én gang, er gentaget',
      en: 'A header that may stand only once is repeated',
    },
  },
  coding: {
    name: 'coding',
    status: 415,
    reason: {
      da: 'Indholdet skal sendes, som det er, uden pakning',
      en: 'The content must be sent as it is, without compression',
    },
  },
  host: {
    name: 'host',
    status: 421,
    reason: {
      da: 'Serveren svarer ikke under det navn, der står i Host',
      en: 'The server does not answer to the name in Host',
    },
  },
} as const satisfies { readonly [name: string]: Misfit }
