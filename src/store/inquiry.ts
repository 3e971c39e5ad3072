/**
 * The one read of a step: caller, incident, persons, household, addresses, what is pending, and
 * the facts where a decision needs them. One statement, so that a step costs one question.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { Asker, Findings, Inquiry, Registered } from '#casework/ports.ts'
import type {
  Dwelling,
  EarlierIncident,
  MunicipalSettings,
  OtherIncident,
  PastEvent,
} from '#incident/situation.ts'
import { leavesOn } from '#register/fact.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { askingOfFound, askingOfKeys } from '#store/asking.ts'
import {
  callerParameters,
  callerSql,
  callerStatement,
  readCaller,
  timeStatement,
} from '#store/caller.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { type HearingRow, readHearingRow } from '#store/hearing-rows.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { readTrail, type TrailRow, trailSql } from '#store/milestones.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'

/**
 * What a statement asks. Each form is a statement of its own: a part that finds nothing costs
 * nearly as much as one that does, since PostgreSQL sets up the whole plan every time.
 */
type Form = {
  readonly by: 'keys' | 'id' | 'ts'
  /** Dwellings and roads. */
  readonly withPlaces: boolean
  readonly withFacts: boolean
  /** The subject's spouse and children, whose facts name the subject. */
  readonly withRelatives: boolean
  /** The subject's events. */
  readonly withHistory: boolean
  /** The subject's last incidents that wait or were approved. */
  readonly withEarlier: boolean
  /** What befell the incident. */
  readonly withTrail: boolean
  /** Whether others are to move to the same address. */
  readonly withArriving: boolean
  /** On nobody's behalf. */
  readonly byTime: boolean
}

/** `$10` is the person whom the caller vouches for, where it asks on that person's behalf. */
const isParty = '($10::char(10) is null or $10 in (pnr, representative) or $10 = any(persons))'

/** `$4` is the name of the incident that has its own keys. */
const found = (name: 'id' | 'ts') => `found as materialized (
  select * from incident where ${name} = $4 and ${isParty}
),
heard as materialized (select * from hearing where incident_id = (select id from found))`

const relatives = `relatives as materialized (
  select array(
    select (s.current ->> 'spouse')::char(10)
    from asking a join person s on s.pnr = a.pnr where s.current ? 'spouse'
    union
    select c.pnr from fact c
    where c.kind = 'parent' and c.value ->> 'pnr' = (select pnr from asking)
    union
    select c.pnr from fact c
    where c.kind = 'custody' and c.value ->> 'pnr' = (select pnr from asking)
  ) as persons
)`

/** With their parents, who may have to be heard, and those who were asked. */
const family = (more: string) => `a.persons${more}
      || array(
        select jsonb_array_elements_text(w.current -> 'parents')::char(10)
        from person w where w.pnr = any(a.persons))
      || array(select asked from heard)`

const ofRelatives = ' || (select persons from relatives)'

/** Names are looked up one by one: joined, PostgreSQL reads the whole list for a single person. */
const persons = (whom: string) => `(
    select json_agg(json_build_object(
      'person', p.current,
      'eventNo', p.event_no,
      'isDue', coalesce(p.next_change_on <= $5::date, false),
      'place', json_build_object(
        'municipalityName', (select name from authority where code = p.municipality),
        'roadName', (
          select name from road
          where municipality = p.municipality
            and code = (p.current #>> '{address,road}')::char(4)),
        'town', h.town,
        'postcode', h.postcode,
        'district', (select district from postcode where code = h.postcode),
        'countryName', (
          select name from authority
          where code = (p.current #>> '{foreignAddress,country}')::char(4)))))
    from person p
    left join address h on h.key = p.address_key
    where p.pnr = any(${whom})
  )`

const household = `(
    select json_agg(h.current order by h.pnr)
    from person s join person h on h.address_key = s.address_key and h.pnr <> s.pnr
    where s.pnr = a.pnr
  )`

const authorities = `(
    select json_object_agg(y.code, json_build_object('name', y.name, 'type', y.type))
    from authority y
    where y.code = any(a.authorities)
      and y.valid_from <= $5::date and (y.valid_to is null or y.valid_to > $5::date)
  )`

const others = `(
    select json_agg(json_build_object(
      'id', o.id, 'code', o.code, 'date', o.incident_date,
      'isPending', o.state not in ('initiated', 'validated'),
      'isOpen', o.state in ('initiated', 'validated') and o.expires_at > $2))
    from open_incidents(a.pnr) o
  )`

const settings = `(
    select json_object_agg(s.name, s.value)
    from municipality_setting s where s.municipality = a.municipality
  )`

const hearings = `(
    select json_agg(row_to_json(h) order by h.asked_at, h.id) from heard h
  )`

