/** When a person's status began: to the minute, as far as it is known (rule ST-5). Pure values. */

import type { PlainDate } from '#base/calendar.ts'
import type { StatusCode } from '#register/codes.ts'

/** What is known of the beginning beside the day from which the law counts. */
export type Beginning = {
  /** 'HH:MM' in Denmark. */
  readonly time?: string | undefined
  /** The day itself is not certain. */
  readonly isUncertain?: boolean | undefined
}

export type Status = {
  readonly code: StatusCode
  /** STATUSHAENSTART, 'yyyyMMddHHmm'; what is not known of it is zeros. */
  readonly startedAt: string
  readonly uncertain?: true
}

/** The 12 digits of a day and, where it is known, a minute. */
export function eventTime(day: PlainDate, time = '00:00'): string {
  return `${day}${time}`.replaceAll(/[-:]/g, '')
}

/** A change of status as a fact: it holds from the day, and remembers the minute. */
export function statusFrom(code: StatusCode, from: PlainDate, beginning: Beginning = {}) {
  const { time, isUncertain } = beginning
  const startedAt = eventTime(from, time)
  const value: Status = { code, startedAt, ...(isUncertain && { uncertain: true }) }
  return { kind: 'status', from, value } as const
}
