/**
 * An invented population from a seed: roads, dwellings and people with their facts, in batches, so
 * that a million needs no more memory than a thousand. Knows no storage.
 */

import { assert, present } from '#base/assert.ts'
import type { PlainDate } from '#base/calendar.ts'
import { diceOf } from '#population/dice.ts'
import { factsOf, type GeneratedPerson } from '#population/draft.ts'
import { peopleElsewhere } from '#population/elsewhere.ts'
import { quotas } from '#population/municipalities.ts'
import { openNumbers } from '#population/numbers.ts'
import type { Reference } from '#population/reference.ts'
import { type Batch, openMemory, residenceAt, residentsOf } from '#population/residents.ts'
import type { Address, Road } from '#population/roads.ts'
import { drawScenario, type Scenario } from '#population/scenario.ts'
import { scenarioPlaces } from '#population/scenario-places.ts'

export type PopulationOptions = {
  readonly seed: number
  /** How many civil registration numbers, the named people among them. */
  readonly persons: number
  readonly today: PlainDate
  readonly reference: Reference
}

export type Population = {
  /** How many numbers the batches hold; at least the named people. */
  readonly persons: number
  readonly scenario: Scenario
  /** Draws the population from the start; the first batch is the scenario's. */
  readonly batches: () => Generator<Batch>
}

/** Everything at once: for tests and small populations. */
export type WholePopulation = {
  readonly roads: readonly Road[]
  readonly addresses: readonly Address[]
  readonly people: readonly GeneratedPerson[]
  readonly scenario: Scenario
}

/** The share of numbers whose people live at no ordinary address here. */
const elsewhereShare = 0.13
const elsewhereBatch = 500

/** The population of a seed; the same arguments give the same one, fact for fact. */
export function generatePopulation(options: PopulationOptions): Population {
  const { seed, today, reference } = options
  const postcodes = postcodesOf(reference)
  const places = scenarioPlaces((municipality) => postcodes(municipality)[0])
  const begin = () => {
    const numbers = openNumbers()
    const named = drawScenario({ dice: diceOf(seed, 'scenario'), numbers, today }, places)
    return { ...named, shop: { dice: diceOf(seed, 'population'), numbers, today } }
  }
  const { scenario, batch } = begin()
  const persons = Math.max(options.persons, batch.people.length)
  const drawn = persons - batch.people.length
  const elsewhere = Math.round(drawn * elsewhereShare)
  function* batches(): Generator<Batch> {
    const { batch: named, shop } = begin()
    yield named
    const memory = openMemory(shop)
    for (const address of named.addresses) memory.remember(residenceAt(address))
    const scenarioHigh = new Set(named.roads.map(({ municipality }) => municipality))
    for (const [municipality, quota] of quotas(drawn - elsewhere)) {
      const place = {
        municipality,
        postcodes: postcodes(municipality),
        withHighRoads: !scenarioHigh.has(municipality),
      }
      yield* residentsOf(shop, place, quota, memory)
    }
    let people: GeneratedPerson[] = []
    for (const draft of peopleElsewhere(shop, elsewhere, memory)) {
      people.push(factsOf(draft))
      if (people.length < elsewhereBatch) continue
      yield { roads: [], addresses: [], people }
      people = []
    }
    yield { roads: [], addresses: [], people }
  }
  return { persons, scenario, batches }
}

/** All batches together. */
export function wholePopulation(options: PopulationOptions): WholePopulation {
  const { scenario, batches } = generatePopulation(options)
  const all = [...batches()]
  return {
    scenario,
    roads: all.flatMap(({ roads }) => roads),
    addresses: all.flatMap(({ addresses }) => addresses),
    people: all.flatMap(({ people }) => people),
  }
}

type Postcodes = (municipality: string) => readonly [string, ...string[]]

function postcodesOf({ postcodes }: Reference): Postcodes {
  const found = Map.groupBy(postcodes, ({ municipality }) => municipality)
  return (municipality) => {
    const all = present(found.get(municipality), `a post code of ${municipality}`)
    const [first, ...rest] = all.map(({ code }) => code)
    assert(first !== undefined, 'a group has a first')
    return [first, ...rest]
  }
}
