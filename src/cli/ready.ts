/** The ready file: what a running sandbox tells tests, benchmarks and other people's tools. */

import { readFileSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { explain } from '#cli/explain.ts'
import type { SandboxCode, SandboxLogin } from '#cli/sandbox-state.ts'
import type { Scenario } from '#population/scenario.ts'
import type { ReadyAddress } from '#population/scenario-addresses.ts'

export type Ready = {
  readonly cpr: string
  readonly selfService: string
  readonly desk: string
  readonly idp: string
  readonly personCodes: readonly SandboxCode[]
  readonly logins: readonly SandboxLogin[]
  readonly persons: Omit<Scenario, 'addresses'>
  readonly addresses: readonly ReadyAddress[]
}

/** Reads the file that `--ready-file` wrote. */
export function readReady(path: string): Ready {
  const ready = findReady(readText(path))
  if (!ready) throw new Error(`${path} is no ready file of a sandbox`)
  return ready
}

/** There is one only while its sandbox runs. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (!isMissing(error)) throw new Error(explain(error))
    const how = `samspil sandbox --ready-file ${path}`
    throw new Error(`There is no ${path}: no sandbox that wrote it runs. Start one: ${how}`)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function findReady(text: string): Ready | undefined {
  try {
    const value: Partial<Ready> = JSON.parse(text)
    const isWhole = value.cpr !== undefined && value.personCodes && value.persons && value.addresses
    return isWhole ? (value as Ready) : undefined
  } catch {
    return undefined
  }
}

/**
 * Before a sandbox starts: what a crashed one left would tell others that this one is ready. That
 * of one which runs stays, and so does a file of something else.
 */
export async function clearReady(file: string): Promise<void> {
  const path = resolve(file)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return
  const ready = findReady(readFileSync(path, 'utf8'))
  if (!ready) throw new Error(`${path} holds something else. Name another file.`)
  if (await answers(ready.cpr)) {
    throw new Error(`${path} is of a sandbox that runs at ${ready.cpr}. Name another file.`)
  }
  rmSync(path)
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}

/** When a sandbox stops: its file, unless it has become another one's. */
export function removeReady(file: string, cpr: string): void {
  const path = resolve(file)
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true
  if (isThere && findReady(readFileSync(path, 'utf8'))?.cpr === cpr) rmSync(path)
}
