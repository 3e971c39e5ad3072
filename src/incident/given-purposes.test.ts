/** Reasons that programs of ours give: told in both languages, and nobody else's words changed. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenPurposes, purposeText } from '#incident/given-purposes.ts'

test('a reason of ours is told in words of its reader, no two alike', () => {
  const given = Object.values(givenPurposes)
  assert.equal(new Set(given.map(({ sent }) => sent)).size, given.length)
  const { stamp, letter, case: work } = givenPurposes
  for (const { sent, text } of [stamp, letter, work]) assert.deepEqual(purposeText(sent), text)
  assert.doesNotMatch(purposeText('STAMP over GCTP').da, /GCTP/)
})

test('what a person wrote is told as it was written', () => {
  assert.deepEqual(purposeText('Henvendelse'), { da: 'Henvendelse', en: 'Henvendelse' })
  // Also where it is what a program says of an act that is no look-up.
  for (const sent of [givenPurposes.insight.sent, givenPurposes.review.sent]) {
    assert.deepEqual(purposeText(sent), { da: sent, en: sent })
  }
})
