/** The clock of the sandbox: what people write as a time, and that it only goes forward. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openClock, readTarget } from '#cli/sandbox-clock.ts'

const winter = new Date('2026-03-02T09:00:00Z')

function reached(text: string, now = winter): string {
  const target = readTarget(text, now)
  return 'to' in target ? target.to.toISOString() : target.refused
}

test('it moves by days, hours and minutes', () => {
  assert.equal(reached('+2h'), '2026-03-02T11:00:00.000Z')
  assert.equal(reached('+90m'), '2026-03-02T10:30:00.000Z')
  assert.equal(reached('+1d'), '2026-03-03T09:00:00.000Z')
})

test('a day is a Danish day, also when it has 23 or 25 hours', () => {
  assert.equal(reached('+1d', new Date('2026-03-28T12:00:00Z')), '2026-03-29T11:00:00.000Z')
  assert.equal(reached('+1d', new Date('2026-10-24T12:00:00Z')), '2026-10-25T13:00:00.000Z')
  assert.equal(reached('+30d', winter), '2026-04-01T08:00:00.000Z')
})

test('it moves to a date and time as the clocks in Denmark show it', () => {
  assert.equal(reached('2027-01-01T08:00'), '2027-01-01T07:00:00.000Z')
  assert.equal(reached('2026-07-01'), '2026-06-30T22:00:00.000Z')
  assert.equal(reached('2026-03-29T08:00'), '2026-03-29T06:00:00.000Z')
  assert.equal(reached('2026-10-25T08:00'), '2026-10-25T07:00:00.000Z')
})

test('an hour that is left out is the one after it, and one that comes twice the first', () => {
  assert.equal(reached('2026-03-29T02:30'), '2026-03-29T01:30:00.000Z')
  assert.equal(reached('2026-03-29T01:59'), '2026-03-29T00:59:00.000Z')
  assert.equal(reached('2026-10-25T02:30'), '2026-10-25T00:30:00.000Z')
  assert.equal(reached('2026-10-25T03:00'), '2026-10-25T02:00:00.000Z')
})

test('it goes forward only, and not further than ten years at a time', () => {
  for (const back of ['2026-03-02T10:00', '2026-03-01', '+0d', '+0h', '1999-01-01']) {
    assert.match(reached(back), /forward only/, back)
  }
  for (const far of ['+3654d', '+999999d', '+999999h', '9999-12-31']) {
    assert.match(reached(far), /ten years/, far)
  }
  for (const text of ['', '-1d', '+d', '30d', '+1w', '2026-13-01', '2026-03-03T25:00', 'now']) {
    assert.match(reached(text), /^Say/, text)
  }
})

test('what was moved is kept, and the machine goes on beneath it', () => {
  let machine = winter.valueOf()
  const clock = openClock(1000, () => machine)
  clock.move(60_000)
  machine += 5
  assert.deepEqual(clock.now(), new Date(winter.valueOf() + 61_005))
  assert.equal(clock.shiftMs(), 61_000)
})
