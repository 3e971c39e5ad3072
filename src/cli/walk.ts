/**
 * `samspil walk`: plays the whole interplay against a sandbox, shows every message, and checks what
 * the register does. Wiring; the story stands beside it.
 */

import type { Command } from 'commander'
import { danishDate } from '#base/calendar.ts'
import { Unavailable } from '#base/outage.ts'
import { clockOf } from '#cli/clock.ts'
import { readReady } from '#cli/ready.ts'
import type { Sandbox } from '#cli/sandbox.ts'
import type { Ground } from '#cli/walk-plan.ts'
import { type Paper, Printer } from '#cli/walk-printer.ts'
import { Stopped, tell } from '#cli/walk-story.ts'

/** Adds `walk` to the program. Without `--ready` it walks through a sandbox of its own. */
export function addWalkCommand(
  program: Command,
  world: { readonly startSandbox: () => Promise<Sandbox> },
): void {
  program
    .command('walk')
    .description('Follow a report from logon to decision, message by message')
    .option('--ready <file>', 'the ready file of a running sandbox; without it one is started')
    .addHelpText('after', afterHelp)
    .action(async ({ ready }: { readonly ready?: string }) => {
      const { stdout } = process
      const colours = stdout.isTTY && !process.env['NO_COLOR']
      const paper = { write: (text: string) => stdout.write(text), colours }
      process.exitCode = await (ready === undefined
        ? walkOnOwn(world.startSandbox, paper)
        : walk(readReady(ready), paper))
    })
}

const afterHelp = `
It can be repeated against the same sandbox: the person moves on, and the protection is ended or
put on again. Exit codes: 0 when all was as expected, else 1.
`

async function walkOnOwn(startSandbox: () => Promise<Sandbox>, paper: Paper): Promise<number> {
  paper.write('Starting a sandbox for the walk (with --ready FILE it uses yours)\n')
  const starting = startSandbox()
  const stop = async () => (await starting).stop()
  // Also while it starts: its database would outlive this process.
  const onSignal = () => {
    void stop().finally(() => process.exit(1))
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, onSignal)
  try {
    return await walk((await starting).ready, paper)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
    await stop()
  }
}

/** Walks, and gives the exit code: 0 when every expectation held. */
export async function walk(ground: Ground, paper: Paper): Promise<number> {
  const out = new Printer(paper)
  paper.write(`The interplay, step by step, against ${ground.cpr}\n`)
  try {
    await tell(ground, out, danishDate(await clockOf(ground.cpr)))
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    out.check(reason, false)
  }
  const { held, failed } = out
  const all = held + failed
  out.end(
    failed === 0
      ? `All ${all} expectations held: the interplay works, from logon to decision.`
      : `The walk failed: ${failed} of ${all} expectations did not hold.`,
  )
  return failed === 0 ? 0 : 1
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof Unavailable) return `the server answers: ${error.message}`
  return error instanceof Stopped ? error.message : undefined
}
