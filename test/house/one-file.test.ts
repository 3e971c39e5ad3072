/** One type, one file: no general code knows an incident type by its code or its file. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '#incidents/catalogue.ts'
import { textOf, tracked } from '#test/house/tracked.ts'

/** The floors that interpret declarations; programs that play a story may name one. */
const general = /^src\/(?:base|register|incident|evidence|casework|store|search|gctp|api|server)\//
const read = tracked.filter((path) => general.test(path) && !path.endsWith('.test.ts'))

/** What a file without comments says of types: codes, and imports of their files. */
function namedIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const codes = catalogue.map(({ shape }) => shape.code).filter((each) => code.includes(each))
  const imports = [...code.matchAll(/'#incidents\/([a-z-]+)\.ts'/g)].map(([, file]) => String(file))
  return [...codes, ...imports.filter((file) => file !== 'catalogue')]
}

test('no file of the general floors names an incident type', () => {
  assert.ok(read.length > 100)
  const named = read.flatMap((path) => namedIn(textOf(path)).map((name) => `${path}: ${name}`))
  assert.deepEqual(named, [])
})

test('a code in a condition is found, and one in a comment is none', () => {
  assert.deepEqual(namedIn("if (code === 'FLYT-I') x() // as a move"), ['FLYT-I'])
  assert.deepEqual(namedIn("/** As 'FLYT-I'. */\nimport { death } from '#incidents/death.ts'"), [
    'death',
  ])
})
