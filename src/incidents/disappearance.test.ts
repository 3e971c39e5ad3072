/** Who disappears has no address from the day on, and keeps everything else. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disappearance } from '#incidents/disappearance.ts'
import { given, nowhere, person, today } from '#test/incident-law.ts'

const gone = (parts: Parameters<typeof given>[1] = {}) => given(disappearance, parts)

test('M9: status 70 and no address from the day', () => {
  const there = gone()
  const [change] = there.effect({})
  assert.deepEqual(change, {
    pnr: there.situation.subject.pnr,
    event: 'A02',
    facts: [
      { kind: 'status', from: today, value: { code: '70' } },
      { kind: 'address', from: today, value: null },
    ],
  })
})

test('M9: also who had no fixed home can disappear', () => {
  gone({ subject: person({ status: '03' }) }).expectAccepted({})
})

test('who is not resident cannot disappear from here (9300)', () => {
  for (const status of ['20', '70', '80'] as const) {
    gone({ subject: nowhere(status) }).expectRefused({}, [9300, 'pnr'])
  }
})
