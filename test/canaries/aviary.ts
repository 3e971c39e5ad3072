/**
 * What the process of a test file and the programs that it starts share of the canaries, in a
 * folder: whose they are, who may be read just now, who listens, and what was heard. It listens to
 * nothing itself.
 */

import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { present } from '#base/assert.ts'
import { alphabet, type Bird, places } from '#test/canaries/canary.ts'

/** Tells a program where the folder is. No setting of ours, or the program would not start. */
export const folderVariable = 'CANARIES_FOLDER'

const given = process.env[folderVariable]
let made: string | undefined

/** Of the test file's process, which makes it when it is first needed and takes it away in the end. */
export function folder(): string {
  if (given !== undefined) return given
  made ??= makeFolder()
  return made
}

function makeFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'samspil-canaries-'))
  // Told of later than the watch, which reads it when the process exits, and so called later.
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  return path
}

const pathOf = (name: string) => join(folder(), name)

/** Whole or not at all, for others read meanwhile. */
function write(name: string, value: unknown): void {
  const draft = pathOf(`${name}.${process.pid}`)
  writeFileSync(draft, JSON.stringify(value))
  renameSync(draft, pathOf(name))
}

function read(name: string): readonly string[] {
  return existsSync(pathOf(name)) ? JSON.parse(readFileSync(pathOf(name), 'utf8')) : []
}

/** The letter of a population of one's own, whichever process it is planted in. */
export function takeFlock(): string {
  return present([...alphabet].find(isFirst), 'a flock that nobody has')
}

function isFirst(flock: string): boolean {
  try {
    writeFileSync(pathOf(`flock-${flock}`), '[]', { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

/** Whose its canaries are, in their order. */
export function knowFlock(flock: string, people: readonly string[]): void {
  write(`flock-${flock}`, people)
}

/** Who may be read, from now on and in every process. */
export function letRead(pnrs: readonly string[]): void {
  write('readable', pnrs)
}

/** A road tells of the three who live on it, of whom the first is named. */
export function isReadable({ flock, index, place }: Bird & { readonly place: string }): boolean {
  const people = read(`flock-${flock}`)
  const told = people.slice(index, index + (place === places.a ? 3 : 1))
  const readable = read('readable')
  return told.some((pnr) => readable.includes(pnr))
}

/** That this process, a program, is listened to. */
export function announce(): void {
  writeFileSync(pathOf(`listening-${process.pid}`), '')
}

export function isListenedTo(pid: number): boolean {
  return existsSync(pathOf(`listening-${pid}`))
}

/** What was heard of whom, and where. */
export type Sighting = {
  /** An answer with its path, a log, a screen. */
  readonly channel: string
  readonly canary: string
  readonly place: string
}

/** Where it is written; taken out when whoever asked is found to be one who may be told. */
export type Ledger = {
  readonly add: (sighting: Sighting) => unknown
  readonly delete: (sighting: Sighting) => unknown
}

type Line = { readonly key: string; readonly sighting?: Sighting }

/**
 * A program's ledger: written before the answer leaves, so that neither a crash nor a declaration
 * that ends with the answer comes between.
 */
export function programLedger(program: string): Ledger {
  const keys = new Map<Sighting, string>()
  const append = (line: Line) => appendFileSync(pathOf('heard'), `${JSON.stringify(line)}\n`)
  return {
    add: (sighting) => {
      const key = `${process.pid}-${keys.size}`
      keys.set(sighting, key)
      append({ key, sighting: { ...sighting, channel: `${program}: ${sighting.channel}` } })
    },
    delete: (sighting) => append({ key: present(keys.get(sighting), 'what was written') }),
  }
}

/** What programs heard and did not take back. */
export function heardInPrograms(): readonly Sighting[] {
  if (made === undefined || !existsSync(pathOf('heard'))) return []
  const heard = new Map<string, Sighting>()
  for (const text of readFileSync(pathOf('heard'), 'utf8').trim().split('\n')) {
    const { key, sighting }: Line = JSON.parse(text)
    if (sighting) heard.set(key, sighting)
    else heard.delete(key)
  }
  return [...heard.values()]
}
