/** Finds addresses by how people write them: road, house number, floor and door, or how it begins. */

import type { Addresses, JsonClient } from '#client/index.ts'
import { readFloor } from '#register/address.ts'
import { writeOneLine } from '#register/one-line.ts'
import { known } from '#self-service/known.ts'

type Dwelling = NonNullable<Addresses['dwellings']>[number]

/** What may be chosen: a dwelling; or a road, whose dwellings are then shown. */
export type AddressItem = {
  /** 'RRRR|house|floor|door'; of a road only its code. */
  readonly value: string
  readonly text: string
}

const itemsMax = 40
const roadsMax = 4
/** As many as the door gives at once. */
const listedMax = 200

/** Dwellings where one can tell, else the roads that it may be. */
export async function searchAddresses(
  json: JsonClient,
  municipality: string,
  written: string,
): Promise<readonly AddressItem[]> {
  const { road, house, floor, rest } = partsOf(written)
  if (!/^\d{4}$/.test(municipality) || road === '' || road.length > 40) return []
  const found = known(await json.roads(municipality, road)).roads ?? []
  const exact = found.filter(({ name }) => name.toLowerCase() === road.toLowerCase())
  const roads = exact.length > 0 ? exact : found
  if (roads.length > 1 && house === '') {
    return roads.map(({ code, name }) => ({ value: code, text: name })).slice(0, itemsMax)
  }
  const items = await Promise.all(
    roads.slice(0, roadsMax).map(async ({ code, name }) => {
      const place = { municipality, road: code, ...(floor !== undefined && { floor }) }
      const { dwellings = [] } = known(await json.dwellings(place, house, listedMax))
      return dwellings.map((dwelling) => itemOf(code, name, dwelling))
    }),
  )
  const wanted = plain(rest)
  return items
    .flat()
    .filter(({ text }) => plain(text).includes(wanted))
    .slice(0, itemsMax)
}

/** The dwelling with that value; undefined when it is none of the register. */
export async function findDwelling(
  json: JsonClient,
  municipality: string,
  value: string,
): Promise<(AddressItem & { readonly parts: AddressParts }) | undefined> {
  const [road = '', house = '', floor = '', door = ''] = value.split('|')
  if (!/^\d{4}$/.test(municipality) || !/^\d{4}$/.test(road) || !/^\w{1,5}$/.test(house)) {
    return undefined
  }
  const place = { municipality, road, floor, door }
  const answer = await json.dwellings(place, house, listedMax)
  // What is no floor or door by its form is none that exists.
  if (!answer.ok) return undefined
  const { roads = [], dwellings = [] } = answer.value
  const dwelling = dwellings.find((each) => each.house === house)
  if (dwelling === undefined) return undefined
  return { ...itemOf(road, roads[0]?.name ?? road, dwelling), parts: { road, house, floor, door } }
}

/** Of a road that exists. */
export async function findRoadName(
  json: JsonClient,
  municipality: string,
  road: string,
): Promise<string | undefined> {
  if (!/^\d{4}$/.test(municipality) || !/^\d{4}$/.test(road)) return undefined
  return known(await json.dwellings({ municipality, road }, '', 1)).roads?.[0]?.name
}

export type AddressParts = {
  readonly road: string
  readonly house: string
  readonly floor: string
  readonly door: string
}

function itemOf(road: string, name: string, dwelling: Dwelling): AddressItem {
  const { house, floor, door, postcode } = dwelling
  const place = { postcode: postcode.code, district: postcode.district }
  const within = { house, ...(floor && { floor }), ...(door && { door }) }
  return {
    value: [road, house, floor ?? '', door ?? ''].join('|'),
    text: writeOneLine({ road: name, ...within, ...place }),
  }
}

/** 'Testvej 12, 2. tv' in its parts; what stands after the post code is not needed to find it. */
function partsOf(written: string) {
  const bare = written
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/, \d{4} [^,]*$/, '')
  const at = bare.search(/\d/)
  if (at < 0) return { road: bare, house: '', floor: undefined, rest: '' }
  const [house = ''] = /^\d+[A-Za-z]?/.exec(bare.slice(at)) ?? []
  const road = bare.slice(0, at).replace(/,? $/, '')
  const rest = bare.slice(at + house.length)
  // As soon as a floor is written whole, only it is asked for: a big building has many.
  const [, whole = ''] = /^[, ]+([0-9a-z]{1,2})(?:\. ?|,? (?=\S))/i.exec(rest) ?? []
  return { road, house: house.toUpperCase(), floor: readFloor(whole) || undefined, rest }
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-zæøå0-9]+/g, '')
}
