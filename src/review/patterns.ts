/**
 * Patterns: what makes a look-up one that a reviewer should see, whatever chance draws (A37).
 * Functions of what is known of it; what a pattern shows is a question, and no verdict.
 */

import { danishWallClock, date, daysBetween } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Act } from '#evidence/audit.ts'
import type { Reason } from '#incident/reasons.ts'
import { partsOfKey, readAddressKey } from '#register/address.ts'

/** The acts by which a case worker comes to see a person without having a case. */
export const lookActs = ['look-up', 'search'] as const satisfies readonly Act[]
/** Those by which one comes to see whoever has a case at the desk. */
export const deskActs = ['read-case', 'list-queue', 'list-closed'] as const satisfies readonly Act[]
/** All that shows a person: a report that was begun too, and deciding a case of one's own. */
export const sightActs = [...lookActs, ...deskActs, 'initiate', 'decide'] as const

/**
 * Whether a case connected the case worker with the person when it was looked: one that they
 * worked on themself, one of their authority, or none.
 */
export const connections = ['worked-on', 'authority', 'none'] as const
export type Connection = (typeof connections)[number]

/** What is known of somebody, to hold two of them against each other. */
export type Known = {
  readonly pnr: string
  readonly surname: string | undefined
  /** The key of the dwelling where they live when it is drawn. */
  readonly addressKey: string | undefined
}

/** One look at one person, with what the register and the cases know of the two. */
export type Sight = Reason & {
  /** Of its row of evidence, or of the report that was begun and never saved. */
  readonly id: string
  readonly at: Date
  readonly act: (typeof sightActs)[number]
  readonly personCode: string
  readonly person: Known & { readonly isProtected: boolean; readonly isColleague: boolean }
  /** Undefined where nobody has said who uses the person code. */
  readonly employee: Known | undefined
  readonly connection: Connection
}

/** When an authority works, in whole hours of a weekday. */
export type Workday = { readonly fromHour: number; readonly toHour: number }

type PatternRow = {
  readonly text: Text
  /** Of one look; undefined where only many together make the pattern. */
  readonly holds?: (sight: Sight, workday: Workday) => boolean
}

/** So many persons without a case, in one week by one person code. */
export const withoutCaseMax = 30
/** So many cases that one person code opened in one week and did nothing with. */
export const notWorkedOnMax = 30
/** So many numbers that nobody has, in one hour by one person code (A11). */
export const missesMax = 50
/** So far apart two houses of one road may be, in numbers, and be neighbours: inferred. */
const neighbourHouses = 10

export const patterns = {
  self: {
    text: { da: 'Sagsbehandleren selv', en: 'The case worker' },
    holds: ({ person, employee }) => employee?.pnr === person.pnr,
  },
  colleague: {
    text: { da: 'En kollega', en: 'A colleague' },
    holds: ({ person }) => person.isColleague,
  },
  neighbour: {
    text: { da: 'En nabo', en: 'A neighbour' },
    holds: ({ person, employee }) =>
      employee !== undefined && employee.pnr !== person.pnr && areNeighbours(person, employee),
  },
  'same-surname': {
    text: { da: 'Samme efternavn', en: 'The same surname' },
    holds: ({ person, employee }) =>
      employee?.surname !== undefined &&
      employee.pnr !== person.pnr &&
      fold(employee.surname) === fold(person.surname ?? ''),
  },
  'protected-without-case': {
    text: {
      da: 'Beskyttet person uden en sag, eller uden arbejde på den',
      en: 'A protected person without a case, or without work on it',
    },
    holds: (sight) =>
      sight.person.isProtected && (sight.connection === 'none' || isDeskLookAlone(sight)),
  },
  'outside-hours': {
    text: { da: 'Uden for arbejdstid', en: 'Outside working hours' },
    holds: ({ at }, workday) => !isWorking(at, workday),
  },
  'many-without-case': {
    text: {
      da: `Mindst ${withoutCaseMax} personer uden en sag på en uge`,
      en: `At least ${withoutCaseMax} persons without a case in a week`,
    },
  },
  'many-not-worked-on': {
    text: {
      da: `Mindst ${notWorkedOnMax} sager åbnet på en uge uden arbejde på dem`,
      en: `At least ${notWorkedOnMax} cases opened in a week without work on them`,
    },
  },
  'many-misses': {
    text: {
      da: `Mindst ${missesMax} numre, som ingen har, på en time`,
      en: `At least ${missesMax} numbers that nobody has in an hour`,
    },
  },
} as const satisfies { readonly [name: string]: PatternRow }

export type Pattern = keyof typeof patterns

export const patternNames = Object.keys(patterns).filter(isPattern)

export function isPattern(text: string): text is Pattern {
  return Object.hasOwn(patterns, text)
}

/** Seen at the desk by one who did nothing with the case. */
export function isDeskLookAlone({ act, connection }: Pick<Sight, 'act' | 'connection'>): boolean {
  return deskActs.some((each) => each === act) && connection !== 'worked-on'
}

/**
 * Whether chance may draw it: whatever shows a person, but for the daily work at the desk, of which
 * patterns alone are drawn. So the sample is of what needs a look, and no larger for all that work.
 */
export function isDrawnFrom(sight: Pick<Sight, 'act' | 'connection'>): boolean {
  if (sight.act === 'decide') return false
  return isDeskLookAlone(sight) || !deskActs.some((each) => each === sight.act)
}

/** What one look shows by itself. */
export function patternsOf(sight: Sight, workday: Workday): readonly Pattern[] {
  return patternNames.filter((name) => {
    const row: PatternRow = patterns[name]
    return row.holds?.(sight, workday) ?? false
  })
}

/** The same dwelling or house, or a house of the same road that is near by its number. */
function areNeighbours(a: Known, b: Known): boolean {
  const [one, other] = [homeOf(a), homeOf(b)]
  if (!one || !other) return false
  if (one.municipality !== other.municipality || one.road !== other.road) return false
  if (one.house === other.house) return true
  const apart = Math.abs(Number.parseInt(one.house, 10) - Number.parseInt(other.house, 10))
  return apart <= neighbourHouses
}

function homeOf({ addressKey }: Known) {
  const key = addressKey === undefined ? undefined : readAddressKey(addressKey)
  return key && partsOfKey(key)
}

function fold(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('da')
}

/** A Monday is a whole number of weeks after this one. */
const someMonday = date('1970-01-05')

function isWorking(at: Date, { fromHour, toHour }: Workday): boolean {
  const { date: day, time } = danishWallClock(at)
  const isWeekend = daysBetween(someMonday, day) % 7 >= 5
  const hour = Number(time.slice(0, 2))
  return !isWeekend && hour >= fromHour && hour < toHour
}
