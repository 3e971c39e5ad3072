/**
 * What of a week is to be reviewed: a sample by chance, and some of each pattern of each person
 * code. Chance is a seed that is kept, so that anybody can draw the same again; it is drawn once.
 */

import type { Reason } from '#incident/reasons.ts'
import {
  type Connection,
  isDeskLookAlone,
  isDrawnFrom,
  notWorkedOnMax,
  type Pattern,
  patternNames,
  patternsOf,
  type Sight,
  type Workday,
  withoutCaseMax,
} from '#review/patterns.ts'

/** What an authority has set for its reviews. */
export type DrawSettings = Workday & {
  /** At least so many, where there are so many. */
  readonly sampleMin: number
  /** So many of a hundred. */
  readonly samplePercent: number
}

/** Numbers that nobody has, asked for by one person code within an hour: how many, and some. */
export type Misses = {
  readonly personCode: string
  readonly count: number
  readonly some: readonly Missed[]
}
export type Missed = Pick<Sight, 'id' | 'at' | 'act' | keyof Reason> & {
  readonly pnr: string | undefined
}

export type DrawnLook = Pick<Sight, 'id' | 'at' | 'act' | 'personCode' | keyof Reason> & {
  /** Undefined where what was asked for is no number. */
  readonly pnr: string | undefined
  readonly connection: Connection
  readonly patterns: readonly Pattern[]
  /** Whether chance drew it; else a pattern alone did. */
  readonly isByChance: boolean
}

/** How often a person code showed a pattern. */
export type Tally = {
  readonly pattern: Pattern
  readonly personCode: string
  readonly count: number
}

export type Draw = {
  /** In the order in which they were looked. */
  readonly looks: readonly DrawnLook[]
  readonly tallies: readonly Tally[]
  /** How many there were to draw from. */
  readonly total: number
  /** Who looked, and nobody has said who uses the code: then no pattern of a person can show. */
  readonly unnamed: readonly string[]
}

/**
 * Of each pattern of each person code so many, so that a habit is seen and the list stays short.
 * Decisions about oneself come on top: nobody buries one under looks that cost nothing.
 */
export const shownPerPattern = 5

type Seen = { readonly sight: Sight; readonly shows: readonly Pattern[]; readonly lot: string }

/** `hash` gives digits that nobody can foresee; those with the smallest are drawn. */
export function drawReview(
  sights: readonly Sight[],
  misses: readonly Misses[],
  settings: DrawSettings,
  chance: { readonly seed: string; readonly hash: (text: string) => string },
): Draw {
  const manies = [
    manyIn('many-without-case', sights.filter(isWithoutCase), withoutCaseMax, personOf),
    manyIn('many-not-worked-on', sights.filter(isOpenedAlone), notWorkedOnMax, ({ id }) => id),
  ]
  const seen = sights
    .map((sight): Seen => {
      const own = patternsOf(sight, settings)
      const many = manies.flatMap(({ pattern, isOne }) => (isOne(sight) ? [pattern] : []))
      const lot = chance.hash(`${chance.seed} ${sight.id}`)
      return { sight, shows: [...own, ...many], lot }
    })
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
  const from = seen.filter(({ sight }) => isDrawnFrom(sight))
  const share = Math.ceil((from.length * settings.samplePercent) / 100)
  const byChance = new Set(from.slice(0, Math.max(share, settings.sampleMin)))
  const groups = groupsOf(seen)
  const byPattern = groups.flatMap(({ all }) => [
    ...all.slice(0, shownPerPattern),
    ...all.filter(({ sight }) => sight.act === 'decide'),
  ])
  const drawn = [...new Set([...byChance, ...byPattern])].map((each): DrawnLook => {
    const { id, at, act, personCode, purpose, given, person, connection } = each.sight
    const { shows, isByChance } = { shows: each.shows, isByChance: byChance.has(each) }
    return {
      id,
      at,
      act,
      personCode,
      purpose,
      given,
      pnr: person.pnr,
      connection,
      patterns: shows,
      isByChance,
    }
  })
  return {
    looks: [...drawn, ...misses.flatMap(missedLooks)].toSorted(inTime),
    tallies: [
      ...groups.map(({ pattern, personCode, all }) => ({
        ...{ pattern, personCode },
        count:
          manies.find((many) => many.pattern === pattern)?.counts.get(personCode) ?? all.length,
      })),
      ...misses.map(
        ({ personCode, count }): Tally => ({ pattern: 'many-misses', personCode, count }),
      ),
    ],
    total: from.length,
    unnamed: unnamedIn(sights),
  }
}

type Many = {
  readonly pattern: Pattern
  /** By person code, of those that have enough of them. */
  readonly counts: ReadonlyMap<string, number>
  readonly isOne: (sight: Sight) => boolean
}

/** A pattern that so many make together, counted by what tells them apart. */
function manyIn(
  pattern: Pattern,
  sights: readonly Sight[],
  max: number,
  keyOf: (sight: Sight) => string,
): Many {
  const codes = Map.groupBy(sights, ({ personCode }) => personCode)
  const counts = [...codes]
    .map(([code, all]): [string, number] => [code, new Set(all.map(keyOf)).size])
    .filter(([, count]) => count >= max)
  const enough = new Map(counts)
  const them = new Set(sights)
  const isOne = (sight: Sight) => them.has(sight) && enough.has(sight.personCode)
  return { pattern, counts: enough, isOne }
}

const isWithoutCase = ({ connection }: Sight) => connection === 'none'
const isOpenedAlone = (sight: Sight) => sight.act === 'read-case' && isDeskLookAlone(sight)
const personOf = ({ person }: Sight) => person.pnr

type Group = {
  readonly pattern: Pattern
  readonly personCode: string
  readonly all: readonly Seen[]
}

/** What shows each pattern, by person code, in the order of its lots. */
function groupsOf(seen: readonly Seen[]): readonly Group[] {
  return patternNames.flatMap((pattern) => {
    const showing = seen.filter(({ shows }) => shows.includes(pattern))
    const codes = Map.groupBy(showing, ({ sight }) => sight.personCode)
    return [...codes]
      .map(([personCode, all]) => ({ pattern, personCode, all }))
      .toSorted((a, b) => (a.personCode < b.personCode ? -1 : 1))
  })
}

function missedLooks({ personCode, some }: Misses): readonly DrawnLook[] {
  return some.map((missed) => ({
    ...missed,
    personCode,
    connection: 'none',
    patterns: ['many-misses'],
    isByChance: false,
  }))
}

function inTime(a: DrawnLook, b: DrawnLook): number {
  return a.at.valueOf() - b.at.valueOf() || (a.id < b.id ? -1 : 1)
}

function unnamedIn(sights: readonly Sight[]): readonly string[] {
  const unnamed = sights.filter(({ employee }) => employee === undefined)
  return [...new Set(unnamed.map(({ personCode }) => personCode))].toSorted()
}
