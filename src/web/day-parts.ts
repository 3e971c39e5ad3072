/** A day as three numbers that somebody typed, and back to a day. Knows no page. */

import { type PlainDate, readDate } from '#base/calendar.ts'
import type { DayParts } from '#web/parts/fields.ts'

export const noDay: DayParts = { day: '', month: '', year: '' }

/** As the three fields of a day are named; `one` gives what was sent under a name. */
export function readDayParts(one: (name: string) => string | undefined, name: string): DayParts {
  const part = (which: string) => (one(`${name}-${which}`) ?? '').trim()
  return { day: part('day'), month: part('month'), year: part('year') }
}

export function isBlankDay({ day, month, year }: DayParts): boolean {
  return `${day}${month}${year}` === ''
}

/** Undefined where no such day exists. */
export function dayOfParts({ day, month, year }: DayParts): PlainDate | undefined {
  return readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
