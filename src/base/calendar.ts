/**
 * Dates as 'YYYY-MM-DD' strings and their arithmetic, and the Danish day of an instant.
 * The only place that makes or compares dates; it never reads a clock.
 */

import { assert } from '#base/assert.ts'

/** A day of the proleptic Gregorian calendar, 'YYYY-MM-DD', years 0001 to 9999. Compares as text. */
export type PlainDate = string & { readonly plainDate: unique symbol }

const dayMs = 86_400_000
const written = /^(\d{4})-(\d{2})-(\d{2})$/

export const earliestDate = '0001-01-01' as PlainDate
export const latestDate = '9999-12-31' as PlainDate

/** Reads 'YYYY-MM-DD'; undefined when it is no day of the calendar. */
export function readDate(text: string): PlainDate | undefined {
  const parts = written.exec(text)
  if (!parts) return undefined
  return dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** Reads 'HH:MM', a minute of a day. */
export function readTime(text: string): string | undefined {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : undefined
}

/** The day with that year, month (1-12) and day (1-31); undefined when there is none such. */
export function dateOf(year: number, month: number, day: number): PlainDate | undefined {
  if (![year, month, day].every(Number.isInteger)) return undefined
  if (year < 1 || year > 9999 || month < 1 || month > 12) return undefined
  if (day < 1 || day > daysInMonth(year, month)) return undefined
  const pad = (n: number, width: number) => String(n).padStart(width, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as PlainDate
}

/** A date that the program itself wrote: throws when it is none. */
export function date(text: string): PlainDate {
  const read = readDate(text)
  assert(read !== undefined, `not a date: ${JSON.stringify(text)}`)
  return read
}

export function partsOf(day: PlainDate): { year: number; month: number; day: number } {
  return {
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)),
    day: Number(day.slice(8, 10)),
  }
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return fromEpochDay(epochDay(day) + days)
}

/** The same day of the month, months later; the month's last day where it has no such day. */
export function addMonths(from: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(from)
  const total = year * 12 + (month - 1) + months
  const toYear = Math.floor(total / 12)
  const toMonth = (total % 12) + 1
  const reached = dateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
  assert(reached !== undefined, `outside the calendar: ${from} + ${months} months`)
  return reached
}

/** Years later; 29 February becomes 28 February where the year has none (rule PROT-9). */
export function addYears(from: PlainDate, years: number): PlainDate {
  return addMonths(from, years * 12)
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDay(to) - epochDay(from)
}

/** Whole years of age on a day: the birthday itself counts. */
export function ageOn(born: PlainDate, day: PlainDate): number {
  const from = partsOf(born)
  const to = partsOf(day)
  const hadBirthday = to.month > from.month || (to.month === from.month && to.day >= from.day)
  return to.year - from.year - (hadBirthday ? 0 : 1)
}

export const earlierOf = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b)
export const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? b : a)

const danishParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** The wall clock in Denmark at an instant, as 'YYYY-MM-DD' and 'HH:MM:SS'. */
export function danishWallClock(at: Date): WallClock {
  const minute = Math.floor(at.valueOf() / minuteMs)
  if (minute === known?.minute) {
    return { date: known.date, time: `${known.time}${secondsOf(at)}` }
  }
  const clock = readWallClock(at)
  // Before 1894 the clocks in Denmark were some seconds apart from whole minutes of UTC.
  if (clock.date >= '1894-01-02') {
    known = { minute, date: clock.date, time: clock.time.slice(0, -2) }
  }
  return clock
}

type WallClock = { readonly date: PlainDate; readonly time: string }

const minuteMs = 60_000

/** The last minute that was asked about: a server asks about the present, several times a step. */
let known: { readonly minute: number; readonly date: PlainDate; readonly time: string } | undefined

function secondsOf(at: Date): string {
  return String(at.getUTCSeconds()).padStart(2, '0')
}

function readWallClock(at: Date): WallClock {
  const parts = Object.fromEntries(
    danishParts.formatToParts(at).map(({ type, value }) => [type, value]),
  )
  return {
    date: date(`${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`),
    time: `${parts['hour']}:${parts['minute']}:${parts['second']}`,
  }
}

/** The day it is in Denmark at an instant (Europe/Copenhagen, whatever the process's zone). */
export function danishDate(at: Date): PlainDate {
  return danishWallClock(at).date
}

/** The instant at which a day begins in Denmark, whatever the clocks do that day. */
export function danishMidnight(day: PlainDate): Date {
  // Denmark is one or two hours ahead of UTC (and some minutes and seconds before 1894).
  const utc = epochDay(day) * dayMs
  for (const hours of [2, 1]) {
    const guess = new Date(utc - hours * 3_600_000)
    const { date: reached, time } = danishWallClock(guess)
    if (reached === day && time === '00:00:00') return guess
  }
  return new Date(utc - 3_600_000)
}

function epochDay(day: PlainDate): number {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const instant = new Date(0)
  instant.setUTCFullYear(year, month - 1, dayOfMonth)
  return Math.round(instant.valueOf() / dayMs)
}

function fromEpochDay(days: number): PlainDate {
  const instant = new Date(days * dayMs)
  const reached = dateOf(instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate())
  assert(reached !== undefined, `outside the calendar: day ${days}`)
  return reached
}
