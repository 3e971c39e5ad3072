/** A log review and its look-ups as JSON out of PostgreSQL, and read back. Knows no statement. */

import { assert, present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import type { Tally } from '#review/draw.ts'
import { type Connection, isPattern, type Sight, sightActs } from '#review/patterns.ts'
import type { Done, Review, ReviewedLook, ReviewWhole, Verdict } from '#review/review.ts'
import { readWeek, type Week } from '#review/week.ts'
import { readReason } from '#store/reason.ts'

/** Of the review `r`. */
export const headJson = `json_build_object('week', r.week, 'version', r.version, 'total', r.total, 'drawnAt', r.drawn_at,
  'due', r.due, 'firstBy', r.first_by, 'firstAt', r.first_at, 'secondBy', r.second_by,
  'secondAt', r.second_at, 'counts', (
    select json_build_object('drawn', count(*), 'judged', count(c.verdict), 'awaited', count(*)
      filter (where c.asked_at is not null and c.answered_at is null and c.verdict is null))
    from reviewed_look c where c.authority = r.authority and c.week = r.week))`

/** Of the reviewed look-up `l`. */
export const lookJson = `json_build_object('week', l.week, 'number', l.no, 'version', l.version, 'at', l.at,
  'act', l.act, 'personCode', l.person_code, 'purpose', l.purpose, 'given', l.given,
  'pnr', l.pnr, 'connection', l.connection, 'patterns', l.patterns, 'isByChance', l.by_chance,
  'askedAt', l.asked_at, 'askedBy', l.asked_by, 'question', l.question,
  'answeredAt', l.answered_at, 'answer', l.answer, 'judgedAt', l.judged_at,
  'judgedBy', l.judged_by, 'verdict', l.verdict, 'note', l.note)`

export const wholeJson = `json_build_object('review', ${headJson}, 'seed', r.seed,
  'sampleMin', r.sample_min, 'samplePercent', r.sample_percent, 'tallies', r.tallies,
  'unnamed', r.unnamed, 'looks', (
    select json_agg(${lookJson} order by l.no) from reviewed_look l
    where l.authority = r.authority and l.week = r.week))`

export type ReviewRow = {
  readonly week: string
  readonly version: number
  readonly total: number
  readonly drawnAt: string
  readonly due: string
  readonly firstBy: string | null
  readonly firstAt: string | null
  readonly secondBy: string | null
  readonly secondAt: string | null
  readonly counts: { readonly drawn: number; readonly judged: number; readonly awaited: number }
}

export type LookRow = {
  readonly week: string
  readonly number: number
  readonly version: number
  readonly at: string
  readonly act: string
  readonly personCode: string
  readonly purpose: string
  readonly given: string | null
  readonly pnr: string | null
  readonly connection: Connection
  readonly patterns: readonly string[]
  readonly isByChance: boolean
  readonly askedAt: string | null
  readonly askedBy: string | null
  readonly question: string | null
  readonly answeredAt: string | null
  readonly answer: string | null
  readonly judgedAt: string | null
  readonly judgedBy: string | null
  readonly verdict: Verdict | null
  readonly note: string | null
}

export type WholeRow = {
  readonly review: ReviewRow
  readonly seed: string
  readonly sampleMin: number
  readonly samplePercent: number
  readonly tallies: readonly Tally[]
  readonly unnamed: readonly string[]
  readonly looks: readonly LookRow[] | null
}

export function readReviewRow(row: ReviewRow): Review {
  const signatures = [doneOf(row.firstAt, row.firstBy), doneOf(row.secondAt, row.secondBy)]
  return {
    week: weekIn(row.week),
    version: row.version,
    total: row.total,
    drawnAt: new Date(row.drawnAt),
    due: date(row.due),
    ...row.counts,
    signatures: signatures.flatMap((each) => each ?? []),
  }
}

export function readWholeRow({ review, looks, ...rest }: WholeRow): ReviewWhole {
  return { ...rest, review: readReviewRow(review), looks: (looks ?? []).map(readLookRow) }
}

export function readLookRow(row: LookRow): ReviewedLook & { readonly week: Week } {
  const { number, version, personCode, connection, isByChance } = row
  const asked = doneOf(row.askedAt, row.askedBy)
  const judged = doneOf(row.judgedAt, row.judgedBy)
  const { question, answer, answeredAt, verdict, note } = row
  return {
    ...{ number, version, personCode, connection, isByChance, ...readReason(row) },
    week: weekIn(row.week),
    at: new Date(row.at),
    act: actIn(row.act),
    pnr: row.pnr ?? undefined,
    patterns: row.patterns.filter(isPattern),
    asked: asked && { ...asked, text: question ?? '' },
    answered: answeredAt === null ? undefined : { at: new Date(answeredAt), text: answer ?? '' },
    judged: judged && verdict ? { ...judged, verdict, note: note ?? '' } : undefined,
  }
}

function doneOf(at: string | null, by: string | null): Done | undefined {
  return at === null || by === null ? undefined : { at: new Date(at), by }
}

function weekIn(text: string): Week {
  return present(readWeek(text), 'the week of a review')
}

export function actIn(text: string): Sight['act'] {
  const act = sightActs.find((each) => each === text)
  assert(act !== undefined, `no act of looking: ${text}`)
  return act
}
