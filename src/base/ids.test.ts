/** Identifiers: their form, that two differ, and that those with a time sort by it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { randomId, timedId } from '#base/ids.ts'

const form = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/
const bytesOf = (count: number) => fc.uint8Array({ minLength: count, maxLength: count })
/** Up to the last instant of year 9999, beyond which nothing here is dated. */
const instants = fc.date({
  min: new Date(0),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

test('an identifier has 26 letters and digits, none of them easily mistaken for another', () => {
  fc.assert(
    fc.property(bytesOf(16), instants, bytesOf(7), (bytes, at, chance) => {
      assert.match(
        randomId((count) => bytes.slice(0, count)),
        form,
      )
      assert.match(
        timedId(at, (count) => chance.slice(0, count)),
        form,
      )
    }),
  )
  assert.equal(
    randomId(() => new Uint8Array(16)),
    '0'.repeat(26),
  )
  assert.equal(
    randomId(() => new Uint8Array(16).fill(255)),
    `7${'z'.repeat(25)}`,
  )
})

test('different bytes make different identifiers: no bit of chance is lost', () => {
  fc.assert(
    fc.property(bytesOf(16), fc.nat({ max: 127 }), (bytes, bit) => {
      const other = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      assert.notEqual(
        randomId(() => bytes),
        randomId(() => other),
      )
    }),
  )
  fc.assert(
    fc.property(instants, bytesOf(7), (at, bytes) => {
      const chance = numberOf(timedId(at, () => bytes)) & ((1n << 56n) - 1n)
      assert.equal(chance, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
    }),
  )
})

/** The number that an identifier writes. */
function numberOf(id: string): bigint {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  return [...id].reduce((value, sign) => (value << 5n) | BigInt(alphabet.indexOf(sign)), 0n)
}

test('a later identifier sorts after an earlier one, whatever chance gave', () => {
  fc.assert(
    fc.property(instants, instants, bytesOf(7), bytesOf(7), (a, b, chanceA, chanceB) => {
      fc.pre(a.valueOf() < b.valueOf())
      assert.ok(
        timedId(a, () => chanceA) < timedId(b, () => chanceB),
        `${a.toISOString()} ${b.toISOString()}`,
      )
    }),
  )
})

test('what is made in one instant sorts in the order in which it was made', () => {
  fc.assert(
    fc.property(instants, fc.array(bytesOf(7), { minLength: 2 }), (at, chances) => {
      const ids = chances.map((chance) => timedId(at, () => chance))
      assert.deepEqual(ids.toSorted(), ids)
    }),
  )
})

test('too few bytes of chance are a bug, not a guessable name', () => {
  assert.throws(() => randomId(() => new Uint8Array(8)), /16 bytes/)
})
