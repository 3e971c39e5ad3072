/**
 * The person-code commands for what takes two people: move, requests, grant and refuse. Whoever has
 * the database can give any name; that two names differ is all that can be held here.
 */

import type { Command } from 'commander'
import { Option } from 'commander'
import { PasswordHasher } from '#access/password-hash.ts'
import type { PersonCode } from '#access/person-code.ts'
import { type SecurityGroup, securityGroups } from '#access/security-groups.ts'
import {
  administratorOf,
  type ChangeOptions,
  type CommonOptions,
  inDatabase,
  type Kit,
  print,
  withChange,
  withCommon,
} from '#cli/person-code-kit.ts'
import { readAuthority, readCode } from '#cli/person-code-options.ts'
import { tellPassword, whyNot } from '#cli/person-code-text.ts'
import {
  askForGrant,
  findGrantRequest,
  type GrantRequest,
  grant,
  listGrantRequests,
  refuseGrant,
  type Wish,
} from '#store/grant-requests.ts'
import { type Administrator, findMisfit } from '#store/person-codes.ts'
import type { Pool } from '#store/pool.ts'

export function addGrantCommands(family: Command, kit: Kit): void {
  addMoveTo(family, kit)
  addRequests(family, kit)
  addGrant(family, kit)
  addRefuse(family, kit)
}

/** Asks for what another person must grant, and says how. */
export async function askFor(
  pool: Pool,
  wish: Wish,
  by: Administrator,
  kit: Kit,
  options: CommonOptions,
): Promise<string | undefined> {
  const asked = await askForGrant({ pool, random: kit.surroundings.random }, wish, by)
  if (asked.kind === 'pending') {
    return 'something waits for that person code already. See it with: samspil person-code requests'
  }
  return print(kit, options, { request: asked.id }, [
    `This takes two people and waits as ${asked.id}.`,
    `Somebody else grants it with: samspil person-code grant ${asked.id} --by NAME`,
  ])
}

type MoveOptions = ChangeOptions & { readonly group: SecurityGroup; readonly authority: string }

function addMoveTo(family: Command, kit: Kit): void {
  withChange(family.command('move'))
    .description('ask for another group or authority; somebody else must grant it')
    .argument('<code>', 'the person code', readCode)
    .addOption(
      new Option('--group <group>', 'its new security group')
        .choices(securityGroups)
        .makeOptionMandatory(),
    )
    .requiredOption('--authority <code>', 'its authority, four digits', readAuthority)
    .action(async (code: PersonCode, options: MoveOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { group, authority } = options
        const wish = { code, group, authority, isNew: false }
        const misfit = await findMisfit(pool, wish)
        if (misfit) return whyNot(misfit, wish)
        return await askFor(pool, wish, administratorOf(kit, options), kit, options)
      })
    })
}

function addRequests(family: Command, kit: Kit): void {
  withCommon(family.command('requests'))
    .description('list what waits for somebody else to grant it')
    .action(async (options: CommonOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const requests = await listGrantRequests(pool)
        const lines = requests.map(lineOf)
        return print(kit, options, requests, lines.length > 0 ? lines : ['Nothing waits.'])
      })
    })
}

function lineOf({ id, wish, askedBy, reason }: GrantRequest): string {
  const what = wish.isNew ? `a new person code ${wish.code ?? ''}`.trim() : `${wish.code ?? ''}`
  return `${id}  ${what}: ${wish.group} of ${wish.authority}, asked by ${askedBy}: ${reason}`
}

function addGrant(family: Command, kit: Kit): void {
  withChange(family.command('grant'))
    .description('grant what somebody else asked for, and print a one-time password once')
    .argument('<request>', 'its id, as requests lists it')
    .action(async (id: string, options: ChangeOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const request = await findGrantRequest(pool, id)
        if (!request) return noSuchRequest(id)
        const { random } = kit.surroundings
        const tools = { pool, random, hasher: new PasswordHasher(random) }
        const done = await grant(tools, request, administratorOf(kit, options))
        switch (done.kind) {
          case 'granted': {
            const { oneTimePassword, passwordExpiresAt } = done.created ?? {}
            return print(kit, options, { code: done.code, oneTimePassword, passwordExpiresAt }, [
              `Granted for ${done.code}.`,
              ...(oneTimePassword && passwordExpiresAt
                ? tellPassword(oneTimePassword, passwordExpiresAt)
                : []),
            ])
          }
          case 'same-person':
            return (
              `${request.askedBy} asked for it, and cannot grant it, nor can anybody who may ` +
              'hold both codes. Let somebody else do that'
            )
          case 'gone':
          case 'refused':
            return noSuchRequest(id)
          default:
            return whyNot(done, request.wish)
        }
      })
    })
}

function addRefuse(family: Command, kit: Kit): void {
  withChange(family.command('refuse'))
    .description('refuse what somebody asked for, or take back what you asked for')
    .argument('<request>', 'its id, as requests lists it')
    .action(async (id: string, options: ChangeOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const request = await findGrantRequest(pool, id)
        if (!request) return noSuchRequest(id)
        const { random } = kit.surroundings
        const done = await refuseGrant({ pool, random }, request, administratorOf(kit, options))
        if (done.kind !== 'refused') return noSuchRequest(id)
        return print(kit, options, { request: id, done: 'refuse' }, [`${id} is refused.`])
      })
    })
}

function noSuchRequest(id: string): string {
  return `nothing waits as ${id}. See what does with: samspil person-code requests`
}
