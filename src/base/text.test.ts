/** Texts that people write, put among ours. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentence } from '#base/text.ts'

test('a text without an end gets a full stop, and one that is closed stays as it is', () => {
  assert.equal(sentence('Boligen er ikke taget i brug'), 'Boligen er ikke taget i brug.')
  for (const closed of ['Nej.', 'Hvorfor?', 'Nu!', 'Han sagde »nej.«', '(se nedenfor.)', '…']) {
    assert.equal(sentence(closed), closed)
  }
  assert.equal(sentence('ring 10.30'), 'ring 10.30.')
})
