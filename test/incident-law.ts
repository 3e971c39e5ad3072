/**
 * Given a situation built from small pieces, when data are sent, then these refusals, marks and
 * facts: the words in which the rules of the incident types are tested. Knows no store and no door.
 */

import assert from 'node:assert/strict'
import { present } from '#base/assert.ts'
import { addYears, date, type PlainDate } from '#base/calendar.ts'
import type { Change, Incident } from '#incident/define.ts'
import type { Reading } from '#incident/fields.ts'
import type { Hearing } from '#incident/hearing.ts'
import { readData, type Sent } from '#incident/read.ts'
import type { Refusal } from '#incident/refusal.ts'
import {
  type Dwelling,
  type MunicipalSettings,
  nationalSettings,
  type Situation,
} from '#incident/situation.ts'
import type { Residence } from '#register/fact.ts'
import { type OpenPerson, type Person, shut } from '#register/person.ts'
import { fictionalPnr, type Pnr, type Sex } from '#register/pnr.ts'
import { Permit } from '#register/protected.ts'
import { eventTime } from '#register/status.ts'

/** The day on which the tests play, unless they say otherwise: an ordinary Tuesday. */
export const today = date('2026-03-10')

/** Where everyone lives, unless a test says otherwise. */
export const home: Residence = {
  municipality: '0751',
  road: '0012',
  house: '14',
  floor: '2',
  door: 'tv',
}

/** Data of a move to the empty dwelling below, and of a plain protection. */
export const moveData: Sent = { road: '0034', house: '5' }

let numbered = 0

/** A person of the register: an adult at home, unless the parts say otherwise. Never twice one. */
export function person(parts: Partial<OpenPerson> = {}): Person {
  numbered += 1
  const bornOn = parts.bornOn ?? date('1980-06-15')
  const sex: Sex = parts.sex ?? 'K'
  return shut({
    pnr: present(fictionalPnr(bornOn, sex, numbered % 60), 'a fictional number'),
    sex,
    bornOn,
    name: { given: 'Petra', surname: `Prøve${'abcdefghij'[numbered % 10]}` },
    status: '01',
    statusFrom: bornOn,
    statusStartedAt: eventTime(parts.statusFrom ?? bornOn),
    address: { ...home, from: date('2020-01-01') },
    protections: [],
    parents: [],
    ...parts,
  })
}

/** The same with nothing shut, for a test that looks at what the register keeps. */
export function opened({ name, address, foreignAddress, contactAddress, ...rest }: Person) {
  const whole = {
    ...rest,
    name: present(name.openTo(all), 'a name'),
    ...(address && { address: present(address.openTo(all), 'an address') }),
    ...(foreignAddress && { foreignAddress: present(foreignAddress.openTo(all), 'one abroad') }),
    ...(contactAddress && { contactAddress: present(contactAddress.openTo(all), 'a contact') }),
  }
  return whole satisfies OpenPerson
}

const all = new Permit(true)

/** The parts of a person who is as old as that on a day, or so many days younger. */
export function bornFor(years: number, on: PlainDate = today): { readonly bornOn: PlainDate } {
  return { bornOn: addYears(on, -years) }
}

/** The parts of a person with name and address protection. */
export function protectedUntil(to?: PlainDate): Pick<Person, 'protections'> {
  return { protections: [{ type: '0001', from: date('2025-06-01'), ...(to && { to }) }] }
}

/** A person without any address in Denmark. */
export function nowhere(status: Person['status'], parts: Partial<OpenPerson> = {}): Person {
  const { address: _, ...rest } = person({ status, ...parts })
  return rest
}

export function dwelling(parts: Partial<Dwelling> = {}): Dwelling {
  return {
    key: '',
    municipality: '0751',
    road: '0034',
    roadName: 'Prøvegade',
    house: '5',
    floor: '',
    door: '',
    postcode: '8000',
    district: 'Aarhus C',
    rooms: 4,
    kind: 'ordinary',
    people: [],
    leaving: [],
    ...parts,
  }
}

type Parts = Partial<
  Pick<
    Situation,
    | 'subject'
    | 'household'
    | 'today'
    | 'reportedOn'
    | 'pending'
    | 'earlier'
    | 'arriving'
    | 'events'
    | 'facts'
  >
