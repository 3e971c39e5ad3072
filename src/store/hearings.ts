/** Hearings with their incidents, read in one statement, and moved on by one guarded write. */

import { present } from '#base/assert.ts'
import type { HearingRecord, Letter } from '#casework/hearings.ts'
import type { Asker, HearingInquiry, HearingPage, Written } from '#casework/ports.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import {
  actorStatement,
  callerParameters,
  callerSql,
  callerStatement,
  readCaller,
  timeStatement,
} from '#store/caller.ts'
import {
  alsoInsert,
  type HearingRow,
  readHearingRow,
  writeAlso,
  writeHearingRow,
} from '#store/hearing-rows.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { isConflict } from '#store/outages.ts'
import type { Row, Session, Statement } from '#store/pool.ts'

/** Those that a person has ended would only grow the answer; the one of an id may have ended. */
const hearingPage = callerStatement(
  'hearing-page',
  `
with ${callerSql}
select
  (select row_to_json(caller) from caller) as caller,
  (select json_build_object('code', y.code, 'name', y.name, 'type', y.type)
    from authority y join caller on caller.authority = y.code) as authority,
  (
    select json_agg(json_build_object(
      'hearing', row_to_json(h), 'incident', row_to_json(i), 'authorityName', m.name,
      'about', (select json_agg(p.current order by p.pnr) from person p where p.pnr = any(h.about)))
      order by h.asked_at, h.id)
    from (
      select * from hearing where id = $4
      union all
      select * from hearing
      where $4 is null and asked = $5::char(10) and answered_at is null and given_up_at is null
    ) h
    join incident i on i.id = h.incident_id
    left join authority m on m.code = i.authority
  ) as items
`,
  // A provider sees what the person is asked that it has signed on.
  { vouched: 5 },
)

type Named = { readonly code: string; readonly name: string; readonly type: string }
type PageRow = {
  readonly caller?: Row | null
  readonly authority?: Named | null
  readonly items?: readonly {
    readonly hearing: HearingRow
    readonly incident: IncidentRow
    readonly authorityName: string | null
    readonly about: readonly OpenPerson[] | null
  }[]
}

export async function findHearings(
  session: Session,
  inquiry: HearingInquiry,
): Promise<HearingPage> {
  const { asker, at } = inquiry
  const { rows } = await session.run(hearingPage, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    inquiry.id ?? null,
    inquiry.asked ?? null,
  ])
  return readPage(present(rows[0], 'the row of a page'), asker)
}

function readPage({ caller, authority, items }: Row & PageRow, asker: Asker): HearingPage {
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map(authority ? [[authority.code, authority]] : []),
    items: (items ?? []).map(({ hearing, incident, about, authorityName }) => ({
      hearing: readHearingRow(hearing),
      record: readIncidentRow(incident),
      about: (about ?? []).map(shut),
      authorityName: authorityName ?? incident.authority,
    })),
  }
}

/** Everything that may change once somebody is asked. */
const changing = [
  'deadline',
  'reminded_at',
  'answered_at',
  'answer',
  'from_date',
  'answer_text',
  'answered_by',
  'given_up_at',
  'note',
]

/**
 * A hearing ends once, and is reminded of once: whoever comes second has written nothing. Its end
 * makes the incident another one, also for those who may not write it: who looked before it must
 * look again.
 */
const move = `
with moved as (
  update hearing h
  set ${changing.map((column) => `${column} = n.${column}`).join(', ')}
  from jsonb_populate_record(null::hearing, $1) n
  where h.id = n.id and h.answered_at is null and h.given_up_at is null
    and h.reminded_at is not distinct from $5::timestamptz
    and h.asked is not distinct from $6::char(10)
  returning h.id, h.incident_id, n.answered_at is not null or n.given_up_at is not null as ended
),
changed as (
  select raise_version(moved.incident_id) from moved where moved.ended
),
${auditInsert('moved', '$2')},
${alsoInsert('moved', '$3', '$4')}
select (select count(*)::int from moved) as written, (select count(*)::int from changed) as changed
`

/**
 * A `with` part that ends the hearings in a parameter, when `effect` has a row. Somebody may answer
 * at that very moment: then it was answered, and has been for nothing.
 */
export function endHearings(effect: string, parameter: string): string {
  return `ended as (
  update hearing h
  set note = n.note,
    given_up_at = case when h.answered_at is null then coalesce(h.given_up_at, n.given_up_at) end
  from ${effect}, jsonb_populate_recordset(null::hearing, ${parameter}) n
  where h.id = n.id and h.note is null
)`
}

const moveByActor = actorStatement('hearing-move', move, { audit: 2, vouched: 6 })
const moveByTime = timeStatement('hearing-move-by-time', move)

type Move = [
  session: Session,
  before: HearingRecord,
  after: HearingRecord,
  audit: AuditRow,
  letters: readonly Letter[],
]

/** On behalf of the one who answers. */
export const moveHearing = (...move: Move) => moveWith(moveByActor, ...move)
/** On nobody's behalf: its time is over. */
export const moveHearingByTime = (...move: Move) => moveWith(moveByTime, ...move)

async function moveWith(
  sql: Statement,
  ...[session, before, after, audit, letters]: Move
): Promise<Written> {
  const values = [
    JSON.stringify(writeHearingRow(after)),
    writeAuditRow(audit),
    ...writeAlso({ hearings: [], letters }, []),
    before.remindedAt ?? null,
    before.asked ?? null,
  ]
  try {
    const { rows } = await session.run(sql, values)
    return rows[0]?.['written'] === 1 ? 'written' : 'overtaken'
  } catch (error) {
    // A turn that ends it holds the incident, and waits for what this holds.
    if (isConflict(error)) return 'overtaken'
    throw error
  }
}
