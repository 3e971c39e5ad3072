/**
 * The world in which the example conversations of the documentation are played: a few persons whose
 * statuses the incident types ask for, two dwellings, and a morning that does not pass.
 */

import { randomBytes } from 'node:crypto'
import { present } from '#base/assert.ts'
import { date, type PlainDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import type { Incident } from '#incident/define.ts'
import type { StatusCode } from '#register/codes.ts'
import type { Fact, RecordedFact, Residence } from '#register/fact.ts'
import { derive } from '#register/person.ts'
import { fictionalPnr, type Pnr, type Sex } from '#register/pnr.ts'
import { statusFrom } from '#register/status.ts'
import { personRow } from '#store/person-rows.ts'
import type { Pool } from '#store/pool.ts'

/** A Friday in March, at half past nine in Denmark. */
export const instant = new Date('2026-03-20T08:30:00.000Z')
export const today = date('2026-03-20')
const bornOn = date('1980-06-15')
const grownUp = date('2010-01-01')
const since = date('2025-05-01')
const sex: Sex = 'K'
const numbered = (nth: number) => present(fictionalPnr(bornOn, sex, nth), 'a fictional number')

/** Whom the examples are about. */
export const subject = numbered(0)
/** The number that the subject had before. */
const former = numbered(5)
const first: Residence = { municipality: '0751', road: '0034', house: '3' }
const second: Residence = { municipality: '0751', road: '0034', house: '5' }

/** What has happened to the subject, so that it has the status; the second event can be undone. */
function lastEvent(status: StatusCode): { readonly type: string; readonly facts: readonly Fact[] } {
  if (status === '01') {
    return { type: 'A01', facts: [{ kind: 'address', from: since, value: second }] }
  }
  const away: readonly Fact[] = [
    statusFrom(status, since),
    { kind: 'address', from: since, value: null },
  ]
  return { type: status === '80' ? 'A06' : 'A02', facts: away }
}

const beginning: readonly Fact[] = [
  { kind: 'birth', from: bornOn, value: { bornOn, sex } },
  { kind: 'name', from: bornOn, value: { given: 'Petra', surname: 'Prøve' } },
  statusFrom('01', bornOn),
  { kind: 'address', from: grownUp, value: first },
]

const replaced: readonly Fact[] = [
  ...beginning.slice(0, 2),
  statusFrom('60', grownUp),
  { kind: 'successor', from: grownUp, value: { pnr: subject } },
]

/** One of whose bearers the type may be reported. */
export function statusFor({ statuses, shape }: Incident): StatusCode {
  const found = (['01', '80', '70'] as const).find((status) => statuses[status] === 'yes')
  return present(found, `a status for ${shape.name}`)
}

export async function furnish(owner: Pool): Promise<void> {
  await owner.script(
    `insert into road (municipality, code, name, addressing_name, valid_from) values
       ('0751', '0012', 'Testvej', 'Testvej', '2000-01-01'),
       ('0751', '0034', 'Prøvegade', 'Prøvegade', '2000-01-01')
       on conflict (municipality, code) do update set name = excluded.name;
     insert into address (key, municipality, road, house, floor, door, postcode, rooms, valid_from)
       values ('0751-0012-14-2-tv', '0751', '0012', '14', '2', 'tv', '8000', 4, '2000-01-01')
       on conflict (key) do nothing`,
  )
}

/** Begins anew: the subject has that status, and nothing has been reported. */
export async function beginAnew(owner: Pool, status: StatusCode): Promise<void> {
  await owner.script('truncate incident, hearing, letter, event, fact, person cascade')
  await write(owner, former, [{ type: 'LOAD', facts: replaced }])
  await write(owner, subject, [{ type: 'LOAD', facts: beginning }, lastEvent(status)])
}

async function write(
  owner: Pool,
  pnr: Pnr,
  events: readonly { readonly type: string; readonly facts: readonly Fact[] }[],
): Promise<void> {
  const random = (bytes: number) => randomBytes(bytes)
  const facts = events.flatMap((event, at) =>
    event.facts.map((fact, line): RecordedFact => ({ ...fact, eventNo: at + 1, line: line + 1 })),
  )
  const happened = events.map(({ type }, at) => ({
    ...{ pnr, event_no: at + 1, id: timedId(instant, random), type, epoch: 1 },
    ...{ kind: at === 0 ? 'loaded' : 'changed', recorded_at: instant.toISOString() },
    valid_from: firstDay(events[at]?.facts ?? []),
  }))
  const said = facts.map(({ eventNo, line, kind, slot = '', from, to, value }) => ({
    ...{ pnr, event_no: eventNo, line, kind, slot, value },
    ...{ valid_from: from, valid_to: to ?? null },
  }))
  const row = personRow(pnr, events.length, derive(pnr, facts, today), today)
  const json = (value: unknown) => `$json$${JSON.stringify(value)}$json$`
  await owner.script(
    `insert into event (pnr, event_no, id, kind, type, valid_from, recorded_at)
       select pnr, event_no, id, kind, type, valid_from, recorded_at
       from jsonb_populate_recordset(null::event, ${json(happened)});
     insert into fact (pnr, event_no, line, kind, slot, valid_from, valid_to, value)
       select pnr, event_no, line, kind, slot, valid_from, valid_to, nullif(value, 'null')
       from jsonb_populate_recordset(null::fact, ${json(said)});
     insert into person select * from jsonb_populate_record(null::person, ${json(row)})`,
  )
}

function firstDay(facts: readonly Fact[]): PlainDate {
  return present(facts.map(({ from }) => from).sort()[0], 'a fact')
}
