/**
 * Listens to all that leaves a test's process: answers of every server with their headers, lines
 * of logs, what a browser shows. A canary fails the file, unless the caller's field set shows
 * protected persons or the test said whom it reads. Loaded before every test file.
 */

import { type IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http'
import { relative } from 'node:path'
import process from 'node:process'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { canariesIn, type Heard } from '#test/canaries/canary.ts'
import { root } from '#test/step.ts'

export type Sighting = {
  readonly suite: string
  /** An answer with its path, a log, a screen. */
  readonly channel: string
  readonly canary: string
  readonly place: string
}

/** Whether whoever holds that token is shown protected persons by the field set. */
export type SeesProtected = (token: string | undefined) => Promise<boolean>

const suite = relative(root, process.argv[1] ?? '')
const sightings: Sighting[] = []
/** By the port of a server; of any other one every answer is looked at as a stranger's. */
const readers = new Map<number, SeesProtected>()
const flock: string[] = []
const readable = new Map<string, number>()
let expecting: Sighting[] | undefined

export function knowReaders(url: string, sees: SeesProtected): void {
  readers.set(Number(new URL(url).port), sees)
}

/** Whose the canaries are, in their order. */
export function knowFlock(people: readonly string[]): void {
  flock.splice(0, flock.length, ...people)
}

/** While `work` runs, those persons may be read: by themselves, or by whom the law lets know. */
export async function whileReadable<T>(
  pnrs: readonly string[],
  _why: string,
  work: () => Promise<T>,
): Promise<T> {
  allow(pnrs, 1)
  try {
    return await work()
  } finally {
    allow(pnrs, -1)
  }
}

/** From now on that person reads what is their own, as one who has signed in does. */
export function readsOwn(pnr: string): void {
  allow([pnr], 1)
}

function allow(pnrs: readonly string[], more: 1 | -1): void {
  for (const pnr of pnrs) readable.set(pnr, (readable.get(pnr) ?? 0) + more)
}

/** What is seen while `work` runs, which is then no failure: a control of the mechanism itself. */
export async function seenDuring(work: () => Promise<unknown>): Promise<readonly Sighting[]> {
  const seen: Sighting[] = []
  expecting = seen
  try {
    await work()
    await settled()
  } finally {
    expecting = undefined
  }
  return seen
}

/** A text that left by some channel. */
export function hear(channel: string, text: string): void {
  report(channel, heardOf(text))
}

function heardOf(text: string): readonly Heard[] {
  return canariesIn(text).filter(({ index }) => !((readable.get(flock[index] ?? '') ?? 0) > 0))
}

function report(channel: string, heard: readonly Heard[]): void {
  const into = expecting ?? sightings
  into.push(...heard.map(({ text, place }) => ({ suite, channel, canary: text, place })))
}

const asking = new Set<Promise<void>>()

async function settled(): Promise<void> {
  while (asking.size > 0) await Promise.all(asking)
}

/** `text` is the body as it is read. */
function hearAnswer(response: ServerResponse<IncomingMessage>, text: string): void {
  const heard = heardOf(
    `${JSON.stringify(response.getHeaders())}\n${heads.get(response) ?? ''}\n${text}`,
  )
  if (heard.length === 0) return
  const { req, socket } = response
  const channel = `answer ${req.method} ${req.url} ${response.statusCode}`
  const sees = readers.get(socket?.localPort ?? 0)
  if (!sees) {
    report(channel, heard)
    return
  }
  const asked = sees(tokenIn(req))
    .then((isReader) => (isReader ? undefined : report(channel, heard)))
    .catch((error: unknown) => report(`${channel}, of whom nobody knows: ${String(error)}`, heard))
    .finally(() => asking.delete(asked))
  asking.add(asked)
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

process.on('exit', () => {
  if (sightings.length === 0) return
  const told = sightings.map(
    (each) => `  ${each.suite}: ${each.channel}: ${each.canary} (${each.place})`,
  )
  process.stderr.write(`✖ a protected person was told of:\n${[...new Set(told)].join('\n')}\n`)
  process.exitCode = 1
})
