/**
 * The parts of a Danish address, each in one canonical form, and the key made of them.
 * It knows which parts can be, not which addresses there are.
 */

import { assert } from '#base/assert.ts'

/** 'MMMM-RRRR-house-floor-door' with empty parts left empty; the primary key of an address. */
export type AddressKey = string & { readonly addressKey: unique symbol }

/**
 * An address inside a municipality, in canonical forms: house '12A', floor 'st', 'kl', 'k2' or '1',
 * door 'th', 'tv', 'mf' or '12'. On a high road code the house is empty: there is no dwelling.
 * In Greenland a building may be told by its B-number in place of a house number: 'B1234'. One part
 * holds either, so that no address can have both (rules 9.2).
 */
export type AddressParts = {
  readonly municipality: string
  readonly road: string
  readonly house: string
  readonly floor?: string
  readonly door?: string
}

/** The 4, 2, 4 and 4 characters that CPR's records and GCTP have for house, floor, door and BNR. */
export type RecordParts = {
  readonly house: string
  readonly floor: string
  readonly door: string
  readonly building: string
}

const fourDigits = /^\d{4}$/
const houseForm = /^0{0,3}([1-9]\d{0,2}) ?([a-z])?$/i
const buildingForm = /^(?:b-?)?0{0,3}([1-9]\d{0,3})$/i
const storeyForm = /^0?([1-9]\d?)$/
const cellarForm = /^(?:kl|k)([1-9])?$/
const doorForm = /^[a-z0-9æøå/-]{1,4}$/

/** Reads a house number 1-999 with at most one letter; '0123A' is '123A' (rules ADR-2, ADR-5). */
export function readHouse(text: string): string | undefined {
  const parts = houseForm.exec(text.trim())
  return parts ? `${parts[1]}${(parts[2] ?? '').toUpperCase()}` : undefined
}

/** Reads a B-number 1-9999 of Greenland, as '1234', 'B1234' or 'B-1234'; it is 'B1234'. */
export function readBuilding(text: string): string | undefined {
  const digits = buildingForm.exec(text.trim())?.[1]
  return digits === undefined ? undefined : `B${digits}`
}

/** Whether the part of the house is a B-number. */
export function isBuilding(house: string): boolean {
  return house.startsWith('B')
}

/** Greenland's municipalities, whose people have status 05 or 07. */
export function isGreenlandic(municipality: string): boolean {
  return municipality >= '0955' && municipality <= '0961'
}

/**
 * Reads a floor: empty, 'st', 1-99, 'kl' or a deeper cellar. The deeper ones are 'k2' to 'k9' with
 * us, because CPR's field has two characters; 'kl2' is read as the same (rule ADR-7). A full stop
 * after the floor is taken away, capitals become small (ADR-6), and '0' is no floor (ADR-3).
 */
export function readFloor(text: string): string | undefined {
  const compact = text.trim().toLowerCase().replace(/\.$/, '')
  if (compact === '' || compact === 'st') return compact
  const cellar = cellarForm.exec(compact)
  if (cellar) return cellar[1] === undefined || cellar[1] === '1' ? 'kl' : `k${cellar[1]}`
  return storeyForm.exec(compact)?.[1]
}

/** Reads a door: empty, 'th', 'tv', 'mf', 1-9999, or four small letters, digits, '/' and '-'. */
export function readDoor(text: string): string | undefined {
  const compact = text.trim().toLowerCase()
  if (compact === '') return ''
  if (!doorForm.test(compact) || !/[a-z0-9æøå]/.test(compact)) return undefined
  if (!/^\d+$/.test(compact)) return compact
  const digits = compact.replace(/^0+/, '')
  return digits === '' ? undefined : digits
}

/** Reads a municipality or road code, which may lack its leading zeros (CPR's wiki). */
export function readCode(text: string): string | undefined {
  const compact = text.trim()
  if (!/^\d{1,4}$/.test(compact)) return undefined
  return compact.padStart(4, '0')
}

/** Road codes 9900-9999 are no ordinary address: no fixed home, posted abroad for the state. */
export function isHighRoad(road: string): boolean {
  return fourDigits.test(road) && road >= '9900'
}

/** High road codes 9900-9939 are the municipality's own; the rest is the ministry's since 2003. */
export function isMunicipalHighRoad(road: string): boolean {
  return isHighRoad(road) && road <= '9939'
}

