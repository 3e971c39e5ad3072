/**
 * Counts how much each person code has begun and has waiting (A39). Not with every report: a
 * provider of a whole country has many, and its row would be the one that all of them wait for.
 */

import { timeStatement } from '#store/caller.ts'
import type { Pool } from '#store/pool.ts'

const count = timeStatement(
  'report-count',
  `
with counted as (
  select reported_by,
    count(*) filter (where state <> 'pending')::int as begun,
    count(*) filter (where state = 'pending')::int as waiting
  from incident
  where state in ('initiated', 'validated', 'pending')
  group by reported_by
)
insert into report_count as c (person_code, begun, waiting, counted_at)
select p.code, coalesce(n.begun, 0), coalesce(n.waiting, 0), $1
from person_code p left join counted n on n.reported_by = p.code
on conflict (person_code) do update
set begun = excluded.begun, waiting = excluded.waiting, counted_at = excluded.counted_at
`,
)

/** Of every person code; between two counts a budget bounds how much more there can be. */
export async function countReports(pool: Pool, at: Date): Promise<void> {
  await pool.run(count, [at])
}
