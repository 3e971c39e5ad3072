/** What a sandbox must remember between runs beside its database: passwords, and who is who. */

import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecurityGroup } from '#access/security-groups.ts'
import type { PlainDate } from '#base/calendar.ts'
import type { Scenario } from '#population/scenario.ts'

export type SandboxCode = {
  readonly code: string
  readonly password: string
  readonly group: SecurityGroup
  readonly authority: string
}

type Login = { readonly user: string; readonly password: string; readonly name: string }

export type SandboxLogin = Login &
  (
    | { readonly role: 'citizen'; readonly pnr: string }
    | {
        readonly role: 'case-worker' | 'team-lead' | 'log-reviewer'
        readonly authority: string
        /** What the CPR server lets this person sign on as. */
        readonly personCode: string
      }
  )

export type SandboxState = {
  /** Raised when the shape of this file changes; the one before is brought forward. */
  readonly form: 4
  /** False until everything it tells of is in the database; a start goes on where one ended. */
  readonly filled: boolean
  /** It was filled by a program before this one, and its people have reported since. */
  readonly hasReports?: boolean
  /** The day on which the population was drawn. */
  readonly day: PlainDate
  readonly seed: number
  readonly persons: number
  readonly personCodes: readonly SandboxCode[]
  readonly logins: readonly SandboxLogin[]
  readonly scenario: Scenario
  /** How far its clock was moved ahead of the machine's; not at all when left out. */
  readonly clockShiftMs?: number
}

/** As it was written before each who works at a desk had a login with a person code of their own. */
export type OlderState = Omit<SandboxState, 'form' | 'logins'> & {
  readonly form: 3
  readonly logins: readonly Login[]
}

/** In the sandbox's folder: where its letters are delivered. */
export const lettersFolder = 'letters'

const file = 'sandbox.json'

export function findState(folder: string): SandboxState | OlderState | undefined {
  const path = join(folder, file)
  if (!existsSync(path)) return undefined
  const state: SandboxState | OlderState = JSON.parse(readFileSync(path, 'utf8'))
  if (state.form === 4 || state.form === 3) return state
  throw new Error(`${path} is of another version. Take an empty folder.`)
}

/** Whole or not at all, and for its owner's eyes: it holds passwords. */
export function writeState(folder: string, state: SandboxState): void {
  writePrivately(join(folder, file), state)
}

export function writePrivately(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.draft`
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}
