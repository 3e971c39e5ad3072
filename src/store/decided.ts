/** What an authority has decided, a page in one statement: by its own index, or by the person's. */

import { present } from '#base/assert.ts'
import type { DecidedInquiry, DecidedPage, DecidedStore } from '#casework/decided.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row } from '#store/pool.ts'

/** A statement for each of the two ways, so that each is planned by its index. */
const text = (where: string) => `
with ${callerSql},
found as (
  select i.* from incident i
  where i.authority = (select authority from caller) and i.decided_at is not null and ${where}
    and (not $5::boolean or i.decided_by = (select code from caller))
    and ($6::timestamptz is null or (i.decided_at, i.id) < ($6, $7))
  order by i.decided_at desc, i.id desc
  limit $8
)
select ${pageHead},
  (select json_agg(json_build_object('record', to_jsonb(f),
      'subject', (select p.current from person p where p.pnr = f.pnr))
      order by f.decided_at desc, f.id desc)
    from found f) as items
`
const lately = callerStatement('decided-lately', text('i.decided_at >= $4::timestamptz'))
const ofPerson = callerStatement(
  'decided-of-person',
  // Two indexes: of those it is about, and of those who came along.
  text(`i.id in (
      select s.id from incident s where s.pnr = $4::char(10) and s.saved_at is not null
      union
      select c.id from incident c where c.persons @> array[$4::char(10)]
        and c.saved_at is not null and c.persons <> '{}')`),
)

type PageRow = PageHeadRow & {
  readonly items?: readonly { readonly record: IncidentRow; readonly subject: OpenPerson }[] | null
}

async function find(pool: Pool, inquiry: DecidedInquiry): Promise<DecidedPage> {
  const { asker, at, pnr, since, isMine, before, limit } = inquiry
  const { rows } = await pool.run(pnr === undefined ? lately : ofPerson, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    ...[pnr ?? since, isMine, before?.at ?? null, before?.id ?? null, limit],
  ])
  const row: Row & PageRow = present(rows[0], 'a row')
  return {
    ...readPageHead(row, asker),
    items: (row.items ?? []).map(({ record, subject }) => ({
      record: readIncidentRow(record),
      subject: shut(subject),
    })),
  }
}

export function openDecided(pool: Pool): DecidedStore {
  return { find: (inquiry) => find(pool, inquiry) }
}
