/** Weeks as Danish calendars number them (ISO 8601), 'YYYY-Www'. Reads no clock. */

import { present } from '#base/assert.ts'
import {
  addDays,
  danishMidnight,
  date,
  dateOf,
  daysBetween,
  type PlainDate,
  partsOf,
} from '#base/calendar.ts'

/** Compares as text. */
export type Week = string & { readonly week: unique symbol }

/** A Monday; every other one is some whole weeks away. */
const someMonday = date('1970-01-05')

function mondayOf(day: PlainDate): PlainDate {
  const past = daysBetween(someMonday, day) % 7
  return addDays(day, -(past < 0 ? past + 7 : past))
}

/** The first week of a year is the one with 4 January in it. */
function firstMonday(year: number): PlainDate {
  return mondayOf(present(dateOf(year, 1, 4), 'the fourth of January'))
}

export function weekOf(day: PlainDate): Week {
  const monday = mondayOf(day)
  // The year of a week is the one of its Thursday.
  const { year } = partsOf(addDays(monday, 3))
  const number = daysBetween(firstMonday(year), monday) / 7 + 1
  return `${String(year).padStart(4, '0')}-W${String(number).padStart(2, '0')}` as Week
}

/** Reads 'YYYY-Www'; undefined when that year has no such week. */
export function readWeek(text: string): Week | undefined {
  const [, year = '', number = ''] = /^(\d{4})-W(\d{2})$/.exec(text) ?? []
  if (year < '0002' || year > '9998') return undefined
  const week = weekOf(addDays(firstMonday(Number(year)), (Number(number) - 1) * 7))
  return week === text ? week : undefined
}

/** From its Monday to its Sunday. */
export function daysOfWeek(week: Week): { readonly from: PlainDate; readonly to: PlainDate } {
  const from = addDays(firstMonday(Number(week.slice(0, 4))), (Number(week.slice(6)) - 1) * 7)
  return { from, to: addDays(from, 6) }
}

export function weekAfter(week: Week): Week {
  return weekOf(addDays(daysOfWeek(week).to, 1))
}

/** From the instant at which it begins in Denmark to the one at which the next one does. */
export function spanOfWeek(week: Week): { readonly from: Date; readonly until: Date } {
  const { from, to } = daysOfWeek(week)
  return { from: danishMidnight(from), until: danishMidnight(addDays(to, 1)) }
}

/** The last weeks that are over on a day, the latest first. */
export function weeksBefore(day: PlainDate, weeks: number): readonly Week[] {
  return Array.from({ length: weeks }, (_, past) => weekOf(addDays(day, -7 * (past + 1))))
}
