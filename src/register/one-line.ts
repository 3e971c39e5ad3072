/** An address as one line of text, the way CPR has written it since 2023, and read back again. */

import {
  isBuilding,
  publicFloor,
  readBuilding,
  readDoor,
  readFloor,
  readHouse,
} from '#register/address.ts'

/** What a one-line address tells; it has names where a key has codes. */
export type OneLine = {
  readonly road: string
  readonly house: string
  readonly floor?: string
  readonly door?: string
  /** The supplementary town name, such as 'Komdrup'. */
  readonly town?: string
  readonly postcode: string
  readonly district: string
}

/** CPR's field for the standard address. */
const standardLengthMax = 34

/** The part of the street: 'Strandvejen 123A, st. tv', and 'Aqqusineq B-1234' (inferred). */
export function writeStreet(address: Omit<OneLine, 'town' | 'postcode' | 'district'>): string {
  const { road, house, floor, door } = address
  const within = [floor && `${publicFloor(floor)}.`, door].filter(Boolean).join(' ')
  const number = isBuilding(house) ? `B-${house.slice(1)}` : house
  return [`${road} ${number}`.trim(), within].filter(Boolean).join(', ')
}

/**
 * The standard address of GCTP (STADR): the part of the street alone, in at most 34 characters.
 * Where the road's name is too long its addressing name is taken, and the end of that gives way
 * before the house does.
 */
export function standardAddress(
  address: Omit<OneLine, 'town' | 'postcode' | 'district'>,
  addressingName: string,
): string {
  const whole = writeStreet(address)
  if (whole.length <= standardLengthMax) return whole
  const short = writeStreet({ ...address, road: addressingName })
  const excess = short.length - standardLengthMax
  if (excess <= 0) return short
  return writeStreet({ ...address, road: addressingName.slice(0, -excess).trimEnd() })
}

/** 'Lærkevej 9C, 1. tv, Komdrup, 9293 Kongerslev'. */
export function writeOneLine(address: OneLine): string {
  const { town, postcode, district } = address
  return [writeStreet(address), town, `${postcode} ${district}`].filter(Boolean).join(', ')
}

/**
 * Reads what writeOneLine wrote. A lone part between street and postcode is a floor when it ends in
 * a full stop or a door follows one, a door when it is a small-letter door, and else a town: towns
 * begin with a capital.
 */
export function readOneLine(text: string): OneLine | undefined {
  const [street = '', ...rest] = text.trim().split(/, */)
  const place = /^(\d{4}) (\S.*)$/.exec(rest.pop() ?? '')
  const building = / (B-\d+)$/.exec(street)?.[1]
  const number = building ?? / (\d+ ?[A-Za-z]?)$/.exec(street)?.[1] ?? ''
  const house = building === undefined ? readHouse(number) : readBuilding(building)
  const road = number === '' ? '' : street.slice(0, -number.length - 1)
  if (!place || house === undefined || road === '' || rest.length > 2) return undefined
  const within = readWithin(rest[0])
  const town = within ? rest[1] : rest[0]
  if (!within && rest.length === 2) return undefined
  const [, postcode = '', district = ''] = place
  return { road, house, ...within, ...(town && { town }), postcode, district }
}

function readWithin(
  text: string | undefined,
): { readonly floor?: string; readonly door?: string } | undefined {
  if (text === undefined) return undefined
  const [, before, after = ''] = /^(\w+)\.(?: (\S+))?$/.exec(text) ?? []
  if (before !== undefined) {
    const floor = readFloor(before)
    const door = isSmall(after) ? readDoor(after) : undefined
    if (!floor || door === undefined) return undefined
    return { floor, ...(door && { door }) }
  }
  const door = isSmall(text) ? readDoor(text) : undefined
  return door ? { door } : undefined
}

function isSmall(text: string): boolean {
  return text === text.toLowerCase()
}
