/** The invented population: repeatable, fictional, and people as people are. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, ageOn, type PlainDate } from '#base/calendar.ts'
import { populated } from '#population/municipalities.ts'
import { generatePopulation, wholePopulation } from '#population/population.ts'
import { addressKey, isHighRoad, readAddressKey } from '#register/address.ts'
import { addressingName, isNameText, nameLengths } from '#register/name.ts'
import { dwellingOf, isProtected, protectionOf } from '#register/person.ts'
import { birthDateOf, isFictional, sexByNumber } from '#register/pnr.ts'
import {
  addresses,
  ageOf,
  byKey,
  byPnr,
  households,
  housemates,
  named,
  options,
  people,
  persons,
  reference,
  roads,
  scenario,
  today,
  whole,
} from '#test/drawn-population.ts'

test('the same seed gives the same population, byte for byte, and another seed another', () => {
  assert.equal(JSON.stringify(wholePopulation(options)), JSON.stringify(whole))
  const other = wholePopulation({ ...options, seed: 8 })
  assert.notEqual(JSON.stringify(other.people), JSON.stringify(people))
  assert.notEqual(other.scenario.ordinaryAdult, scenario.ordinaryAdult)
})

test('there are exactly as many numbers as were asked for, none of them twice', () => {
  assert.equal(people.length, 2000)
  assert.equal(byPnr.size, 2000)
  for (const size of [60, 137, 500])
    assert.equal(wholePopulation({ ...options, persons: size }).people.length, size)
})

test('every number is invented, tells the birth date and the sex, and is of no 1 January', () => {
  for (const { pnr, bornOn, sex } of persons) {
    assert.ok(isFictional(pnr))
    assert.equal(birthDateOf(pnr), bornOn)
    assert.equal(sexByNumber(pnr), sex)
    assert.ok(!bornOn.endsWith('-01-01') && bornOn <= today)
  }
})

test('all statuses of the register are there but the reserved one', () => {
  const found = new Set(persons.map(({ status }) => status))
  const expected = ['01', '03', '05', '07', '20', '30', '50', '60', '70', '80', '90']
  assert.deepEqual([...found].sort(), expected)
  const resident = persons.filter(({ status }) => status === '01').length
  assert.ok(resident > 1600 && resident < 1800, `${resident} are resident`)
})

test('those with an address have an active status, and the other way round', () => {
  for (const { status, address } of persons) {
    assert.equal(address !== undefined, ['01', '03', '05', '07'].includes(status), status)
    if (address) assert.equal(isHighRoad(address.road), status === '03' || status === '07')
  }
})

test('everyone lives, lived and will live at dwellings that exist', () => {
  const keys = new Set<string>(byKey.keys())
  for (const { facts } of people)
    for (const fact of facts) {
      if (fact.kind !== 'address' || !fact.value || isHighRoad(fact.value.road)) continue
      assert.ok(keys.has(addressKey(fact.value)), JSON.stringify(fact.value))
    }
})

test('facts of one kind and slot never overlap and never end before they begin', () => {
  for (const { facts } of people) {
    const slots = Map.groupBy(facts, ({ kind, slot }) => `${kind} ${slot ?? ''}`)
    for (const [slot, all] of slots) {
      const sorted = all.toSorted((a, b) => (a.from < b.from ? -1 : 1))
      sorted.forEach((fact, at) => {
        assert.ok(fact.to === undefined || fact.from < fact.to, `${slot} is empty`)
        const next = sorted[at + 1]
        if (next) assert.ok(fact.to !== undefined && fact.to <= next.from, `${slot} overlaps`)
      })
    }
  }
})

test('nothing is older than the person, and only moves lie ahead', () => {
  for (const { pnr, facts } of people) {
    const { bornOn } = named(pnr)
    for (const { kind, from } of facts) {
      assert.ok(from >= bornOn, kind)
      if (kind !== 'address') assert.ok(from <= today, `${kind} from ${from}`)
      assert.ok(from <= addDays(today, 28), kind)
    }
  }
})

test('parents are 15 to 55 years older than their children, and are in the register', () => {
  const withParents = persons.filter(({ parents }) => parents.length > 0)
  assert.ok(withParents.length > 200)
  for (const child of withParents)
    for (const parent of child.parents) {
      const age = ageOn(named(parent).bornOn, child.bornOn)
      assert.ok(age >= 15 && age <= 55, `a parent of ${age}`)
    }
})

test('children under 18 live with a parent', () => {
  const children = persons.filter((person) => ageOf(person) < 18 && person.status === '01')
  assert.ok(children.length > 150, `${children.length} children`)
  for (const child of children) {
    const with_ = housemates(child).map(({ pnr }) => pnr)
    assert.ok(child.parents.some((parent) => with_.includes(parent)))
  }
})

test('nobody under age lives alone, and empty dwellings are about one in twelve', () => {
  for (const [key, inside] of households) {
    if (key === undefined) continue
    assert.ok(inside.some((person) => ageOf(person) >= 18))
  }
  const lived = households.size - 1
  const share = persons.filter(({ address }) => address).length / lived
  assert.ok(share > 1.8 && share < 2.4, `${share} in each dwelling`)
})

test('spouses are each other’s, adults, and live together', () => {
  const married = persons.filter(({ spouse }) => spouse)
  assert.ok(married.length > 300, `${married.length} are married`)
  for (const person of married) {
    const spouse = named(person.spouse ?? person.pnr)
    assert.equal(spouse.spouse, person.pnr)
    assert.ok(ageOf(person) >= 20)
    assert.equal(dwellingOf(spouse), dwellingOf(person))
  }
})

test('about one and a half in a hundred are protected, for a year at most', () => {
  const big = wholePopulation({ ...options, persons: 20_000 })
  const share =
    big.people.filter(({ facts }) =>
      facts.some(({ kind, slot }) => kind === 'protection' && slot === '0001'),
    ).length / 20_000
  assert.ok(share > 0.01 && share < 0.02, `${share}`)
  for (const person of persons.filter(isProtected)) {
    const { from, to } = protectionOf(person, '0001') ?? {}
    assert.ok(from && to && to > today && ageOn(from, to) === 1)
  }
  for (const person of persons)
    if (protectionOf(person, '0005')) assert.ok(ageOf(person) >= 15, 'PROT-10')
})

test('some have lived elsewhere before, some moved lately, and some are about to move', () => {
  const moves = people.map(({ facts }) => facts.filter(({ kind }) => kind === 'address'))
  const count = (suits: (from: PlainDate, at: number) => boolean) =>
    moves.filter((homes) => homes.some(({ from }, at) => suits(from, at))).length
  assert.ok(count((_, at) => at > 0) > 400)
  assert.ok(count((from) => from > addDays(today, -36) && from <= today) > 30)
  assert.ok(count((from) => from > today) > 0)
})

test('names are of ISO-8859-1, some with é and ö, and fit an envelope', () => {
  for (const { name } of persons) {
    assert.ok(isNameText(name.given, nameLengths.given), name.given)
    assert.ok(isNameText(name.surname, nameLengths.surname), name.surname)
    if (name.middle) assert.ok(isNameText(name.middle, nameLengths.middle))
    assert.ok(addressingName(name).length <= nameLengths.addressing)
  }
  const letters = new Set(persons.flatMap(({ name }) => [...name.given, ...name.surname]))
  for (const letter of 'æøåéö') assert.ok(letters.has(letter), letter)
})

test('every municipality has roads, dwellings, people and no fixed address to be at', () => {
  const peopled = new Set(persons.map(({ address }) => address?.municipality))
  for (const code of populated) {
    const own = roads.filter(({ municipality }) => municipality === code)
    assert.ok(own.some((road) => road.code === '9900') && own.some((road) => road.code < '9900'))
    assert.equal(new Set(own.map((road) => road.code)).size, own.length)
    assert.equal(new Set(own.map((road) => road.name)).size, own.length)
    assert.ok(peopled.has(code), code)
  }
  for (const code of ['0101', '0751', '0461', '0851', '0561', '0147', '0657']) {
    const own = addresses.filter(({ municipality }) => municipality === code)
    assert.ok(own.length >= 20, code)
    assert.ok(
      own.some(({ key }) => !households.has(key)),
      `no empty dwelling in ${code}`,
    )
  }
})

test('ADR-4: roads of one name lie in several municipalities', () => {
  const places = Map.groupBy(roads, ({ name }) => name)
  const shared = [...places].filter(([, all]) => all.length > 1 && !isHighRoad(all[0]?.code ?? ''))
  assert.ok(shared.length > 5)
})

test('roads and dwellings fit the register: lengths, keys, rooms and post codes', () => {
  const codes = new Set(reference.postcodes.map(({ code }) => code))
  const onRoad = new Set(roads.map(({ municipality, code }) => `${municipality}-${code}`))
  for (const { name, addressingName: short } of roads)
    assert.ok(name.length <= 40 && short.length <= 20, name)
  for (const { key, municipality, road, postcode, rooms } of addresses) {
    assert.equal(readAddressKey(key), key)
    assert.ok(onRoad.has(`${municipality}-${road}`) && codes.has(postcode))
    assert.ok(rooms >= 1 && rooms <= 7)
  }
  assert.equal(byKey.size, addresses.length)
})

test('a population of fifty thousand needs no road twice', () => {
  const seen = new Set<string>()
  for (const batch of generatePopulation({ ...options, persons: 50_000 }).batches())
    for (const { municipality, name, code } of batch.roads) {
      for (const key of [`${municipality} ${name}`, `${municipality} ${code}`]) {
        assert.ok(!seen.has(key), key)
        seen.add(key)
      }
    }
})
