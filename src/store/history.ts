/** A person's facts with the instant at which each was recorded. */

import type { RecordedFact } from '#register/fact.ts'
import type { Pnr } from '#register/pnr.ts'
import { type FactRow, factJson, readFactRow } from '#store/facts.ts'
import { type Pool, statement } from '#store/pool.ts'

const historyOf = statement(
  'history',
  `
select ${factJson} as fact, e.recorded_at as "recordedAt"
from fact f
join event e on e.pnr = f.pnr and e.event_no = f.event_no
where f.pnr = $1
order by f.event_no, f.line
`,
)

type HistoryRow = { readonly fact: FactRow; readonly recordedAt: Date }

export async function readHistory(
  pool: Pool,
  pnr: Pnr,
): Promise<readonly (RecordedFact & { readonly recordedAt: Date })[]> {
  const { rows } = await pool.run(historyOf, [pnr])
  return (rows as readonly HistoryRow[]).map(({ fact, recordedAt }) => ({
    ...readFactRow(fact),
    recordedAt,
  }))
}
