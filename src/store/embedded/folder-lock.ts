/**
 * One living Samspil per data folder. The lock is a folder beside the data: who renames its own to
 * the name holds it. PostgreSQL's postmaster.pid stands behind it as a second lock.
 */

import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isAlive, startOf } from '#store/embedded/processes.ts'
import { Unusable } from '#store/embedded/unusable.ts'

const name = 'samspil.lock'
const touchMs = 5_000
/** After this silence a holder on another machine or container is taken to be dead (inferred). */
const silentMs = 20_000
const keptMs = 3_600_000

type Holder = {
  readonly pid: number
  readonly start: string | undefined
  readonly host: string
  readonly token: string
}

/** A lock without a readable holder is judged by its last touch alone. */
const unreadable: Holder = { pid: 0, start: undefined, host: 'unknown', token: 'unreadable' }

export type FolderLock = { readonly release: () => void }

/** Takes the folder, or throws and says who has it. A lock of a dead process is taken over. */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, name)
  const token = randomUUID()
  while (!take(path, token)) {
    const holder = findHolder(path) ?? unreadable
    if (isHeld(path, holder)) throw new Unusable(heldText(folder, holder))
    moveAside(path, holder)
  }
  sweep(folder)
  const touching = setInterval(() => touch(path), touchMs).unref()
  return {
    release: () => {
      clearInterval(touching)
      if (findHolder(path)?.token === token) rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Whether a living Samspil has the folder. */
export function isFolderHeld(folder: string): boolean {
  const path = join(folder, name)
  const holder = findHolder(path)
  return holder !== undefined && isHeld(path, holder)
}

/** Whether a Samspil of this machine had the folder and is dead. */
export function isAbandoned(folder: string): boolean {
  const path = join(folder, name)
  const holder = findHolder(path)
  return holder !== undefined && holder.host === hostname() && !isHeld(path, holder)
}

/** Only to a free name can a folder be renamed that holds a file already: one of many succeeds. */
function take(path: string, token: string): boolean {
  const mine = `${path}.new-${token}`
  const holder: Holder = { pid: process.pid, start: startOf(process.pid), host: hostname(), token }
  mkdirSync(mine)
  writeFileSync(join(mine, 'holder.json'), JSON.stringify(holder))
  try {
    renameSync(mine, path)
    return true
  } catch {
    rmSync(mine, { recursive: true, force: true })
    return false
  }
}

function findHolder(path: string): Holder | undefined {
  try {
    const text = readFileSync(join(path, 'holder.json'), 'utf8')
    const { pid, start, host, token } = JSON.parse(text)
    return { pid: Number(pid), start, host: String(host), token: String(token) }
  } catch {
    return undefined
  }
}

/** Another host's process cannot be asked, so its touch is what counts (containers, one volume). */
function isHeld(path: string, holder: Holder): boolean {
  if (holder.host === hostname()) {
    return isAlive(holder.pid) && startOf(holder.pid) === holder.start
  }
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - touched < silentMs
}

/** Two that saw the same dead holder aim at the same name, so the later one moves nothing. */
function moveAside(path: string, holder: Holder): void {
  try {
    renameSync(path, `${path}.was-${holder.token}`)
  } catch {
    // Another one did it.
  }
}

/** What was moved aside bars the way for an hour, far longer than any process can be late. */
function sweep(folder: string): void {
  for (const left of readdirSync(folder)) {
    if (!left.startsWith(`${name}.`)) continue
    const path = join(folder, left)
    const changed = statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Date.now()
    if (Date.now() - changed > keptMs) rmSync(path, { recursive: true, force: true })
  }
}

function touch(path: string): void {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // Removed by hand; postmaster.pid still keeps others out.
  }
}

function heldText(folder: string, holder: Holder): string {
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`
  return (
    `the data folder ${folder} is in use by another Samspil (process ${holder.pid}${where}). ` +
    'Stop that one first, or choose another folder.'
  )
}
