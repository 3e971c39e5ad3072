/**
 * The list of leaked passwords that is shipped is the published one, boiled down. Written anew with
 * `node set-up/run.mjs test/house/leaked-words.test.ts --write`.
 */

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import published from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' }
import { essencesOf, readLeakedWords, writeLeakedWords } from '#access/leaked-words.ts'
import { refusalsOfPassword } from '#access/password-rules.ts'
import { textOf } from '#test/house/tracked.ts'
import { root } from '#test/step.ts'

const path = 'src/access/leaked-words.json'
const source =
  'Drawn from @zxcvbn-ts/language-common, MIT License. Copyright (c) 2012-2016 Dan Wheeler and ' +
  'Dropbox, Inc.; (c) 2021 @zxcvbn-ts'
const words = writeLeakedWords(published.flatMap(essencesOf))
const shipped = `${JSON.stringify({ source, words }, null, 2)}\n`
if (process.argv.includes('--write')) writeFileSync(join(root, path), shipped)

test('the shipped list is what the published one boils down to', () => {
  assert.equal(textOf(path) === shipped, true, 'write it anew, see the head of this file')
  assert.ok(published.length > 40_000)
})

test('what was written is read back', () => {
  const read = readLeakedWords(words)
  assert.deepEqual([...read].sort(), [...new Set(published.flatMap(essencesOf))].sort())
  for (const word of ['password', 'dragon', 'sunshine', 'trustno']) assert.ok(read.has(word), word)
})

/** As people make a common word meet the composition. */
const decorations: readonly ((word: string) => string)[] = [
  (word) => `${capital(word)}1!`,
  (word) => `${capital(word)}#2026`,
  (word) => `2026.${capital(word)}`,
  (word) => `${capital(word).replaceAll('a', '@').replaceAll('o', '0')}99`,
  (word) => `${capital(word).replaceAll('e', '3').replaceAll('s', '$')}+1`,
  (word) => `${word.slice(0, 2)}.${capital(word.slice(2))}7`,
]
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)

test('every long word of the list is too easy to guess, however it is decorated', () => {
  const long = published.filter((word) => /^[a-z]{6,20}$/.test(word))
  const told = (password: string) =>
    refusalsOfPassword(password, 'W0000751').some(({ text }) => text.en.includes('easy to guess'))
  const missed = long.flatMap((word) =>
    decorations.map((decorate) => decorate(word)).filter((password) => !told(password)),
  )
  assert.deepEqual(missed.slice(0, 20), [])
  // The control: what nobody publishes passes the same judge.
  assert.deepEqual(['Grus-vej.48', 'Ny-molle7Q', 'aB3~efgh'].filter(told), [])
})
