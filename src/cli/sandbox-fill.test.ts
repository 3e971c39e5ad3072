/** A sandbox of an older program is taken over: who is who and every password stay. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date } from '#base/calendar.ts'
import { bringForward, planSandbox } from '#cli/sandbox-fill.ts'
import type { OlderState } from '#cli/sandbox-state.ts'

const plan = planSandbox({ seed: 1, persons: 100, day: date('2026-03-02') })
const isNew = (code: string) => !code.startsWith('W0000')

const older: OlderState = {
  ...plan,
  form: 3,
  filled: true,
  clockShiftMs: 5,
  personCodes: plan.personCodes.filter(({ code }) => !isNew(code)),
  logins: plan.logins.flatMap(({ user, password, name, ...rest }) =>
    'personCode' in rest && isNew(rest.personCode) ? [] : [{ user, password, name }],
  ),
}

test('what an older sandbox has stays, and what is new is added', () => {
  const taken = bringForward(older)
  assert.deepEqual([taken.form, taken.clockShiftMs, taken.scenario], [4, 5, plan.scenario])
  assert.equal(taken.personCodes.length, plan.personCodes.length)
  assert.ok(older.personCodes.length < plan.personCodes.length)
  for (const each of older.personCodes) {
    assert.ok(taken.personCodes.some((now) => JSON.stringify(now) === JSON.stringify(each)))
  }
  for (const { user, password } of older.logins) {
    assert.equal(taken.logins.find((each) => each.user === user)?.password, password)
  }
})

test('it is filled again, without the first reports: its people may have moved since', () => {
  assert.deepEqual([bringForward(older).filled, bringForward(older).hasReports], [false, true])
  const broken = bringForward({ ...older, filled: false })
  assert.deepEqual([broken.filled, broken.hasReports], [false, false])
})