/** What is asked about are keys of addresses behind the municipality. */
const dwellings = `(
    select json_agg(json_build_object(
      'key', d.key, 'municipality', d.municipality, 'road', d.road, 'roadName', r.name,
      'house', d.house, 'floor', d.floor, 'door', d.door, 'town', d.town,
      'postcode', d.postcode, 'district', c.district, 'rooms', d.rooms, 'kind', d.kind,
      'people', (select coalesce(json_agg(l.current order by l.pnr), '[]')
        from person l where l.address_key = d.key),
      'ahead', (select json_agg(${factJson}) from person l, fact f
        where l.address_key = d.key and l.next_change_on is not null
          and f.pnr = l.pnr and f.kind = 'address')))
    from address d
    join road r on r.municipality = d.municipality and r.code = d.road
    join postcode c on c.code = d.postcode
    where d.key = any(array(
        select a.municipality || '-' || tail from unnest(a.addresses) tail))
      and d.valid_from <= $5::date and (d.valid_to is null or d.valid_to > $5::date)
  )`

const roads = `(
    select json_object_agg(r.code, r.name)
    from road r
    where r.municipality = a.municipality and r.code = any(a.roads)
      and r.valid_from <= $5::date and (r.valid_to is null or r.valid_to > $5::date)
  )`

const facts = (whom: string) => `(
    select json_agg(${factJson}) from fact f where f.pnr = any(${whom})
  )`

const events = `(
    select json_agg(json_build_object('eventNo', e.event_no, 'type', e.type, 'kind', e.kind)
      order by e.event_no)
    from event e where e.pnr = a.pnr
  )`

/** Nobody looks further back than this. */
const earlierMax = 20

const earlier = `(
    select json_agg(json_build_object(
      'id', e.id, 'code', e.code, 'date', e.incident_date, 'state', e.state, 'reading', e.data)
      order by e.saved_at desc)
    from (
      select * from earlier_incidents(a.pnr, ${earlierMax})
    ) e
  )`

/** Whoever reported them, and wherever they lie. */
const arriving = `coalesce((
    select arriving_at(f.municipality, f.addresses, $5::date, f.id)
    from found f where f.addresses <> '{}'
  ), 0)`

/** Of the caller, as it was last counted. */
const reported = `(
    select json_build_object('begun', c.begun, 'waiting', c.waiting)
    -- The session says it as text; the index is of characters.
    from report_count c where c.person_code = (select code from caller)::char(8)
  )`

/** Whoever has two codes is one person: by any of theirs they reported it. */
const ownReport = `(
    select exists (
      select from caller c, codes_of_employee(c.code) o where o.code = f.reported_by)
    from found f
  )`

function inquiryText(form: Form): string {
  const { by, withPlaces, withFacts, withRelatives, withHistory } = form
  const { withEarlier, withTrail, withArriving } = form
  const isNew = by === 'keys'
  const related = withRelatives ? ofRelatives : ''
  const columns = {
    caller: '(select row_to_json(caller) from caller)',
    subject: 'a.pnr',
    ...(!isNew && { incident: '(select row_to_json(found) from found)', hearings }),
    ...(isNew && { reported }),
    ...{ persons: persons(isNew ? 'a.persons' : family(related)), household, others, settings },
    authorities,
    ...(withPlaces && { dwellings, roads }),
    ...(withFacts && { facts: facts(`a.persons${related}`) }),
    ...(withFacts && !isNew && { own_report: form.byTime ? 'false' : ownReport }),
    ...(withHistory && { events }),
    ...(withEarlier && { earlier }),
    ...(withTrail && { trail: trailSql }),
    ...(withArriving && { arriving }),
  }
  const parts = [
    callerSql,
    ...(by === 'keys' ? [askingOfKeys(withPlaces)] : [found(by), askingOfFound(withPlaces)]),
    ...(withRelatives ? [relatives] : []),
  ]
  const listed = Object.entries(columns).map(([name, sql]) => `  ${sql} as ${name}`)
  return `
with ${parts.join(',\n')}
select
${listed.join(',\n')}
from asking a
`
}

/** Built when first asked; a connection prepares only what it is asked. */
const inquiries = new Map<string, Statement>()

function inquiryOf(form: Form): Statement {
  const { by, withPlaces, withFacts, withRelatives, withHistory } = form
  const { withEarlier, withTrail, withArriving, byTime } = form
  const name = [
    `inquiry-by-${by}`,
    ...(byTime ? ['time'] : []),
    ...(withPlaces ? ['places'] : []),
    ...(withFacts ? ['facts'] : []),
    ...(withRelatives ? ['relatives'] : []),
    ...(withHistory ? ['history'] : []),
    ...(withEarlier ? ['earlier'] : []),
    ...(withTrail ? ['trail'] : []),
    ...(withArriving ? ['arriving'] : []),
  ].join('-')
  const known =
    inquiries.get(name) ??
    (byTime
      ? timeStatement(name, inquiryText(form))
      : callerStatement(name, inquiryText(form), by === 'keys' ? {} : { vouched: 10 }))
  inquiries.set(name, known)
  return known
}

export type Inquired = {
  readonly findings: Findings
  /** Persons whose facts say something else by now than what is kept beside them. */
  readonly due: readonly string[]
}

