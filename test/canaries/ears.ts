/**
 * Ears of a process: they hear answers of every server in it with their headers, and whatever text
 * they are handed. A canary is written down, unless it may be read just now or whoever asked is
 * shown protected persons by the field set. They do not know what becomes of it.
 */

import { type IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { isReadable, type Ledger } from '#test/canaries/aviary.ts'
import { canariesIn, type Heard, places } from '#test/canaries/canary.ts'

/** Whether whoever holds that token is shown protected persons by the field set. */
export type SeesProtected = (token: string | undefined) => Promise<boolean>

/** By the port of a server; of any other one every answer is looked at as a stranger's. */
const readers = new Map<number, SeesProtected>()
let ledger: Ledger | undefined

export function knowReaders(url: string, sees: SeesProtected): void {
  readers.set(Number(new URL(url).port), sees)
}

/** From now on it is written there; gives where it was until now. */
export function writeInto(next: Ledger | undefined): Ledger | undefined {
  const before = ledger
  ledger = next
  return before
}

/** A text that left by some channel. */
export function hear(channel: string, text: string): void {
  writeDown(channel, heardIn(text))
}

function heardIn(text: string): readonly Heard[] {
  return canariesIn(text).filter((bird) => !isReadable(bird))
}

/** Gives how to take it back. */
function writeDown(channel: string, heard: readonly Heard[]): () => void {
  const into = ledger
  const found = heard.map(({ text, place }) => ({ channel, canary: text, place }))
  for (const each of found) into?.add(each)
  return () => {
    for (const each of found) into?.delete(each)
  }
}

const asking = new Set<Promise<void>>()

/** Until it is known of all who asked what they are shown. */
export async function settled(): Promise<void> {
  while (asking.size > 0) await Promise.all(asking)
}

/** `text` is the body as it is read. */
function hearAnswer(response: ServerResponse<IncomingMessage>, text: string): void {
  const { req, socket } = response
  const heard = heardIn(
    `${JSON.stringify(response.getHeaders())}\n${heads.get(response) ?? ''}\n${text}`,
  ).filter(({ place }) => place !== places.a || !isDirectory(req))
  if (heard.length === 0) return
  const channel = `answer ${req.method} ${req.url} ${response.statusCode}`
  const takeBack = writeDown(channel, heard)
  const sees = readers.get(socket?.localPort ?? 0)
  if (!sees) return
  const asked = sees(tokenIn(req))
    .then((isReader) => (isReader ? takeBack() : undefined))
    .catch((error: unknown) => {
      takeBack()
      writeDown(`${channel}, of whom nobody knows: ${String(error)}`, heard)
    })
    .finally(() => asking.delete(asked))
  asking.add(asked)
}

/** Of the roads of a municipality, whoever lives on them. */
function isDirectory({ url = '' }: IncomingMessage): boolean {
  return /^\/(?:api\/v1|da|en)\/addresses\b/.test(url)
}

function tokenIn({ headers }: IncomingMessage): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  return bearer ?? /(?:^|; *)Token=([^;]+)/.exec(headers.cookie ?? '')?.[1]
}

const written = new WeakMap<OutgoingMessage, Buffer[]>()

function keep(message: OutgoingMessage, chunk: unknown, encoding: unknown): void {
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
  const name = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, name) : Buffer.from(chunk)
  const sofar = written.get(message)
  if (sofar) sofar.push(bytes)
  else written.set(message, [bytes])
}

// Below every framework, so that no program and no test can answer past it.
/* oxlint-disable typescript/unbound-method -- each is called by Reflect.apply, with its message */
const { write, end } = OutgoingMessage.prototype
const { writeHead } = ServerResponse.prototype
/* oxlint-enable typescript/unbound-method */
const heads = new WeakMap<OutgoingMessage, string>()
ServerResponse.prototype.writeHead = function (this: ServerResponse, ...args: unknown[]) {
  heads.set(this, JSON.stringify(args))
  return Reflect.apply(writeHead, this, args)
} as typeof writeHead
OutgoingMessage.prototype.write = function (this: OutgoingMessage, ...args: unknown[]) {
  if (this instanceof ServerResponse) keep(this, args[0], args[1])
  return Reflect.apply(write, this, args)
} as typeof write
OutgoingMessage.prototype.end = function (this: OutgoingMessage, ...args: unknown[]) {
  if (this instanceof ServerResponse) {
    keep(this, args[0], args[1])
    const parts = [...(written.get(this) ?? []), ...injectedIn(this)]
    written.delete(this)
    hearAnswer(this, textOf(this, Buffer.concat(parts)))
  }
  return Reflect.apply(end, this, args)
} as typeof end

/** What was answered to a request that came over no socket (light-my-request keeps it by itself). */
function injectedIn(response: object): readonly Buffer[] {
  const kept: unknown = Reflect.get(response, '_lightMyRequest')
  if (typeof kept !== 'object' || kept === null) return []
  const chunks: unknown = Reflect.get(kept, 'payloadChunks')
  return Array.isArray(chunks) ? chunks.filter((each) => each instanceof Buffer) : []
}

const unpack = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync } as const

function textOf(response: ServerResponse, bytes: Buffer): string {
  const head = `${heads.get(response) ?? ''}${JSON.stringify(response.getHeaders())}`
  const coding = /"content-encoding":"(\w+)"/.exec(head)?.[1]
  const open = Object.entries(unpack).find(([name]) => name === coding)?.[1]
  return (open && bytes.length > 0 ? open(bytes) : bytes).toString('latin1')
}
