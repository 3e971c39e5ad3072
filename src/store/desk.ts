/** Claims, notes and what stands around a case: each one statement behind the wall. */

import { present } from '#base/assert.ts'
import type { Delivery } from '#casework/delivery.ts'
import type { Claim, DeskStore, Surroundings } from '#casework/desk-ports.ts'
import type { LetterKind } from '#casework/hearings.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { actorStatement } from '#store/caller.ts'
import { findQueue } from '#store/desk-queue.ts'
import { findFigures } from '#store/figures.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import type { Pool, Row } from '#store/pool.ts'

/** Of several of one authority at once one holds it; the others are told who. */
const claimStatement = actorStatement(
  'desk-claim',
  `
with taken as (
  insert into claim as c (incident_id, authority, person_code, claimed_at, until)
  values ($1, $2, $3, $4, $5)
  on conflict (incident_id, authority) do update
  set person_code = excluded.person_code, claimed_at = excluded.claimed_at, until = excluded.until
  where c.until <= $4 or c.person_code = excluded.person_code
  returning c.person_code, c.until
),
${auditInsert('taken', '$6')}
select person_code, until from taken
union all
select person_code, until from claim
where incident_id = $1 and authority = $2 and not exists (select from taken)
`,
  { audit: 6 },
)

const releaseStatement = actorStatement(
  'desk-release',
  `
with given as (
  delete from claim where incident_id = $1 and person_code = $2 returning incident_id
),
${auditInsert('(select) as alone', '$3')}
select count(*)::int as released from given
`,
  { audit: 3 },
)

const noteStatement = actorStatement(
  'desk-note',
  `
with noted as (
  insert into note (id, incident_id, authority, person_code, at, text)
  values ($1, $2, $3, $4, $5, $6)
  returning id
),
${auditInsert('noted', '$7')}
select count(*)::int as written from noted
`,
  { audit: 7 },
)

/** More than this many tell a case worker nothing. */
const relatedMax = 20

const surroundingsStatement = actorStatement(
  'desk-surroundings',
  `
with ${auditInsert('(select) as alone', '$1')}
select
  (select json_agg(json_build_object(
      'id', n.id, 'at', n.at, 'personCode', n.person_code, 'text', n.text) order by n.id)
    from note n where n.incident_id = $2) as notes,
  (select json_agg(json_build_object('id', l.id, 'at', l.at, 'recipient', l.recipient,
      'kind', l.kind, 'delivery', l.delivery, 'isOwn', l.authority = $5,
      'text', json_build_object('da', l.text_da, 'en', l.text_en)) order by l.at, l.id)
    from letter l where l.incident_id = $2) as letters,
  (select json_build_object('personCode', c.person_code, 'until', c.until)
    from claim c
    where c.incident_id = $2 and c.authority = $5 and c.until > $3::timestamptz) as claim,
  (select json_agg(json_build_object('record', r.record, 'because', r.because))
    from (
      select to_jsonb(i) as record, 'same-person' as because
      from incident i
      where i.pnr = any($4::char(10)[]) and i.id <> $2 and i.authority = $5
        and i.state in ('pending', 'returned', 'amended')
      union all
      select to_jsonb(i), 'same-address'
      from incident i
      where i.addresses && $6::text[] and i.municipality = $7 and i.id <> $2
        and i.authority = $5 and i.state in ('pending', 'returned', 'amended')
        and i.pnr <> all($4::char(10)[])
      limit ${relatedMax}
    ) r) as related
`,
  { audit: 1 },
)

type SurroundingsRow = {
  readonly notes?:
    | readonly {
        readonly id: string
        readonly at: string
        readonly personCode: string
        readonly text: string
      }[]
    | null
  readonly letters?:
    | readonly {
        readonly id: string
        readonly at: string
        readonly delivery: Delivery
        readonly isOwn: boolean
        readonly recipient: string
        readonly kind: LetterKind
        readonly text: { readonly da: string; readonly en: string }
      }[]
    | null
  readonly claim?: { readonly personCode: string; readonly until: string } | null
  readonly related?:
    | readonly {
        readonly record: IncidentRow
        readonly because: 'same-person' | 'same-address'
      }[]
    | null
}

async function findSurroundings(
  pool: Pool,
  { id, keys, question, authority }: IncidentRecord,
  at: Date,
  audit: AuditRow,
): Promise<Surroundings> {
  const persons = [keys.pnr, ...question.persons]
  const { rows } = await pool.run(surroundingsStatement, [
    writeAuditRow(audit),
    id,
    at,
    persons,
    authority,
    question.addresses,
    keys.municipality,
  ])
  const row: Row & SurroundingsRow = present(rows[0], 'a row')
  return {
    notes: (row.notes ?? []).map((note) => ({ ...note, at: new Date(note.at) })),
    letters: (row.letters ?? []).map((letter) => ({ ...letter, at: new Date(letter.at) })),
    related: (row.related ?? []).map(({ record, because }) => ({
      record: readIncidentRow(record),
      because,
    })),
    claim: row.claim
      ? { personCode: row.claim.personCode, until: new Date(row.claim.until) }
      : undefined,
  }
}

export function openDesk(pool: Pool): DeskStore {
  return {
    queue: (inquiry) => findQueue(pool, inquiry),
    figures: (inquiry) => findFigures(pool, inquiry),
    claim: async (id, { personCode, until, authority, at }, audit) => {
      const values = [id, authority, personCode, at, until, writeAuditRow(audit)]
      const { rows } = await pool.run(claimStatement, values)
      // Who came at the same moment is not seen by this statement: then the next look tells.
      const held = rows[0] ?? (await pool.run(claimStatement, values)).rows[0]
      return readClaim(present(held, 'whoever holds it'))
    },
    release: async (id, personCode, audit) => {
      await pool.run(releaseStatement, [id, personCode, writeAuditRow(audit)])
    },
    note: async ({ id, incidentId, authority, personCode, at, text }, audit) => {
      const row = writeAuditRow(audit)
      await pool.run(noteStatement, [id, incidentId, authority, personCode, at, text, row])
    },
    surroundings: (record, at, audit) => findSurroundings(pool, record, at, audit),
  }
}

function readClaim({ person_code: personCode, until }: Row): Claim {
  return {
    personCode: String(personCode),
    until: until instanceof Date ? until : new Date(String(until)),
  }
}
