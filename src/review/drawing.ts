/** Draws the reviews of the weeks that are over, of every authority, once. Knows no storage. */

import { addDays, danishDate } from '#base/calendar.ts'
import { randomId, timedId } from '#base/ids.ts'
import type { House } from '#casework/house.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { nationalSettings } from '#incident/situation.ts'
import { drawReview } from '#review/draw.ts'
import type { DrawnReview, DrawStore } from '#review/ports.ts'
import { daysOfWeek, spanOfWeek, type Week, weeksBefore } from '#review/week.ts'

/** So far back where nothing was drawn, as after a long stop. */
const weeksMax = 4
/** A step that began before midnight has its row of evidence by then. */
const settledMs = 3_600_000

/** Gives how many reviews were drawn. */
export async function drawReviews(
  { clock, random, hash }: Pick<House, 'clock' | 'random' | 'hash'>,
  store: DrawStore,
): Promise<number> {
  const at = clock()
  let drawn = 0
  for (const week of weeksBefore(danishDate(new Date(at.valueOf() - settledMs)), weeksMax)) {
    const span = spanOfWeek(week)
    for (const { authority, settings: own } of await store.undrawn(week, span)) {
      const set = { ...nationalSettings, ...own }
      const settings = {
        sampleMin: set.logSampleMin,
        samplePercent: set.logSamplePercent,
        fromHour: set.workdayFromHour,
        toHour: set.workdayToHour,
      }
      const [sights, misses] = [
        await store.sights(authority, span),
        await store.misses(authority, span),
      ]
      const seed = randomId(random)
      const draw = drawReview(sights, misses, settings, { seed, hash })
      const due = addDays(daysOfWeek(week).to, set.logReviewDays + 1)
      const review = { authority, week, seed, settings, drawnAt: at, due, draw }
      if (await store.keep(review, evidenceOf(review, timedId(at, random)))) drawn += 1
    }
  }
  return drawn
}

function evidenceOf({ authority, week, drawnAt, draw }: DrawnReview, id: string): AuditRow {
  return {
    ...{ id, at: drawnAt, act: 'draw-review', outcome: 'done', receipt: 0, authority },
    purpose: `control of the log, ${week satisfies Week}`,
    persons: [],
    detail: { total: draw.total, drawn: draw.looks.length },
  }
}
