/** Whose name stands on a letter. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { senderName } from '#desk/authorities.ts'

test('a municipality signs as one, and the CPR Office by its own name', () => {
  assert.equal(senderName('0751').da, 'Aarhus Kommune')
  assert.equal(senderName('0001').da, 'CPR-kontoret')
})
