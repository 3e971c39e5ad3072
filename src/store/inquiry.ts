/**
 * The one read of a step: caller, incident, persons, household, addresses, what is pending, and
 * the facts where a decision needs them. One statement, so that a step costs one question.
 */

import type { Findings, Inquiry, Registered } from '#casework/ports.ts'
import type { Dwelling, MunicipalSettings, OtherIncident, PastEvent } from '#incident/situation.ts'
import type { Person } from '#register/person.ts'
import { callerParameters, callerSql, readCaller } from '#store/caller.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { type HearingRow, readHearingRow } from '#store/hearing-rows.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type Pool, type Row, statement } from '#store/pool.ts'

const inquiry = statement(
  'inquiry',
  `
with ${callerSql},
found as materialized (
  select * from incident where id = $4
  union all
  select * from incident where ts = $5
),
keys as materialized (
  select pnr, municipality from found
  union all
  select $6::char(10), $7::char(4) where not exists (select from found)
),
wanted as materialized (
  select array(
    select pnr from keys
    union select unnest($8::char(10)[])
    union select unnest(persons) from found
    union select unnest($14::char(10)[])
    union select unnest(vacant) from found
  ) as persons
),
-- The subject's spouse and children, whose facts name the subject; only where they are needed.
relatives as materialized (
  select array(
    select (s.current ->> 'spouse')::char(10)
    from person s
    where $15::boolean and s.pnr = (select pnr from keys) and s.current ? 'spouse'
    union
    select c.pnr from fact c
    where $15::boolean and c.kind = 'parent' and c.value ->> 'pnr' = (select pnr from keys)
  ) as persons
),
-- With their parents, who may have to be heard, and those who were asked.
family as materialized (
  select array(
    select unnest(persons) from wanted
    union
    select unnest(persons) from relatives
    union
    select jsonb_array_elements_text(p.current -> 'parents')::char(10)
    from person p where p.pnr = any((select persons from wanted)::char(10)[])
    union
    select h.asked from hearing h
    where h.incident_id = (select id from found) and h.asked is not null
  ) as persons
)
select
  (select row_to_json(caller) from caller) as caller,
  (select row_to_json(found) from found) as incident,
  (select pnr from keys) as subject,
  (
    select json_agg(json_build_object(
      'person', p.current,
      'eventNo', p.event_no,
      'isDue', coalesce(p.next_change_on <= $9::date, false),
      'place', json_build_object(
        'municipalityName', m.name, 'roadName', r.name, 'town', a.town,
        'postcode', a.postcode, 'district', c.district, 'countryName', l.name)))
    from person p
    left join authority m on m.code = p.municipality
    left join road r
      on r.municipality = p.municipality and r.code = (p.current #>> '{address,road}')::char(4)
    left join authority l on l.code = (p.current #>> '{foreignAddress,country}')::char(4)
    left join address a on a.key = p.address_key
    left join postcode c on c.code = a.postcode
    where p.pnr = any((select persons from family)::char(10)[])
  ) as persons,
  (
    select json_agg(h.current order by h.pnr)
    from person h
    where h.address_key = (
        select s.address_key from person s where s.pnr = (select pnr from keys))
      and h.pnr <> (select pnr from keys)
  ) as household,
  (
    select json_agg(json_build_object(
      'key', a.key, 'municipality', a.municipality, 'road', a.road, 'roadName', r.name,
      'house', a.house, 'floor', a.floor, 'door', a.door, 'town', a.town,
      'postcode', a.postcode, 'district', c.district, 'rooms', a.rooms,
      'people', (select coalesce(json_agg(l.current order by l.pnr), '[]')
        from person l where l.address_key = a.key)))
    from address a
    join road r on r.municipality = a.municipality and r.code = a.road
    join postcode c on c.code = a.postcode
    where a.key = any(array(
        select k.municipality || '-' || tail from keys k, unnest($10::text[]) tail
        union
        select k.municipality || '-' || unnest(f.addresses) from keys k, found f))
      and a.valid_from <= $9::date and (a.valid_to is null or a.valid_to > $9::date)
  ) as dwellings,
  (
    select json_object_agg(r.code, r.name)
    from road r
    where r.municipality = (select municipality from keys)
      and r.code = any(array(select unnest($11::char(4)[]) union select unnest(roads) from found))
      and r.valid_from <= $9::date and (r.valid_to is null or r.valid_to > $9::date)
  ) as roads,
  (
    select json_object_agg(y.code, json_build_object('name', y.name, 'type', y.type))
    from authority y
    where y.code = any($12::char(4)[] || array(select unnest(authorities) from found)
        || array(select municipality from keys) || array(select authority from caller))
      and y.valid_from <= $9::date and (y.valid_to is null or y.valid_to > $9::date)
  ) as authorities,
  (
    select json_agg(json_build_object(
      'id', o.id, 'code', o.code, 'date', o.incident_date,
      'isPending', o.state = 'pending',
      'isOpen', o.state <> 'pending' and o.expires_at > $2))
    from incident o
    where o.pnr = (select pnr from keys) and o.state in ('initiated', 'validated', 'pending')
  ) as others,
  (
    select json_object_agg(s.name, s.value)
    from municipality_setting s where s.municipality = (select municipality from keys)
  ) as settings,
  (
    select json_agg(row_to_json(h) order by h.asked_at, h.id)
    from hearing h where h.incident_id = (select id from found)
  ) as hearings,
  case when $13::boolean then (
    select json_agg(${factJson})
    from fact f
    where f.pnr = any(
      (select w.persons || r.persons from wanted w, relatives r)::char(10)[])
  ) end as facts,
  case when $16::boolean then (
    select json_agg(json_build_object('eventNo', e.event_no, 'type', e.type, 'kind', e.kind)
      order by e.event_no)
    from event e where e.pnr = (select pnr from keys)
  ) end as events
`,
)

