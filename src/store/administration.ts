/** The reads of administration: who asks, and what is known of the person codes within reach. */

import type { PersonCodeRecord } from '#access/person-code.ts'
import { present } from '#base/assert.ts'
import type { Judged } from '#casework/administer.ts'
import type { Asker } from '#casework/ports.ts'
import { callerParameters, callerSql, callerStatement, readCaller } from '#store/caller.ts'
import { readPersonCodeRow } from '#store/person-code-row.ts'
import { type Row, type Session, statement } from '#store/pool.ts'

type Question = { readonly asker: Asker; readonly at: Date }

/** The caller, with the types of its own authority, of the code's, and of the one that is named. */
export async function findTarget(
  session: Session,
  {
    asker,
    at,
    code,
    authority,
  }: Question & { readonly code?: string; readonly authority?: string },
): Promise<Judged & { readonly record: PersonCodeRecord | undefined }> {
  const { rows } = await session.run(targetStatement, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    code ?? null,
    authority ?? null,
  ])
  const row = present(rows[0], 'the row of a target') as Row & HeadRow & { readonly code?: unknown }
  return { ...readHead(row, asker), record: row.code === null ? undefined : readPersonCodeRow(row) }
}

type Named = { readonly code: string; readonly name: string; readonly type: string }
type HeadRow = { readonly caller?: Row | null; readonly authorities?: readonly Named[] | null }

function readHead({ caller, authorities }: HeadRow, asker: Asker): Judged {
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map((authorities ?? []).map((each) => [each.code, each])),
  }
}

/** All but the hashes. */
const told = `code, security_group, authority, name, active, locked_at, one_time, password_set_at,
    password_expires_at, tried_in_a_row, last_sign_on_at, created_at, holder, sources,
    certificates, overlap_minutes, previous_until, retired_at`

const targetStatement = callerStatement(
  'administration-target',
  `with ${callerSql}, target as (
    select ${told} from person_code where code = $4::char(8)
  )
  select (select row_to_json(caller) from caller) as caller, (
    select json_agg(json_build_object('code', y.code, 'name', y.name, 'type', y.type))
    from authority y
    where y.code in ((select authority from caller), (select authority from target), $5::char(4))
  ) as authorities, target.*
  from (select 1) one left join target on true`,
)

/** Person codes in their order, behind one, of one authority or of all. */
export async function listAdministered(
  session: Session,
  {
    authority,
    after,
    limit,
  }: {
    readonly authority: string | undefined
    readonly after: string | undefined
    readonly limit: number
  },
): Promise<readonly PersonCodeRecord[]> {
  const { rows } = await session.run(listStatement, [authority ?? null, after ?? '', limit])
  return rows.map(readPersonCodeRow)
}

const listStatement = statement(
  'administration-list',
  `select ${told} from person_code
  where code > $2::char(8) and ($1::char(4) is null or authority = $1)
  order by code limit $3`,
)
