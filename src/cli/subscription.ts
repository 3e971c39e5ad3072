/** `samspil subscription`: which receiver is told of which events. Wiring and words. */

import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import {
  type ChangeOptions,
  type Connect,
  type DataOptions,
  inDatabase,
  readMunicipality,
  withChange,
  withData,
  world,
} from '#cli/on-database.ts'
import { addSubscription, endSubscription, listSubscriptions } from '#store/feed.ts'

type Changed = ChangeOptions & { readonly type: string }

/** Adds `subscription` with its sub-commands to the program. */
export function addSubscriptionCommands(program: Command, connect: Connect, given = world): void {
  const { clock, write, user } = given
  const family = program
    .command('subscription')
    .description('List, add and end what receivers of events are told')

  withData(family.command('list'))
    .description('every subscription')
    .action(async (options: DataOptions, command: Command) => {
      const all = await inDatabase(connect, options, command, listSubscriptions)
      for (const { personCode, municipality, type } of all) {
        write(`${personCode}  ${municipality}  ${eventsOf(type)}`)
      }
    })

  for (const [name, run, done, not] of [
    ['add', addSubscription, 'is told of', 'is no receiver, or is told of that already'],
    ['end', endSubscription, 'is no longer told of', 'was not told of that'],
  ] as const) {
    withChange(family.command(name), 'administration of subscriptions')
      .description(`${name} what a receiver is told`)
      .argument('<person-code>', 'of the group receiver')
      .argument('<municipality>', 'four digits', readMunicipality)
      .option('--type <code>', "CPR's code of the event; all of them when left out", '')
      .action(async (personCode: string, municipality: string, options: Changed, command) => {
        const { type, reason: purpose, by: actor = user() } = options
        const moment = { actor, purpose, now: clock(), random: randomBytes }
        const changed = await inDatabase(connect, options, command, (pool) =>
          run(pool, { personCode, municipality, type }, moment),
        )
        if (!changed) return command.error(`error: ${personCode} ${not}.`)
        write(`${personCode} ${done} ${eventsOf(type)} in ${municipality}.`)
      })
  }
}

function eventsOf(type: string): string {
  return type === '' ? 'all events' : type
}
