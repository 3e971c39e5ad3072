/** Dates and their arithmetic, and the Danish day of an instant whatever zone the process is in. */

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  danishDate,
  danishMidnight,
  danishWallClock,
  date,
  dateOf,
  daysBetween,
  daysInMonth,
  earlierOf,
  earliestDate,
  laterOf,
  latestDate,
  type PlainDate,
  partsOf,
  readDate,
} from '#base/calendar.ts'

const days = fc
  .integer({ min: 0, max: 200_000 })
  .map((count): PlainDate => addDays(date('1700-01-01'), count))

test('a year has a 29 February when 4 divides it, but not 100 unless 400 does', () => {
  for (const [year, leap] of [
    [1900, false],
    [1904, true],
    [2000, true],
    [2023, false],
    [2024, true],
    [2100, false],
  ] as const) {
    assert.equal(daysInMonth(year, 2), leap ? 29 : 28, String(year))
    assert.equal(readDate(`${year}-02-29`) !== undefined, leap, String(year))
  }
})

test('a text that is no day of the calendar is none', () => {
  const none = [
    ...['', '2026-2-01', '2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '2026-04-31'],
    ...['0000-01-01', '20260101', ' 2026-01-01', '2026-01-01\n', '2026-01-01T00:00', '+2026-01-01'],
    ...['２０２６-01-01', '10000-01-01', '-001-01-01'],
  ]
  for (const text of none) assert.equal(readDate(text), undefined, text)
  assert.equal(dateOf(2026, 1.5, 1), undefined)
  assert.equal(dateOf(2026, 1, Number.NaN), undefined)
  assert.throws(() => date('2026-02-30'), /not a date/)
})

test('the calendar runs from year 1 to year 9999, and a step out of it is a bug', () => {
  assert.equal(readDate('0001-01-01'), earliestDate)
  assert.equal(readDate('9999-12-31'), latestDate)
  assert.equal(addDays(earliestDate, daysBetween(earliestDate, latestDate)), latestDate)
  assert.throws(() => addDays(latestDate, 1), /outside the calendar/)
  assert.throws(() => addDays(earliestDate, -1), /outside the calendar/)
  assert.throws(() => addYears(latestDate, 1), /outside the calendar/)
  assert.throws(() => addMonths(earliestDate, -1), /outside the calendar/)
})

test('every day is followed by the next one of the calendar, over four hundred years', () => {
  let [year, month, day] = [1850, 1, 1]
  let at = date('1850-01-01')
  const limit = date('2250-01-01')
  for (; at < limit; at = addDays(at, 1)) {
    assert.deepEqual(partsOf(at), { year, month, day })
    day += 1
    if (day > daysInMonth(year, month)) [day, month] = [1, month + 1]
    if (month > 12) [month, year] = [1, year + 1]
  }
  assert.deepEqual([year, month, day], [2250, 1, 1])
})

test('days added and days between are inverse, and dates compare as their texts', () => {
  const counts = fc.integer({ min: -100_000, max: 100_000 })
  fc.assert(
    fc.property(days, counts, (from, count) => {
      const to = addDays(from, count)
      assert.equal(daysBetween(from, to), count)
      assert.equal(from < to, count > 0)
      assert.equal(earlierOf(from, to), count > 0 ? from : to)
      assert.equal(laterOf(from, to), count > 0 ? to : from)
      assert.equal(readDate(to), to)
    }),
  )
})

test('PROT-9: a year from 29 February ends on 28 February, and four years on the 29th', () => {
  assert.equal(addYears(date('2024-02-29'), 1), '2025-02-28')
  assert.equal(addYears(date('2024-02-29'), 4), '2028-02-29')
  assert.equal(addYears(date('2096-02-29'), 4), '2100-02-28')
  assert.equal(addYears(date('2024-02-28'), 1), '2025-02-28')
  assert.equal(addYears(date('2023-02-28'), 1), '2024-02-28')
  assert.equal(addYears(date('2024-02-29'), -1), '2023-02-28')
})

test('a month later is the same day of the month, or the last one of a shorter month', () => {
  assert.equal(addMonths(date('2026-01-31'), 1), '2026-02-28')
  assert.equal(addMonths(date('2026-01-31'), 3), '2026-04-30')
  assert.equal(addMonths(date('2026-12-15'), 1), '2027-01-15')
  assert.equal(addMonths(date('2026-01-15'), -1), '2025-12-15')
  fc.assert(
    fc.property(days, fc.integer({ min: -1200, max: 1200 }), (from, months) => {
      const to = partsOf(addMonths(from, months))
      const { year, month, day } = partsOf(from)
      assert.equal(to.year * 12 + to.month, year * 12 + month + months)
      assert.equal(to.day, Math.min(day, daysInMonth(to.year, to.month)))
    }),
  )
})

test('one grows a year older on the birthday itself and not the day before', () => {
  const born = date('2008-06-15')
  assert.equal(ageOn(born, date('2026-06-14')), 17)
  assert.equal(ageOn(born, date('2026-06-15')), 18)
  assert.equal(ageOn(born, born), 0)
  assert.equal(ageOn(born, date('2008-06-14')), -1)
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 120 }), (from, years) => {
      const { month, day } = partsOf(from)
      fc.pre(month !== 2 || day !== 29)
      assert.equal(ageOn(from, addYears(from, years)), years)
      assert.equal(ageOn(from, addDays(addYears(from, years), -1)), years - 1)
    }),
  )
})

