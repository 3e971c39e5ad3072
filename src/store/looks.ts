/** The looks at a person and the letters to one, each a page in one statement. */

import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import type { Letter, LetterKind } from '#casework/hearings.ts'
import type { Act } from '#evidence/audit.ts'
import type { FindLetters } from '#search/own-letters.ts'
import type { FindLooks } from '#search/who-looked.ts'
import { callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row } from '#store/pool.ts'
import { givenSql, readReason } from '#store/reason.ts'

const head = `
with ${callerSql}
select
  ${pageHead}`

/** Who was denied saw nothing. */
const looks = callerStatement(
  'own-looks',
  `${head},
  (
    select json_agg(json_build_object(
      'id', a.id, 'at', a.at, 'act', a.act, 'purpose', a.purpose, 'given', ${givenSql},
      'code', a.authority,
      'whose', a.detail->>'whose', 'representative', a.detail->>'representative',
      'to', a.detail->>'to',
      'name', (select name from authority where code = a.authority)) order by a.id desc)
    from looks_at_vouched($5::text[], $6, $7) a
    where $4::text is not null
  ) as items
`,
  { vouched: 4 },
)

const letters = callerStatement(
  'own-letters',
  `${head},
  (
    select json_agg(json_build_object(
      'id', l.id, 'at', l.at, 'kind', l.kind, 'incident', l.incident_id, 'concerns', l.concerns,
      'text', json_build_object('da', l.text_da, 'en', l.text_en)) order by l.at desc, l.id desc)
    from (
      select * from letter
      where recipient = $4::char(10) and ($5::timestamptz is null or (at, id) < ($5, $6))
      order by at desc, id desc limit $7
    ) l
  ) as items
`,
  { vouched: 4 },
)

type LookRow = {
  readonly id: string
  readonly at: string
  readonly act: Act
  readonly purpose: string
  readonly given: string | null
  readonly whose: string | null
  readonly representative: string | null
  readonly to: string | null
  readonly code: string | null
  readonly name: string | null
}
type LetterRow = {
  readonly id: string
  readonly at: string
  readonly kind: LetterKind
  readonly incident: string | null
  readonly concerns: string | null
  readonly text: Letter['text']
}

export function openLooks(pool: Pool): FindLooks {
  return async ({ asker, at, pnr, without, before, limit }) => {
    const values = [pnr ?? null, without, before ?? null, limit]
    const parameters = callerParameters(asker.token ?? '', at, asker.source)
    const { rows } = await pool.run(looks, [...parameters, ...values])
    const row: Row & PageHeadRow & { readonly items?: readonly LookRow[] | null } = present(
      rows[0],
      'the row of a page',
    )
    return {
      ...readPageHead(row, asker),
      looks: (row.items ?? []).map(({ id, at: instant, act, code, name, ...asking }) => ({
        ...{ id, at: new Date(instant), act, ...readReason(asking) },
        authority: code === null ? undefined : { code, name: name ?? code },
        whose: asking.whose ?? undefined,
        representative: asking.representative ?? undefined,
        to: asking.to ?? undefined,
      })),
    }
  }
}

export function openOwnLetters(pool: Pool): FindLetters {
  return async ({ asker, at, pnr, before, limit }) => {
    const values = [pnr ?? null, before?.at ?? null, before?.id ?? null, limit]
    const parameters = callerParameters(asker.token ?? '', at, asker.source)
    const { rows } = await pool.run(letters, [...parameters, ...values])
    const row: Row & PageHeadRow & { readonly items?: readonly LetterRow[] | null } = present(
      rows[0],
      'the row of a page',
    )
    return {
      ...readPageHead(row, asker),
      letters: (row.items ?? []).map(
        ({ id, at: instant, kind, incident, concerns, text }): Letter => ({
          ...{ id, at: new Date(instant), kind, text },
          recipient: pnr ?? '',
          incidentId: incident ?? undefined,
          concerns: concerns === null ? undefined : date(concerns),
        }),
      ),
    }
  }
}
