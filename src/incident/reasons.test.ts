/** Reasons: a program's in the words of its reader, a person's as they were written. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenReasons, readGiven, reasonsOfClients, showReason } from '#incident/reasons.ts'

test('the reason of a program is told in both languages, no two alike', () => {
  const given = Object.values(givenReasons)
  assert.equal(new Set(given.flatMap(({ da, en }) => [da, en])).size, 2 * given.length)
  assert.deepEqual(showReason({ purpose: 'whatever', given: 'stamp' }), {
    given: givenReasons.stamp,
  })
})

test('what a person wrote is told as it was written, also where it reads as that of a program', () => {
  const all = Object.values(givenReasons).flatMap(({ da, en }) => [da, en])
  for (const purpose of ['Henvendelse', ...all]) {
    assert.deepEqual(showReason({ purpose, given: undefined }), { purpose })
  }
})

test('what is no reason of ours is none, and no client says that a system asked', () => {
  assert.equal(readGiven('stamp'), 'stamp')
  for (const name of ['STAMP over GCTP', 'constructor', '', null, undefined]) {
    assert.equal(readGiven(name), undefined)
  }
  assert.ok(!reasonsOfClients.some((name) => String(name) === 'stamp'))
})
