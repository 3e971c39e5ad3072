/** One invented population, folded to the persons of a day, for the tests that ask about people. */

import assert from 'node:assert/strict'
import { ageOn, date, type PlainDate } from '#base/calendar.ts'
import { wholePopulation } from '#population/population.ts'
import type { RecordedFact } from '#register/fact.ts'
import { dwellingOf, type OpenPerson, openPersonOn } from '#register/person.ts'
import type { Pnr } from '#register/pnr.ts'
import { readReferenceFiles } from '#store/reference.ts'

export const today = date('2026-06-15')
export const reference = readReferenceFiles(today)
export const options = { seed: 7, persons: 2000, today, reference }
export const whole = wholePopulation(options)
export const { roads, addresses, people, scenario } = whole
export const factsBy = new Map(
  people.map(({ pnr, facts }) => [
    pnr,
    facts.map((fact, at): RecordedFact => ({ ...fact, eventNo: 1, line: at + 1 })),
  ]),
)
export const persons = people.map(({ pnr }) => personAt(pnr, today))
export const byPnr = new Map(persons.map((person) => [person.pnr, person]))
export const byKey = new Map(addresses.map((address) => [address.key, address]))
export const households = Map.groupBy(persons, (person) => dwellingOf(person))

function personAt(pnr: Pnr, day: PlainDate): OpenPerson {
  return openPersonOn(pnr, factsBy.get(pnr) ?? [], day)
}

export function named(pnr: Pnr): OpenPerson {
  const person = byPnr.get(pnr)
  assert.ok(person)
  return person
}

export const ageOf = ({ bornOn }: OpenPerson) => ageOn(bornOn, today)
export const housemates = (person: OpenPerson) => households.get(dwellingOf(person)) ?? []
