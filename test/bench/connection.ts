/**
 * One HTTP/1.1 connection, kept alive, one request at a time, with as little work as that takes: on
 * two cores a comfortable client would take from the server what it measures. Knows no door.
 */

import { connect, type Socket } from 'node:net'

export type Answered = { readonly status: number; readonly body: string }

const headEnd = '\r\n\r\n'
const answerMaxMs = 30_000

export class Connection {
  readonly #socket: Socket
  readonly #host: string
  readonly #contentType: string
  #received: Buffer = Buffer.alloc(0)
  #waiting: PromiseWithResolvers<Answered> | undefined

  constructor(url: URL, contentType: string) {
    this.#host = url.host
    this.#contentType = contentType
    this.#socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    this.#socket.setTimeout(answerMaxMs, () => this.#fail(new Error('No answer in 30 s')))
    this.#socket.on('data', (chunk) => this.#receive(chunk))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('The server closed the connection')))
  }

  /** `authority` is the header that carries the token, whole. */
  post(path: string, authority: string, body: Buffer | string = ''): Promise<Answered> {
    const length = Buffer.byteLength(body)
    const type = length === 0 ? '' : `content-type: ${this.#contentType}\r\n`
    const head =
      `POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${authority}\r\n${type}` +
      `content-length: ${length}${headEnd}`
    this.#waiting = Promise.withResolvers()
    if (typeof body === 'string') this.#socket.write(head + body)
    else this.#socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]))
    return this.#waiting.promise
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf(headEnd)
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const from = end + headEnd.length
    if (this.#received.length < from + length) return
    const body = this.#received.toString('latin1', from, from + length)
    this.#received = this.#received.subarray(from + length)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), body })
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error)
    this.#waiting = undefined
  }
}
