/** Credit warning: from the fifteenth birthday, set and removed by the person alone. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { creditWarning } from '#incidents/credit-warning.ts'
import { bornFor, given, person, today } from '#test/incident-law.ts'

const on = { action: 'on' }
const off = { action: 'off' }
const fifteen = bornFor(15)
const eve = { bornOn: addDays(fifteen.bornOn, 1) }
const warned = person({ protections: [{ type: '0005', from: addDays(today, -9) }] })

test('PROT-10: at 14 years and 364 days it is refused, on the fifteenth birthday accepted', () => {
  given(creditWarning, { subject: person(eve) }).expectRefused(on, [9224, 'action'])
  given(creditWarning, { subject: person(fifteen) }).expectAccepted(on)
  const tomorrow = addDays(today, 1)
  given(creditWarning, { subject: person(eve), date: tomorrow }).expectAccepted(on)
})

test('PROT-10: whoever has one may remove it at any age', () => {
  given(creditWarning, { subject: { ...warned, ...eve } }).expectAccepted(off)
})

test('it begins on its date, never before the decision, and ends by itself never', () => {
  const [change] = given(creditWarning, { date: addDays(today, -3) }).effect(on)
  assert.deepEqual(change?.facts, [
    { kind: 'protection', slot: '0005', from: today, value: { type: '0005' } },
  ])
  const [later] = given(creditWarning, { date: addDays(today, 3) }).effect(on)
  assert.equal(later?.facts[0]?.from, addDays(today, 3))
})

test('it is removed from the day on, under the same event', () => {
  const [change] = given(creditWarning, { subject: warned }).effect(off)
  assert.deepEqual(change, {
    pnr: warned.pnr,
    event: 'A33',
    facts: [{ kind: 'protection', slot: '0005', from: today, value: null }],
  })
})

test('it is set where it is not, and removed where it is (9222, 9223)', () => {
  given(creditWarning, { subject: warned }).expectRefused(on, [9222, 'action'])
  given(creditWarning).expectRefused(off, [9223, 'action'])
})

test('it goes to the municipality where one lives (9220)', () => {
  given(creditWarning, { municipality: '0851' }).expectRefused(on, [9220, 'municipality'])
})

test('it is dated from five days ago to 28 days ahead (9221)', () => {
  for (const [days, accepted] of [
    [-6, false],
    [-5, true],
    [28, true],
    [29, false],
  ] as const) {
    const there = given(creditWarning, { date: addDays(today, days) })
    if (accepted) there.expectAccepted(on)
    else there.expectRefused(on, [9221, 'date'])
  }
})