export async function inquire(pool: Pool, asked: Inquiry): Promise<Inquired> {
  const { asker, at, today, incident, question, needs = [] } = asked
  const form: Form = {
    by: incident ? ('id' in incident ? 'id' : 'ts') : 'keys',
    withPlaces: incident !== undefined || question.addresses.length + question.roads.length > 0,
    withFacts:
      (asked.withFacts ?? false) || needs.includes('history') || needs.includes('relatives'),
    withRelatives: needs.includes('relatives'),
    withHistory: needs.includes('history'),
    withEarlier: needs.includes('earlier'),
    withTrail: asked.withTrail ?? false,
    withArriving: incident !== undefined && (asked.withArriving ?? false),
    byTime: asked.byTime ?? false,
  }
  const name = incident && ('id' in incident ? incident.id : incident.ts)
  const { rows } = await pool.run(inquiryOf(form), [
    ...callerParameters(asker.token ?? '', at, asker.source),
    name ?? asked.pnr ?? null,
    today,
    [...asked.authorities, ...question.authorities],
    [...question.persons, ...question.vacant],
    ...(form.withPlaces ? [question.addresses, question.roads] : []),
    (form.by === 'keys' ? asked.municipality : asked.vouched) ?? null,
  ])
  return readInquired(rows[0] ?? {}, asker, today)
}

type PersonRow = Omit<Registered, 'person'> & {
  readonly person: OpenPerson
  readonly isDue: boolean
}
type OtherRow = OtherIncident & { readonly isPending: boolean; readonly isOpen: boolean }
type Named = { readonly name: string; readonly type: string }

/** With the addresses of those who live there and whose facts say something else later. */
type DwellingRow = Omit<Dwelling, 'leaving' | 'people'> & {
  readonly people: readonly OpenPerson[]
  readonly ahead: readonly FactRow[] | null
}

/** The columns of the statements above; what PostgreSQL built here is what these types say. */
type InquiryRow = {
  readonly caller?: Row | null
  readonly incident?: IncidentRow | null
  readonly subject?: string | null
  readonly persons?: readonly PersonRow[] | null
  readonly household?: readonly OpenPerson[] | null
  readonly dwellings?: readonly DwellingRow[] | null
  readonly roads?: { readonly [code: string]: string } | null
  readonly authorities?: { readonly [code: string]: Named } | null
  readonly others?: readonly OtherRow[] | null
  readonly settings?: Partial<MunicipalSettings> | null
  readonly reported?: Findings['reported'] | null
  readonly hearings?: readonly HearingRow[] | null
  readonly facts?: readonly FactRow[] | null
  readonly trail?: TrailRow | null
  readonly events?: readonly Omit<PastEvent, 'facts'>[] | null
  readonly earlier?: readonly EarlierIncident[] | null
  readonly arriving?: number | null
  readonly own_report?: boolean | null
}

function readInquired(row: Row & InquiryRow, asker: Asker, today: PlainDate): Inquired {
  const rows = row.persons ?? []
  const persons = new Map<string, Registered>(
    rows.map(({ person, eventNo, place }) => [
      person.pnr,
      { person: shut(person), eventNo, place },
    ]),
  )
  const record = row.incident ? readIncidentRow(row.incident) : undefined
  const others = (row.others ?? []).filter(({ id }) => id !== record?.id)
  return {
    due: rows.filter(({ isDue }) => isDue).map(({ person }) => person.pnr),
    findings: {
      caller: row.caller ? readCaller(row.caller, asker) : undefined,
      record,
      subject: row.subject ? persons.get(row.subject) : undefined,
      persons,
      household: (row.household ?? []).map(shut),
      dwellings: new Map(
        (row.dwellings ?? []).map((each) => [each.key.slice(5), readDwelling(each, today)]),
      ),
      roads: new Map(Object.entries(row.roads ?? {})),
      authorities: new Map(Object.entries(row.authorities ?? {})),
      pending: others.filter(({ isPending }) => isPending),
      settings: row.settings ?? {},
      reported: row.reported ?? { begun: 0, waiting: 0 },
      hearings: (row.hearings ?? []).map(readHearingRow),
      openCount: others.filter(({ isOpen }) => isOpen).length,
      facts: groupFacts(row.facts ?? []),
      events: row.events ?? [],
      earlier: (row.earlier ?? []).filter(({ id }) => id !== record?.id),
      trail: row.trail ? readTrail(row.trail) : undefined,
      arriving: row.arriving ?? undefined,
      isOwnReport: row.own_report ?? undefined,
    },
  }
}

function readDwelling({ ahead, people, ...dwelling }: DwellingRow, today: PlainDate): Dwelling {
  const leaving = [...groupFacts(ahead ?? [])].flatMap(([pnr, facts]) => {
    const on = leavesOn(facts, today)
    return on === undefined ? [] : [{ pnr, on }]
  })
  return { ...dwelling, people: people.map(shut), leaving }
}
