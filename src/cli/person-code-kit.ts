/** What the person-code commands share: the database, who does it, and how it is told. */

import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import type { Random } from '#base/ids.ts'
import { Unavailable } from '#base/outage.ts'
import type { Administrator } from '#store/person-codes.ts'
import type { Pool } from '#store/pool.ts'

/** A database for one command; `data` is the folder of `--data`, if given. */
export type Connect = (options: { readonly data?: string | undefined }) => Promise<{
  readonly pool: Pool
  readonly close: () => Promise<void>
}>

/** What the commands take from the world. */
export type Surroundings = {
  readonly clock: () => Date
  readonly random: Random
  readonly write: (text: string) => void
  /** Who is at the keyboard, for the evidence. */
  readonly user: () => string
}

export const world: Surroundings = {
  clock: () => new Date(),
  random: randomBytes,
  write: (text) => process.stdout.write(`${text}\n`),
  user: () => userInfo().username,
}

export type Kit = { readonly connect: Connect; readonly surroundings: Surroundings }

export type CommonOptions = {
  readonly data?: string
  readonly json?: true
}
export type ChangeOptions = CommonOptions & { readonly by?: string; readonly reason: string }

export function withCommon(command: Command): Command {
  return command
    .option('--data <dir>', 'the data folder of an embedded database, instead of DATABASE_URL')
    .option('--json', 'print JSON instead of text')
}

export function withChange(command: Command): Command {
  return withCommon(command)
    .option('--by <name>', 'who does this, for the evidence (default: the user of this machine)')
    .option('--reason <text>', 'why, for the evidence', 'administration of person codes')
}

/** Work on the database: undefined when it was done, else why not. */
type Work = (pool: Pool) => Promise<string | undefined>

export async function inDatabase(
  { connect }: Kit,
  { data }: CommonOptions,
  command: Command,
  work: Work,
): Promise<void> {
  const { exitCode, why } = await tryWork(connect, data, work)
  // Only now: the error ends the process, and an embedded database must be closed before.
  if (why !== undefined) command.error(`error: ${why}.`, { exitCode })
}

async function tryWork(
  connect: Connect,
  data: string | undefined,
  work: Work,
): Promise<{ readonly exitCode: number; readonly why: string | undefined }> {
  try {
    const { pool, close } = await connect({ data })
    try {
      return { exitCode: 1, why: await work(pool) }
    } finally {
      await close()
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    const unsure = error.outcome === 'unknown' ? '; see with list whether it was done' : ''
    const why = `${error.message}. Check DATABASE_URL or --data, and try again${unsure}`
    return { exitCode: 3, why }
  }
}

export function administratorOf(
  { surroundings }: Kit,
  { by, reason }: ChangeOptions,
): Administrator {
  return { actor: by ?? surroundings.user(), purpose: reason, now: surroundings.clock() }
}

export function print(
  { surroundings }: Kit,
  { json }: CommonOptions,
  said: unknown,
  lines: readonly string[],
): undefined {
  surroundings.write(json ? JSON.stringify(said, null, 2) : lines.join('\n'))
}
