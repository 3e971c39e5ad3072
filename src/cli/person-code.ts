/**
 * `samspil person-code`: what the CPR Office does with person codes by hand. Wiring and words; the
 * rules stand in access and store. Prints no hash, and a one-time password once.
 */

import { type Command, Option } from 'commander'
import { PasswordHasher } from '#access/password-hash.ts'
import type { PersonCode } from '#access/person-code.ts'
import { type SecurityGroup, securityGroups } from '#access/security-groups.ts'
import type { Connect } from '#cli/on-database.ts'
import { addEmployeeCommand } from '#cli/person-code-employees.ts'
import { addGrantCommands, askFor } from '#cli/person-code-grants.ts'
import { addIdentityCommands } from '#cli/person-code-identities.ts'
import {
  administratorOf,
  type ChangeOptions,
  type CommonOptions,
  inDatabase,
  type Kit,
  print,
  type Surroundings,
  withChange,
  withCommon,
  world,
} from '#cli/person-code-kit.ts'
import {
  addCertificate,
  addSource,
  readAuthority,
  readCode,
  readName,
  readOverlap,
} from '#cli/person-code-options.ts'
import { describe, tableOf, tellPassword, whyNot, whyNotMoved } from '#cli/person-code-text.ts'
import {
  changePersonCode,
  type MoveName,
  moveNames,
  movePersonCode,
} from '#store/person-code-moves.ts'
import {
  createPersonCode,
  listPersonCodes,
  type PersonCodeSettings,
  resetPersonCode,
} from '#store/person-codes.ts'

/** Adds `person-code` with its sub-commands to the program. */
export function addPersonCodeCommands(
  program: Command,
  connect: Connect,
  surroundings: Surroundings = world,
): void {
  const family = program
    .command('person-code')
    .description('Create, list, reset, lock, unlock, expire and retire person codes')
    .addHelpText('after', afterHelp)
  const kit: Kit = { connect, surroundings }
  addCreate(family, kit)
  addList(family, kit)
  addReset(family, kit)
  for (const name of moveNames) addMove(family, kit, name)
  addChange(family, kit)
  addGrantCommands(family, kit)
  addIdentityCommands(family, kit)
  addEmployeeCommand(family, kit)
}

const afterHelp = `
The database is the one of DATABASE_URL, or the embedded one in --data.
Each change leaves evidence with the name of --by and the reason of --reason.

Exit codes: 0 done; 1 not done and nothing changed, the text says why;
3 the database did not answer.
`

// Create --------------------------------------------------------------------------------------

type CreateOptions = ChangeOptions &
  SettingOptions & {
    readonly group: SecurityGroup
    readonly authority: string
    readonly code?: PersonCode
    readonly name?: string
  }

function addCreate(family: Command, kit: Kit): void {
  withSettings(withChange(family.command('create')))
    .description('create a person code, and print its one-time password once')
    .addOption(
      new Option('--group <group>', 'its security group')
        .choices(securityGroups)
        .makeOptionMandatory(),
    )
    .requiredOption('--authority <code>', 'its authority, four digits', readAuthority)
    .option('--code <code>', 'W and seven digits (default: a free one)', readCode)
    .option('--name <name>', 'whose it is', readName)
    .action(async (options: CreateOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { random } = kit.surroundings
        const tools = { pool, random, hasher: new PasswordHasher(random) }
        const wanted = { ...options, ...settingsOf(options) }
        const by = administratorOf(kit, options)
        const made = await createPersonCode(tools, wanted, by)
        if (made.kind === 'needs-second') {
          return askFor(pool, { ...wanted, isNew: true }, by, kit, options)
        }
        if (made.kind !== 'created') return whyNot(made, options)
        const { code, oneTimePassword, passwordExpiresAt } = made
        const { group, authority } = options
        const said = { code, group, authority, oneTimePassword, passwordExpiresAt }
        return print(kit, options, said, [
          `Person code ${code} (${group}, authority ${authority}) is created.`,
          ...tellPassword(oneTimePassword ?? '', passwordExpiresAt),
        ])
      })
    })
}

// List ----------------------------------------------------------------------------------------

function addList(family: Command, kit: Kit): void {
  withCommon(family.command('list'))
    .description('list all person codes with their state')
    .action(async (options: CommonOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const now = kit.surroundings.clock()
        const records = await listPersonCodes(pool)
        const said = records.map((record) => describe(record, now))
        return print(kit, options, said, tableOf(said))
      })
    })
}

