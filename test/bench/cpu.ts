/**
 * Processor time of the processes that take part: unlike a rate, it hardly depends on what else the
 * machine does. Linux tells it in /proc; elsewhere there is none.
 */

import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds since each began, user and system. */
export type Cpu = { readonly database: number; readonly server: number; readonly load: number }

export type Processes = {
  /** PostgreSQL's first process; the others are its children. */
  readonly database: number
  readonly server: number
  readonly load: number
}

/** The unit of /proc, a hundredth of a second on every Linux that Node runs on. */
const tickMs = 10

export function cpuOf({ database, server, load }: Processes): Cpu | undefined {
  if (process.platform !== 'linux') return undefined
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readStat(name) : []))
  const of = (isOne: (stat: Stat) => boolean) =>
    all.filter(isOne).reduce((total, { ms }) => total + ms, 0)
  return {
    database: of(({ pid, parent }) => pid === database || parent === database),
    server: of(({ pid }) => pid === server),
    load: of(({ pid }) => pid === load),
  }
}

type Stat = { readonly pid: number; readonly parent: number; readonly ms: number }

/** `man proc`: after the name in parentheses come state, parent, and as 12th and 13th the times. */
function readStat(pid: string): Stat | [] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ms = (Number(fields[11]) + Number(fields[12])) * tickMs
    return { pid: Number(pid), parent: Number(fields[1]), ms }
  } catch {
    return []
  }
}

export function cpuBetween(from: Cpu | undefined, to: Cpu | undefined): Cpu | undefined {
  if (!from || !to) return undefined
  return {
    database: to.database - from.database,
    server: to.server - from.server,
    load: to.load - from.load,
  }
}
