/** What commands on a database share: which one, who changes it and why, and what an outage is told. */

import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import { Unavailable } from '#base/outage.ts'
import type { Pool } from '#store/pool.ts'

/** A database for one command; `data` is the folder of `--data`, if given. */
export type Connect = (options: DataOptions) => Promise<{
  readonly pool: Pool
  readonly close: () => Promise<void>
}>

export type DataOptions = { readonly data?: string | undefined }
export type ChangeOptions = DataOptions & { readonly by?: string; readonly reason: string }

/** What the commands take from the world. */
export type Surroundings = {
  readonly clock: () => Date
  readonly write: (text: string) => void
  /** Who is at the keyboard, for the evidence. */
  readonly user: () => string
}

export const world: Surroundings = {
  clock: () => new Date(),
  write: (text) => process.stdout.write(`${text}\n`),
  user: () => userInfo().username,
}

export function withData(command: Command): Command {
  return command.option(
    '--data <dir>',
    'the data folder of an embedded database, instead of DATABASE_URL',
  )
}

/** @param reason what the evidence names as the purpose when `--reason` is left out. */
export function withChange(command: Command, reason: string): Command {
  return withData(command)
    .option('--by <name>', 'who does this, for the evidence (default: the user of this machine)')
    .option('--reason <text>', 'why, for the evidence', reason)
}

type Tried<Result> = { readonly outage: Unavailable } | { readonly result: Result }

/** Does the work and closes; a database that is away ends the command with 3 and says what to check. */
export async function inDatabase<Result>(
  connect: Connect,
  options: DataOptions,
  command: Command,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  const tried = await tryWork(connect, options, work)
  if ('result' in tried) return tried.result
  // Only now: the error ends the process, and an embedded database must be closed before.
  const { message, outcome } = tried.outage
  const unsure = outcome === 'unknown' ? '; see with list whether it was done' : ''
  const why = `${message}. Check DATABASE_URL or --data, and try again${unsure}`
  return command.error(`error: ${why}.`, { exitCode: 3 })
}

async function tryWork<Result>(
  connect: Connect,
  { data }: DataOptions,
  work: (pool: Pool) => Promise<Result>,
): Promise<Tried<Result>> {
  try {
    const { pool, close } = await connect({ data })
    try {
      return { result: await work(pool) }
    } finally {
      await close()
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { outage: error }
  }
}

export function readMunicipality(text: string): string {
  if (/^[0-9]{4}$/.test(text)) return text
  throw new InvalidArgumentError('A municipality is four digits.')
}
