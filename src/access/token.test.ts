/** Tokens: their shape, their bits, and that only a hash could be kept. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashToken, makeToken, readToken, tokenEnd } from '#access/token.ts'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('a token is 43 letters and digits, whatever the bytes', () => {
  const extremes = [new Uint8Array(32), new Uint8Array(32).fill(255)]
  for (const random of extremes)
    assert.match(
      makeToken(() => random),
      /^[0-9A-Za-z]{43}$/,
    )
  fc.assert(
    fc.property(bytes, (random) => {
      const token = makeToken(() => random)
      assert.equal(readToken(token), token)
    }),
  )
})

test('no bit of the 256 is lost: other bytes make another token', () => {
  fc.assert(
    fc.property(bytes, fc.nat(255), (random, bit) => {
      const other = Uint8Array.from(random)
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.notEqual(
        makeToken(() => random),
        makeToken(() => other),
      )
    }),
  )
})

test('what we never issued is no token', () => {
  for (const text of [
    '',
    'ZZZxxxxxxxx',
    'A1B2C3D4',
    'a'.repeat(42),
    'a'.repeat(44),
    `${'a'.repeat(42)};`,
  ]) {
    assert.equal(readToken(text), undefined, text)
  }
})

test('the hash is SHA-256 of the letters, and a token of any text has one', () => {
  const token = 'x'.repeat(43)
  assert.deepEqual(hashToken(token), createHash('sha256').update(token).digest())
  assert.equal(hashToken('æ\u{1f600}').length, 32)
})

test('a token ends two hours after it was issued', () => {
  assert.deepEqual(tokenEnd(new Date('2026-03-29T00:30:00Z')), new Date('2026-03-29T02:30:00Z'))
})
