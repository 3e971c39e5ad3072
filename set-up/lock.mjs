/**
 * A lock between processes as a folder: whoever renames its own folder to the name holds it. A
 * holder keeps touching it; one that died is moved aside under a name that can be used only once.
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
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const touchMs = 2_000
const deadAfterMs = 30_000
const forgetAfterMs = 3_600_000

/** Runs `work` while no other process on this checkout does. */
export async function withLock(path, work) {
  const token = randomUUID()
  sweep(path)
  for (let told = false; !take(path, token); ) {
    const holder = readHolder(path) ?? { token: 'unreadable' }
    if (isDead(path, holder)) moveAside(path, holder)
    else {
      if (!told) process.stderr.write('samspil: waiting for another set-up of this folder\n')
      told = true
      await sleep(100)
    }
  }
  const touching = setInterval(() => touch(path), touchMs)
  try {
    return await work()
  } finally {
    clearInterval(touching)
    rmSync(path, { recursive: true, force: true })
  }
}

/** A folder that holds a file already can be renamed to a free name only: one of many succeeds. */
function take(path, token) {
  const mine = `${path}.new-${token}`
  mkdirSync(mine)
  writeFileSync(join(mine, 'holder'), JSON.stringify({ pid: process.pid, host: hostname(), token }))
  try {
    renameSync(mine, path)
    return true
  } catch {
    rmSync(mine, { recursive: true, force: true })
    return false
  }
}

function readHolder(path) {
  try {
    return JSON.parse(readFileSync(join(path, 'holder'), 'utf8'))
  } catch {
    return undefined
  }
}

/** Gone by its pid; or silent for long, for a pid of another machine or one that was given anew. */
function isDead(path, holder) {
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  if (touched === undefined) return false
  if (Date.now() - touched > deadAfterMs) return true
  if (holder.host !== hostname()) return false
  try {
    process.kill(holder.pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Two that saw the same dead holder aim at the same name, so that the later one moves nothing. */
function moveAside(path, holder) {
  try {
    renameSync(path, `${path}.was-${holder.token}`)
  } catch {
    // Another one did it.
  }
}

function touch(path) {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // The folder was removed by hand; the work goes on.
  }
}

/** What was moved aside is kept for an hour, far longer than any process can be late. */
function sweep(path) {
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.`)) continue
    const old = join(dirname(path), name)
    const at = statSync(old, { throwIfNoEntry: false })?.ctimeMs ?? Date.now()
    if (Date.now() - at > forgetAfterMs) rmSync(old, { recursive: true, force: true })
  }
}
