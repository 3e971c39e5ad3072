/** The command `samspil`: names its sub-commands and hands over. */

import { Command } from 'commander'
import { addClockCommand } from '#cli/clock.ts'
import { openDatabase, openEvidence } from '#cli/database.ts'
import { addDeskCommand } from '#cli/desk-command.ts'
import { readEnvironment } from '#cli/environment.ts'
import { addEvidenceCommands } from '#cli/evidence.ts'
import { explain } from '#cli/explain.ts'
import { addLettersCommand } from '#cli/letters.ts'
import type { Connect } from '#cli/on-database.ts'
import { addPersonCodeCommands } from '#cli/person-code.ts'
import { addPolicyCommands } from '#cli/policy.ts'
import { addPostCommand } from '#cli/post.ts'
import { startSandbox } from '#cli/sandbox.ts'
import { addSandboxCommand } from '#cli/sandbox-command.ts'
import { addSelfServiceCommand } from '#cli/self-service-command.ts'
import { addServerCommands } from '#cli/server-command.ts'
import { addSettingCommands } from '#cli/setting.ts'
import { addSubscriptionCommands } from '#cli/subscription.ts'
import { version } from '#cli/version.ts'
import { addWalkCommand } from '#cli/walk.ts'

const program = new Command('samspil')
  .description(
    'The interplay between citizen self-service and the Danish civil registration system',
  )
  .version(version, '--version')
  .showSuggestionAfterError()

addSandboxCommand(program)
addWalkCommand(program, {
  startSandbox: () =>
    startSandbox({ portBase: 0, population: 2000, seed: 1, log: say, ownDatabase: true }),
})
addPostCommand(program)
addClockCommand(program)
addServerCommands(program)
addSelfServiceCommand(program)
addDeskCommand(program)
const connect: Connect = async ({ data }) => {
  const database = await openDatabase(data, say, { use: 'beside', needs: 'samspil_admin' })
  return { pool: database.administration, close: database.close }
}
addPersonCodeCommands(program, connect)
addSettingCommands(program, connect)
addPolicyCommands(program, connect)
addLettersCommand(program, connect)
addSubscriptionCommands(program, connect)
addEvidenceCommands(program, ({ data }, to) => openEvidence(data, say, to))

// Whoever reads the output may have had enough of it, as `| head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  // Whatever the command: a setting that cannot be read is told before anything is done.
  readEnvironment()
  await program.parseAsync()
} catch (error) {
  // What a user can mend is said in a line; the rest of an unforeseen error is for those who debug.
  say(explain(error))
  if (process.env['SAMSPIL_DEBUG'] === 'yes') process.stderr.write(`${(error as Error).stack}\n`)
  process.exitCode = 1
}

function say(line: string): void {
  process.stderr.write(`samspil: ${line}\n`)
}
