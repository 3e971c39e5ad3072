/** People who live at no ordinary address here: emigrated, dead, disappeared, without a home. */

import { addDays, addYears, earlierOf, laterOf, type PlainDate } from '#base/calendar.ts'
import { atHome, changedTo, type Draft, dayBetween, type Workshop } from '#population/draft.ts'
import { draftPerson } from '#population/families.ts'
import { populated, weighted } from '#population/municipalities.ts'
import { surnameOf } from '#population/names.ts'
import type { Memory } from '#population/residents.ts'
import { highRoads, registerBegan } from '#population/roads.ts'
import { isGreenlandic } from '#register/address.ts'
import type { StatusCode } from '#register/codes.ts'
import type { ForeignAddress } from '#register/fact.ts'

/** Statuses that people elsewhere have, with how often; the first people get each of them once. */
const kinds: readonly { readonly value: Elsewhere; readonly weight: number }[] = [
  { value: '90', weight: 62 },
  { value: '80', weight: 24 },
  { value: '70', weight: 3 },
  { value: '20', weight: 6 },
  { value: '30', weight: 1 },
  { value: '03', weight: 3 },
  { value: '07', weight: 1 },
]
type Elsewhere = Extract<StatusCode, '03' | '07' | '20' | '30' | '70' | '80' | '90'>

const foreignAddresses: readonly ForeignAddress[] = [
  { country: '5120', lines: ['Påhittsgatan 4', 'SE-000 00 Prövstad'] },
  { country: '5110', lines: ['Oppdiktet vei 12 B', 'NO-0000 Prøveby'] },
  { country: '5180', lines: ['Musterstraße 7', 'DE-00000 Musterstadt'] },
  { country: '5170', lines: ['3 Example Lane', 'Sampleton', 'XX0 0XX'] },
  { country: '5164', lines: ['Calle del Ejemplo 21, 3º', 'ES-00000 Villamuestra'] },
  { country: '5390', lines: ['100 Sample Avenue', 'Exampleville, NY 00000'] },
]

/** So many people elsewhere, whose earlier homes come from memory. */
export function* peopleElsewhere(shop: Workshop, count: number, memory: Memory): Generator<Draft> {
  for (let made = 0; made < count; made += 1) {
    yield drawElsewhere(shop, kinds[made]?.value ?? shop.dice.weigh(kinds), memory)
  }
}

function drawElsewhere(shop: Workshop, status: Elsewhere, memory: Memory): Draft {
  const { dice } = shop
  const isDead = status === '90'
  const age = isDead ? dice.between(68, 112) : dice.between(20, 75)
  const traits = { sex: dice.chance(0.5) ? ('M' as const) : ('K' as const), age }
  const person = draftPerson(shop, { ...traits, surname: surnameOf(dice, status === '20') })
  if (status === '20') return neverResident(shop, person)
  if (status === '03' || status === '07') return withoutHome(shop, person, status)
  const on = isDead ? diedOn(shop, person) : dayBetween(dice, addYears(shop.today, -9), shop.today)
  const home = memory.recall()
  const since = laterOf(person.bornOn, addDays(laterOf(registerBegan, addYears(on, -12)), 1))
  const lived = home && since < on ? atHome(person, home, since) : person
  const left = changedTo(lived, status, on)
  return status === '80' ? { ...left, abroad: foreignHome(shop, on) } : left
}

/** Dead at an age from 55 to 99, and not before today. */
function diedOn({ dice, today }: Workshop, { bornOn }: Draft): PlainDate {
  const earliest = laterOf(addDays(registerBegan, 400), addYears(bornOn, 55))
  return dayBetween(dice, earliest, earlierOf(today, addYears(bornOn, 99)))
}

export function foreignHome({ dice }: Workshop, from: PlainDate) {
  return { from, value: dice.pick(foreignAddresses) }
}

/** An administrative number: a name, an address abroad and, now and then, one for letters here. */
function neverResident(shop: Workshop, person: Draft): Draft {
  const { dice, today } = shop
  const from = dayBetween(dice, addYears(today, -8), today)
  const letters = { lines: ['c/o Eksempel Løn og Skat', 'Prøvevej 1', '0000 Prøveby'] }
  const contact = { from, to: addYears(from, 9), value: letters }
  return {
    ...person,
    statuses: [{ from, value: '20' }],
    abroad: foreignHome(shop, from),
    ...(dice.chance(0.3) && { contact }),
  }
}

/** Registered on a high road code of a municipality; the status follows from it. */
export function withoutHome(shop: Workshop, person: Draft, status: '03' | '07'): Draft {
  const { dice, today } = shop
  const isGreenland = status === '07'
  const municipality = isGreenland
    ? dice.pick(populated.filter(isGreenlandic))
    : dice.weigh(weighted.filter(({ value }) => !isGreenlandic(value)))
  return registeredAt(person, municipality, dayBetween(dice, addYears(today, -4), today), status)
}

/** The same, in a given municipality from a given day. */
export function registeredAt(
  person: Draft,
  municipality: string,
  from: PlainDate,
  status: '03' | '07',
): Draft {
  const before = status === '07' ? '05' : '01'
  const started = { ...person, statuses: [{ from: person.bornOn, value: before as StatusCode }] }
  const changed = changedTo(started, status, from)
  const home = { municipality, road: highRoads[0].code, house: '' }
  return { ...changed, homes: [...changed.homes, { from, value: home }] }
}
