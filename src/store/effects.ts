/**
 * Lets time do its work: persons whose facts say something else by now are derived anew, and
 * each effect is announced in the feed once. Safe to run from many processes at once.
 */

import { assert, present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import type { Letter, Moment } from '#casework/hearings.ts'
import { endingLetter } from '#casework/letters.ts'
import { type Due, dueBetween } from '#register/due.ts'
import { derive } from '#register/person.ts'
import { type Pnr, readPnr } from '#register/pnr.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { timeStatement } from '#store/caller.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { alsoInsert, writeLetter } from '#store/hearing-rows.ts'
import { isConflict, isDuplicate } from '#store/outages.ts'
import { eventRow, personRow } from '#store/person-rows.ts'
import { type Pool, statement } from '#store/pool.ts'

const batch = 200
/** CPR's code for what is removed by itself when its time is over. */
const lapse = 'P11'

const findDue = statement(
  'effects-due',
  `
select json_agg(json_build_object(
  'pnr', p.pnr, 'eventNo', p.event_no, 'derivedOn', p.derived_on,
  'protectedUntil', p.protected_until, 'status', p.status,
  'facts', (select json_agg(${factJson}) from fact f where f.pnr = p.pnr),
  'events', (
    select json_object_agg(e.event_no, json_build_object('type', e.type, 'incident', e.incident_id))
    from event e where e.pnr = p.pnr))) as due
from (
  select * from person
  where next_change_on <= $1::date and ($2::char(10)[] is null or pnr = any($2))
  order by next_change_on, pnr
  limit ${batch}
) p
`,
)

const writeEffect = timeStatement(
  'effects-write',
  `
with derived as (
  update person p
  set event_no = n.event_no, current = n.current, status = n.status,
    municipality = n.municipality, address_key = n.address_key,
    derived_on = n.derived_on, next_change_on = n.next_change_on,
    protected_until = n.protected_until, names = n.names
  from jsonb_populate_record(null::person, $1) n
  where p.pnr = n.pnr and p.event_no = $2
  returning p.pnr
),
happened as (
  insert into event (pnr, event_no, id, kind, type, valid_from, recorded_at, incident_id)
  select e.pnr, e.event_no, e.id, e.kind, e.type, e.valid_from, e.recorded_at, e.incident_id
  from derived, jsonb_populate_recordset(null::event, $3) e
),
${auditInsert('derived', '$4')},
${alsoInsert('derived', "'[]'", '$5')}
select count(*)::int as written from derived
`,
)

type Source = { readonly type: string; readonly incident: string | null }
type DueRow = {
  readonly pnr: string
  readonly eventNo: number
  readonly derivedOn: string
  readonly protectedUntil: string | null
  readonly status: string
  readonly facts: readonly FactRow[]
  readonly events: { readonly [eventNo: string]: Source }
}

/** Derives those who are due, or those of them that are named. Gives how many it derived. */
export async function takeEffect(
  pool: Pool,
  moment: Moment,
  named?: readonly string[],
): Promise<number> {
  for (let count = 0; ; ) {
    const { rows } = await pool.run(findDue, [moment.today, named ?? null])
    const due = (rows[0]?.['due'] ?? []) as readonly DueRow[]
    for (const row of due) await deriveAnew(pool, moment, row)
    count += due.length
    if (due.length < batch) return count
  }
}

async function deriveAnew(pool: Pool, moment: Moment, row: DueRow): Promise<void> {
  const pnr = present(readPnr(row.pnr), 'the number of a person')
  const facts = groupFacts(row.facts).get(row.pnr) ?? []
  const due = dueBetween(facts, date(row.derivedOn), moment.today)
  // They share a transaction, so only their ids order them in the feed: (xid, id), D-3.
  const ids = due.map(() => timedId(moment.at, moment.random)).sort()
  const events = due.map((each, index) => {
    const source = present(row.events[each.eventNo], 'an event')
    const id = present(ids[index], 'the id of an event')
    return eventRow(
      effectOf(pnr, row.eventNo + index, each, { id, source }),
      moment.at,
      source.incident,
    )
  })
  const derived = derive(pnr, facts, moment.today)
  assert(
    derived.nextChangeOn === undefined || derived.nextChangeOn > moment.today,
    'a person derived anew has nothing due',
  )
  const audit = {
    id: timedId(moment.at, moment.random),
    at: moment.at,
    act: 'take-effect',
    outcome: 'done',
    receipt: 0,
    purpose: 'a date was reached',
    persons: [pnr],
  } as const
  try {
    await pool.run(writeEffect, [
      JSON.stringify(personRow(pnr, row.eventNo + due.length, derived, moment.today)),
      row.eventNo,
      JSON.stringify(events),
      writeAuditRow(audit),
      JSON.stringify(lapsing(moment, row).map(writeLetter)),
    ])
  } catch (error) {
    // Another process did it first, or a decision came between: then it derived anew as well.
    if (!isDuplicate(error) && !isConflict(error)) throw error
  }
}

/** PROT-1: whom nobody reminded in time is told that the protection has ended. */
function lapsing(moment: Moment, { pnr, protectedUntil, status }: DueRow): readonly Letter[] {
  if (protectedUntil === null || protectedUntil > moment.today) return []
  if (['30', '50', '60', '90'].includes(status)) return []
  return [endingLetter(pnr, date(protectedUntil), moment)]
}

function effectOf(
  pnr: Pnr,
  afterEventNo: number,
  { lapsed, on }: Due,
  { id, source }: { readonly id: string; readonly source: Source },
) {
  const type = lapsed ? lapse : source.type
  return { pnr, afterEventNo, event: { id, type, kind: 'in-effect', validFrom: on } } as const
}
