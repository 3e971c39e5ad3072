/** The dwellings that the sandbox names to its users, with how many live in each today. */

import type { GeneratedPerson } from '#population/draft.ts'
import type { Address } from '#population/roads.ts'
import type { ScenarioPlaces } from '#population/scenario-places.ts'
import { addressKey } from '#register/address.ts'

/** An address of the ready file; empty parts are empty texts. */
export type ReadyAddress = {
  readonly municipality: string
  readonly road: string
  readonly house: string
  readonly floor: string
  readonly door: string
  readonly residents: number
}

const ofEachKind = 4

/** In each municipality up to four empty dwellings and four lived in, the towns in turn. */
export function readyAddresses(
  places: ScenarioPlaces,
  people: readonly GeneratedPerson[],
): readonly ReadyAddress[] {
  const residents = countResidents(people)
  const ranked = [...Map.groupBy(places.addresses, ({ municipality }) => municipality).values()]
    .map((dwellings) => dwellings.map((each) => ready(each, residents.get(each.key) ?? 0)))
    .flatMap((dwellings) => [
      ...dwellings.filter((each) => each.residents === 0).slice(0, ofEachKind),
      ...dwellings.filter((each) => each.residents > 0).slice(0, ofEachKind),
    ])
  const turns = [...Map.groupBy(ranked, ({ municipality }) => municipality).values()]
  const longest = Math.max(...turns.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) =>
    turns.flatMap((each) => each[turn] ?? []),
  ).flat()
}

function ready(address: Address, residents: number): ReadyAddress {
  const { municipality, road, house, floor = '', door = '' } = address
  return { municipality, road, house, floor, door, residents }
}

/** Homes that have no end; nobody of the scenario is about to move. */
function countResidents(people: readonly GeneratedPerson[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const fact of people.flatMap(({ facts }) => facts)) {
    if (fact.kind !== 'address' || fact.to !== undefined || fact.value === null) continue
    const key = addressKey(fact.value)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
