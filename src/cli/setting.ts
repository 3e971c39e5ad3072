/** `samspil setting`: what a municipality has set for itself. Wiring and words. */

import { randomBytes } from 'node:crypto'
import { type Command, InvalidArgumentError } from 'commander'
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
import { isSettingName, municipalSettings, type SettingName } from '#incident/situation.ts'
import { listSettings, type Setter, setSetting, unsetSetting } from '#store/settings.ts'

type ListOptions = Options & { readonly json?: true }

const purpose = 'administration of settings'

/** Adds `setting` with its sub-commands to the program. */
export function addSettingCommands(
  program: Command,
  connect: Connect,
  { clock, write, user }: Surroundings = world,
): void {
  const family = program
    .command('setting')
    .description('List, set and unset what a municipality decides for itself')
    .addHelpText('after', afterHelp)

  withData(family.command('list'))
    .description('every setting with its national value, and what municipalities have set')
    .argument('[municipality]', 'four digits; all when left out', readMunicipality)
    .option('--json', 'print JSON instead of text')
    .action(async (municipality: string | undefined, options: ListOptions, command: Command) => {
      const rows = await inDatabase(connect, options, command, (pool) =>
        listSettings(pool, municipality),
      )
      if (options.json) return write(JSON.stringify({ presets: municipalSettings, set: rows }))
      for (const line of presets()) write(line)
      for (const { municipality: code, name, value } of rows) write(`${code}  ${name} = ${value}`)
    })

  const setterOf = ({ by, reason }: ChangeOptions): Setter => ({
    actor: by ?? user(),
    purpose: reason,
    now: clock(),
    random: randomBytes,
  })

  withChange(family.command('set'), purpose)
    .description('set it for one municipality, from the next step of every server on')
    .argument('<municipality>', 'four digits', readMunicipality)
    .argument('<name>', Object.keys(municipalSettings).join(', '), readName)
    .argument('<value>', 'a whole number')
    .action(async (municipality: string, name: SettingName, text: string, options, command) => {
      const value = readValue(name, text)
      if (typeof value === 'string') return command.error(`error: ${value}`)
      const isSet = await inDatabase(connect, options, command, (pool) =>
        setSetting(pool, { municipality, name, value }, setterOf(options)),
      )
      if (!isSet) return command.error(`error: ${municipality} is no municipality.`)
      write(`${municipality}  ${name} = ${value}`)
    })

  withChange(family.command('unset'), purpose)
    .description('let the national value hold again')
    .argument('<municipality>', 'four digits', readMunicipality)
    .argument('<name>', Object.keys(municipalSettings).join(', '), readName)
    .action(async (municipality: string, name: SettingName, options, command) => {
      const wasSet = await inDatabase(connect, options, command, (pool) =>
        unsetSetting(pool, { municipality, name }, setterOf(options)),
      )
      if (!wasSet) return command.error(`error: ${municipality} has not set ${name}.`)
      write(`${municipality}  ${name} = ${municipalSettings[name].preset} (national)`)
    })
}

const afterHelp = `
The database is the one of DATABASE_URL, or the embedded one in --data. Each change leaves evidence.
Exit codes: 0 done; 1 not done and nothing changed, the text says why.
`

function presets(): readonly string[] {
  return Object.entries(municipalSettings).map(
    ([name, { preset, min, max, text }]) =>
      `${name.padEnd(20)} ${String(preset).padStart(3)}  (${min} to ${max})  ${text.en}`,
  )
}

function readName(text: string): SettingName {
  if (isSettingName(text)) return text
  throw new InvalidArgumentError(`It must be one of ${Object.keys(municipalSettings).join(', ')}.`)
}

/** The value, or why it is none. */
function readValue(name: SettingName, text: string): number | string {
  const { min, max } = municipalSettings[name]
  const value = Number(text)
  if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value
  return `${name} must be a whole number from ${min} to ${max}.`
}
