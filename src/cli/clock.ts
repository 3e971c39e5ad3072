/** `samspil clock`: shows the clock of a running sandbox, and moves it forward. */

import type { Command } from 'commander'
import { readReady } from '#cli/ready.ts'
import { clockPath, type Moved } from '#cli/sandbox-clock.ts'

/** What the command takes from the world. */
export type ClockWorld = {
  readonly write: (line: string) => void
  readonly fetch: typeof globalThis.fetch
}

const world: ClockWorld = {
  write: (line) => process.stdout.write(`${line}\n`),
  fetch: (...request) => fetch(...request),
}

/** Adds `clock` to the program. */
export function addClockCommand(program: Command): void {
  program
    .command('clock')
    .description('Show the clock of a sandbox, or move it forward')
    .argument('[to]', '+30d, +2h, +15m, or a Danish date and time as 2027-01-01T08:00')
    .requiredOption('--ready <file>', 'the ready file of a running sandbox')
    .addHelpText('after', afterHelp)
    .action(async (to: string | undefined, { ready }: { readonly ready: string }) => {
      process.exitCode = await runClock(readReady(ready).cpr, to, world)
    })
}

const afterHelp = `
What has become due by then is done at once: moves take effect, protections lapse, reminders are
written. It never goes back. Tokens end as time passes, and passwords that would end are renewed:
the ready file then has the new ones.

Exit codes: 0 shown or moved; 1 refused; 2 nobody answered.
`

const names: { readonly [what: string]: string } = {
  effects: 'effects',
  hearingsReminded: 'hearings reminded of',
  hearingsGivenUp: 'hearings given up',
  decidedByPolicy: 'cases decided by policies',
  logReviewsDrawn: 'reviews of look-ups drawn',
  leftToPeople: 'cases left to people',
  protectionsReminded: 'protections reminded of',
  conversationsExpired: 'conversations expired',
  endedReportsRemoved: 'ended reports removed',
  logReviewsRemoved: 'reviews of look-ups removed',
  lettersDelivered: 'letters delivered',
  lettersByHand: 'letters left to be printed',
  lettersNotDelivered: 'letters to be tried again',
  depositsExpired: 'deposits cleared away',
  passwordsEnding: 'passwords about to end',
}

/** Gives the exit code. */
export async function runClock(
  cpr: string,
  to: string | undefined,
  { write, fetch: ask }: ClockWorld,
): Promise<0 | 1 | 2> {
  const url = `${cpr}${clockPath}`
  const headers = { 'content-type': 'application/json' }
  const post = { method: 'POST', headers, body: JSON.stringify({ move: to }) }
  let answer: Response
  try {
    answer = to === undefined ? await ask(url) : await ask(url, post)
  } catch {
    write(`Nobody answers at ${cpr}.`)
    return 2
  }
  if (answer.status === 404) {
    write(`${cpr} is no sandbox: its clock cannot be moved.`)
    return 1
  }
  const said = (await answer.json()) as Partial<Moved> & { readonly refused?: string }
  if (!answer.ok) {
    write(said.refused ?? `The sandbox answers ${answer.status}.`)
    return 1
  }
  write(`It is ${said.now}.`)
  for (const line of describe(said)) write(line)
  return 0
}

/** The clock of a sandbox; of this machine where the server has none of its own. */
export async function clockOf(cpr: string): Promise<Date> {
  const answer = await fetch(`${cpr}${clockPath}`).catch(() => undefined)
  const said = answer?.ok ? ((await answer.json()) as { readonly now?: string }) : {}
  return said.now === undefined ? new Date() : new Date(said.now)
}

function describe({ done = {}, renewed = [] }: Partial<Moved>): readonly string[] {
  const happened = Object.entries(done).filter(([, count]) => count > 0)
  const listed = happened.map(([what, count]) => `${count} ${names[what] ?? what}`).join(', ')
  const isMove = Object.keys(done).length > 0
  return [
    ...(isMove ? [happened.length === 0 ? 'Nothing was due.' : `Done: ${listed}.`] : []),
    ...(renewed.length === 0
      ? []
      : [`New passwords for ${renewed.join(', ')}: they are in the ready file.`]),
  ]
}
