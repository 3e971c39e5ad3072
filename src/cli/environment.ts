/** The settings as this process was given them: the only file that reads variables of ours. */

import { readFileSync } from 'node:fs'
import { readTable } from '#base/setting.ts'
import { type Settings, settingsTable } from '#base/settings.ts'

/** Throws with every fault, a line each, before anything has been started. */
export function readEnvironment(): Settings {
  const read = readTable(settingsTable, {
    variables: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
  })
  if (read.ok) return read.values
  throw new Error(`Cannot start with these settings:\n  ${read.faults.join('\n  ')}`)
}
