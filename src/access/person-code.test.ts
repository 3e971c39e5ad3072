/** What an attempt to sign on is answered: one answer for strangers, the truth for the owner. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type AnswerNumbers,
  type Attempt,
  judgeChange,
  judgeSignOn,
  readPersonCode,
  stateOf,
} from '#access/person-code.ts'

const now = new Date('2026-06-01T12:00:00Z')
const later = new Date('2026-08-01T12:00:00Z')
const before = new Date('2026-05-31T12:00:00Z')
const sound = { active: true, oneTime: false, passwordExpiresAt: later, previousUntil: undefined }

function evaluated(matches: boolean, changes: Partial<typeof sound> = {}): Attempt {
  return { kind: 'evaluated', matches, record: { ...sound, ...changes } }
}

test('a person code is W and seven digits, and nothing else', () => {
  assert.equal(readPersonCode('W0000751'), 'W0000751')
  for (const text of [
    '',
    'w0000751',
    'W000751',
    'W00007511',
    ' W0000751',
    'W0000751\n',
    'W000075١',
  ]) {
    assert.equal(readPersonCode(text), undefined, JSON.stringify(text))
  }
})

const rows: readonly (readonly [string, Attempt, number, number, number])[] = [
  // What was tried, the answer, the answer of the compatibility setting, the answer to a change.
  ['a malformed code', { kind: 'malformed' }, 905, 904, 905],
  ['an unknown code', { kind: 'unknown' }, 905, 902, 905],
  ['a locked code', { kind: 'locked' }, 905, 903, 905],
  ['an address that is not listed', { kind: 'unlisted-source' }, 905, 905, 905],
  ['a wrong password', evaluated(false), 905, 905, 905],
  ['a wrong one, expired', evaluated(false, { passwordExpiresAt: before }), 905, 905, 905],
  ['a wrong one-time password', evaluated(false, { oneTime: true }), 905, 905, 905],
  ['a wrong one, inactive', evaluated(false, { active: false }), 905, 903, 905],
  ['the right one, inactive', evaluated(true, { active: false }), 903, 903, 903],
  ['the right one, expired', evaluated(true, { passwordExpiresAt: before }), 906, 906, 900],
  ['the right one at its last instant', evaluated(true, { passwordExpiresAt: now }), 906, 906, 900],
  ['the right one-time password', evaluated(true, { oneTime: true }), 906, 906, 900],
  [
    'the right one-time password, too late',
    evaluated(true, { oneTime: true, passwordExpiresAt: before }),
    906,
    906,
    906,
  ],
  ['the right password', evaluated(true), 900, 900, 900],
]

for (const [what, attempt, receipt, compatible, change] of rows) {
  test(`${what} is answered ${receipt}, as CPR ${compatible}, and ${change} to a change`, () => {
    assert.equal(judgeSignOn(attempt, now, 'one-answer').receipt, receipt)
    assert.equal(judgeSignOn(attempt, now, 'as-cpr').receipt, compatible)
    const judged = judgeChange(attempt, now, 'one-answer')
    assert.equal(judged === 'may-change' ? 900 : judged.receipt, change)
  })
}

test('a password that ends within 14 days warns, to the millisecond', () => {
  const days = (n: number, ms = 0) => new Date(now.valueOf() + n * 86_400_000 + ms)
  const soon = (passwordExpiresAt: Date) => {
    const verdict = judgeSignOn(evaluated(true, { passwordExpiresAt }), now, 'one-answer')
    return verdict.receipt === 900 && verdict.passwordEndsSoon
  }
  assert.deepEqual([soon(days(14)), soon(days(14, 1)), soon(days(1))], [true, false, true])
})

const anyRecord = fc.record({
  active: fc.boolean(),
  oneTime: fc.boolean(),
  passwordExpiresAt: fc.constantFrom(before, now, later),
  previousUntil: fc.constant(undefined),
})

test('without the right password everybody is answered 905, whatever the state', () => {
  const strangers = fc.oneof(
    fc.constantFrom<Attempt>(
      { kind: 'malformed' },
      { kind: 'unknown' },
      { kind: 'locked' },
      {
        kind: 'unlisted-source',
      },
    ),
    anyRecord.map((record): Attempt => ({ kind: 'evaluated', matches: false, record })),
  )
  fc.assert(
    fc.property(strangers, (attempt) => {
      assert.equal(judgeSignOn(attempt, now, 'one-answer').receipt, 905)
      const change = judgeChange(attempt, now, 'one-answer')
      assert.ok(change !== 'may-change' && change.receipt === 905)
    }),
  )
})

test('only an active code with a lasting password within its life signs on', () => {
  const numbers = fc.constantFrom<AnswerNumbers>('one-answer', 'as-cpr')
  fc.assert(
    fc.property(anyRecord, fc.boolean(), numbers, (record, matches, setting) => {
      const verdict = judgeSignOn({ kind: 'evaluated', matches, record }, now, setting)
      const sound = record.active && !record.oneTime && record.passwordExpiresAt > now
      assert.equal(verdict.receipt === 900, matches && sound)
    }),
  )
})

test('a code is locked whatever else it is, also while five attempts are unsettled', () => {
  const state = { ...sound, lockedAt: undefined, triedInARow: 0, retiredAt: undefined }
  assert.equal(stateOf(state, now), 'active')
  assert.equal(stateOf({ ...state, lockedAt: before, active: false }, now), 'locked')
  assert.equal(stateOf({ ...state, triedInARow: 4 }, now), 'active')
  assert.equal(stateOf({ ...state, triedInARow: 5 }, now), 'locked')
  assert.equal(stateOf({ ...state, active: false }, now), 'inactive')
  assert.equal(stateOf({ ...state, oneTime: true }, now), 'one-time')
  assert.equal(stateOf({ ...state, oneTime: true }, later), 'expired-one-time')
  assert.equal(stateOf(state, later), 'expired')
  assert.equal(stateOf({ ...state, retiredAt: before, lockedAt: before }, now), 'retired')
})
