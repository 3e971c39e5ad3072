/** Questions to the operating system about processes: is it alive, and is it still the same one? */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whether a process has the number; also true for one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !isZombie(pid)
}

/** What tells a process from a later one of the same number: when it started. */
export function startOf(pid: number): string | undefined {
  const fields = statFields(pid)
  if (fields !== undefined) return fields[19]
  return existsSync('/proc/self/stat') ? undefined : ps(pid, 'lstart=')
}

/** The command line, arguments apart where the system tells them apart. */
export function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return existsSync('/proc/self/cmdline') ? undefined : ps(pid, 'command=')
  }
}

/** Waits until the process is gone; false when it still lives after that time. */
export async function waitUntilGone(pid: number, waitMs: number): Promise<boolean> {
  const stepMs = 20
  for (let waited = 0; isAlive(pid); waited += stepMs) {
    if (waited >= waitMs) return false
    await sleep(stepMs)
  }
  return true
}

/** Ended, but its parent has not asked for its exit code: in containers without an init, for good. */
function isZombie(pid: number): boolean {
  return statFields(pid)?.[0] === 'Z'
}

/** The fields of /proc/PID/stat after the name, which is in parentheses and may hold anything. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const said = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return said.trim() || undefined
  } catch {
    return undefined
  }
}
