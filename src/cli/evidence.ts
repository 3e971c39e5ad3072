/**
 * `samspil evidence`: seals it, says how far it is sealed, checks that nobody changed it, and clears
 * away what is over its time.
 */

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { saySpan, timeLimits } from '#access/time-limits.ts'
import {
  type ChangeOptions,
  type Connect,
  type DataOptions,
  inDatabase,
  type Surroundings,
  withChange,
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
import { type ClearedSeals, clearEvidence, isEvidenceOver } from '#store/evidence-clearing.ts'
import { findLastSeal, readEvidence, sealEvidence } from '#store/seals.ts'

/** Reading as whoever logs in, such as `samspil_log`; sealing as the server does; else the owner. */
type To = 'read' | 'seal' | 'clear'
export type ConnectEvidence = (options: DataOptions, to: To) => ReturnType<Connect>

/** Something does not agree: not the same as a command that could not be run. */
const tamperedCode = 2
/** A server seals every ten seconds; an hour without is no short standstill. */
const unsealedMaxMs = 3_600_000

export function addEvidenceCommands(
  program: Command,
  connect: ConnectEvidence,
  { clock, write, user }: Surroundings = world,
): void {
  const evidence = program
    .command('evidence')
    .description('Seal the evidence, and check that nobody has changed it since')
  const to = (what: To) => (options: DataOptions) => connect(options, what)

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
          readEvidence(pool, (seals, rows) =>
            checkSeals(seals, rows, {
              witness: options.witness,
              isOver: (act, sealedAt) => isEvidenceOver(act, sealedAt, clock()),
            }),
          ),
        )
        for (const line of describe(verdict, options.witness !== undefined, clock())) write(line)
        if (verdict.faults.length === 0) return
        command.error('error: the evidence was changed', { exitCode: tamperedCode })
      },
    )

  withChange(evidence.command('clear'), 'its time is over')
    .description('As the owner: clear away what is over its time; seals stay, and it is on record')
    .action(async (options: ChangeOptions, command: Command) => {
      const { by = user(), reason } = options
      const parts: ClearedSeals[] = []
      const end = await inDatabase(to('clear'), options, command, (pool) =>
        clearEvidence(pool, { at: clock(), random: randomBytes, by, reason }, (part) => {
          parts.push(part)
          write(sayPart(part))
        }),
      )
      if (end === 'clock-ahead') command.error(`error: ${clockAhead}`, { exitCode: 1 })
      if (parts.length === 0) write('Nothing is over its time.')
    })
}

const clockAhead =
  "this machine's clock is more than a day ahead of what any server's clock has shown; nothing was " +
  'cleared away. Set it right, or, if no server has run for that long, start one first'

const keepingTexts: { readonly [K in ClearedSeals['keeping']]: string } = {
  read: `reads and sign-ons of more than ${saySpan(timeLimits['read-log'].span)} ago`,
  change: `changes of more than ${saySpan(timeLimits['change-log'].span)} ago`,
}

function sayPart({ keeping, first, last, rows }: ClearedSeals): string {
  return `Seals ${first} to ${last}: ${rows} rows cleared away, ${keepingTexts[keeping]}.`
}

/** In one line those that follow each other. */
function sayCleared(cleared: SealCheck['cleared']): readonly string[] {
  const runs: { first: number; last: number; rows: number; of: number }[] = []
  for (const { no, rows, of } of cleared) {
    const run = runs.at(-1)
    if (run?.last === no - 1)
      Object.assign(run, { last: no, rows: run.rows + rows, of: run.of + of })
    else runs.push({ first: no, last: no, rows, of })
  }
  return runs.map(
    ({ first, last, rows, of }) =>
      `Cleared away under seals ${first} to ${last}: ${rows} of ${of} rows.`,
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
  early: 'rows that it vouches for were cleared away before their time',
  missing:
    'it was kept elsewhere, and is not here: a later part was cut off, or an older state restored',
}

export function describe(
  { faults, seals, rows, cleared, unsealed, witnessed }: SealCheck,
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
    ...sayCleared(cleared),
    ...(isLate ? [`The oldest of these is of ${since.toISOString()}: does a server seal?`] : []),
    isWitnessed
      ? `${witnessed} seals are as they were kept elsewhere.`
      : 'Without --witness, whoever owns the database could have written all of it anew.',
    ...(found.length === 0 ? ['Everything agrees.'] : []),
  ]
}
