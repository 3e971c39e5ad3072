/**
 * What a crash leaves of a PostgreSQL: a stale postmaster.pid, or a server whose parent was killed.
 * Called only by who holds the lock of the folder, so that no living Samspil uses the server.
 */

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, isAlive, waitUntilGone } from '#store/embedded/processes.ts'
import { Unusable } from '#store/embedded/unusable.ts'

const fastStopMs = 30_000
const immediateStopMs = 10_000

/** Ends a server of ours that still runs on the cluster and removes the trace of a dead one. */
export async function clearLeftOver(cluster: string, log: (line: string) => void): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const pid = readPid(path)
  if (pid === undefined) return
  const command = isAlive(pid) ? (commandOf(pid) ?? '') : ''
  if (!isServerOf(command, cluster)) {
    // PostgreSQL asks only whether the number lives, and would be barred by another program that
    // was given it, or by a dead server that nobody collects in a container without an init. Its
    // check for processes that outlived their server does not need the file (PostgreSQL 12 on).
    rmSync(path, { force: true })
    return
  }
  if (!command.includes('cluster_name=samspil')) {
    throw new Unusable(
      `a PostgreSQL that Samspil did not start (process ${pid}) runs on ${cluster}. Stop it first.`,
    )
  }
  log(`a PostgreSQL that a killed Samspil left behind (process ${pid}) is being stopped`)
  await stopServer(pid)
}

/** Fast shutdown: clients are cut off, open transactions rolled back, everything is written. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  if (await waitUntilGone(pid, fastStopMs)) return
  // Immediate shutdown: the next start recovers from the log, as after a power cut.
  signal(pid, 'SIGQUIT')
  if (await waitUntilGone(pid, immediateStopMs)) return
  throw new Unusable(`PostgreSQL (process ${pid}) does not stop`)
}

/** The line that PostgreSQL adds to its postmaster.pid when it takes connections. */
export function isReady(cluster: string, pid: number): boolean {
  const path = join(cluster, 'postmaster.pid')
  return readPid(path) === pid && readLines(path)[7]?.trim() === 'ready'
}

export function isServerOf(command: string, cluster: string): boolean {
  return command.includes('postgres') && ` ${command} `.includes(` -D ${cluster} `)
}

function readPid(path: string): number | undefined {
  const pid = Number(readLines(path)[0])
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
