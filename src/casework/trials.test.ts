/** What one person code may try out about a protected person in a day. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Caller } from '#access/security-groups.ts'
import { Trials } from '#casework/trials.ts'
import { person, protectedUntil } from '#test/incident-law.ts'

const at = new Date('2026-03-02T09:00:00Z')
const hoursLater = (hours: number) => new Date(at.valueOf() + hours * 3_600_000)
const provider: Caller = { personCode: 'W0000042', group: 'citizen', authority: '0042' }
const kept = person(protectedUntil())

/** How many of so many steps in a row are let through. */
function passed(trials: Trials, times: number, wasRefused: boolean, who = [kept], when = at) {
  return Array.from({ length: times }, () => trials.begin(provider, who, when)).filter((trial) => {
    if (trial === 'spent') return false
    trial.settle(wasRefused)
    return true
  }).length
}

test('ten refusals in a day, or thirty-seven steps that pass, and a day later as many again', () => {
  assert.equal(passed(new Trials(40), 100, true), 10)
  const trials = new Trials(40)
  // The place of a refusal must be left, or the last step would be tried for nothing.
  const steps = Array.from({ length: 100 }, () => {
    const trial = trials.begin(provider, [kept], at)
    if (trial !== 'spent') trial.settle(false)
    return trial
  })
  assert.equal(steps.filter((step) => step !== 'spent').length, 37)
  assert.equal(trials.begin(provider, [kept], hoursLater(23.9)), 'spent')
  assert.equal(passed(trials, 100, true, [kept], hoursLater(24)), 10)
})

test('steps at the same time cannot slip past: each takes the price of a refusal first', () => {
  const trials = new Trials(40)
  const begun = Array.from({ length: 50 }, () => trials.begin(provider, [kept], at))
  assert.equal(begun.filter((trial) => trial !== 'spent').length, 10)
})

test('who is not protected, and who may see the protected, is not counted', () => {
  const trials = new Trials(40)
  assert.equal(passed(trials, 500, true, [person()]), 500)
  const clerk: Caller = { personCode: 'W0000751', group: 'municipality', authority: '0751' }
  for (let time = 0; time < 100; time += 1) {
    assert.notEqual(trials.begin(clerk, [kept], at), 'spent')
  }
})

test('each person code and each person has a budget; one that is spent takes from no other', () => {
  const trials = new Trials(40)
  const other = person(protectedUntil())
  assert.equal(passed(trials, 50, true), 10)
  assert.equal(passed(trials, 50, true, [kept, other]), 0)
  assert.equal(passed(trials, 50, true, [other]), 10)
  const another: Caller = { ...provider, personCode: 'W0000043' }
  assert.notEqual(trials.begin(another, [kept], at), 'spent')
})

test('the alarm is told of every step that is turned away, and which is the first', () => {
  const told: boolean[] = []
  const trials = new Trials(4, (code, isFirst) => {
    assert.equal(code, provider.personCode)
    told.push(isFirst)
  })
  passed(trials, 4, true)
  assert.deepEqual(told, [true, false, false])
})

test('whatever the order of steps, no more than the budget is ever spent', () => {
  const steps = fc.array(fc.record({ refused: fc.boolean(), hour: fc.nat({ max: 23 }) }))
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 60 }), (drawn, max) => {
      const trials = new Trials(max)
      let spent = 0
      for (const { refused, hour } of drawn.toSorted((a, b) => a.hour - b.hour)) {
        // The window begins with the first step, so that all of these lie within it.
        const trial = trials.begin(provider, [kept], hoursLater(hour))
        if (trial === 'spent') continue
        trial.settle(refused)
        spent += refused ? 4 : 1
      }
      assert.ok(spent <= max)
    }),
  )
})
