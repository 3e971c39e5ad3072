/**
 * A file that keeps the password of a person code: in its first line the one that holds, in a
 * second the next one while it is being changed. Processes that share it take turns. Knows no door.
 */

import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { KeptPasswords, PasswordStore } from '#client/index.ts'

/** Who writes holds the turn for milliseconds; one that is older was left by a crash. */
const turnIsOverAfterMs = 10_000
const turnTriesMax = 100
const turnTryMs = 50

export function passwordFile(path: string): PasswordStore {
  return {
    read: async () => readKept(path),
    replace: (before, after) =>
      inTurn(path, () => {
        const kept = readKept(path)
        if (kept.current !== before.current || kept.next !== before.next) return false
        writeKept(path, after)
        return true
      }),
  }
}

/** Never tells what is in it. */
function readKept(path: string): KeptPasswords {
  const lines = readFileSync(path, 'utf8').split('\n')
  const [current = '', next = '', ...rest] = lines.map((line) => line.trim())
  if (current === '' || rest.some((line) => line !== '')) {
    throw new Error(`${path} must hold the password of the person code in its only line`)
  }
  return next === '' ? { current } : { current, next }
}

/** On disk before it counts: a password that the server has and nobody knows locks the site out. */
function writeKept(path: string, { current, next }: KeptPasswords): void {
  const draft = `${path}.draft`
  const file = openSync(draft, 'w', 0o600)
  try {
    chmodSync(draft, 0o600)
    writeSync(file, next === undefined ? `${current}\n` : `${current}\n${next}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** One process at a time, by a file that only one of them can make. */
async function inTurn<Value>(path: string, work: () => Value): Promise<Value> {
  const mark = `${path}.turn`
  for (let tries = 1; !takeTurn(mark); tries += 1) {
    if (tries === turnTriesMax) throw new Error(`${mark} stays: remove it, or make room for it`)
    await wait(turnTryMs)
  }
  try {
    return work()
  } finally {
    rmSync(mark, { force: true })
  }
}

function takeTurn(mark: string): boolean {
  try {
    closeSync(openSync(mark, 'wx', 0o600))
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const since = statSync(mark, { throwIfNoEntry: false })?.mtimeMs
    // A crash left it. Whoever comes next finds no mark and takes the turn, or is told to wait.
    if (since !== undefined && Date.now() - since > turnIsOverAfterMs) rmSync(mark, { force: true })
    return false
  }
}
