/** The writes of casework: each one statement, so one transaction and one round trip. */

import type { Random } from '#base/ids.ts'
import { type Also, nothingElse } from '#casework/hearings.ts'
import type { CaseworkStore, Written } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { auditInsert, auditRowsInsert, writeAuditRow, writeAuditRows } from '#store/audit.ts'
import { actorStatement } from '#store/caller.ts'
import { takeEffect } from '#store/effects.ts'
import { expireConversations } from '#store/expiry.ts'
import { alsoInsert, writeAlso, writeHearingRow } from '#store/hearing-rows.ts'
import { endHearings, findHearings, moveHearing } from '#store/hearings.ts'
import { writeIncidentRow } from '#store/incident-row.ts'
import { inquire } from '#store/inquiry.ts'
import { milestoneInsert, writeMilestones } from '#store/milestones.ts'
import { isConflict, isDuplicate } from '#store/outages.ts'
import { listPending } from '#store/pending.ts'
import { decisionRows } from '#store/person-rows.ts'
import { type Pool, type Row, type Statement, statement } from '#store/pool.ts'

/**
 * Takes one of the person's free places, so that the limit holds also for those opened at once: of
 * two that chose the same place the unique index lets one in, and the other looks again.
 */
const openIncident = actorStatement(
  'incident-open',
  `
with place as materialized (
  select n
  from generate_series(1, $3::int) n
  where n not in (select o.place from open_places(($1::jsonb ->> 'pnr')::char(10)) o)
  -- By chance, so that those at once seldom meet at one place.
  order by md5(n::text || ($1::jsonb ->> 'id'))
  limit 1
),
opened as (
  insert into incident
  select r.*
  from place, jsonb_populate_record(null::incident,
    $1::jsonb || jsonb_build_object('open_place', place.n)) r
  returning id
),
${auditInsert('opened', '$2')}
select (select count(*)::int from opened) as written, (select count(*)::int from place) as places
`,
  { audit: 2 },
)

/** Everything that may change after initiate. Keys, reporter and identity are not among it. */
const changing = [
  'authority',
  'state',
  'version',
  'data',
  'data_hash',
  'persons',
  'vacant',
  'addresses',
  'roads',
  'authorities',
  'outcomes',
  'warned',
  'marks',
  'flags',
  'after_ids',
  'validated_at',
  'saved_at',
  'decided_at',
  'closed_at',
  'amended_at',
  'forwarded_at',
  'returned',
  'events',
  'expires_at',
  'decided_by',
  'reason_code',
  'reason_text',
  'traits',
]

/** What a person steps on is no decision of a policy any more, and holds no address. */
const byPerson = ', automatic_on = null'

/**
 * Writes only over the version that was read: of two steps at once, one is overtaken. More columns
 * and conditions may go with it.
 */
export function steppedBy(more = byPerson, where = ''): string {
  return `stepped as (
  update incident i
  set ${changing.map((column) => `${column} = n.${column}`).join(', ')}${more}
  from jsonb_populate_record(null::incident, $1) n
  where i.id = n.id and i.version = n.version - 1${where}
  returning i.id
)`
}

const stepped = steppedBy()

/** The same with cases of their own that were wished in the data, each with its evidence. */
const stepWithForerunners = actorStatement(
  'incident-step-forerunners',
  `
with ${stepped},
${auditInsert('stepped', '$2')},
${alsoInsert('stepped', '$3', '$4')},
ahead as (
  insert into incident
  select f.* from stepped, jsonb_populate_recordset(null::incident, $5) f
  returning id
),
${auditRowsInsert('ahead', 'a.incident_id = ahead.id', '$6', 'audited_ahead')}
select count(*)::int as written from stepped
`,
  { audit: 2 },
)

/** Most steps: parts that insert nothing would cost nearly as much as those that do. */
const stepAlone = actorStatement(
  'incident-step',
  `
with ${stepped},
${auditInsert('stepped', '$2')}
select count(*)::int as written from stepped
`,
  { audit: 2 },
)

const stepWithMore = actorStatement(
  'incident-step-more',
  `
with ${stepped},
${auditInsert('stepped', '$2')},
${alsoInsert('stepped', '$3', '$4')}
select count(*)::int as written from stepped
`,
  { audit: 2 },
)

/**
 * What a decision writes with its events, facts and persons. `event_no` is one above the one that was
 * read, so its primary key refuses what was derived from older knowledge, and a person's events
 * carry transaction ids in their own order: each was begun after the one before it was committed.
 */
const registered = `happened as (
  insert into event (pnr, event_no, id, kind, type, valid_from, recorded_at, incident_id)
  select e.pnr, e.event_no, e.id, e.kind, e.type, e.valid_from, e.recorded_at, e.incident_id
  from stepped, jsonb_populate_recordset(null::event, $3) e
),
said as (
  insert into fact (pnr, event_no, line, kind, slot, valid_from, valid_to, value)
  select f.pnr, f.event_no, f.line, f.kind, f.slot, f.valid_from, f.valid_to,
    nullif(f.value, 'null'::jsonb)
  from stepped, jsonb_populate_recordset(null::fact, $4) f
),
derived as (
  insert into person as p
  select n.* from stepped, jsonb_populate_recordset(null::person, $5) n
  -- A number that is new with this incident is inserted, every other one is there.
  on conflict (pnr) do update
  set event_no = excluded.event_no, current = excluded.current, status = excluded.status,
    municipality = excluded.municipality, address_key = excluded.address_key,
    derived_on = excluded.derived_on, next_change_on = excluded.next_change_on,
    protected_until = excluded.protected_until, names = excluded.names
  where p.event_no = excluded.event_no - 1
)`

