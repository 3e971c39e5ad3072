/** What must hold of a register at any moment, looked at from outside, in SQL and by replay. */

import assert from 'node:assert/strict'
import { date, type PlainDate } from '#base/calendar.ts'
import { isSaved, isState, steps, transitions } from '#casework/transitions.ts'
import { type RecordedFact, timeline } from '#register/fact.ts'
import { derive } from '#register/person.ts'
import { readPnr } from '#register/pnr.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { personRow } from '#store/person-rows.ts'
import type { Pool, Row } from '#store/pool.ts'

async function rowsOf(owner: Pool, sql: string): Promise<readonly Row[]> {
  return (await owner.script(sql)).rows
}

async function factsByPerson(owner: Pool): Promise<ReadonlyMap<string, readonly RecordedFact[]>> {
  const rows = await rowsOf(owner, `select ${factJson} as fact from fact f`)
  return groupFacts(rows.map(({ fact }) => fact as FactRow))
}

/** I-10: the row that is kept beside the facts is what the facts say, on the day it was derived. */
export async function assertDerivedRowsEqualFacts(owner: Pool): Promise<number> {
  const facts = await factsByPerson(owner)
  const persons = await rowsOf(owner, 'select to_jsonb(p) as row from person p')
  for (const { row } of persons) {
    const kept = row as Readonly<Record<string, unknown>>
    const pnr = readPnr(String(kept['pnr']))
    assert.ok(pnr)
    const derivedOn = date(String(kept['derived_on']))
    const derived = derive(pnr, facts.get(pnr) ?? [], derivedOn)
    const rebuilt = personRow(pnr, Number(kept['event_no']), derived, derivedOn)
    assert.deepEqual(kept, JSON.parse(JSON.stringify(rebuilt)))
  }
  return persons.length
}

/** Nobody is left with something due on that day. */
export async function assertNothingDue(owner: Pool, today: PlainDate): Promise<void> {
  const due = await rowsOf(owner, `select pnr from person where next_change_on <= '${today}'`)
  assert.deepEqual(due, [])
}

/** I-11: one current address per person and day. */
export async function assertOneAddressADay(owner: Pool): Promise<void> {
  for (const facts of (await factsByPerson(owner)).values()) {
    const spans = timeline(facts, 'address').toSorted((a, b) => (a.from < b.from ? -1 : 1))
    spans.forEach((span, place) => {
      const next = spans[place + 1]
      assert.ok(span.to === undefined || span.from < span.to)
      if (next) assert.ok(span.to !== undefined && span.to <= next.from, 'two addresses on a day')
    })
  }
}

/** I-14: the events of each person have no gap, and the feed's order never steps back (D-3). */
export async function assertFeedInOrder(owner: Pool): Promise<number> {
  const events = await rowsOf(
    owner,
    'select pnr, event_no as no from event order by epoch, xid, id',
  )
  const seen = new Map<string, number>()
  for (const { pnr, no } of events) {
    const before = seen.get(String(pnr)) ?? 0
    assert.equal(no, before + 1, 'the feed steps back or leaves a gap')
    seen.set(String(pnr), Number(no))
  }
  const persons = await rowsOf(owner, 'select pnr, event_no as no from person')
  for (const { pnr, no } of persons) assert.equal(no, seen.get(String(pnr)))
  return events.length
}

/** I-2, I-4, I-6: what changed the register is an approved incident, and each did so once. */
export async function assertOnlyApprovedChange(owner: Pool): Promise<void> {
  const strangers = await rowsOf(
    owner,
    `select e.pnr, e.event_no from event e left join incident i on i.id = e.incident_id
     where e.kind <> 'loaded' and e.incident_id is not null
       and coalesce(i.state, 'none') <> 'approved' and not exists (
         select from event u
         where u.pnr = e.pnr and u.incident_id = e.incident_id and u.event_no >= e.event_no
           and u.kind = 'undone')`,
  )
  assert.deepEqual(strangers, [])
  const twice = await rowsOf(
    owner,
    `select pnr, incident_id from event
     where kind in ('changed', 'undone') and incident_id is not null
     group by pnr, incident_id
     having count(*) filter (where kind = 'changed') - count(*) filter (where kind = 'undone') > 1`,
  )
  assert.deepEqual(twice, [])
  const without = await rowsOf(
    owner,
    // A notice of return prepares a meeting and registers nothing.
    `select id from incident i where state = 'approved' and i.code <> 'INDREJSE-I'
       and not exists (select from event e where e.incident_id = i.id and e.kind <> 'in-effect')`,
  )
  assert.deepEqual(without, [])
}

