/** Taking an event back, held against a model that looks at one day at a time. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#base/calendar.ts'
import type { Fact, RecordedFact } from '#register/fact.ts'
import { isWhole, withoutEvent } from '#register/revise.ts'
import { statusFrom } from '#register/status.ts'
import { firstDay, histories, lastRecordedOn, slots, window } from '#test/arbitrary-facts.ts'

/** The history with one more event at its end. */
function recorded(facts: readonly RecordedFact[], more: readonly Fact[]): readonly RecordedFact[] {
  const last = Math.max(0, ...facts.map(({ eventNo }) => eventNo))
  return [...facts, ...more.map((fact, at) => ({ ...fact, eventNo: last + 1, line: at + 1 }))]
}

/** What is said on each day of the window, slot by slot; nothing said and 'nothing' are one. */
const said = (facts: readonly RecordedFact[]) =>
  slots.map(([kind, slot]) =>
    window.map((day) => lastRecordedOn(facts, kind, slot, day)?.value ?? null),
  )

const without = (facts: readonly RecordedFact[], eventNo: number) =>
  facts.filter((fact) => fact.eventNo !== eventNo)

test('without an event every day says what it would have said had it never been recorded', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 6 }), (facts, eventNo) => {
      const after = recorded(facts, withoutEvent(facts, eventNo))
      assert.deepEqual(said(after), said(without(facts, eventNo)))
    }),
    { numRuns: 1000 },
  )
})

test('what went on before an event goes on from its own beginning once that is taken back', () => {
  const later = addDays(firstDay, 3)
  const lives = (road: string, from: typeof firstDay): Fact => ({
    kind: 'address',
    from,
    value: { municipality: '0751', road, house: '1' },
  })
  const moved = recorded(recorded([], [lives('0001', firstDay)]), [lives('0002', later)])
  assert.deepEqual(withoutEvent(moved, 2), [lives('0001', firstDay)])
})

test('to take the taking back back is to have the event again', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 6 }), (facts, eventNo) => {
      const annulled = recorded(facts, withoutEvent(facts, eventNo))
      const annulment = Math.max(0, ...annulled.map((fact) => fact.eventNo))
      if (annulled.length === facts.length) return
      const undone = recorded(annulled, withoutEvent(annulled, annulment))
      assert.deepEqual(said(undone), said(facts))
    }),
    { numRuns: 1000 },
  )
})

test('once taken back there is nothing left to take back', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 6 }), (facts, eventNo) => {
      const after = recorded(facts, withoutEvent(facts, eventNo))
      assert.deepEqual(withoutEvent(after, eventNo), [])
    }),
    { numRuns: 1000 },
  )
})

test('a stretch is never empty, and never says a day twice', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 6 }), (facts, eventNo) => {
      const pieces = withoutEvent(facts, eventNo)
      for (const [kind, slot] of slots) {
        const own = pieces.filter((fact) => fact.kind === kind && (fact.slot ?? '') === slot)
        for (const { from, to } of own) assert.ok(to === undefined || from < to)
        for (const day of window) {
          const covering = own.filter(({ from, to }) => from <= day && (!to || day < to))
          assert.ok(covering.length <= 1)
        }
      }
    }),
  )
})

test('who has no birth, name or status left is nobody', () => {
  const later = addDays(firstDay, 3)
  const born: Fact = { kind: 'birth', from: firstDay, value: { bornOn: firstDay, sex: 'K' } }
  const named: Fact = { kind: 'name', from: firstDay, value: { given: 'Ida', surname: 'Prøve' } }
  const lives: Fact = statusFrom('01', later)
  assert.equal(isWhole(recorded([], [born, named, lives])), true)
  assert.equal(isWhole(recorded([], [born, named])), false)
  const gone: Fact = { kind: 'name', from: firstDay, value: null }
  assert.equal(isWhole(recorded([], [born, named, lives, gone])), false)
})
