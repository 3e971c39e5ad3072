/** `samspil letters`: the outbox, for whoever sends it. Numbers are masked unless asked for. */

import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { danishMidnight, readDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import type { Connect } from '#cli/on-database.ts'
import { maskPnr, readPnr } from '#register/pnr.ts'
import { type LetterRow, listLetters, noteListing } from '#store/letters.ts'

/** What the command takes from the world. */
export type LettersWorld = {
  readonly clock: () => Date
  readonly write: (line: string) => void
  readonly warn: (line: string) => void
  readonly user: () => string
}

const world: LettersWorld = {
  clock: () => new Date(),
  write: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
  user: () => userInfo().username,
}

type Options = {
  readonly data?: string
  readonly since: Date
  readonly limit: number
  readonly json?: true
  readonly full?: true
}

/** Adds `letters` to the program. */
export function addLettersCommand(
  program: Command,
  connect: Connect,
  { clock, write, warn, user }: LettersWorld = world,
): void {
  program
    .command('letters')
    .description('List the letters that are to be sent, in both languages')
    .option('--data <dir>', 'the data folder of an embedded database, instead of DATABASE_URL')
    .addOption(
      new Option(
        '--since <instant>',
        'from that Danish day or instant on: 2026-03-02, 2026-03-02T09:00:00Z',
      )
        .default(new Date(0), 'the first')
        .argParser(readInstant),
    )
    .addOption(
      new Option('--limit <n>', 'at most so many').default(1000).argParser((text) => {
        if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
        throw new InvalidArgumentError('It must be a number from 1 to 999999.')
      }),
    )
    .option('--json', 'a line of JSON for each letter')
    .option('--full', 'with the whole numbers of the recipients: they are personal data')
    .action(async (options: Options) => {
      const { pool, close } = await connect(options)
      try {
        const letters = await listLetters(pool, options.since, options.limit)
        if (options.full) {
          warn('This lists whole civil registration numbers. The listing is put on record.')
        }
        const now = clock()
        await noteListing(pool, {
          id: timedId(now, randomBytes),
          at: now,
          act: 'list-letters',
          outcome: 'done',
          receipt: 0,
          actor: user(),
          purpose: options.full ? 'letters in full' : 'letters, masked',
          persons: [...new Set(letters.map(({ recipient }) => recipient))],
        })
        for (const letter of letters) write(lineOf(letter, options))
      } finally {
        await close()
      }
    })
}

function lineOf(letter: LetterRow, { json, full }: Options): string {
  const { id, at, kind, incident_id: incident, text_da: da, text_en: en } = letter
  const recipient = full ? letter.recipient : masked(letter.recipient)
  const instant = at.toISOString()
  if (!json) return `${instant}  ${recipient}  ${kind}\n  ${plain(da)}\n  ${plain(en)}`
  return JSON.stringify({ id, at: instant, recipient, kind, incident, text: { da, en } })
}

/** A case worker's words are in it: nothing of them may steer the terminal (A24). */
function plain(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ')
}

function masked(recipient: string): string {
  const pnr = readPnr(recipient)
  return pnr ? maskPnr(pnr) : 'xxxxxx-xxxx'
}

function readInstant(text: string): Date {
  const day = readDate(text)
  if (day) return danishMidnight(day)
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text)
  const instant = new Date(text)
  if (isInstant && !Number.isNaN(instant.valueOf())) return instant
  throw new InvalidArgumentError('It must be as 2026-03-02 or 2026-03-02T09:00:00Z.')
}