> & {
  readonly date?: PlainDate
  readonly settings?: Partial<MunicipalSettings>
  readonly municipality?: string
  /** Whom the register knows beside the subject and the household. */
  readonly others?: readonly Person[]
  readonly dwellings?: readonly Dwelling[]
}

const authorities: { readonly [code: string]: { readonly name: string; readonly type: string } } = {
  '0751': { name: 'Aarhus', type: '05' },
  '0851': { name: 'Aalborg', type: '05' },
  '0957': { name: 'Qeqqata', type: '05' },
  '5100': { name: 'Danmark', type: '30' },
  '5110': { name: 'Norge', type: '30' },
  '5170': { name: 'Storbritannien', type: '30' },
  '5999': { name: 'Land Ukendt', type: '30' },
  '1081': { name: 'Region Nordjylland', type: '20' },
}
const roads: { readonly [code: string]: string } = { '0012': 'Testvej', '0034': 'Prøvegade' }

export function situation(parts: Parts = {}): Situation {
  const subject = parts.subject ?? person()
  const household = parts.household ?? []
  const now = parts.today ?? today
  const everyone = [subject, ...household, ...(parts.others ?? [])]
  const dwellings = parts.dwellings ?? [
    dwelling(),
    dwelling({ ...home, rooms: 3, people: [subject] }),
  ]
  const tail = ({ road, house, floor, door }: Dwelling) => `${road}-${house}-${floor}-${door}`
  return {
    keys: {
      pnr: subject.pnr,
      date: parts.date ?? now,
      municipality: parts.municipality ?? '0751',
    },
    settings: { ...nationalSettings, ...parts.settings },
    today: now,
    reportedOn: parts.reportedOn ?? now,
    subject,
    persons: new Map(everyone.map((each) => [each.pnr, each])),
    household,
    findDwelling: (wanted) => dwellings.find((each) => tail(each) === wanted),
    findRoad: (code) => roads[code],
    findAuthority: (code) => authorities[code],
    events: parts.events ?? [],
    facts: parts.facts ?? new Map(),
    lastMunicipality: subject.lastMunicipality,
    pending: parts.pending ?? [],
    earlier: parts.earlier ?? [],
    arriving: parts.arriving ?? 0,
  }
}

/** A number and the key or field that it blames. */
type Blame = readonly [number: number, field: string]

export type Case = {
  readonly situation: Situation
  readonly refusals: (data: Sent) => readonly Refusal[]
  readonly candidates: (field: string) => readonly string[]
  readonly marks: (data: Sent) => readonly string[]
  readonly hearings: (data: Sent) => readonly Hearing[]
  readonly effect: (data: Sent) => readonly Change[]
  /** Exactly these refusals, in this order; none when it is accepted. */
  readonly expectRefused: (data: Sent, ...blames: readonly Blame[]) => void
  readonly expectAccepted: (data: Sent) => void
}

export function given(type: Incident, parts: Parts = {}): Case {
  const there = situation(parts)
  const read = (data: Sent): Reading => {
    const result = readData(type.shape, data)
    assert.ok(result.ok, `not well formed: ${JSON.stringify(result)}`)
    return result.value
  }
  const refusals = (data: Sent) => type.judge(read(data), there)
  const expectRefused = (data: Sent, ...blames: readonly Blame[]) =>
    assert.deepEqual(
      refusals(data).map(({ number, field }) => [number, field]),
      blames,
    )
  return {
    situation: there,
    refusals,
    candidates: (field) => (type.candidates(there)[field] ?? []).map(({ value }) => value),
    marks: (data) => type.marks(read(data), there).map(({ code }) => code),
    hearings: (data) => type.hearings(read(data), there),
    effect: (data) => type.effect(read(data), there),
    expectRefused,
    expectAccepted: (data) => expectRefused(data),
  }
}

/** Every text that a refusal, a mark or a translation has, in both languages. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

export const numbersOf = (persons: readonly Person[]): readonly Pnr[] =>
  persons.map(({ pnr }) => pnr)
