/** A page of the pending register of the caller's authority. One statement. */

import { present } from '#base/assert.ts'
import type { Asker, PendingInquiry, PendingPage } from '#casework/ports.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { callerParameters, callerSql, callerStatement, readCaller } from '#store/caller.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import type { Pool, Row } from '#store/pool.ts'

const pendingPage = callerStatement(
  'pending-page',
  `
with ${callerSql}
select
  (select row_to_json(caller) from caller) as caller,
  (select json_build_object('code', y.code, 'name', y.name, 'type', y.type)
    from authority y join caller on caller.authority = y.code) as authority,
  (
    select json_agg(json_build_object('record', row_to_json(i), 'subject', p.current)
      order by i.saved_at, i.id)
    from (
      select * from incident
      where authority = (select authority from caller) and state = 'pending'
        and ($4::text is null or code = $4)
        and ($5::timestamptz is null or (saved_at, id) > ($5, $6))
      order by saved_at, id
      limit $7
    ) i
    join person p on p.pnr = i.pnr
  ) as items
`,
)

type Named = { readonly code: string; readonly name: string; readonly type: string }
type ItemRow = { readonly record: IncidentRow; readonly subject: OpenPerson }
type PageRow = {
  readonly caller?: Row | null
  readonly authority?: Named | null
  readonly items?: readonly ItemRow[] | null
}

export async function listPending(pool: Pool, inquiry: PendingInquiry): Promise<PendingPage> {
  const { asker, at, code, after, limit } = inquiry
  const { rows } = await pool.run(pendingPage, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    code ?? null,
    after?.savedAt ?? null,
    after?.id ?? null,
    limit,
  ])
  return readPage(present(rows[0], 'the row of a page'), asker)
}

function readPage(row: Row & PageRow, asker: Asker): PendingPage {
  const { caller, authority, items } = row
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map(authority ? [[authority.code, authority]] : []),
    items: (items ?? []).map(({ record, subject }) => ({
      record: readIncidentRow(record),
      subject: shut(subject),
    })),
  }
}