export type Inquired = {
  readonly findings: Findings
  /** Persons whose facts say something else by now than what is kept beside them. */
  readonly due: readonly string[]
}

export async function inquire(pool: Pool, asked: Inquiry): Promise<Inquired> {
  const { asker, at, today, incident, question, needs = [] } = asked
  const { rows } = await pool.run(inquiry, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    incident && 'id' in incident ? incident.id : null,
    incident && 'ts' in incident ? incident.ts : null,
    asked.pnr ?? null,
    asked.municipality ?? null,
    question.persons,
    today,
    question.addresses,
    question.roads,
    [...asked.authorities, ...question.authorities],
    (asked.withFacts ?? false) || needs.length > 0,
    question.vacant,
    needs.includes('relatives'),
    needs.includes('history'),
  ])
  return readInquired(rows[0] ?? {})
}

type PersonRow = Registered & { readonly isDue: boolean }
type OtherRow = OtherIncident & { readonly isPending: boolean; readonly isOpen: boolean }
type Named = { readonly name: string; readonly type: string }

/** The columns of the statement above; what PostgreSQL built here is what these types say. */
type InquiryRow = {
  readonly caller?: Row | null
  readonly incident?: IncidentRow | null
  readonly subject?: string | null
  readonly persons?: readonly PersonRow[] | null
  readonly household?: readonly Person[] | null
  readonly dwellings?: readonly Dwelling[] | null
  readonly roads?: { readonly [code: string]: string } | null
  readonly authorities?: { readonly [code: string]: Named } | null
  readonly others?: readonly OtherRow[] | null
  readonly settings?: Partial<MunicipalSettings> | null
  readonly hearings?: readonly HearingRow[] | null
  readonly facts?: readonly FactRow[] | null
  readonly events?: readonly Omit<PastEvent, 'facts'>[] | null
}

function readInquired(row: Row & InquiryRow): Inquired {
  const persons = new Map((row.persons ?? []).map((each) => [each.person.pnr as string, each]))
  const record = row.incident ? readIncidentRow(row.incident) : undefined
  const others = (row.others ?? []).filter(({ id }) => id !== record?.id)
  return {
    due: [...persons.values()].filter(({ isDue }) => isDue).map(({ person }) => person.pnr),
    findings: {
      caller: row.caller ? readCaller(row.caller) : undefined,
      record,
      subject: row.subject ? persons.get(row.subject) : undefined,
      persons,
      household: row.household ?? [],
      dwellings: new Map((row.dwellings ?? []).map((each) => [each.key.slice(5), each])),
      roads: new Map(Object.entries(row.roads ?? {})),
      authorities: new Map(Object.entries(row.authorities ?? {})),
      pending: others.filter(({ isPending }) => isPending),
      settings: row.settings ?? {},
      hearings: (row.hearings ?? []).map(readHearingRow),
      openCount: others.filter(({ isOpen }) => isOpen).length,
      facts: groupFacts(row.facts ?? []),
      events: row.events ?? [],
    },
  }
}
