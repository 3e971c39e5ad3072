/** What takes effect by itself: begun on its day, lapsed on its day, and never what was overtaken. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { date } from '#base/calendar.ts'
import { dueBetween } from '#register/due.ts'
import { nextChangeAfter, type RecordedFact } from '#register/fact.ts'
import { histories, lastRecordedOn, slots, window } from '#test/arbitrary-facts.ts'

const d = date
const home = { municipality: '0751', road: '0012', house: '1' }

/** A protection as its incident writes it: for a while, and nothing of it afterwards. */
function protect(eventNo: number, from: string, until: string): readonly RecordedFact[] {
  const protection = { kind: 'protection', slot: '0001', eventNo } as const
  return [
    { ...protection, line: 1, from: d(from), to: d(until), value: { type: '0001' } },
    { ...protection, line: 2, from: d(until), value: null },
  ]
}
function endProtection(eventNo: number, from: string): RecordedFact {
  return { kind: 'protection', slot: '0001', eventNo, line: 1, from: d(from), value: null }
}
function moves(eventNo: number, from: string, house = '1'): RecordedFact {
  return { kind: 'address', eventNo, line: 1, from: d(from), value: { ...home, house } }
}

const wholeYears = [d('2025-12-31'), d('2029-01-01')] as const

test('MOVE-16: a move dated ahead is due on its day, once, and not the day before', () => {
  const facts = [moves(1, '2020-01-01'), moves(2, '2026-06-01', '2')]
  const due = { eventNo: 2, on: d('2026-06-01'), lapsed: false }
  assert.deepEqual(dueBetween(facts, d('2026-05-30'), d('2026-05-31')), [])
  assert.deepEqual(dueBetween(facts, d('2026-05-31'), d('2026-06-01')), [due])
  assert.deepEqual(dueBetween(facts, d('2026-06-01'), d('2026-06-02')), [])
})

test('two facts of one event on one day are one effect', () => {
  const active: RecordedFact = {
    kind: 'status',
    eventNo: 2,
    line: 2,
    from: d('2026-06-01'),
    value: { code: '01', startedAt: '202606010000' },
  }
  const due = dueBetween([moves(2, '2026-06-01'), active], ...wholeYears)
  assert.deepEqual(due, [{ eventNo: 2, on: d('2026-06-01'), lapsed: false }])
})

test('PROT-1: a protection lapses on the day it ends', () => {
  assert.deepEqual(dueBetween(protect(1, '2026-02-01', '2027-02-01'), ...wholeYears), [
    { eventNo: 1, on: d('2026-02-01'), lapsed: false },
    { eventNo: 1, on: d('2027-02-01'), lapsed: true },
  ])
})

test('a protection that ends without a further word has lapsed as well', () => {
  const [only] = protect(1, '2026-02-01', '2027-02-01')
  assert.ok(only)
  const due = dueBetween([only], d('2026-12-31'), d('2028-01-01'))
  assert.deepEqual(due, [{ eventNo: 1, on: d('2027-02-01'), lapsed: true }])
})

test('an extended protection does not lapse where the first one would have ended', () => {
  const facts = [
    ...protect(1, '2026-02-01', '2027-02-01'),
    ...protect(2, '2027-01-15', '2028-02-01'),
  ]
  assert.deepEqual(dueBetween(facts, d('2027-01-15'), d('2029-01-01')), [
    { eventNo: 2, on: d('2028-02-01'), lapsed: true },
  ])
})

test('a protection ended by its owner is ended by that event and does not lapse later', () => {
  const facts = [...protect(1, '2026-02-01', '2027-02-01'), endProtection(2, '2026-08-01')]
  assert.deepEqual(dueBetween(facts, d('2026-07-01'), d('2029-01-01')), [
    { eventNo: 2, on: d('2026-08-01'), lapsed: false },
  ])
})

test('a move that another one has overtaken takes no effect', () => {
  const facts = [moves(1, '2020-01-01'), moves(2, '2026-06-01', '2'), moves(3, '2026-05-01', '3')]
  assert.deepEqual(dueBetween(facts, ...wholeYears), [
    { eventNo: 3, on: d('2026-05-01'), lapsed: false },
  ])
})

test('an end of another kind on the same day does not turn a beginning into a lapse', () => {
  const facts: readonly RecordedFact[] = [
    ...protect(1, '2026-01-10', '2026-03-01'),
    { kind: 'address', eventNo: 1, line: 3, from: d('2026-03-01'), value: null },
    moves(0, '2020-01-01'),
  ]
  const due = dueBetween(facts, d('2026-02-01'), d('2026-04-01'))
  assert.deepEqual(
    due.map(({ on, lapsed }) => [on, lapsed]),
    [
      ['2026-03-01', false],
      ['2026-03-01', true],
    ],
  )
})

test('they come in the order of their days, then of their events', () => {
  fc.assert(
    fc.property(histories, (facts) => {
      const due = dueBetween(facts, ...wholeYears)
      const sorted = due.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      assert.deepEqual(
        due.map(({ on }) => on),
        sorted.map(({ on }) => on),
      )
      assert.equal(new Set(due.map((each) => JSON.stringify(each))).size, due.length)
    }),
  )
})

test('something is due on a day exactly when the facts then say something else', () => {
  fc.assert(
    fc.property(histories, (facts) => {
      window.slice(1).forEach((day, at) => {
        const before = window[at]
        if (before === undefined) return
        const due = dueBetween(facts, before, day)
        const changes = slots.some(([kind, slot]) => {
          const [was, is] = [before, day].map((each) => {
            const fact = lastRecordedOn(facts, kind, slot, each)
            return fact && fact.value !== null ? fact : undefined
          })
          return was !== is
        })
        assert.equal(due.length > 0, changes)
        assert.equal(nextChangeAfter(facts, before) === day, changes)
      })
    }),
    { numRuns: 500 },
  )
})
