/** The dwellings of the sandbox's named people and the empty ones beside them. Knows no person. */

import { present } from '#base/assert.ts'
import { type Address, addressOn, highRoadsOf, type Road, roadOf } from '#population/roads.ts'
import { isGreenlandic } from '#register/address.ts'

/** Municipalities with a road 0001 whose dwellings are the scenario's alone, and how many. */
const dwellingCounts = {
  '0751': 40,
  '0101': 20,
  '0461': 20,
  '0851': 20,
  '0561': 20,
  '0147': 20,
  '0657': 20,
  '0956': 6,
} as const

export type ScenarioMunicipality = keyof typeof dwellingCounts

export const scenarioMunicipalities = Object.keys(dwellingCounts) as ScenarioMunicipality[]

/** Flats from this one on; the first are houses with room for a family. */
export const firstFlat = 8

export type ScenarioPlaces = {
  readonly roads: readonly Road[]
  readonly addresses: readonly Address[]
  readonly dwelling: (municipality: ScenarioMunicipality, nth: number) => Address
}

/** The dwellings, given the first post code of each municipality. */
export function scenarioPlaces(postcodeOf: (municipality: string) => string): ScenarioPlaces {
  const roads = scenarioMunicipalities.map((code) => roadOf(code, 1))
  const byMunicipality = new Map(
    roads.map((road) => {
      const count = dwellingCounts[road.municipality as ScenarioMunicipality]
      const postcode = postcodeOf(road.municipality)
      return [
        road.municipality,
        Array.from({ length: count }, (_, nth) => dwellingOn(road, nth, postcode)),
      ]
    }),
  )
  return {
    roads: [...roads, ...scenarioMunicipalities.flatMap(highRoadsOf)],
    addresses: [...byMunicipality.values()].flat(),
    dwelling: (municipality, nth) =>
      present(byMunicipality.get(municipality)?.[nth], `dwelling ${nth} of ${municipality}`),
  }
}

/** Even numbers are houses; odd ones have six flats each, two on a floor. B-numbers in Greenland. */
function dwellingOn(road: Road, nth: number, postcode: string): Address {
  if (nth < firstFlat || isGreenlandic(road.municipality)) {
    const letter = isGreenlandic(road.municipality) ? 'B' : ''
    return addressOn(road, { house: `${letter}${2 * nth + 2}` }, { postcode, rooms: 4 + (nth % 3) })
  }
  const flat = nth - firstFlat
  const house = `${2 * Math.floor(flat / 6) + 1}`
  const floor = ['st', '1', '2'][Math.floor((flat % 6) / 2)] ?? 'st'
  const door = flat % 2 === 0 ? 'tv' : 'th'
  return addressOn(road, { house, floor, door }, { postcode, rooms: 2 + (flat % 3) })
}
