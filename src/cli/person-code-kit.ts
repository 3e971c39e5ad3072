/** What the person-code commands share: the database, who does it, and how it is told. */

import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import type { Random } from '#base/ids.ts'
import * as database from '#cli/on-database.ts'
import type { Administrator } from '#store/person-codes.ts'
import type { Pool } from '#store/pool.ts'

export type Surroundings = database.Surroundings & { readonly random: Random }

export const world: Surroundings = { ...database.world, random: randomBytes }

export type Kit = { readonly connect: database.Connect; readonly surroundings: Surroundings }

export type CommonOptions = database.DataOptions & { readonly json?: true }
export type ChangeOptions = CommonOptions & database.ChangeOptions

export function withCommon(command: Command): Command {
  return database.withData(command).option('--json', 'print JSON instead of text')
}

export function withChange(command: Command): Command {
  return database
    .withChange(command, 'administration of person codes')
    .option('--json', 'print JSON instead of text')
}

/** Work on the database: undefined when it was done, else why not. */
type Work = (pool: Pool) => Promise<string | undefined>

export async function inDatabase(
  { connect }: Kit,
  options: CommonOptions,
  command: Command,
  work: Work,
): Promise<void> {
  const why = await database.inDatabase(connect, options, command, work)
  if (why !== undefined) command.error(`error: ${why}.`)
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
