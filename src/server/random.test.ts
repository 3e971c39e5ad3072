/** Bytes that were fetched in bulk are as good as fetched one by one. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pooledRandom } from '#server/random.ts'

test('as many bytes are given as were asked for, across the bulk and beyond it', () => {
  const random = pooledRandom()
  for (const bytes of [1, 4095, 1, 16, 4096, 5000, 16]) assert.equal(random(bytes).length, bytes)
})

test('no bytes are given twice, and what was given never changes', () => {
  const random = pooledRandom()
  const given = Array.from({ length: 2000 }, () => random(16))
  const texts = given.map((bytes) => Buffer.from(bytes).toString('hex'))
  assert.equal(new Set(texts).size, given.length)
  random(4096)
  assert.deepEqual(
    given.map((bytes) => Buffer.from(bytes).toString('hex')),
    texts,
  )
})

test('bytes are hardly ever zero: what is wiped is not handed out', () => {
  const random = pooledRandom()
  const bytes = Array.from({ length: 1000 }, () => [...random(16)]).flat()
  const zeros = bytes.filter((byte) => byte === 0).length
  assert.ok(zeros < 200, `${zeros} of ${bytes.length} bytes are zero`)
})
