/**
 * The sandbox's clock, which can be moved forward: the shift is kept between runs, and what a day
 * brings is done at once. It exists here alone; `samspil server` has no such route.
 */

import { openToAll } from '#access/declaration.ts'
import {
  addDays,
  danishMidnight,
  danishWallClock,
  type PlainDate,
  readDate,
} from '#base/calendar.ts'
import type { Server } from '#server/compose.ts'

export const clockPath = '/sandbox/clock'

const minuteMs = 60_000
const unitMs = { d: 24 * 60 * minuteMs, h: 60 * minuteMs, m: minuteMs } as const
/** Beyond this the invented numbers have no century any more (inferred). */
const aheadMaxMs = 3653 * unitMs.d

export type MovableClock = {
  readonly now: () => Date
  readonly shiftMs: () => number
  readonly move: (ms: number) => void
}

export function openClock(shiftMs: number, machine: () => number): MovableClock {
  let shift = shiftMs
  return {
    now: () => new Date(machine() + shift),
    shiftMs: () => shift,
    move: (ms) => {
      shift += ms
    },
  }
}

export type Target = { readonly to: Date } | { readonly refused: string }

/**
 * '+30d', '+2h', '+15m', or a Danish date with or without its time: '2027-01-01T08:00'. An hour
 * that the clocks leave out is the one after it, as on anybody's wall.
 */
export function readTarget(text: string, now: Date): Target {
  const to = readStep(text, now) ?? readInstant(text)
  if (!to) return { refused: 'Say +30d, +2h, +15m or a date as 2027-01-01T08:00.' }
  if (to <= now) {
    return { refused: `The clock goes forward only; it is ${now.toISOString()}.` }
  }
  if (to.valueOf() - now.valueOf() > aheadMaxMs) return { refused: 'At most ten years at a time.' }
  return { to }
}

/** A day more is the same time of the next Danish day, so that +1d over a change is a day. */
function readStep(text: string, now: Date): Date | undefined {
  const [, digits, unit] = /^\+(\d{1,6})([dhm])$/.exec(text) ?? []
  if (digits === undefined) return undefined
  const count = Number(digits)
  if (unit === 'h' || unit === 'm') return new Date(now.valueOf() + count * unitMs[unit])
  if (count > 4000) return new Date(now.valueOf() + aheadMaxMs + 1)
  const { date, time } = danishWallClock(now)
  return danishInstant(addDays(date, count), time)
}

function readInstant(text: string): Date | undefined {
  const [, day = '', time = '00:00'] =
    /^(\d{4}-\d{2}-\d{2})(?:T((?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(text) ?? []
  const date = readDate(day)
  return date && danishInstant(date, `${time}:00`)
}

/** The first instant at which the clocks in Denmark show that time, or have passed it. */
function danishInstant(day: PlainDate, time: string): Date {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  const midnight = danishMidnight(day).valueOf()
  const naive = midnight + (hours * 60 + minutes) * minuteMs + seconds * 1000
  const shown = (ms: number) => danishWallClock(new Date(ms))
  const isThere = (ms: number) => shown(ms).date === day && shown(ms).time === time
  const found = [naive - 60 * minuteMs, naive, naive + 60 * minuteMs].find(isThere)
  return new Date(found ?? naive)
}

/** What moving the clock did. */
export type Moved = {
  readonly now: string
  /** Effects, reminders, letters and so on, by what they are. */
  readonly done: { readonly [what: string]: number }
  /** Person codes whose password is a new one: read the ready file again. */
  readonly renewed: readonly string[]
}

export type ClockWork = {
  readonly clock: MovableClock
  /** Moves it there, and does what has become due. */
  readonly moveTo: (to: Date) => Promise<Moved>
}

/** Adds the sandbox's own route to its server, before that listens. */
export function addClockRoute(server: Server, { clock, moveTo }: ClockWork): void {
  // Of two moves at once the second counts from where the first has come to.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next
    return next
  }
  const config = { declaration: openToAll }
  server.get(clockPath, { config }, async () => ({ now: clock.now().toISOString() }))
  server.post(clockPath, { config }, async (request, reply) =>
    inTurn(async () => {
      const target = readTarget(readMove(request.body), clock.now())
      if ('refused' in target) return reply.code(422).send({ refused: target.refused })
      return reply.send(await moveTo(target.to))
    }),
  )
}

/** Only what came as JSON: another site's form in somebody's browser cannot send that. */
function readMove(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('move' in body)) return ''
  return typeof body.move === 'string' ? body.move : ''
}