/**
 * I-4, I-5, I-15: each decision on record once, by the authority that is competent or a policy of
 * it (0099); persons that were decided on one by one have one each.
 */
export async function assertDecisionsOnRecord(owner: Pool): Promise<void> {
  const odd = await rowsOf(
    owner,
    `select i.id, i.state from incident i
     left join audit a on a.incident_id = i.id and a.outcome = 'done'
       and a.act in ('approve', 'reject', 'undo') and a.authority in (i.authority, '0099')
       and (a.authority = '0099') = (a.actor = '0099')
     group by i.id
     having count(*) filter (where a.act in ('approve', 'reject'))
         - count(*) filter (where a.act = 'undo')
       <> (case when i.state in ('approved', 'rejected')
         then (select count(distinct value ->> 'at') from jsonb_each(i.outcomes)) else 0 end)
       or (i.decided_by is not null and i.decided_by <> all(array_agg(a.actor)))`,
  )
  assert.deepEqual(odd, [])
}

/** I-15: what changed the register has its evidence in the same transaction, naming whom it hit. */
export async function assertChangesHaveEvidence(owner: Pool): Promise<void> {
  const silent = await rowsOf(
    owner,
    `select e.pnr, e.event_no, e.kind from event e
     where e.kind <> 'loaded' and (
       select count(*) from audit a
       where a.xid = e.xid and e.pnr = any(a.persons) and a.outcome = 'done'
         and a.act = case e.kind
           when 'changed' then 'approve' when 'undone' then 'undo' else 'take-effect' end
     ) <> 1 and e.xid not in (select xid from event where kind = 'loaded')`,
  )
  assert.deepEqual(silent, [])
  const unheard = await rowsOf(
    owner,
    `select id from incident i where not exists (
       select from audit a where a.incident_id = i.id and a.outcome = 'done'
         and a.act = case when exists (select from incident w where i.id = any(w.after_ids))
           then 'save' else 'initiate' end
         and a.actor = i.reported_by and a.authority = i.reporting_authority)`,
  )
  assert.deepEqual(unheard, [])
}

/** I-7: the states that the evidence tells of follow each other as the one table says. */
export async function assertOnlyTransitionsOfTheTable(owner: Pool): Promise<void> {
  const acts = steps.map((act) => `'${act}'`).join(', ')
  const rows = await rowsOf(
    owner,
    `select i.id, i.state,
       exists (select from incident w where i.id = any(w.after_ids)) as ahead,
       array_agg(a.act || ' ' || a.outcome order by a.xid, a.id) as acts
     from incident i join audit a on a.incident_id = i.id
     where a.act in ('initiate', ${acts})
       -- Persons that are decided on one by one leave it pending until the last of them.
       and (select count(distinct value ->> 'at') from jsonb_each(i.outcomes)) <= 1
     group by i.id, i.state`,
  )
  for (const { state, acts, ahead } of rows) {
    assert.ok(isState(String(state)))
    // A forerunner was judged with the report that wished it, and is saved with it.
    let at = ahead ? 'validated' : 'none'
    for (const line of acts as readonly string[]) at = follow(at, line)
    if (state !== 'expired') assert.equal(at, state, (acts as readonly string[]).join(', '))
  }
}

function follow(from: string, line: string): string {
  const [act = '', outcome] = line.split(' ')
  if (act === 'initiate') return from === 'none' ? 'initiated' : from
  const rows = [transitions.reporter, transitions.authority].flatMap((actor) => {
    const row = isState(from) ? actor[from] : undefined
    return Object.entries(row ?? {}).filter(([action]) => action === act)
  })
  const transition = rows[0]?.[1]
  if (outcome === 'done') {
    // A save that is repeated is answered again, and changes nothing.
    if (act === 'save' && isState(from) && isSaved(from) && from !== 'amended') return from
    assert.ok(transition, `${act} from ${from}`)
    return transition.to
  }
  return transition?.refusedTo ?? from
}

export async function assertRegisterSound(owner: Pool): Promise<void> {
  await assertDerivedRowsEqualFacts(owner)
  await assertOneAddressADay(owner)
  await assertFeedInOrder(owner)
  await assertOnlyApprovedChange(owner)
  await assertDecisionsOnRecord(owner)
  await assertChangesHaveEvidence(owner)
  await assertOnlyTransitionsOfTheTable(owner)
}
