/**
 * Invented roads and the dwellings along them. Names are put together from common words, so that
 * one may exist somewhere; codes, house numbers and dwellings are no register's.
 */

import { assert } from '#base/assert.ts'
import { date, type PlainDate } from '#base/calendar.ts'
import type { Dice } from '#population/dice.ts'
import { isUrban } from '#population/municipalities.ts'
import { type AddressKey, type AddressParts, addressKey, isGreenlandic } from '#register/address.ts'

export type Road = {
  readonly municipality: string
  readonly code: string
  /** At most 40 characters. */
  readonly name: string
  /** At most 20 characters. */
  readonly addressingName: string
  readonly validFrom: PlainDate
}

export type Address = AddressParts & {
  readonly key: AddressKey
  readonly town?: string
  readonly postcode: string
  readonly rooms: number
  /** Left out: an ordinary dwelling. */
  readonly kind?: 'housing-company'
  readonly validFrom: PlainDate
}

/** The Danish register began on 2 April 1968; nothing here is older. */
export const registerBegan = date('1968-04-02')

/** High roads of every municipality; its own codes end at 9939 (CPR, since 2003). */
export const highRoads = [
  { code: '9900', name: 'Uden fast bopæl', addressingName: 'Uden fast bopæl' },
  { code: '9901', name: 'Rådhuset', addressingName: 'Rådhuset' },
] as const

const lastOrdinaryCode = 9899
const addressingLengthMax = 20
const stems = [
  ...['Ahorn', 'Birke', 'Bøge', 'Dal', 'Ege', 'Elme', 'Enge', 'Fasan', 'Fyrre', 'Gran', 'Hassel'],
  ...['Havre', 'Hede', 'Hvede', 'Hyben', 'Iris', 'Kastanje', 'Kirke', 'Kløver', 'Lærke', 'Linde'],
  ...['Lyng', 'Mose', 'Mølle', 'Nørre', 'Pile', 'Poppel', 'Rosen', 'Rug', 'Rønne', 'Skole', 'Skov'],
  ...['Solsikke', 'Stær', 'Svale', 'Tjørne', 'Ugle', 'Vibe', 'Vild', 'Øster', 'Åkande', 'Ærø'],
]
const endings = ['vej', 'gade', 'vænget', 'parken', ' Allé', 'stræde', 'toften', 'bakken', 'lunden']
const prefixes = ['', 'Gammel ', 'Lille ', 'Store ', 'Nordre ', 'Søndre ', 'Vestre ', 'Østre ']
const towns = ['Lillemark', 'Nørreby', 'Skovhuse', 'Søndermark', 'Vesterby', 'Østerlund', 'Ågerup']

/** The n-th (from 1) ordinary road of a municipality; no two of one municipality share a name. */
export function roadOf(municipality: string, nth: number): Road {
  assert(nth >= 1 && nth <= lastOrdinaryCode, `no road code for road ${nth}`)
  // A step that shares no factor with the number of names visits each once; the start differs.
  const count = stems.length * endings.length
  const place = (nth * 127 + Number(municipality) * 31) % count
  const round = Math.floor((nth - 1) / count)
  const plain = `${stems[place % stems.length]}${endings[Math.floor(place / stems.length)]}`
  const prefix = prefixes[round % prefixes.length] ?? ''
  const again = Math.floor(round / prefixes.length)
  const name = `${prefix}${plain}${again > 0 ? ` ${again + 1}` : ''}`
  const code = String(nth).padStart(4, '0')
  return { municipality, code, name, addressingName: shortened(name), validFrom: registerBegan }
}

/** The roads without dwellings that every municipality has. */
export function highRoadsOf(municipality: string): readonly Road[] {
  return highRoads.map((road) => ({ municipality, ...road, validFrom: registerBegan }))
}

/** One dwelling on a road. */
export function addressOn(
  road: Road,
  within: { readonly house: string; readonly floor?: string; readonly door?: string },
  place: Pick<Address, 'postcode' | 'town' | 'rooms' | 'kind'>,
): Address {
  const { municipality, code } = road
  const parts = { municipality, road: code, ...within }
  return { ...parts, key: addressKey(parts), ...place, validFrom: road.validFrom }
}

/** In Greenland a building is told by its B-number. */
function* buildingsAlong(road: Road, dice: Dice, postcode: string): Generator<Address, never> {
  for (let number = ((40 * Number(road.code)) % 9000) + 1; ; number += dice.between(1, 3)) {
    yield addressOn(road, { house: `B${number}` }, { postcode, rooms: dice.between(2, 5) })
  }
}

/** The dwellings along a road, one after the other and without end: flats or houses. */
export function* dwellingsAlong(
  road: Road,
  dice: Dice,
  postcode: string,
): Generator<Address, never> {
  if (isGreenlandic(road.municipality)) return yield* buildingsAlong(road, dice, postcode)
  const hasFlats = dice.chance(isUrban(road.municipality) ? 0.8 : 0.25)
  const town = !hasFlats && dice.chance(0.12) ? dice.pick(towns) : undefined
  // Every fourth road with flats is a housing company's.
  const isCompanys = hasFlats && Number(road.code) % 4 === 0
  const place = {
    postcode,
    ...(town && { town }),
    ...(isCompanys && ({ kind: 'housing-company' } as const)),
  }
  for (let number = 1; ; number += dice.chance(0.8) ? 2 : 1) {
    const letter = dice.chance(0.06) ? 'A' : ''
    for (const house of letter ? [`${number}A`, `${number}B`] : [`${number}`]) {
      if (!hasFlats) {
        yield addressOn(road, { house }, { ...place, rooms: dice.between(3, 7) })
        continue
      }
      for (const floor of ['st', '1', '2', '3'].slice(0, dice.between(2, 4)))
        for (const door of dice.chance(0.2) ? ['tv', 'mf', 'th'] : ['tv', 'th'])
          yield addressOn(road, { house, floor, door }, { ...place, rooms: dice.between(1, 4) })
    }
  }
}

function shortened(name: string): string {
  if (name.length <= addressingLengthMax) return name
  return name
    .replace(/^(\S)\S* /, '$1 ')
    .slice(0, addressingLengthMax)
    .trimEnd()
}
