/** Weeks as Danish calendars have them: ISO 8601, beginning on a Danish Monday. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, danishDate, date } from '#base/calendar.ts'
import { daysOfWeek, readWeek, spanOfWeek, weekOf, weeksBefore } from '#review/week.ts'

const days = fc.integer({ min: 0, max: 200_000 }).map((day) => addDays(date('1800-01-01'), day))

test('the year of a week is the year of its Thursday', () => {
  for (const [day, week] of [
    ['2026-01-01', '2026-W01'],
    ['2025-12-29', '2026-W01'],
    ['2025-12-28', '2025-W52'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
  ] as const) {
    assert.equal(weekOf(date(day)), week, day)
  }
})

test('every day lies in the week that it is given, and weeks follow each other', () => {
  fc.assert(
    fc.property(days, (day) => {
      const week = weekOf(day)
      const { from, to } = daysOfWeek(week)
      assert.ok(from <= day && day <= to && addDays(from, 6) === to)
      assert.equal(readWeek(week), week)
      const next = weekOf(addDays(to, 1))
      assert.ok(next > week)
      assert.equal(daysOfWeek(next).from, addDays(to, 1))
    }),
  )
})

test('what no calendar has is no week', () => {
  for (const text of ['2025-W53', '2026-W00', '2026-W54', '2026-w01', '2026-W1', '0000-W01', '']) {
    assert.equal(readWeek(text), undefined, text)
  }
})

test('a week lasts from midnight to midnight in Denmark, also over a change of the clocks', () => {
  const week = weekOf(date('2026-03-29'))
  const { from, until } = spanOfWeek(week)
  assert.equal(from.toISOString(), '2026-03-22T23:00:00.000Z')
  assert.equal(until.toISOString(), '2026-03-29T22:00:00.000Z')
  assert.equal(danishDate(from), '2026-03-23')
})

test('the weeks that are over end before the week of the day', () => {
  assert.deepEqual(weeksBefore(date('2026-01-05'), 2), ['2026-W01', '2025-W52'])
  assert.deepEqual(weeksBefore(date('2026-01-11'), 1), ['2026-W01'])
})
