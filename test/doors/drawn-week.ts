/** A review of the week that is over, for tests that begin there: look-ups by the clerk of 0751. */

import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { drawReviews } from '#review/drawing.ts'
import { spanOfWeek, type Week, weeksBefore } from '#review/week.ts'
import { openDraw } from '#store/review-draw.ts'
import { houseOn } from '#test/casework/stand.ts'
import type { TestServer } from '#test/server.ts'

/** One look at each, on the Tuesday morning, in that order; gives the week. */
export async function drawWeek(
  { ownerPool, clock, codes }: TestServer,
  pnrs: readonly string[],
): Promise<Week> {
  const week = present(weeksBefore(danishDate(clock()), 1)[0], 'the last week')
  const tuesday = spanOfWeek(week).from.valueOf() + 33 * 3_600_000
  const rows = pnrs.map((pnr, nth) => {
    const at = new Date(tuesday + nth * 60_000).toISOString()
    const who = `'${codes.municipality.code}', '0751', 'Henvendelse på telefon', '{${pnr}}'`
    return `('look-${nth}', '${at}', 'look-up', 'done', 0, ${who})`
  })
  await ownerPool.script(
    `insert into audit (id, at, act, outcome, receipt, actor, authority, purpose, persons)
     values ${rows.join(', ')}`,
  )
  await drawReviews(houseOn(ownerPool, clock), openDraw(ownerPool))
  return week
}
