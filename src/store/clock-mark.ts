/**
 * The latest instant that the program's clock has shown, kept where all processes see it: a clock
 * that is set back revives no token and no password (I-23). Knows nothing of either.
 */

import { Unavailable } from '#base/outage.ts'
import { type Session, statement } from '#store/pool.ts'

/** Clocks of several machines differ a little; more than this is a fault (inferred). */
export const clockToleranceMs = 60_000

/** A CTE that raises the mark to `$2`, at most once a second. */
export const raiseClockSql = `marked as (
  update clock_mark set reached = $2 where reached < $2::timestamptz - interval '1 second'
)`

/** Raises the mark; the server does it every few seconds, also when nobody signs on. */
export async function keepTime(session: Session, now: Date): Promise<void> {
  await session.run(keep, [now])
}

const keep = statement(
  'clock-keep',
  'update clock_mark set reached = greatest(reached, $1::timestamptz) where reached < $1',
)

/** The instant by which to judge. Throws when the clock was set back further than clocks differ. */
export function judgedNow(now: Date, reached: unknown): Date {
  // The first mark of all is '-infinity', which the driver gives as a number.
  if (!(reached instanceof Date) || reached <= now) return now
  if (reached.valueOf() - now.valueOf() <= clockToleranceMs) return reached
  throw new Unavailable(
    `the clock says ${now.toISOString()}, but it was ${reached.toISOString()} already: nobody can ` +
      'sign on until it is right again',
    { outcome: 'nothing-happened' },
  )
}