/** The key of canonical parts. */
export function addressKey(parts: AddressParts): AddressKey {
  const { municipality, road, house, floor = '', door = '' } = parts
  assert(isCanonical(parts), `not canonical: ${municipality}-${road}-${house}-${floor}-${door}`)
  return `${municipality}-${road}-${house}-${floor}-${door}` as AddressKey
}

/** The key as text from outside; undefined when it is none. */
export function readAddressKey(text: string): AddressKey | undefined {
  const [municipality = '', road = '', house = '', floor = '', ...door] = text.split('-')
  if (text.split('-').length < 5) return undefined
  const parts = { municipality, road, house, floor, door: door.join('-') }
  return isCanonical(parts) ? (text as AddressKey) : undefined
}

/** The parts of a key; empty floor and door are left out. A door may hold hyphens. */
export function partsOfKey(key: AddressKey): AddressParts {
  const [municipality = '', road = '', house = '', floor = '', ...rest] = key.split('-')
  const door = rest.join('-')
  return { municipality, road, house, ...(floor && { floor }), ...(door && { door }) }
}

/** Whether two addresses are the same dwelling or, on a high road, the same registration. */
export function isSameAddress(a: AddressParts, b: AddressParts): boolean {
  return addressKey(a) === addressKey(b)
}

/**
 * The parts as CPR keeps them: '012A', '01', '  tv', and '0012' for a B-number. The letter stands
 * in the fourth place and the last blank is left out where there is none; missing parts are empty.
 */
export function writeRecordParts(parts: Omit<AddressParts, 'municipality' | 'road'>): RecordParts {
  const { house, floor = '', door = '' } = parts
  const [, digits = '', letter = ''] = /^(\d*)([A-Z]?)$/.exec(house) ?? []
  return {
    house: digits && `${digits.padStart(3, '0')}${letter}`,
    floor: /^\d$/.test(floor) ? `0${floor}` : floor,
    door: door === '' ? '' : door.padStart(4, ' '),
    building: isBuilding(house) ? house.slice(1).padStart(4, '0') : '',
  }
}

/**
 * Reads CPR's forms, padded or not; undefined at the first that is none, and when a house and a
 * B-number are there at once.
 */
export function readRecordParts(
  record: RecordParts,
): { readonly house: string; readonly floor?: string; readonly door?: string } | undefined {
  const [given, building] = [record.house.trim(), record.building.trim()]
  if (given !== '' && building !== '') return undefined
  const house = building !== '' ? readBuilding(building) : given === '' ? '' : readHouse(given)
  const floor = readFloor(record.floor)
  const door = readDoor(record.door)
  if (house === undefined || floor === undefined || door === undefined) return undefined
  return { house, ...(floor && { floor }), ...(door && { door }) }
}

/** The 19 characters of KVHX: codes, then house, floor and door filled with '_' from the left. */
export function writeKvhx(parts: AddressParts): string {
  const { municipality, road, house, floor = '', door = '' } = parts
  assert(!isBuilding(house), 'a KVHX has no place for a B-number')
  const fill = (text: string, width: number) => text.padStart(width, '_')
  return `${municipality}${road}${fill(house, 4)}${fill(publicFloor(floor), 3)}${fill(door, 4)}`
}

/** Reads a KVHX of 19 characters. */
export function readKvhx(text: string): AddressParts | undefined {
  if (text.length !== 19) return undefined
  const part = (from: number, to: number) => text.slice(from, to).replace(/^_+/, '')
  const house = readHouse(part(8, 12))
  const floor = readFloor(part(12, 15))
  const door = readDoor(part(15, 19))
  if (house === undefined || floor === undefined || door === undefined) return undefined
  const [municipality, road] = [text.slice(0, 4), text.slice(4, 8)]
  const parts = { municipality, road, house, ...(floor && { floor }), ...(door && { door }) }
  return isCanonical(parts) ? parts : undefined
}

/** The floor as people write it: the deeper cellars are 'kl2' to 'kl9'. */
export function publicFloor(floor: string): string {
  return /^k\d$/.test(floor) ? `kl${floor[1]}` : floor
}

function isCanonical({ municipality, road, house, floor = '', door = '' }: AddressParts): boolean {
  if (!fourDigits.test(municipality) || !fourDigits.test(road)) return false
  if (readFloor(floor) !== floor || readDoor(door) !== door) return false
  if (isHighRoad(road) && house === '') return floor + door === ''
  if (isBuilding(house)) return isGreenlandic(municipality) && readBuilding(house) === house
  return readHouse(house) === house
}
