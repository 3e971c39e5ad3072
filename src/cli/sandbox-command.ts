/** The sub-command `sandbox`: options in, a page of where to click out, and a clean stop. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Ready } from '#cli/ready.ts'
import { startSandbox } from '#cli/sandbox.ts'

type Options = {
  readonly data?: string
  readonly portBase: number
  readonly population: number
  readonly seed: number
  readonly readyFile?: string
}

export function addSandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .description('Run everything on this machine with an invented population')
    .addOption(new Option('--data <dir>', 'keep the data here between runs'))
    .addOption(
      wholeNumber('--port-base <n>', 'first of four ports; 0 takes free ones', 65_532, 8400),
    )
    .addOption(wholeNumber('--population <n>', 'how many invented persons', 10_000_000, 2000))
    .addOption(wholeNumber('--seed <n>', 'which invented population', 2 ** 31, 1))
    .addOption(new Option('--ready-file <file>', 'write addresses, codes and persons here'))
    .action(run)
}

function wholeNumber(flags: string, description: string, max: number, preset: number): Option {
  return new Option(flags, description).default(preset).argParser((text) => {
    const value = Number(text)
    if (/^\d{1,10}$/.test(text) && value <= max) return value
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${max}.`)
  })
}

async function run(options: Options): Promise<void> {
  const log = (line: string) => process.stderr.write(`samspil: ${line}\n`)
  const starting = startSandbox({ ...options, log })
  let isEnding = false
  const end = (signal: string) => {
    if (isEnding) return
    isEnding = true
    log(`stopping (${signal})`)
    // Also while it starts: what has been started by then is ended as well.
    starting
      .then(({ stop }) => stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log(`did not stop cleanly: ${String(error)}`)
          process.exit(1)
        },
      )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  endWithNpm(end)
  const { ready, stop, broken } = await starting
  void broken.then(async (how) => {
    if (isEnding) return
    isEnding = true
    log(
      `the database ended (${how}). Start again` +
        `${options.data ? ' with the same --data; nothing acknowledged is lost.' : '.'}`,
    )
    await stop().catch(() => {})
    process.exit(1)
  })
  if (!isEnding) process.stdout.write(welcome(ready, options))
}

/** Under `npm start` the sandbox is npm's: when npm is gone, nobody is left to stop it. */
function endWithNpm(end: (signal: string) => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) end('npm is gone')
  }, 500).unref()
}

function welcome(ready: Ready, { data, readyFile }: Options): string {
  const citizen = ready.personCodes.find(({ group }) => group === 'citizen')
  const desk = ready.personCodes.find(({ authority }) => authority === '0751')
  const row = (name: string, value: string) => `  ${name.padEnd(16)}${value}\n`
  return [
    '\nSamspil is running, with an invented population.\n\n',
    row('CPR server', ready.cpr),
    row('  JSON door', `${ready.cpr}/api/v1/docs`),
    row('  GCTP door', `POST ${ready.cpr}/cpr-online-gctp/gctp`),
    row('Self-service', ready.selfService),
    row('Desk', `${ready.desk}  (sign in as Aarhus, below)`),
    row('Sign-in', `${ready.idp}  (choose an invented person)`),
    `\nPerson codes${readyFile ? ` (all of them are in ${readyFile})` : ''}\n`,
    row('citizen', `${citizen?.code}  ${citizen?.password}`),
    row('Aarhus (0751)', `${desk?.code}  ${desk?.password}`),
    '\nA person to begin with\n',
    row('ordinary adult', ready.persons.ordinaryAdult),
    '\nSee an incident go from report to register:\n',
    `  ./samspil walk${readyFile ? ` --ready ${readyFile}` : ''}\n\n`,
    data
      ? `The data are kept in ${data}. Stop with Ctrl-C.\n`
      : 'The data are gone when it stops (keep them with --data DIR). Stop with Ctrl-C.\n',
  ].join('')
}
