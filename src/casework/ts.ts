/** Identifiers of conversations as GCTP has them: 20 digits, the instant and a running number. */

import { danishWallClock } from '#base/calendar.ts'

/**
 * Gives identifiers that never repeat within this sequence: yyyyMMddHHmmss in Danish time and six
 * digits of microseconds, moved on where two fall together. Two processes may still meet; the
 * table's unique constraint refuses the second, which takes the next one.
 */
export function tsSequence(): (at: Date) => string {
  let last = 0
  return (at) => {
    // Microseconds fit a double until the year 2255.
    last = Math.max(last + 1, at.valueOf() * 1000)
    const { date, time } = danishWallClock(new Date(Math.floor(last / 1000)))
    const micros = String(last % 1_000_000).padStart(6, '0')
    return `${date.replaceAll('-', '')}${time.replaceAll(':', '')}${micros}`
  }
}
