/**
 * An invented population with canaries in it: everybody who is protected gets names that nobody
 * else has, and two hundred more protected people move in, with children and lodgers, on a road of
 * their own. It knows no storage.
 */

import { addDays, addYears, date, type PlainDate } from '#base/calendar.ts'
import { atHome, type Draft, factsOf, type GeneratedPerson } from '#population/draft.ts'
import { openNumbers } from '#population/numbers.ts'
import type { Population } from '#population/population.ts'
import { type Batch, residenceAt } from '#population/residents.ts'
import { type Address, registerBegan } from '#population/roads.ts'
import { addressKey } from '#register/address.ts'
import type { Fact } from '#register/fact.ts'
import type { Pnr, Sex } from '#register/pnr.ts'
import { type Bird, canary } from '#test/canaries/canary.ts'

const households = 67
const municipality = '0751'
const firstRoad = 7701

/** The same population with a flock; whose each canary is is known once the batches are drawn. */
export function withCanaries(
  population: Population,
  today: PlainDate,
  flock: string,
): { readonly population: Population; readonly people: readonly Pnr[] } {
  const people: Pnr[] = []
  const sing = (person: GeneratedPerson) =>
    sung(person, { flock, index: people.push(person.pnr) - 1 })
  function* batches(): Generator<Batch> {
    const taken = new Set<string>()
    for (const batch of population.batches()) {
      for (const { pnr } of batch.people) taken.add(pnr)
      const singers = batch.people.map((each) => (isProtected(each, today) ? sing(each) : each))
      yield { ...batch, people: singers }
    }
    const first = people.length
    const moved = moveIn(taken, today, (nth) => canary({ flock, index: first + 3 * nth }, 'a'))
    yield { ...moved, people: moved.people.map(sing) }
  }
  const persons = population.persons + households * 3
  return { people, population: { ...population, persons, batches } }
}

function isProtected({ facts }: GeneratedPerson, today: PlainDate): boolean {
  return facts.some(
    ({ kind, slot, from, to }) =>
      kind === 'protection' && slot === '0001' && from <= today && (to === undefined || to > today),
  )
}

/** Every name and address of that person is a canary, of whatever day. */
function sung({ pnr, facts }: GeneratedPerson, bird: Bird): GeneratedPerson {
  return {
    pnr,
    facts: facts.map((fact): Fact => {
      if (fact.value === null) return fact
      switch (fact.kind) {
        case 'name': {
          const value = { given: canary(bird, 'g'), surname: canary(bird, 's') }
          return { ...fact, value }
        }
        case 'address':
          return { ...fact, value: { ...fact.value, careOf: `c/o ${canary(bird, 'c')}` } }
        case 'contact-address':
          return { ...fact, value: { ...fact.value, lines: [canary(bird, 'k')] } }
        case 'foreign-address':
          return { ...fact, value: { ...fact.value, lines: [canary(bird, 'f')] } }
        default:
          return fact
      }
    }),
  }
}

/**
 * A parent, a child and a lodger in each dwelling: two hundred, and one over. Each dwelling has a
 * road to itself, so that its name tells of them alone.
 */
function moveIn(
  taken: ReadonlySet<string>,
  today: PlainDate,
  roadName: (nth: number) => string,
): Batch {
  const numbers = openNumbers()
  const kept = (bornOn: PlainDate, sex: Sex, home: Address, parents: readonly Pnr[]): Draft => {
    let drawn = numbers(bornOn, sex)
    while (taken.has(drawn.pnr)) drawn = numbers(bornOn, sex)
    const from = addDays(today, -180)
    const lines = ['Kontakt']
    const draft: Draft = {
      ...{ ...drawn, sex, parents, homes: [], name: { given: 'Navn', surname: 'Navnesen' } },
      statuses: [{ from: drawn.bornOn, value: '01' }],
      protections: [{ from, to: addYears(from, 1), value: '0001' }],
      contact: { from, value: { lines } },
    }
    return atHome(draft, residenceAt(home), addYears(today, -3))
  }
  const addresses = Array.from({ length: households }, (_, nth) => dwelling(nth))
  const drafts = addresses.flatMap((home) => {
    const parent = kept(date('1961-02-03'), 'K', home, [])
    const child = kept(addYears(today, -9), 'M', home, [parent.pnr])
    return [parent, child, kept(date('1971-04-05'), 'M', home, [])]
  })
  const roads = addresses.map(({ road: code }, nth) => {
    const name = roadName(nth)
    return { municipality, code, validFrom: registerBegan, name, addressingName: name }
  })
  return { roads, addresses, people: drafts.map(factsOf) }
}

function dwelling(nth: number): Address {
  const parts = { municipality, road: String(firstRoad + nth), house: String(nth * 2 + 1) }
  const more = { postcode: '8000', rooms: 4, validFrom: registerBegan }
  return { ...parts, key: addressKey(parts), ...more }
}
