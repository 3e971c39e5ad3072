/** Welch's t, against figures worked out elsewhere and against chance. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compare, tMax, welch, worst } from '#test/bench/welch.ts'

test("Welch's t of a textbook pair is what it is by hand", () => {
  // Worked by hand: means 3 and 5, variances 2.5 and 10.
  const t = welch([1, 2, 3, 4, 5], [1, 3, 5, 7, 9])
  assert.ok(Math.abs(t - -2 / Math.sqrt(2.5 / 5 + 10 / 5)) < 1e-12)
})

test('the same series does not differ from itself, and is as far from another both ways', () => {
  const series = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), {
    minLength: 5,
    maxLength: 50,
  })
  fc.assert(
    fc.property(series, series, (a, b) => {
      assert.equal(welch(a, a), 0)
      assert.ok(Math.abs(welch(a, b) + welch(b, a)) < 1e-9)
    }),
  )
})

test('a shift of a fifth of the spread shows at 2,000 samples, and chance alone does not', () => {
  let seed = 7
  const draw = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const series = (shift: number) =>
    Array.from({ length: 2000 }, () => 10 + shift + draw() + draw() + draw())
  assert.ok(worst(compare(series(0), series(0))) < tMax)
  assert.ok(worst(compare(series(0), series(0.1))) > tMax)
})