test('who is born on 29 February is a year older on 1 March where there is no such day', () => {
  const born = date('2008-02-29')
  assert.equal(ageOn(born, date('2026-02-28')), 17)
  assert.equal(ageOn(born, date('2026-03-01')), 18)
  assert.equal(ageOn(born, date('2028-02-28')), 19)
  assert.equal(ageOn(born, date('2028-02-29')), 20)
})

/** Both edges of a day in winter, in summer, and on the two days when the clocks change. */
const instants = [
  ['2026-01-14T22:59:59.999Z', '2026-01-14', '23:59:59'],
  ['2026-01-14T23:00:00.000Z', '2026-01-15', '00:00:00'],
  ['2026-07-14T21:59:59.999Z', '2026-07-14', '23:59:59'],
  ['2026-07-14T22:00:00.000Z', '2026-07-15', '00:00:00'],
  ['2026-03-28T22:59:59.999Z', '2026-03-28', '23:59:59'],
  ['2026-03-28T23:00:00.000Z', '2026-03-29', '00:00:00'],
  ['2026-03-29T00:59:59.999Z', '2026-03-29', '01:59:59'],
  ['2026-03-29T01:00:00.000Z', '2026-03-29', '03:00:00'],
  ['2026-03-29T21:59:59.999Z', '2026-03-29', '23:59:59'],
  ['2026-03-29T22:00:00.000Z', '2026-03-30', '00:00:00'],
  ['2026-10-24T21:59:59.999Z', '2026-10-24', '23:59:59'],
  ['2026-10-24T22:00:00.000Z', '2026-10-25', '00:00:00'],
  ['2026-10-25T00:59:59.999Z', '2026-10-25', '02:59:59'],
  ['2026-10-25T01:00:00.000Z', '2026-10-25', '02:00:00'],
  ['2026-10-25T22:59:59.999Z', '2026-10-25', '23:59:59'],
  ['2026-10-25T23:00:00.000Z', '2026-10-26', '00:00:00'],
] as const

test('the day in Denmark turns at its own midnight, also when the clocks change', () => {
  for (const [instant, day, time] of instants) {
    assert.deepEqual(danishWallClock(new Date(instant)), { date: day, time }, instant)
    assert.equal(danishDate(new Date(instant)), day, instant)
  }
})

test('the Danish day is the same in every time zone of the process', () => {
  const program = `
    import { danishMidnight, danishWallClock, date } from '#base/calendar.ts'
    const instants = ${JSON.stringify(instants.map(([instant]) => instant))}
    const days = ['1980-04-06', '2026-03-29', '2026-10-25', '2026-12-31']
    console.log(JSON.stringify({
      clocks: instants.map((each) => danishWallClock(new Date(each))),
      midnights: days.map((each) => danishMidnight(date(each))),
    }))`
  const expected = {
    clocks: instants.map(([, day, time]) => ({ date: day, time })),
    midnights: [
      '1980-04-05T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-12-30T23:00:00.000Z',
    ],
  }
  for (const zone of ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu']) {
    const said = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      cwd: new URL('../..', import.meta.url),
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    assert.deepEqual(JSON.parse(said), expected, zone)
  }
})

test('every day from 1980 to 2040 begins where the day before it ends', () => {
  const last = date('2040-12-31')
  for (let day = date('1980-01-01'); day <= last; day = addDays(day, 1)) {
    const begins = danishMidnight(day)
    assert.equal(danishDate(begins), day)
    assert.equal(danishDate(new Date(begins.valueOf() - 1)), addDays(day, -1))
  }
})

test('the wall clock is that of Copenhagen, whatever was asked before in the same minute', () => {
  const oracle = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Copenhagen',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const instant = fc.integer({ min: Date.UTC(1880, 0), max: Date.UTC(2100, 0) })
  const within = fc.integer({ min: 0, max: 59_999 })
  fc.assert(
    fc.property(instant, within, within, (from, first, second) => {
      const minute = Math.floor(from / 60_000) * 60_000
      for (const each of [minute + first, minute + second]) {
        const { date: day, time } = danishWallClock(new Date(each))
        assert.equal(`${day} ${time}`, oracle.format(new Date(each)))
      }
    }),
  )
})
