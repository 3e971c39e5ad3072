/** `samspil subscription`: which receiver is told of which events. Wiring and words. */

import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import type { Connect } from '#cli/person-code.ts'
import { addSubscription, endSubscription, listSubscriptions } from '#store/feed.ts'
import type { Pool } from '#store/pool.ts'

type Options = { readonly data?: string }
type ChangeOptions = Options & {
  readonly type: string
  readonly reason: string
  readonly by?: string
}

const write = (line: string) => void process.stdout.write(`${line}\n`)

/** Adds `subscription` with its sub-commands to the program. */
export function addSubscriptionCommands(program: Command, connect: Connect): void {
  const family = program
    .command('subscription')
    .description('List, add and end what receivers of events are told')

  const inDatabase = async (options: Options, work: (pool: Pool) => Promise<void>) => {
    const { pool, close } = await connect(options)
    try {
      await work(pool)
    } finally {
      await close()
    }
  }

  withData(family.command('list'))
    .description('every subscription')
    .action((options: Options) =>
      inDatabase(options, async (pool) => {
        for (const { personCode, municipality, type } of await listSubscriptions(pool)) {
          write(`${personCode}  ${municipality}  ${type === '' ? 'all events' : type}`)
        }
      }),
    )

  for (const [name, run, done, not] of [
    ['add', addSubscription, 'is told of', 'is no receiver, or is told of that already'],
    ['end', endSubscription, 'is no longer told of', 'was not told of that'],
  ] as const) {
    withData(family.command(name))
      .description(`${name} what a receiver is told`)
      .argument('<person-code>', 'of the group receiver')
      .argument('<municipality>', 'four digits')
      .option('--type <code>', "CPR's code of the event; all of them when left out", '')
      .option('--by <name>', 'who does this, for the evidence (default: the user of this machine)')
      .option('--reason <text>', 'why, for the evidence', 'administration of subscriptions')
      .action((personCode: string, municipality: string, options: ChangeOptions, command) =>
        inDatabase(options, async (pool) => {
          const { type, reason, by } = options
          const subscription = { personCode, municipality, type }
          const actor = by ?? userInfo().username
          const moment = { actor, purpose: reason, now: new Date(), random: randomBytes }
          const changed = await run(pool, subscription, moment)
          if (!changed) return command.error(`error: ${personCode} ${not}.`)
          write(`${personCode} ${done} ${type === '' ? 'all events' : type} in ${municipality}.`)
        }),
      )
  }
}

function withData(command: Command): Command {
  return command.option(
    '--data <dir>',
    'the data folder of an embedded database, instead of DATABASE_URL',
  )
}
