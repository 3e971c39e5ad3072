/** What every registration by an authority itself keeps to. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { annul } from '#incidents/annul.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { correct } from '#incidents/correct.ts'
import { death } from '#incidents/death.ts'
import { disappearance } from '#incidents/disappearance.ts'
import { numberChange } from '#incidents/number-change.ts'
import { undo } from '#incidents/undo.ts'
import { nowhere, person, situation, today } from '#test/incident-law.ts'

/** The numbers of: where, when at the latest, when at the earliest. */
const numbered = [
  { type: death, numbers: [9291, 9292, 9293] },
  { type: disappearance, numbers: [9301, 9302, 9303] },
  { type: numberChange, numbers: [9320, 9321, 9322] },
  { type: correct, numbers: [9330, 9331, 9332] },
  { type: annul, numbers: [9340, 9341, 9342] },
  { type: undo, numbers: [9350, 9351, 9352] },
] as const

for (const { type, numbers } of numbered) {
  const [where, latest, earliest] = numbers
  const told = (parts: Parameters<typeof situation>[0]) =>
    type.judgeKeys(situation(parts)).map(({ number, field }) => [number, field])

  test(`${type.shape.name}: it is registered for where the person lives`, () => {
    assert.deepEqual(told({ municipality: '0751' }), [])
    assert.deepEqual(told({ municipality: '0851' }), [[where, 'municipality']])
  })

  test(`${type.shape.name}: it is registered the day it happened at the earliest`, () => {
    assert.deepEqual(told({ date: today }), [])
    assert.deepEqual(told({ date: addDays(today, 1) }), [[latest, 'date']])
  })

  test(`${type.shape.name}: it happens to nobody before the birth`, () => {
    const subject = person({ bornOn: addDays(today, -9) })
    assert.deepEqual(told({ subject, date: addDays(today, -9) }), [])
    assert.deepEqual(told({ subject, date: addDays(today, -10) }), [[earliest, 'date']])
  })
}

test('for who lives nowhere in Denmark any municipality registers, and nobody else', () => {
  const subject = nowhere('80')
  const told = (municipality: string) =>
    death.judgeKeys(situation({ subject, municipality })).map(({ number }) => number)
  assert.deepEqual(told('0851'), [])
  assert.deepEqual(told('1081'), [9291])
})

test('what an authority registers is confirmed by another person of it, and by no citizen', () => {
  const own = catalogue.filter(({ reporters }) => reporters === 'authorities')
  assert.ok(own.length > 0)
  assert.ok(own.every(({ decidedBy }) => decidedBy === 'second-person'))
})
