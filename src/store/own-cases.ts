/** A person's own cases, and what the person was asked, in one statement. */

import { present } from '#base/assert.ts'
import type { FindOwnCases, OwnCasesPage } from '#casework/own-cases.ts'
import type { Asker } from '#casework/ports.ts'
import { callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { type HearingRow, readHearingRow } from '#store/hearing-rows.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row } from '#store/pool.ts'

/** Each way to be part of an incident has its index, and brings no more than a page. */
const partOf = (how: string) => `(
    select id from incident
    where ${how} and saved_at is not null
      and ($5::timestamptz is null or (saved_at, id) < ($5, $6))
    order by saved_at desc, id desc limit $7
  )`

const askedMax = 50

const page = callerStatement(
  'own-cases',
  `
with ${callerSql},
mine as (
  ${partOf('pnr = $4::char(10)')}
  union ${partOf("persons @> array[$4]::char(10)[] and persons <> '{}'")}
  union ${partOf('representative = $4::char(10)')}
)
select
  ${pageHead},
  (
    select json_agg(json_build_object('incident', row_to_json(i),
      'authorityName', (select name from authority where code = i.authority))
      order by i.saved_at desc, i.id desc)
    from (
      select * from incident where id in (select id from mine)
      order by saved_at desc, id desc limit $7
    ) i
  ) as items,
  (
    select json_agg(row_to_json(h) order by h.asked_at desc, h.id)
    from (
      select * from hearing where asked = $4::char(10)
      order by asked_at desc, id limit ${askedMax}
    ) h
  ) as asked
`,
  { vouched: 4 },
)

type PageRow = PageHeadRow & {
  readonly items?:
    | readonly { readonly incident: IncidentRow; readonly authorityName: string | null }[]
    | null
  readonly asked?: readonly HearingRow[] | null
}

export function openOwnCases(pool: Pool): FindOwnCases {
  return async ({ asker, at, pnr, before, limit }) => {
    const { rows } = await pool.run(page, [
      ...callerParameters(asker.token ?? '', at, asker.source),
      pnr ?? null,
      before?.savedAt ?? null,
      before?.id ?? null,
      limit,
    ])
    return readPage(present(rows[0], 'the row of a page'), asker)
  }
}

function readPage(row: Row & PageRow, asker: Asker): OwnCasesPage {
  const { items, asked } = row
  return {
    ...readPageHead(row, asker),
    items: (items ?? []).map(({ incident, authorityName }) => ({
      record: readIncidentRow(incident),
      authorityName: authorityName ?? incident.authority,
    })),
    asked: (asked ?? []).map(readHearingRow),
  }
}
