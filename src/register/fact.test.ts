/** Facts on a line of days: what was recorded later wins on the days it covers. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { date } from '#base/calendar.ts'
import { nextChangeAfter, type RecordedFact, slotsOf, spanOn, timeline } from '#register/fact.ts'
import { histories, lastRecordedOn, slots, window } from '#test/arbitrary-facts.ts'

const d = (day: number) => date(`2026-05-${String(day).padStart(2, '0')}`)
const residence = (house: string) => ({ municipality: '0751', road: '0012', house })

function lives(
  eventNo: number,
  house: string | null,
  from: number,
  to?: number,
  line = 1,
): RecordedFact {
  const value = house === null ? null : residence(house)
  const stretch = { from: d(from), ...(to !== undefined && { to: d(to) }) }
  return { kind: 'address', ...stretch, value, eventNo, line }
}

const housesOf = (facts: readonly RecordedFact[]) =>
  timeline(facts, 'address').map(({ from, to, value }) => [
    value.house,
    Number(from.slice(8)),
    to && Number(to.slice(8)),
  ])

test('a later recorded fact ends an open one where it begins', () => {
  assert.deepEqual(housesOf([lives(1, '1', 3), lives(2, '2', 10)]), [
    ['1', 3, 10],
    ['2', 10, undefined],
  ])
})

test('a fact recorded later for a stretch within leaves both ends as they were', () => {
  assert.deepEqual(housesOf([lives(1, '1', 3), lives(2, '2', 10, 12)]), [
    ['1', 3, 10],
    ['2', 10, 12],
    ['1', 12, undefined],
  ])
})

test('a fact recorded later from an earlier day hides what was recorded before', () => {
  assert.deepEqual(housesOf([lives(1, '1', 10), lives(2, '2', 3)]), [['2', 3, undefined]])
})

test('the last day does not count: two stretches may meet', () => {
  const facts = [lives(1, '1', 3, 5), lives(2, '2', 5, 7)]
  assert.deepEqual(housesOf(facts), [
    ['1', 3, 5],
    ['2', 5, 7],
  ])
  const spans = timeline(facts, 'address')
  assert.equal(spanOn(spans, d(4))?.value.house, '1')
  assert.equal(spanOn(spans, d(5))?.value.house, '2')
  assert.equal(spanOn(spans, d(2)), undefined)
  assert.equal(spanOn(spans, d(7)), undefined)
})

test('what was recorded is what counts, not the order in which it is handed in', () => {
  const later = lives(1, '2', 5, undefined, 2)
  assert.deepEqual(housesOf([later, lives(1, '1', 3)]), [
    ['1', 3, 5],
    ['2', 5, undefined],
  ])
})

test('nothing from a day on is a gap, and kinds and slots do not touch one another', () => {
  const facts: readonly RecordedFact[] = [
    lives(1, '1', 3),
    lives(2, null, 6, 8),
    { kind: 'protection', slot: '0001', from: d(4), value: { type: '0001' }, eventNo: 3, line: 1 },
    { kind: 'protection', slot: '0005', from: d(5), value: null, eventNo: 3, line: 2 },
  ]
  assert.deepEqual(housesOf(facts), [
    ['1', 3, 6],
    ['1', 8, undefined],
  ])
  assert.equal(timeline(facts, 'protection', '0001')[0]?.to, undefined)
  assert.deepEqual(slotsOf(facts, 'protection'), ['0001', '0005'])
  assert.deepEqual(slotsOf(facts, 'address'), [''])
})

test('a timeline says on every day what the fact recorded last says of that day', () => {
  fc.assert(
    fc.property(histories, (facts) => {
      for (const [kind, slot] of slots) {
        const spans = timeline(facts, kind, slot)
        for (const day of window) {
          const expected = lastRecordedOn(facts, kind, slot, day)?.value ?? undefined
          assert.deepEqual(spanOn(spans, day)?.value, expected)
        }
        spans.forEach(({ from, to }, at) => {
          assert.ok(to === undefined || from < to, 'no stretch is empty')
          const next = spans[at + 1]
          assert.ok(!next || (to !== undefined && to <= next.from), 'none overlaps the next')
        })
      }
    }),
    { numRuns: 500 },
  )
})

test('the next change is the first day that says something else, and only such a day', () => {
  const said = (facts: readonly RecordedFact[], day: (typeof window)[number]) =>
    slots.map(([kind, slot]) => {
      const fact = lastRecordedOn(facts, kind, slot, day)
      return fact && fact.value !== null ? `${fact.eventNo} ${fact.line}` : ''
    })
  fc.assert(
    fc.property(histories, fc.nat({ max: window.length - 1 }), (facts, at) => {
      const [today, ...later] = window.slice(at)
      if (today === undefined) return
      const now = said(facts, today).join()
      const expected = later.find((day) => said(facts, day).join() !== now)
      assert.equal(nextChangeAfter(facts, today), expected)
    }),
    { numRuns: 500 },
  )
})

test('a day that a later fact covers is no change: the register is not woken for nothing', () => {
  const facts = [lives(1, '1', 3), lives(2, '2', 10, 20), lives(3, '3', 5)]
  assert.equal(nextChangeAfter(facts, d(3)), d(5))
  assert.equal(nextChangeAfter(facts, d(5)), undefined)
})
