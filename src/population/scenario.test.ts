/** The sandbox's named people: the same for a seed, and what their names say. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import type { GeneratedPerson } from '#population/draft.ts'
import { generatePopulation, type Population } from '#population/population.ts'
import { addressKey } from '#register/address.ts'
import { isProtected } from '#register/person.ts'
import { birthDateOf, type Pnr } from '#register/pnr.ts'
import {
  ageOf,
  byKey,
  factsBy,
  households,
  housemates,
  named,
  options,
  people,
  scenario,
  today,
} from '#test/drawn-population.ts'

/** The named people and their neighbours: the first batch. */
function castOf({ batches }: Population): readonly GeneratedPerson[] {
  for (const batch of batches()) return batch.people
  return []
}

test('the named people are the same whatever the size of the population', () => {
  const cast = castOf(generatePopulation(options))
  assert.deepEqual(cast, people.slice(0, cast.length))
  const drawn = [1, 100, 5000].map((size) => generatePopulation({ ...options, persons: size }))
  for (const small of drawn) {
    assert.deepEqual(small.scenario, scenario)
    assert.deepEqual(castOf(small), cast)
  }
})

test('ordinary adults live alone and unprotected, in 0751', () => {
  for (const pnr of [scenario.ordinaryAdult, scenario.withPending]) {
    const person = named(pnr)
    assert.equal(person.status, '01')
    assert.equal(person.address?.municipality, '0751')
    assert.deepEqual(person.protections, [])
    assert.ok(ageOf(person) >= 18)
    assert.deepEqual(housemates(person), [person])
  }
})

test('the family of four is two parents and their children under 15 in one dwelling', () => {
  const [mother, father, ...children] = scenario.familyOfFour.map(named)
  assert.ok(mother && father)
  assert.deepEqual(
    housemates(mother).map(({ pnr }) => pnr),
    scenario.familyOfFour,
  )
  assert.equal(mother.spouse, father.pnr)
  for (const child of children) {
    assert.ok(ageOf(child) < 15)
    assert.deepEqual(child.parents, [mother.pnr, father.pnr])
  }
  assert.equal(mother.address?.municipality, '0751')
})

test('the other named people are what their names say', () => {
  const statuses = {
    dead: '90',
    disappeared: '70',
    emigrated: '80',
    changedNumber: '60',
    noFixedAddress: '03',
    greenlander: '05',
    newcomer: '01',
  } as const
  for (const [role, status] of Object.entries(statuses))
    assert.equal(named(scenario[role as keyof typeof statuses]).status, status, role)
  assert.ok(isProtected(named(scenario.protectedAdult)))
  assert.ok(scenario.protectedFamily.map(named).every(isProtected))
  assert.ok(named(scenario.emigrated).foreignAddress)
  assert.equal(named(scenario.noFixedAddress).address?.road, '9900')
  const successor = named(scenario.changedNumber).successor
  assert.ok(successor && named(successor).status === '01')
  const arrived = factsBy.get(scenario.newcomer)?.find(({ kind }) => kind === 'status')?.from
  assert.equal(arrived, addDays(today, -35))
})

test('the child is 14 with both parents, and the centenarian older than a hundred', () => {
  const child = named(scenario.child14)
  assert.equal(ageOf(child), 14)
  assert.equal(child.parents.length, 2)
  const with_ = housemates(child).map(({ pnr }) => pnr)
  assert.ok(child.parents.every((parent) => with_.includes(parent)))
  const old = named(scenario.centenarian)
  assert.ok(ageOf(old) >= 100 && birthDateOf(old.pnr) < '1927-01-01')
})

test('the flatmates share a dwelling and no surname; the protected mother lives with her two', () => {
  const [one, other] = scenario.flatmates.map(named)
  assert.ok(one && other && one.name.surname !== other.name.surname)
  assert.deepEqual(housemates(one), [one, other])
  assert.ok(ageOf(one) >= 18 && ageOf(other) >= 18)
  const [mother, ...children] = scenario.protectedFamily.map(named)
  assert.ok(mother && children.every(({ parents }) => parents.includes(mother.pnr)))
  assert.deepEqual(housemates(mother), [mother, ...children])
})

test('under other seeds too the named people are as they should be', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const drawn = generatePopulation({ ...options, seed, persons: 1 })
    const { scenario: other } = drawn
    const cast = new Map(castOf(drawn).map(({ pnr, facts }) => [pnr, facts]))
    const surname = (pnr: Pnr) =>
      cast.get(pnr)?.flatMap((fact) => (fact.kind === 'name' ? [fact.value?.surname] : []))[0]
    const [one, another] = other.flatmates.map(surname)
    assert.notEqual(one, another)
    const { addresses: _, ...roles } = other
    const numbers = Object.values(roles).flat()
    assert.equal(new Set(numbers).size, numbers.length)
    assert.ok(numbers.every((pnr) => cast.has(pnr)))
  }
})

test('the named addresses exist and have as many residents as they say', () => {
  const { addresses: ready } = scenario
  assert.ok(ready.length >= 20 && ready.some(({ residents }) => residents > 1))
  assert.ok(ready.filter(({ residents }) => residents === 0).length >= 20)
  assert.ok(new Set(ready.map(({ municipality }) => municipality)).size >= 7)
  for (const { residents, ...parts } of ready) {
    const key = addressKey(parts)
    assert.ok(byKey.has(key), key)
    assert.equal((households.get(key) ?? []).length, residents, key)
  }
})
