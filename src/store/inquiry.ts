/**
 * The one read of a step: caller, incident, persons, household, addresses, what is pending, and
 * the facts where a decision needs them. One statement, so that a step costs one question.
 */

import { present } from '#base/assert.ts'
import type { Findings, Inquiry, Registered } from '#casework/ports.ts'
import type { Dwelling, OtherIncident } from '#incident/situation.ts'
import type { Person } from '#register/person.ts'
import { callerParameters, callerSql, readCaller } from '#store/caller.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type Pool, type Row, type Statement, statement } from '#store/pool.ts'

/**
 * What a statement asks. Each form is a statement of its own: a part that finds nothing costs
 * nearly as much as one that does, since PostgreSQL sets up the whole plan every time.
 */
type Form = {
  readonly by: 'keys' | 'id' | 'ts'
  /** Dwellings and roads. */
  readonly withPlaces: boolean
  readonly withFacts: boolean
}

/** `$4` is the number of the subject, or the name of the incident that has its own keys. */
const keysBy = {
  keys: (municipality: string) =>
    `keys as materialized (select $4::char(10) as pnr, ${municipality}::char(4) as municipality)`,
  id: () => `found as materialized (select * from incident where id = $4), ${keysOfFound}`,
  ts: () => `found as materialized (select * from incident where ts = $4), ${keysOfFound}`,
}
const keysOfFound = 'keys as materialized (select pnr, municipality from found)'

/** Names are looked up one by one: joined, PostgreSQL reads the whole list for a single person. */
const persons = `(
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
        'town', a.town,
        'postcode', a.postcode,
        'district', (select district from postcode where code = a.postcode),
        'countryName', (
          select name from authority
          where code = (p.current #>> '{foreignAddress,country}')::char(4)))))
    from person p
    left join address a on a.key = p.address_key
    where p.pnr = any((select persons from wanted)::char(10)[])
  )`

const household = `(
    select json_agg(h.current order by h.pnr)
    from person h
    where h.address_key = (
        select s.address_key from person s where s.pnr = (select pnr from keys))
      and h.pnr <> (select pnr from keys)
  )`

const authorities = `(
    select json_object_agg(y.code, json_build_object('name', y.name, 'type', y.type))
    from authority y
    where y.code = any($6::char(4)[]
        || array(select municipality from keys) || array(select authority from caller))
      and y.valid_from <= $5::date and (y.valid_to is null or y.valid_to > $5::date)
  )`

const others = `(
    select json_agg(json_build_object(
      'id', o.id, 'code', o.code, 'date', o.incident_date,
      'isPending', o.state = 'pending',
      'isOpen', o.state <> 'pending' and o.expires_at > $2))
    from incident o
    where o.pnr = (select pnr from keys) and o.state in ('initiated', 'validated', 'pending')
  )`

/** `tails` are keys of addresses behind the municipality. */
const dwellings = (tails: string) => `(
    select json_agg(json_build_object(
      'key', a.key, 'municipality', a.municipality, 'road', a.road, 'roadName', r.name,
      'house', a.house, 'floor', a.floor, 'door', a.door, 'town', a.town,
      'postcode', a.postcode, 'district', c.district, 'rooms', a.rooms,
      'residents', (select count(*) from person l where l.address_key = a.key)))
    from address a
    join road r on r.municipality = a.municipality and r.code = a.road
    join postcode c on c.code = a.postcode
    where a.key = any(array(
        select k.municipality || '-' || tail from keys k, unnest(${tails}) tail))
      and a.valid_from <= $5::date and (a.valid_to is null or a.valid_to > $5::date)
  )`

const roads = (codes: string) => `(
    select json_object_agg(r.code, r.name)
    from road r
    where r.municipality = (select municipality from keys) and r.code = any(${codes})
      and r.valid_from <= $5::date and (r.valid_to is null or r.valid_to > $5::date)
  )`

const facts = `(
    select json_agg(${factJson})
    from fact f
    where f.pnr = any((select persons from wanted)::char(10)[])
  )`

function inquiryText({ by, withPlaces, withFacts }: Form): string {
  /** What is asked now, and what the incident's last validation asked. */
  const asked = (parameter: string, kept: string) =>
    by === 'keys' ? parameter : `${parameter} || array(select unnest(${kept}) from found)`
  const columns = {
    caller: '(select row_to_json(caller) from caller)',
    subject: '(select pnr from keys)',
    ...(by !== 'keys' && { incident: '(select row_to_json(found) from found)' }),
    ...{ persons, household, authorities, others },
    ...(withPlaces && {
      dwellings: dwellings(asked('$8::text[]', 'addresses')),
      roads: roads(asked('$9::char(4)[]', 'roads')),
    }),
    ...(withFacts && { facts }),
  }
  const listed = Object.entries(columns).map(([name, sql]) => `  ${sql} as ${name}`)
  return `
with ${callerSql},
${keysBy[by](withPlaces ? '$10' : '$8')},
wanted as materialized (
  select array(select pnr from keys) || ${asked('$7::char(10)[]', 'persons')} as persons
)
select
${listed.join(',\n')}
`
}

const switches = [true, false] as const
const forms = (['keys', 'id', 'ts'] as const).flatMap((by) =>
  switches.flatMap((withPlaces) => switches.map((withFacts) => ({ by, withPlaces, withFacts }))),
)
const inquiries: ReadonlyMap<string, Statement> = new Map(
  forms.map((form) => [nameOf(form), statement(nameOf(form), inquiryText(form))]),
)

function nameOf({ by, withPlaces, withFacts }: Form): string {
  return `inquiry-by-${by}${withPlaces ? '-places' : ''}${withFacts ? '-facts' : ''}`
}

export type Inquired = {
  readonly findings: Findings
  /** Persons whose facts say something else by now than what is kept beside them. */
  readonly due: readonly string[]
}

export async function inquire(pool: Pool, asked: Inquiry): Promise<Inquired> {
  const { asker, at, today, incident, question } = asked
  const form: Form = {
    by: incident ? ('id' in incident ? 'id' : 'ts') : 'keys',
    withPlaces: incident !== undefined || question.addresses.length + question.roads.length > 0,
    withFacts: asked.withFacts ?? false,
  }
  const name = incident && ('id' in incident ? incident.id : incident.ts)
  const { rows } = await pool.run(present(inquiries.get(nameOf(form)), 'a form of inquiry'), [
    ...callerParameters(asker.token ?? '', at, asker.source),
    name ?? asked.pnr ?? null,
    today,
    asked.authorities,
    question.persons,
    ...(form.withPlaces ? [question.addresses, question.roads] : []),
    ...(form.by === 'keys' ? [asked.municipality ?? null] : []),
  ])
  return readInquired(rows[0] ?? {})
}

type PersonRow = Registered & { readonly isDue: boolean }
type OtherRow = OtherIncident & { readonly isPending: boolean; readonly isOpen: boolean }
type Named = { readonly name: string; readonly type: string }

/** The columns of the statements above; what PostgreSQL built here is what these types say. */
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
  readonly facts?: readonly FactRow[] | null
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
      openCount: others.filter(({ isOpen }) => isOpen).length,
      facts: groupFacts(row.facts ?? []),
    },
  }
}
