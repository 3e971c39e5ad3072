/** Reasons that programs of ours give: told in both languages, and nobody else's words changed. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenPurposes, purposeText } from '#incident/given-purposes.ts'

test('a reason of ours is told in words of its reader, no two alike', () => {
  const given = Object.values(givenPurposes)
  assert.equal(new Set(given.map(({ sent }) => sent)).size, given.length)
  for (const { sent, text } of given) assert.deepEqual(purposeText(sent), text)
  assert.doesNotMatch(purposeText('STAMP over GCTP').da, /GCTP/)
})

test('what a person wrote is told as it was written', () => {
  assert.deepEqual(purposeText('Henvendelse'), { da: 'Henvendelse', en: 'Henvendelse' })
})
