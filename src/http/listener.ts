/**
 * The server that a program listens with: every limit of time and number, and the gate before the
 * program. What is refused here reaches no route. Knows no program.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { networkOf } from '#base/network.ts'
import type { Text } from '#base/text.ts'
import { fingerprintOf } from '#http/certificate.ts'
import { headersMax, judgeHead, methods } from '#http/gate.ts'
import { securityHeaders } from '#http/headers.ts'
import { openSourceReader, type ProxySettings, type Source } from '#http/source.ts'
import { readTls, renewTls, type TlsFiles } from '#http/tls.ts'

export type ListenerSettings = {
  /** The names that Host may have, in small letters. */
  readonly hosts: readonly string[]
  readonly socketsMax: number
  readonly socketsPerSourceMax: number
  readonly proxy: ProxySettings
  readonly tls?: TlsFiles | undefined
}

/** What a program that is not told otherwise listens with: on this machine, for this machine. */
export const localListener: ListenerSettings = {
  hosts: ['localhost', '127.0.0.1', '[::1]'],
  socketsMax: 2000,
  socketsPerSourceMax: 500,
  proxy: { proxies: [], header: 'x-forwarded-for' },
}

/** Told of every refusal by its name, to be counted; and of what went wrong, to be looked into. */
export type Watch = {
  readonly onRefused: (name: string) => void
  readonly onFault: (error: unknown) => void
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

const limits = {
  // Slow senders; with Node's own interval of 30 s the first would bite that late (measured).
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 72_000,
  maxHeaderSize: 16_384,
  insecureHTTPParser: false,
  requireHostHeader: true,
  noDelay: true,
}
/** The time of the head begins only behind the handshake; Node would wait two minutes for that. */
const handshakeTimeout = 10_000
/** A connection on which nothing moves, as when a reader of an answer has stopped reading. */
const silentMaxMs = 60_000
const requestsPerSocketMax = 1_000

/** Who asked, as the gate found; a request that came through none is its peer's own. */
export function askedFrom(request: IncomingMessage): Source {
  const peer = request.socket.remoteAddress ?? ''
  return sources.get(request) ?? { address: peer, isHttps: request.socket instanceof TLSSocket }
}
const sources = new WeakMap<IncomingMessage, Source>()

/** Of a connection that was asked for one, and showed one of the authority that is trusted. */
function certificateOf(socket: Socket): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined
  const known = certificates.get(socket)
  if (known !== undefined) return known
  const shown = socket.getPeerX509Certificate()
  if (shown === undefined) return undefined
  const fingerprint = fingerprintOf(shown.raw)
  certificates.set(socket, fingerprint)
  return fingerprint
}
const certificates = new WeakMap<Socket, string>()

export function openListener(settings: ListenerSettings, handler: Handler, watch: Watch): Server {
  const reader = openSourceReader(settings.proxy)
  const counts = new WeakMap<Socket, number>()

  const pass: Handler = (request, response) => {
    const count = (counts.get(request.socket) ?? 0) + 1
    counts.set(request.socket, count)
    // What was sent behind the last request of a connection is nobody's: it closes under it.
    if (count > requestsPerSocketMax) return
    if (count === requestsPerSocketMax) response.setHeader('connection', 'close')
    const misfit = judgeHead(request, settings.hosts)
    if (misfit) return refuse(response, misfit, watch)
    const peer = request.socket.remoteAddress
    // A connection that is gone already has no address, and nobody to answer.
    if (peer === undefined) return void response.destroy()
    const isEncrypted = request.socket instanceof TLSSocket
    const source = reader.read({ peer, isEncrypted, headers: request.headers })
    if (!source) return refuse(response, noSource, watch)
    const own = reader.isProxy(peer) ? {} : { certificate: certificateOf(request.socket) }
    sources.set(request, { ...source, ...own })
    handler(request, response)
  }

  const server = settings.tls
    ? createSecureServer({ ...limits, handshakeTimeout, ...readTls(settings.tls) }, pass)
    : createServer(limits, pass)
  server.maxHeadersCount = headersMax + 1
  server.maxConnections = settings.socketsMax
  server.timeout = silentMaxMs
  boundPerSource(server, settings.socketsPerSourceMax, reader.isProxy, watch)
  // Node's own answer to it would pass by the gate, uncounted and without our headers.
  server.on('checkExpectation', (_request, response) => refuse(response, expectation, watch))
  server.on('drop', () => watch.onRefused('sockets'))
  if (settings.tls && 'setSecureContext' in server) {
    const renewal = renewTls(server, settings.tls, watch.onFault)
    server.on('close', renewal.stop)
  }
  return server
}

/** Each network has its share of the connections, so that one alone cannot take them all (A40). */
function boundPerSource(
  server: Server,
  max: number,
  isProxy: (address: string) => boolean,
  watch: Watch,
): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = socket.remoteAddress
    if (address === undefined || isProxy(address)) return
    const network = networkOf(address)
    const count = (open.get(network) ?? 0) + 1
    if (count > max) {
      watch.onRefused('sockets-of-source')
      socket.destroy()
      return
    }
    open.set(network, count)
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1
      if (left === 0) open.delete(network)
      else open.set(network, left)
    })
  })
}

const noSource = {
  name: 'source',
  status: 400,
  reason: {
    da: 'Det kan ikke ses, hvem der spørger',
    en: 'It cannot be told who asks',
  },
} as const

const expectation = {
  name: 'expect',
  status: 417,
  reason: { da: 'Kun »Expect: 100-continue« bruges', en: 'Only "Expect: 100-continue" is used' },
} as const

type Refused = { readonly name: string; readonly status: number; readonly reason: Text }

/** Before any door: in no door's speech, and the connection ends, for what follows is not trusted. */
function refuse(response: ServerResponse, { name, status, reason }: Refused, watch: Watch): void {
  watch.onRefused(name)
  const body = bodyOf(status, reason)
  const allow = status === 405 ? { allow: methods.join(', ') } : {}
  response.writeHead(status, { ...headersOf(body), ...allow, connection: 'close' }).end(body)
}

function bodyOf(status: number, { da, en }: Text): string {
  return `${JSON.stringify({ type: 'about:blank', title: en, status, detail: da })}\n`
}

function headersOf(body: string): Readonly<Record<string, string | number>> {
  return {
    ...securityHeaders(false),
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  }
}

const unreadable: Readonly<Record<string, { readonly status: number; readonly phrase: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, phrase: 'Request Header Fields Too Large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, phrase: 'Request Timeout' },
}
const noHttp = { da: 'Det er ikke HTTP, som vi læser det', en: 'This is not HTTP as we read it' }

/** What Node could not read as HTTP. It may have come in the middle of an answer to another. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed) return
  const { status, phrase } = unreadable[error.code ?? ''] ?? { status: 400, phrase: 'Bad Request' }
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  const body = bodyOf(status, noHttp)
  const headers = Object.entries(headersOf(body)).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nconnection: close\r\n${headers.join('')}\r\n${body}`,
    () => socket.destroy(),
  )
}
