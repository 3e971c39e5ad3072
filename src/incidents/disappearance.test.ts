/** Who disappears has no address from the day on, and keeps everything else. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disappearance } from '#incidents/disappearance.ts'
import { statusFrom } from '#register/status.ts'
import { given, nowhere, person, today } from '#test/incident-law.ts'

const gone = (parts: Parameters<typeof given>[1] = {}) => given(disappearance, parts)

test('M9: status 70 and no address from the day', () => {
  const there = gone()
  const [change] = there.effect({})
  assert.deepEqual(change, {
    pnr: there.situation.subject.pnr,
    event: 'A02',
    facts: [statusFrom('70', today), { kind: 'address', from: today, value: null }],
  })
})

test('ST-5: the minute is kept as far as it is known, and that the day is not certain', () => {
  const status = (data: Parameters<ReturnType<typeof gone>['effect']>[0]) =>
    gone().effect(data)[0]?.facts[0]?.value
  assert.deepEqual(status({}), { code: '70', startedAt: '202603100000' })
  assert.deepEqual(status({ time: '23:59' }), { code: '70', startedAt: '202603102359' })
  const uncertain = { code: '70', startedAt: '202603100000', uncertain: true }
  assert.deepEqual(status({ certainty: 'uncertain' }), uncertain)
})

test('M9: also who had no fixed home can disappear', () => {
  gone({ subject: person({ status: '03' }) }).expectAccepted({})
})

test('who is not resident cannot disappear from here (9300)', () => {
  for (const status of ['20', '70', '80'] as const) {
    gone({ subject: nowhere(status) }).expectRefused({}, [9300, 'pnr'])
  }
})