// Reset, lock, unlock, disable ----------------------------------------------------------------

function addReset(family: Command, kit: Kit): void {
  withChange(family.command('reset'))
    .description('give a new one-time password; unlocks, re-enables and ends all tokens')
    .argument('<code>', 'the person code', readCode)
    .action(async (code: PersonCode, options: ChangeOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { random } = kit.surroundings
        const tools = { pool, random, hasher: new PasswordHasher(random) }
        const done = await resetPersonCode(tools, code, administratorOf(kit, options))
        if (done.kind !== 'reset') return whyNotMoved(done, code)
        const { oneTimePassword, passwordExpiresAt } = done
        return print(kit, options, { code, oneTimePassword, passwordExpiresAt }, [
          `Person code ${code} is reset, and its tokens are ended.`,
          ...tellPassword(oneTimePassword, passwordExpiresAt),
        ])
      })
    })
}

const moveTexts: { readonly [N in MoveName]: { readonly does: string; readonly told: string } } = {
  lock: {
    does: 'let nobody sign on with it until it is unlocked or reset; ends all tokens',
    told: 'is locked, and its tokens are ended',
  },
  unlock: {
    does: 'open it again with the password it had; the count of misses begins anew',
    told: 'is unlocked',
  },
  disable: {
    does: 'close it, as while its user is away; a reset opens it again; ends all tokens',
    told: 'is disabled, and its tokens are ended',
  },
  expire: {
    does: 'let its password open nothing but its own change; ends all tokens',
    told: 'must have its password changed, and its tokens are ended',
  },
  retire: {
    does: 'close it for ever, as when its user has left; nobody gets it again; ends all tokens',
    told: 'is retired for good, and its tokens are ended',
  },
}

function addMove(family: Command, kit: Kit, name: MoveName): void {
  withChange(family.command(name))
    .description(moveTexts[name].does)
    .argument('<code>', 'the person code', readCode)
    .action(async (code: PersonCode, options: ChangeOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { random } = kit.surroundings
        const moved = await movePersonCode(
          { pool, random },
          name,
          code,
          administratorOf(kit, options),
        )
        if (moved.kind !== 'done') return whyNotMoved(moved, code)
        const line = `Person code ${code} ${moveTexts[name].told}.`
        return print(kit, options, { code, done: name }, [line])
      })
    })
}

// Change what is set --------------------------------------------------------------------------

function withSettings(command: Command): Command {
  return command
    .option(
      '--holder <name>',
      'whose it is; those with the same holder see each other’s notices',
      readName,
    )
    .option('--source <address>', 'an address it may sign on from; may be repeated', addSource)
    .option(
      '--certificate <sha256>',
      'the fingerprint of a client certificate it signs on by; may be repeated',
      addCertificate,
    )
    .option('--overlap <minutes>', 'so long an old password signs on beside a new one', readOverlap)
}

type SettingOptions = {
  readonly holder?: string
  readonly source?: readonly string[]
  readonly certificate?: readonly string[]
  readonly overlap?: number
}

function settingsOf(options: SettingOptions): PersonCodeSettings {
  const { holder, source: sources, certificate: certificates, overlap: overlapMinutes } = options
  return { holder, sources, certificates, overlapMinutes }
}

type AnyOptions = { readonly anySource?: true; readonly anyCertificate?: true }

function addChange(family: Command, kit: Kit): void {
  withSettings(withChange(family.command('change')))
    .description('set what is given; other addresses or certificates end all tokens')
    .argument('<code>', 'the person code', readCode)
    .option('--any-source', 'sign on from every address again')
    .option('--any-certificate', 'sign on by every certificate again, or by none')
    .action(
      async (
        code: PersonCode,
        options: ChangeOptions & SettingOptions & AnyOptions,
        command: Command,
      ) => {
        await inDatabase(kit, options, command, async (pool) => {
          const { random } = kit.surroundings
          const settings = {
            ...settingsOf(options),
            ...(options.anySource && { sources: [] }),
            ...(options.anyCertificate && { certificates: [] }),
          }
          const by = administratorOf(kit, options)
          const changed = await changePersonCode({ pool, random }, code, settings, by)
          if (changed.kind !== 'done') return whyNotMoved(changed, code)
          return print(kit, options, { code, done: 'change' }, [`Person code ${code} is changed.`])
        })
      },
    )
}
