/**
 * What is said of an attempt on a password that nobody judged, and when it may be made again: the
 * same at both doors. It tells nothing of the person code, for nothing was asked about it.
 */

import { type Busy, busySeconds } from '#access/waiting-room.ts'
import { danishWallClock } from '#base/calendar.ts'
import type { Throttled } from '#store/attempts.ts'

export type Unjudged = {
  readonly number: 9021 | 9065
  /** What belongs into the receipt's text. */
  readonly until: string
  /** As `Retry-After` says it. */
  readonly seconds: string
}

export function unjudged(answer: Busy | Throttled, now: Date): Unjudged {
  if (answer.kind === 'busy') return { number: 9021, until: '', seconds: String(busySeconds) }
  const { until } = answer
  const seconds = String(Math.ceil((until.valueOf() - now.valueOf()) / 1000))
  return { number: 9065, until: danishWallClock(until).time, seconds }
}
