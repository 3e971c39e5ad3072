/** Reasons on a page: nobody can type one that looks like a program's. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenReasons, showReason } from '#incident/reasons.ts'
import { sayReason } from '#web/reason.ts'

test('a person stands in quotation marks where a program does not, in the same words as well', () => {
  const { stamp } = givenReasons
  assert.deepEqual(sayReason(showReason({ purpose: '', given: 'stamp' })), stamp)
  for (const purpose of [stamp.da, stamp.en, '']) {
    const words = sayReason(showReason({ purpose, given: undefined }))
    assert.deepEqual(words, { da: `»${purpose}«`, en: `“${purpose}”` })
  }
})
