/** What an authority is done with, a page in one statement: by narrow indexes, or by the person's. */

import { present } from '#base/assert.ts'
import type {
  ClosedCounts,
  ClosedInquiry,
  ClosedPage,
  ClosedStore,
  Ending,
} from '#casework/closed.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row } from '#store/pool.ts'

/** A statement for each of the two ways, so that each is planned by its index. */
const text = (where: string) => `
with ${callerSql},
found as (
  select c.id, c.closed_at from own_closed c
  where ${where}
    and (not $5::boolean or c.decided_by = (select code from caller))
    and ($6::text is null or c.state = $6)
    and ($7::timestamptz is null or (c.closed_at, c.id) < ($7, $8))
  order by c.closed_at desc, c.id desc
  limit $9
),
counted as (
  select c.state, count(*)::int as cases from own_closed c
  where $10::boolean and ${where}
    and (not $5::boolean or c.decided_by = (select code from caller))
  group by 1
)
select ${pageHead},
  (select json_agg(json_build_object('record', to_jsonb(i),
      'subject', (select p.current from person p where p.pnr = i.pnr))
      order by f.closed_at desc, f.id desc)
    from found f join incident i on i.id = f.id) as items,
  (select json_object_agg(state, cases) from counted) as counts
`
const lately = callerStatement('closed-lately', text('c.closed_at >= $4::timestamptz'))
const ofPerson = callerStatement(
  'closed-of-person',
  // Two indexes: of those it is about, and of those who came along.
  text(`c.id = any(array(
      select s.id from incident s where s.pnr = $4::char(10) and s.saved_at is not null
      union
      select m.id from incident m where m.persons @> array[$4::char(10)]
        and m.saved_at is not null and m.persons <> '{}'))`),
)

type PageRow = PageHeadRow & {
  readonly items?: readonly { readonly record: IncidentRow; readonly subject: OpenPerson }[] | null
  readonly counts?: { readonly [E in Ending]?: number } | null
}

const none: ClosedCounts = { approved: 0, rejected: 0, withdrawn: 0 }

async function find(pool: Pool, inquiry: ClosedInquiry): Promise<ClosedPage> {
  const { asker, at, pnr, since, isMine, ending, before, limit, withCounts } = inquiry
  const { rows } = await pool.run(pnr === undefined ? lately : ofPerson, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    ...[pnr ?? since, isMine, ending ?? null, before?.at ?? null, before?.id ?? null],
    ...[limit, withCounts],
  ])
  const row: Row & PageRow = present(rows[0], 'a row')
  return {
    ...readPageHead(row, asker),
    items: (row.items ?? []).map(({ record, subject }) => ({
      record: readIncidentRow(record),
      subject: shut(subject),
    })),
    counts: withCounts ? { ...none, ...row.counts } : undefined,
  }
}

export function openClosed(pool: Pool): ClosedStore {
  return { find: (inquiry) => find(pool, inquiry) }
}