export function decisionText(steps: string, more = [alsoInsert('stepped', '$6', '$7')]): string {
  return `
with ${[steps, auditInsert('stepped', '$2'), ...more, registered].join(',\n')}
select count(*)::int as written from stepped
`
}

const decideAlone = actorStatement('incident-decide', decisionText(stepped, []), { audit: 2 })
const decideWithMore = actorStatement('incident-decide-more', decisionText(stepped), { audit: 2 })

/** Few steps: what the others write as well, a milestone, and hearings that end with it. */
const turnIncident = actorStatement(
  'incident-turn',
  `
with ${stepped},
${auditInsert('stepped', '$2')},
${alsoInsert('stepped', '$6', '$7')},
${registered},
${milestoneInsert('stepped', '$8')},
${endHearings('stepped', '$9')},
passed_on as (
  update hearing h
  set authority = n.authority
  from stepped, jsonb_populate_record(null::incident, $1) n
  where h.incident_id = stepped.id and h.authority <> n.authority
),
released as (
  -- What lies elsewhere now is worked on elsewhere.
  delete from claim c
  using stepped, jsonb_populate_record(null::incident, $1) n
  where c.incident_id = stepped.id and c.authority <> n.authority
)
select count(*)::int as written from stepped
`,
  { audit: 2 },
)

const noteAudit = statement(
  'audit-note',
  `with ${auditInsert('(select) as alone', '$1')} select 1 as written`,
)

export function openCaseworkStore(pool: Pool, random: Random): CaseworkStore {
  return {
    inquire: async (inquiry) => {
      const { findings, due } = await inquire(pool, inquiry)
      if (due.length === 0) return findings
      await takeEffect(pool, { today: inquiry.today, at: inquiry.at, random }, due)
      return (await inquire(pool, inquiry)).findings
    },
    open: async (record, audit, placesMax) => {
      const row = await write(pool, openIncident, record, audit, [placesMax])
      // Conversations whose time is over may still hold places, until they are ended.
      if (row?.['places'] === 0) {
        await expireConversations(pool, { at: audit.at, random }, record.keys.pnr)
      }
      return writtenBy(row)
    },
    step: async (record, audit, also = nothingElse) => {
      const { forerunners = [] } = also
      if (forerunners.length === 0) {
        const [sql, more] = isAlone(also)
          ? [stepAlone, []]
          : [stepWithMore, writeAlso(also, [record])]
        return writtenBy(await write(pool, sql, record, audit, more))
      }
      const ahead = forerunners.map((each) => each.record)
      const rows = JSON.stringify(ahead.map(writeIncidentRow))
      const evidence = writeAuditRows(forerunners.map((each) => each.audit))
      const more = [...writeAlso(also, [record, ...ahead]), rows, evidence]
      return writtenBy(await write(pool, stepWithForerunners, record, audit, more))
    },
    decide: async (record, changes, audit, also = nothingElse) => {
      const rows = decisionRows(record, changes, audit)
      const [sql, more] = isAlone(also)
        ? [decideAlone, []]
        : [decideWithMore, writeAlso(also, [record])]
      return writtenBy(await write(pool, sql, record, audit, [...rows, ...more]))
    },
    turn: async (record, { milestone, ended, changes }, audit, also = nothingElse) => {
      const rows = [...decisionRows(record, changes, audit), ...writeAlso(also, [record])]
      const milestones = writeMilestones(milestone ? [milestone] : [])
      const hearings = JSON.stringify(ended.map(writeHearingRow))
      const more = [...rows, milestones, hearings]
      return writtenBy(await write(pool, turnIncident, record, audit, more))
    },
    pending: (inquiry) => listPending(pool, inquiry),
    hearings: (inquiry) => findHearings(pool, inquiry),
    moveHearing: (before, after, audit, letters) =>
      moveHearing(pool, before, after, audit, letters),
    note: async (audit) => {
      await pool.run(noteAudit, [writeAuditRow(audit)])
    },
  }
}

function isAlone({ hearings, letters }: Also): boolean {
  return hearings.length + letters.length === 0
}

/** The row of a statement; none where somebody else's was there first. */
export async function write(
  pool: Pool,
  sql: Statement,
  record: IncidentRecord,
  audit: AuditRow,
  more: readonly (string | number)[] = [],
): Promise<Row | undefined> {
  try {
    const values = [JSON.stringify(writeIncidentRow(record)), writeAuditRow(audit), ...more]
    const { rows } = await pool.run(sql, values)
    return rows[0]
  } catch (error) {
    if (isDuplicate(error) || isConflict(error)) return undefined
    throw error
  }
}

export function writtenBy(row: Row | undefined): Written {
  return row?.['written'] === 1 ? 'written' : 'overtaken'
}
