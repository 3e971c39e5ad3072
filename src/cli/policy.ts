/** `samspil policy`: a municipality's policies from the operator's side. Wiring and words. */

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { timedId } from '#base/ids.ts'
import { samplePercentPreset } from '#casework/policies.ts'
import { conditionText, type Policy } from '#casework/policy.ts'
import type { PolicyHistory } from '#casework/policy-ports.ts'
import { readPolicy } from '#casework/read-policy.ts'
import {
  type ChangeOptions,
  type Connect,
  inDatabase,
  type DataOptions as Options,
  readMunicipality,
  type Surroundings,
  withChange,
  withData,
  world,
} from '#cli/on-database.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { findByName } from '#incidents/catalogue.ts'
import { openPolicies, readPolicies } from '#store/policies.ts'
import type { Pool } from '#store/pool.ts'

type OnOptions = ChangeOptions & { readonly sample: number }

const purpose = 'administration of policies'

const afterHelp = `
The database is the one of DATABASE_URL, or the embedded one in --data. Each change leaves evidence.
A version is switched on by another person (--by) than the one who put it.
Exit codes: 0 done; 1 not done and nothing changed, the text says why.
`

/** Adds `policy` with its sub-commands to the program. */
export function addPolicyCommands(
  program: Command,
  connect: Connect,
  given: Surroundings = world,
): void {
  const { write } = given
  const family = program
    .command('policy')
    .description('What a municipality lets the program decide without a person')
    .addHelpText('after', afterHelp)

  family
    .command('check')
    .description('tell every fault of a policy, or read it out; needs no database')
    .argument('<file>', 'a JSON file, as reference/policies/aarhus.json')
    .action((file: string, _options, command: Command) => {
      for (const line of inWords(readFile(file, command))) write(line)
    })

  withData(family.command('list'))
    .description('the policies of a municipality, and which are on')
    .argument('<municipality>', 'four digits', readMunicipality)
    .action(async (municipality: string, options: Options, command: Command) => {
      const all = await inDatabase(connect, options, command, (pool) =>
        readPolicies(pool, municipality),
      )
      for (const each of all) write(told(each))
    })

  withData(family.command('show'))
    .description('a policy in words: its latest version, or the one that is named')
    .argument('<municipality>', 'four digits', readMunicipality)
    .argument('<name>')
    .argument('[version]', 'a number', readVersion)
    .action(async (municipality: string, name: string, version, options, command: Command) => {
      const policy = await inDatabase(connect, options, command, (pool) =>
        find(pool, municipality, name),
      )
      const shown = policy?.versions.find((each) => each.version === version) ?? policy?.versions[0]
      if (!policy || !shown || (version !== undefined && shown.version !== version)) {
        return command.error(`error: ${municipality} has no such policy or version.`)
      }
      write(told(policy))
      for (const line of inWords(shown.policy)) write(line)
    })

  addChanges(family, connect, given)
}

function addChanges(family: Command, connect: Connect, given: Surroundings): void {
  const { write } = given
  withChange(family.command('put'), purpose)
    .description('store a new version, which is off')
    .argument('<municipality>', 'four digits', readMunicipality)
    .argument('<file>', 'a JSON file')
    .action(
      async (municipality: string, file: string, options: ChangeOptions, command: Command) => {
        const policy = readFile(file, command)
        const version = await inDatabase(connect, options, command, (pool) =>
          put(pool, municipality, policy, { ...given, ...options }),
        )
        if (version === undefined) return command.error('error: somebody else put one; try again.')
        write(`${municipality}  ${policy.name}  version ${version}, off`)
      },
    )

  withChange(family.command('on'), purpose)
    .description('switch a version on')
    .argument('<municipality>', 'four digits', readMunicipality)
    .argument('<name>')
    .argument('<version>', 'the one that was looked at', readVersion)
    .option(
      '--sample <percent>',
      'how many of a hundred go to a person',
      readPercent,
      samplePercentPreset,
    )
    .action(
      async (
        municipality: string,
        name: string,
        version: number,
        options: OnOptions,
        command: Command,
      ) => {
        const done = await inDatabase(connect, options, command, (pool) =>
          turn(
            pool,
            { municipality, name, version, sample: options.sample },
            { ...given, ...options },
          ),
        )
        if (typeof done === 'string') return command.error(`error: ${done}`)
        write(told(done))
      },
    )

  withChange(family.command('off'), purpose)
    .description('switch it off')
    .argument('<municipality>', 'four digits', readMunicipality)
    .argument('<name>')
    .action(
      async (municipality: string, name: string, options: ChangeOptions, command: Command) => {
        const off = { municipality, name, version: undefined, sample: undefined }
        const done = await inDatabase(connect, options, command, (pool) =>
          turn(pool, off, { ...given, ...options }),
        )
        if (typeof done === 'string') return command.error(`error: ${done}`)
        write(told(done))
      },
    )
}

