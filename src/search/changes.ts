/**
 * What an approval would change, person by person, beside what the register has: for whoever
 * decides, who sees protected data. Pure; knows no door.
 */

import { permitOf } from '#access/permissions.ts'
import { addDays, type PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import { judgeNow } from '#casework/judge-now.ts'
import { personsOf, undecidedOf } from '#casework/outcomes.ts'
import type { Registered } from '#casework/ports.ts'
import type { Situation } from '#incident/situation.ts'
import { addressKey } from '#register/address.ts'
import { protections, statusOf } from '#register/codes.ts'
import type { Fact, FactKind, Residence } from '#register/fact.ts'
import { addressingName } from '#register/name.ts'
import { writeOneLine } from '#register/one-line.ts'
import type { Person } from '#register/person.ts'
import { hiddenName, type Permit, type Protected } from '#register/protected.ts'
import { nameOf } from '#search/disclose.ts'

export type ChangeRow = {
  readonly kind: FactKind
  readonly from: PlainDate
  /** The last day on which it holds, where it ends by itself. */
  readonly through?: PlainDate | undefined
  /** In clear text; empty where there is nothing. */
  readonly before: Text
  readonly after: Text
}

export type PersonChanges = {
  readonly pnr: string
  readonly name: string
  readonly event: string
  readonly rows: readonly ChangeRow[]
}

/**
 * For whom nothing is decided yet. None where a rule refuses it: what would then happen nobody has
 * said.
 */
export function changesOf(standing: Standing): readonly PersonChanges[] {
  const { type, reading, situation, caller, record } = standing
  if (!reading) return []
  if (judgeNow(standing).some(({ severity }) => severity === 'error')) return []
  const permit = permitOf(caller)
  const [own, left] = [personsOf(record), undecidedOf(record)]
  const effect = type
    .effect(reading, situation)
    .filter(({ pnr }) => left.includes(pnr) || !own.includes(pnr))
  return effect.map(({ pnr, event, facts }) => {
    const person = personOf(situation, pnr)
    return {
      pnr,
      event,
      name: person ? nameOf(person, caller) : '',
      rows: facts.map((fact) => ({
        kind: fact.kind,
        from: fact.from,
        ...(fact.to && { through: addDays(fact.to, -1) }),
        before: person ? textBefore(fact, person, standing, permit) : nothing,
        after: textOf(fact, standing),
      })),
    }
  })
}

function personOf(situation: Situation, pnr: string): Person | undefined {
  if (situation.subject.pnr === pnr) return situation.subject
  return situation.persons.get(pnr)
}

const nothing: Text = { da: '', en: '' }

/** What is written alike in both languages: names, numbers, days, addresses. */
function alike(text: string): Text {
  return { da: text, en: text }
}

/** What the register has of the same kind today. */
function textBefore(
  { kind, slot }: Fact,
  person: Person,
  standing: Standing,
  permit: Permit,
): Text {
  const { name, address, foreignAddress, contactAddress } = person
  const told = (value: Protected<string> | undefined): Text => {
    if (value === undefined) return nothing
    const open = value.openTo(permit)
    return open === undefined ? hiddenName : alike(open)
  }
  switch (kind) {
    case 'birth':
      return alike(person.bornOn)
    case 'name':
      return told(name.map(addressingName))
    case 'status':
      return statusOf(person.status).text
    case 'address':
      return told(address?.map((held) => placeOf(held, standing)))
    case 'foreign-address':
      return told(foreignAddress?.map(({ lines }) => lines.join(', ')))
    case 'contact-address':
      return told(contactAddress?.map(({ lines }) => lines.join(', ')))
    case 'protection': {
      const held = person.protections.find(({ type }) => type === slot)
      return held ? protections[held.type].text : nothing
    }
    case 'parent':
      return alike(person.parents.join(', '))
    case 'spouse':
      return alike(person.spouse ?? '')
    case 'successor':
      return alike(person.successor ?? '')
    case 'custody':
    case 'entry':
      return nothing
    default:
      return kind satisfies never
  }
}

function textOf(fact: Fact, standing: Standing): Text {
  if (fact.value === null) return nothing
  switch (fact.kind) {
    case 'birth':
      return alike(fact.value.bornOn)
    case 'name':
      return alike(addressingName(fact.value))
    case 'status':
      return statusOf(fact.value.code).text
    case 'address':
      return alike(placeOf(fact.value, standing))
    case 'foreign-address': {
      const { country, lines } = fact.value
      return alike(
        [...lines, standing.situation.findAuthority(country)?.name ?? country].join(', '),
      )
    }
    case 'contact-address':
      return alike(fact.value.lines.join(', '))
    case 'protection':
      return protections[fact.value.type].text
    case 'parent':
    case 'custody':
    case 'spouse':
    case 'successor':
      return alike(fact.value.pnr)
    case 'entry':
      return alike(fact.value.country)
    default:
      return fact satisfies never
  }
}

/** The road by its name, where this case has to do with it or its person lives; else by its code. */
function placeOf(address: Residence, { situation, subject }: Standing): string {
  const { municipality, road, house, floor, door, careOf } = address
  const dwelling = situation.findDwelling(addressKey(address).slice(5)) ?? homeAt(address, subject)
  const name = municipality === situation.keys.municipality ? situation.findRoad(road) : undefined
  const parts = { house, ...(floor && { floor }), ...(door && { door }) }
  const street = dwelling
    ? writeOneLine({ ...parts, road: dwelling.roadName, ...townOf(dwelling) })
    : [name ?? `${municipality}-${road}`, house, floor, door].filter(Boolean).join(' ')
  return careOf ? `${street} (${careOf})` : street
}

/** What the register calls the place where the person of the case lives, if it is that one. */
function homeAt(address: Residence, { person, place }: Registered) {
  const { roadName, town, postcode, district } = place
  const isHome = person.address?.is((home) => addressKey(home) === addressKey(address)) ?? false
  return isHome && roadName && postcode
    ? { roadName, town: town ?? null, postcode, district: district ?? '' }
    : undefined
}

function townOf({
  town,
  postcode,
  district,
}: {
  readonly town?: string | null
  readonly postcode: string
  readonly district: string
}) {
  return { ...(town && { town }), postcode, district }
}
