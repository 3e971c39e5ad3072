/**
 * Ends conversations whose time is over (A38), each with its row of evidence. Steps judge the time
 * themselves, so this writes down what already holds; many processes may do it at once.
 */

import { type Random, timedId } from '#base/ids.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { auditRowsInsert, writeAuditRows } from '#store/audit.ts'
import { timeStatement } from '#store/caller.ts'
import type { Pool } from '#store/pool.ts'

const batch = 1000

const findLapsed = timeStatement(
  'incident-lapsed',
  `
select id, pnr, persons, vacant
from incident
where state in ('initiated', 'validated') and expires_at <= $1
  and ($2::char(10) is null or pnr = $2)
order by expires_at, id
limit ${batch}
`,
)

/** The version is raised, so that a step which looked before is overtaken and looks again. */
const expire = timeStatement(
  'incident-expire',
  `
with ended as (
  update incident i
  set state = 'expired', version = i.version + 1, closed_at = i.expires_at
  from (
    select id from incident
    where id = any($2) and state in ('initiated', 'validated') and expires_at <= $1
    order by id
    for update skip locked
  ) due
  where i.id = due.id
  returning i.id
),
${auditRowsInsert('ended', 'a.incident_id = ended.id', '$3')}
select count(*)::int as ended from ended
`,
)

type Lapsed = {
  readonly id: string
  readonly pnr: string
  readonly persons: readonly string[]
  readonly vacant: readonly string[]
}

/** Of everybody, or of one person. Gives how many it ended. */
export async function expireConversations(
  pool: Pool,
  { at, random }: { readonly at: Date; readonly random: Random },
  pnr?: string,
): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await pool.run(findLapsed, [at, pnr ?? null])
    const lapsed = rows as readonly Lapsed[]
    if (lapsed.length === 0) return total
    const evidence = lapsed.map((each) => evidenceOf(each, at, random))
    const ids = lapsed.map(({ id }) => id)
    const written = await pool.run(expire, [at, ids, writeAuditRows(evidence)])
    total += Number(written.rows[0]?.['ended'])
    if (lapsed.length < batch) return total
  }
}

function evidenceOf({ id, pnr, persons, vacant }: Lapsed, at: Date, random: Random): AuditRow {
  return {
    id: timedId(at, random),
    at,
    act: 'expire',
    outcome: 'done',
    receipt: 0,
    purpose: `incident ${id}`,
    persons: [...new Set([pnr, ...persons, ...vacant])],
    incidentId: id,
  }
}
