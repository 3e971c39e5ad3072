/**
 * Draws the reviews of the weeks that are over, of every authority, once and the oldest first.
 * Knows no storage.
 */

import { addDays, danishDate, type PlainDate } from '#base/calendar.ts'
import { randomId, timedId } from '#base/ids.ts'
import { Unavailable } from '#base/outage.ts'
import type { House } from '#casework/house.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { nationalSettings } from '#incident/situation.ts'
import { drawReview } from '#review/draw.ts'
import type { DrawnReview, DrawStore, Undrawn } from '#review/ports.ts'
import { daysOfWeek, spanOfWeek, type Week, weekAfter, weekOf } from '#review/week.ts'

/** A step that began before midnight has its row of evidence by then. */
const settledMs = 3_600_000
/** Of one authority in one run, so that a long stop of all is caught up with side by side. */
const weeksMax = 26

/**
 * Gives how many reviews were drawn. One that cannot be drawn holds up no other, and is told. Once
 * it is to stop it draws no further week: the next run goes on where this one was.
 */
export async function drawReviews(
  house: Pick<House, 'clock' | 'random' | 'hash'>,
  store: DrawStore,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const at = house.clock()
  const faults: Error[] = []
  let drawn = 0
  for (const left of await store.undrawn(lastWeekOver(at))) {
    drawn += await catchUp(house, store, { left, at, faults, isStopping })
  }
  const [first, ...others] = faults
  if (first) throw others.length === 0 ? first : new AggregateError(faults, summaryOf(faults))
  return drawn
}

function summaryOf(faults: readonly Error[]): string {
  return faults.map(({ message }) => message).join('; ')
}

function lastWeekOver(at: Date): Week {
  return weekOf(addDays(danishDate(new Date(at.valueOf() - settledMs)), -7))
}

type CatchingUp = {
  readonly left: Undrawn
  readonly at: Date
  readonly faults: Error[]
  readonly isStopping: () => boolean
}

/** Week after week, from where it was left. One that fails is where the next run begins again. */
async function catchUp(
  house: Pick<House, 'random' | 'hash'>,
  store: DrawStore,
  { left, at, faults, isStopping }: CatchingUp,
): Promise<number> {
  const { authority, drawn: there } = left
  const last = lastWeekOver(at)
  let [drawn, isWhole] = [0, true]
  let week = left.from
  for (let weeks = 0; weeks < weeksMax && week <= last && !isStopping(); weeks += 1) {
    try {
      if (!there.includes(week) && (await drawWeek(house, store, { ...left, week }, at))) drawn += 1
    } catch (error) {
      if (error instanceof Unavailable) throw error
      faults.push(new Error(`Cannot draw ${week} of ${authority}`, { cause: error }))
      isWhole = false
    }
    if (isWhole) await store.settle(authority, week)
    week = weekAfter(week)
  }
  return drawn
}

/** False where there is nothing to draw from, or where it was drawn already. */
async function drawWeek(
  { random, hash }: Pick<House, 'random' | 'hash'>,
  store: DrawStore,
  { authority, settings: own, week }: Undrawn & { readonly week: Week },
  at: Date,
): Promise<boolean> {
  const span = spanOfWeek(week)
  const [sights, misses] = [
    await store.sights(authority, span),
    await store.misses(authority, span),
  ]
  if (sights.length === 0 && misses.length === 0) return false
  const set = { ...nationalSettings, ...own }
  const settings = {
    sampleMin: set.logSampleMin,
    samplePercent: set.logSamplePercent,
    fromHour: set.workdayFromHour,
    toHour: set.workdayToHour,
  }
  const seed = randomId(random)
  const draw = drawReview(sights, misses, settings, { seed, hash })
  const due = addDays(lastDayBefore(week, at), set.logReviewDays + 1)
  const review = { authority, week, seed, settings, drawnAt: at, due, draw }
  return store.keep(review, evidenceOf(review, timedId(at, random)))
}

/** Who draws late gives its reviewers as much time as for any other week. */
function lastDayBefore(week: Week, at: Date): PlainDate {
  const [sunday, yesterday] = [daysOfWeek(week).to, addDays(danishDate(at), -1)]
  return yesterday > sunday ? yesterday : sunday
}

function evidenceOf({ authority, week, drawnAt, draw }: DrawnReview, id: string): AuditRow {
  return {
    ...{ id, at: drawnAt, act: 'draw-review', outcome: 'done', receipt: 0, authority },
    purpose: `control of the log, ${week satisfies Week}`,
    persons: [],
    detail: { total: draw.total, drawn: draw.looks.length },
  }
}
