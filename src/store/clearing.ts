/**
 * Clears away, as time passes, what is kept about people and whose time limit is over: a thousand
 * rows at a time, the oldest first. Knows no evidence: no program may remove that.
 */

import { keptSince } from '#access/time-limits.ts'
import { timeStatement } from '#store/caller.ts'
import type { Pool, Statement } from '#store/pool.ts'

const batch = 1000
/** In one run; one that is to stop goes no further than the batch it is at. */
const batchesMax = 50

/** What a report that ends unsaved no longer needs; its condition is that of the index. */
const emptyEnded = timeStatement(
  'incident-empty-ended',
  `
update incident i
set data = null, data_hash = null, persons = '{}', vacant = '{}', addresses = '{}', roads = '{}',
  authorities = '{}', representative = null, marks = '[]', flags = '{}', warned = '{}',
  outcomes = '{}', after_ids = '{}', traits = null
from (
  select id from incident
  where closed_at <= $1 and state in ('cancelled', 'expired')
    and (data is not null or representative is not null or persons <> '{}' or vacant <> '{}'
      or addresses <> '{}' or roads <> '{}' or authorities <> '{}' or marks <> '[]'
      or warned <> '{}')
  order by closed_at
  limit ${batch}
  for update skip locked
) ended
where i.id = ended.id
`,
)

/**
 * Whoever reads persons at work has begun reports that are drawn from, as look-ups are: these stay
 * until that is done, however long it takes.
 */
const removeEnded = timeStatement(
  'incident-remove-ended',
  `
delete from incident i
using (
  select e.id
  from incident e
  left join authority y on y.code = e.reporting_authority and y.type in ('05', '39')
  left join drawn_until u on u.authority = y.code
  where e.closed_at <= $1 and e.state in ('cancelled', 'expired')
    and (y.code is null
      or u.week >= to_char(e.closed_at at time zone 'Europe/Copenhagen', 'IYYY-"W"IW'))
  order by e.closed_at
  limit ${batch}
  for update of e skip locked
) over
where i.id = over.id
`,
)

/** Empties reports that have ended unsaved, and removes what is left when its time is over. */
export async function clearEndedReports(
  pool: Pool,
  at: Date,
  isStopping?: () => boolean,
): Promise<{ readonly emptied: number; readonly removed: number }> {
  return {
    emptied: await inBatches(pool, emptyEnded, at, isStopping),
    removed: await inBatches(pool, removeEnded, keptSince('ended-report', at), isStopping),
  }
}

/** With what was drawn for them, each whole. */
const removeReviews = timeStatement(
  'review-remove',
  `
with over as (
  select authority, week from log_review where drawn_at <= $1
  order by drawn_at limit ${batch}
  for update skip locked
), looks as (
  delete from reviewed_look l using over where (l.authority, l.week) = (over.authority, over.week)
)
delete from log_review r using over where (r.authority, r.week) = (over.authority, over.week)
`,
)

const removeEmployees = timeStatement(
  'employee-remove',
  `
delete from employee e
using person_code p
where p.code = e.person_code and p.retired_at <= $1
`,
)

/** Reviews of the log, and who used which person code, when their time is over. */
export async function clearReviews(
  pool: Pool,
  at: Date,
  isStopping?: () => boolean,
): Promise<number> {
  const removed = await inBatches(pool, removeReviews, keptSince('log-review', at), isStopping)
  await pool.run(removeEmployees, [keptSince('employee', at)])
  return removed
}

async function inBatches(
  pool: Pool,
  sql: Statement,
  until: Date,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let [total, done] = [0, batch]
  for (let nth = 0; nth < batchesMax && done === batch && !isStopping(); nth += 1) {
    done = (await pool.run(sql, [until])).count
    total += done
  }
  return total
}
