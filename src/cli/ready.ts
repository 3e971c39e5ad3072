/** The ready file: what a running sandbox tells tests, benchmarks and other people's tools. */

import { readFileSync } from 'node:fs'
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
  const value: Partial<Ready> = JSON.parse(readFileSync(path, 'utf8'))
  const isWhole = value.cpr !== undefined && value.personCodes && value.persons && value.addresses
  if (!isWhole) throw new Error(`${path} is no ready file of a sandbox`)
  return value as Ready
}