type Doer = Surroundings & { readonly by?: string; readonly reason: string }

async function find(
  pool: Pool,
  municipality: string,
  name: string,
): Promise<PolicyHistory | undefined> {
  return (await readPolicies(pool, municipality)).find((each) => each.name === name)
}

async function put(
  pool: Pool,
  municipality: string,
  policy: Policy,
  by: Doer,
): Promise<number | undefined> {
  const before = await find(pool, municipality, policy.name)
  const version = (before?.versions[0]?.version ?? 0) + 1
  const madeBy = by.by ?? by.user()
  const row = { municipality, version, policy, madeAt: by.clock(), madeBy }
  const audit = auditOf('policy-written', by, { municipality, policy: policy.name, version })
  const written = await openPolicies(pool).write(row, audit)
  return written === 'written' ? version : undefined
}

type Turn = {
  readonly municipality: string
  readonly name: string
  readonly version: number | undefined
  readonly sample: number | undefined
}

/** The policy as it then stands, or why not. */
async function turn(
  pool: Pool,
  { municipality, name, version, sample }: Turn,
  doer: Doer,
): Promise<PolicyHistory | string> {
  const policy = await find(pool, municipality, name)
  const chosen = policy?.versions.find((each) => each.version === version)
  if (!policy || (version !== undefined && !chosen)) {
    return `${municipality} has no such policy or version.`
  }
  const by = doer.by ?? doer.user()
  if (chosen?.madeBy === by) return 'another person than the one who put it must switch it on.'
  const no = (policy.switches[0]?.no ?? 0) + 1
  const to = { no, version, samplePercent: sample, at: doer.clock(), by }
  const audit = auditOf('policy-switched', doer, {
    municipality,
    policy: name,
    version: version ?? 0,
  })
  const written = await openPolicies(pool).turn({ municipality, name }, to, audit)
  if (written === 'overtaken') return 'somebody else switched it; look again.'
  return { ...policy, switches: [to, ...policy.switches] }
}

function auditOf(
  act: AuditRow['act'],
  doer: Doer,
  detail: NonNullable<AuditRow['detail']>,
): AuditRow {
  const at = doer.clock()
  return {
    id: timedId(at, randomBytes),
    at,
    act,
    outcome: 'done',
    receipt: 0,
    actor: doer.by ?? doer.user(),
    purpose: doer.reason,
    persons: [],
    detail,
  }
}

function told({ name, versions, switches }: PolicyHistory): string {
  const on = switches[0]
  const state =
    on?.version === undefined
      ? 'off'
      : `version ${on.version} on since ${on.at.toISOString()}, by ${on.by}, samples ${on.samplePercent} %`
  return `${name}  latest version ${versions[0]?.version ?? 0}; ${state}`
}

function inWords({ name, title, clauses }: Policy): readonly string[] {
  return [
    `${name}: ${title.en}`,
    ...clauses.flatMap(({ name: clause, title: says, incident, when }) => [
      `  ${clause} (${incident}): ${says.en}`,
      ...when.map((each) => `    - ${conditionText(each, findByName(incident)?.traits ?? {}).en}`),
    ]),
  ]
}

function readFile(file: string, command: Command): Policy {
  let document: unknown
  try {
    document = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return command.error(`error: ${error instanceof Error ? error.message : String(error)}`)
  }
  const read = readPolicy(document, findByName)
  if (read.ok) return read.value
  const faults = read.refusals.map(({ field, text }) => `  ${field}: ${text.en}`)
  return command.error(['error: the policy has faults.', ...faults].join('\n'))
}

function readVersion(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A version is a number from 1.')
}

function readPercent(text: string): number {
  if (/^[0-9]{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 to 100.')
}
