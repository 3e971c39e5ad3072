/** One HTTP exchange, and the outages it can end in. Knows neither of the two doors. */

import { type Outcome, Unavailable } from '#base/outage.ts'

/** What the client needs of `fetch`; the global one fits, and so does one of your own. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: Uint8Array<ArrayBuffer> | string
    readonly signal: AbortSignal
  },
) => Promise<{
  readonly status: number
  readonly headers: { get(name: string): string | null; getSetCookie(): string[] }
  arrayBuffer(): Promise<ArrayBuffer>
}>

/** How to reach a server. */
export type Reach = {
  /** Of the server, as 'https://cpr.example'; the client knows the paths. */
  readonly url: string
  /** The global one when left out. */
  readonly fetch?: Fetch
  /** After this long without a whole answer it is an outage; 30 seconds when left out. */
  readonly timeoutMs?: number
}

export type Exchanged = {
  readonly status: number
  readonly contentType: string
  readonly setCookies: readonly string[]
  readonly bytes: Uint8Array
}

export type Sent = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers: Record<string, string>
  readonly body?: Uint8Array<ArrayBuffer> | string
}

const timeoutMsDefault = 30_000

/** Sends and waits for the whole answer; throws `Unavailable` when there is none. */
export async function exchange(reach: Reach, path: string, sent: Sent): Promise<Exchanged> {
  const { fetch = globalThis.fetch, timeoutMs = timeoutMsDefault } = reach
  const url = `${reach.url.replace(/\/{1,9}$/, '')}${path}`
  try {
    const answer = await fetch(url, { ...sent, signal: AbortSignal.timeout(timeoutMs) })
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? '',
      setCookies: answer.headers.getSetCookie(),
      bytes: new Uint8Array(await answer.arrayBuffer()),
    }
  } catch (error) {
    const outcome = outcomeOf(error, sent.method)
    throw new Unavailable(`no answer from ${new URL(url).host}`, { cause: error, outcome })
  }
}

/** What fails before a connection stands has reached nobody. */
const beforeConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function outcomeOf(error: unknown, method: Sent['method']): Outcome {
  const codes = [error, causeOf(error)].map(codeOf)
  const unsent = codes.some((code) => code !== undefined && beforeConnection.has(code))
  return unsent || method === 'GET' ? 'nothing-happened' : 'unknown'
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
