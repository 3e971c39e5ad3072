/** `samspil evidence`: seals it, says how far it is sealed, and checks that nobody changed it. */

import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  type Connect,
  type DataOptions,
  inDatabase,
  type Surroundings,
  withData,
  world,
} from '#cli/on-database.ts'
import {
  checkSeals,
  readWitness,
  type SealCheck,
  type SealFault,
  tellSeal,
} from '#evidence/seal.ts'
import { findLastSeal, readEvidence, sealEvidence } from '#store/seals.ts'

/** Reading as whoever logs in, such as `samspil_log`; sealing as the server does. */
export type ConnectEvidence = (options: DataOptions, to: 'read' | 'seal') => ReturnType<Connect>

/** Something does not agree: not the same as a command that could not be run. */
const tamperedCode = 2
/** A server seals every ten seconds; an hour without is no short standstill. */
const unsealedMaxMs = 3_600_000

export function addEvidenceCommands(
  program: Command,
  connect: ConnectEvidence,
  { clock, write }: Pick<Surroundings, 'clock' | 'write'> = world,
): void {
  const evidence = program
    .command('evidence')
    .description('Seal the evidence, and check that nobody has changed it since')
  const to = (what: 'read' | 'seal') => (options: DataOptions) => connect(options, what)

  withData(evidence.command('head'))
    .description('Print the newest seal as a line of JSON, to be kept on another machine')
    .action(async (options: DataOptions, command: Command) => {
      const seal = await inDatabase(to('read'), options, command, findLastSeal)
      if (!seal) return command.error('error: nothing is sealed yet', { exitCode: 1 })
      write(JSON.stringify(tellSeal(seal)))
    })

  withData(evidence.command('seal'))
    .description('Seal now what a running server seals every ten seconds; prints each new seal')
    .action(async (options: DataOptions, command: Command) => {
      await inDatabase(to('seal'), options, command, (pool) =>
        sealEvidence(pool, clock, (seal) => write(JSON.stringify(tellSeal(seal)))),
      )
    })

  withData(evidence.command('check'))
    .description('Check every row and every seal; ends with 2 if something was changed')
    .addOption(
      new Option(
        '--witness <file>',
        'what was kept elsewhere: lines of `head`, or the log of the server',
      ).argParser(readWitnessFile),
    )
    .action(
      async (
        options: DataOptions & { readonly witness?: ReadonlyMap<number, string> },
        command: Command,
      ) => {
        const verdict = await inDatabase(to('read'), options, command, (pool) =>
          readEvidence(pool, (seals, rows) => checkSeals(seals, rows, options.witness)),
        )
        for (const line of describe(verdict, options.witness !== undefined, clock())) write(line)
        if (verdict.faults.length === 0) return
        command.error('error: the evidence was changed', { exitCode: tamperedCode })
      },
    )
}

/** A file that tells of no seal would find nothing, and be taken for a good one. */
function readWitnessFile(path: string): ReadonlyMap<number, string> {
  const witness = readWitness(readFileSync(path, 'utf8').split('\n'))
  if (witness.size === 0) throw new InvalidArgumentError('No line of it tells of a seal.')
  return witness
}

const faultTexts: { readonly [K in SealFault['kind']]: string } = {
  rows: 'rows were changed, removed or added among those that it vouches for',
  chain: 'it does not follow the one before it',
  head: 'the seal itself was changed',
  witness: 'it is not the one that was kept elsewhere',
  missing:
    'it was kept elsewhere, and is not here: a later part was cut off, or an older state restored',
}

export function describe(
  { faults, seals, rows, unsealed, witnessed }: SealCheck,
  isWitnessed: boolean,
  now: Date,
): readonly string[] {
  const found = faults.map(({ kind, no, sealedAt }) => {
    const when = sealedAt === undefined ? '' : ` of ${sealedAt.toISOString()}`
    return `CHANGED: seal ${no}${when}: ${faultTexts[kind]}.`
  })
  const { since } = unsealed
  const isLate = since !== undefined && now.valueOf() - since.valueOf() > unsealedMaxMs
  return [
    ...found,
    `${rows} rows under ${seals} seals were read; ${unsealed.rows} rows are not sealed yet.`,
    ...(isLate ? [`The oldest of these is of ${since.toISOString()}: does a server seal?`] : []),
    isWitnessed
      ? `${witnessed} seals are as they were kept elsewhere.`
      : 'Without --witness, whoever owns the database could have written all of it anew.',
    ...(found.length === 0 ? ['Everything agrees.'] : []),
  ]
}
