/** Who is found again lives at an address of the register from the day on. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { foundAgain } from '#incidents/found-again.ts'
import { statusFrom } from '#register/status.ts'
import { given, moveData, nowhere, today } from '#test/incident-law.ts'

const lost = nowhere('70', { statusFrom: addDays(today, -100) })
const found = (parts: Parameters<typeof given>[1] = {}) =>
  given(foundAgain, { subject: lost, ...parts })

test('status 01 and the address, under an event of its own', () => {
  assert.deepEqual(found().effect({ ...moveData, careOf: 'c/o Prøve' }), [
    {
      pnr: lost.pnr,
      event: 'A03',
      facts: [
        statusFrom('01', today),
        {
          kind: 'address',
          from: today,
          value: { municipality: '0751', road: '0034', house: '5', careOf: 'c/o Prøve' },
        },
      ],
    },
  ])
})

test('only who had disappeared is found again (9310)', () => {
  given(foundAgain).expectRefused(moveData, [9310, 'pnr'])
})

test('it lies after the disappearance and not ahead (9312)', () => {
  found({ date: addDays(today, -99) }).expectAccepted(moveData)
  found({ date: addDays(today, -100) }).expectRefused(moveData, [9312, 'date'])
  found({ date: today }).expectAccepted(moveData)
  found({ date: addDays(today, 1) }).expectRefused(moveData, [9312, 'date'])
})

test('it is registered for a Danish municipality (9311)', () => {
  found({ municipality: '0851' }).expectAccepted(moveData)
  found({ municipality: '0957' }).expectRefused(moveData, [9311, 'municipality'])
})

test('MOVE-13: the address is one of the register (9313, 9314)', () => {
  found().expectRefused({ ...moveData, road: '0099' }, [9313, 'road'])
  found().expectRefused({ ...moveData, house: '6' }, [9314, 'house'])
})
