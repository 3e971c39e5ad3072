/** The civil registration number as a value: shape, birth date, invented range. It knows no person. */

import { dateOf, type PlainDate, partsOf } from '#base/calendar.ts'

/** Ten digits of a civil registration number whose first six and seventh are a day that exists. */
export type Pnr = string & { readonly pnr: unique symbol }

/** A sex as the register stores it: M for men, K for women. */
export type Sex = 'M' | 'K'

/**
 * What a piece of text is, as a key to a person. `unknown` is ten zeros, which updates may send
 * where a number is not known; `replacement` is an organisation's own key, of which CPR knows
 * nothing, so that it is answered without asking the register (rule PNR-3).
 */
export type NumberKind = 'personal' | 'replacement' | 'unknown' | 'malformed'

/**
 * The invented serials: every person in fixtures, sandbox, load tests and pictures is numbered
 * from here and from nowhere else. Within these windows only the numbers that *fail* the modulus
 * 11 test count. Until now such numbers have been given only to people born on a 1 January
 * (cpr.dk), so that a number of the range belongs to nobody on any other day; the generator of
 * the population therefore lets nobody be born on a 1 January. The first window reaches the years
 * 1900-1999, the second 1858-1899 and 2000-2057, whatever the day: together every year that a
 * number can tell. 150 serials per sex and window, of which about 136 fail the test.
 */
export const fictionalSerials = [
  { from: 3700, to: 3999 },
  { from: 8700, to: 8999 },
] as const

/**
 * The only numbers outside the range that may stand in this repository: the edges of the century
 * table, bare of any person, for the tests of this file.
 */
export const boundaryVectors: readonly { readonly digits: string; readonly bornOn?: string }[] = [
  { digits: '0101364000', bornOn: '2036-01-01' },
  { digits: '0101374008', bornOn: '1937-01-01' },
  { digits: '0101575000', bornOn: '2057-01-01' },
  { digits: '0101585000', bornOn: '1858-01-01' },
  { digits: '3112995007', bornOn: '1899-12-31' },
  { digits: '2902004000', bornOn: '2000-02-29' },
  { digits: '2902010000' },
  { digits: '1703597994', bornOn: '1859-03-17' },
  { digits: '0407605993', bornOn: '1860-07-04' },
  { digits: '0000000000' },
  { digits: '9912991234' },
  { digits: '6701580004' },
]

/** Longest text worth reading: ten digits with a hyphen and some spaces. */
const lengthMax = 40
const shape = /^(\d{6})-?(\d{4})$/
const lettered = /^\d{6}-?[A-ZÆØÅ]{3}\d$/
const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1] as const

/**
 * Reads a number written with or without a hyphen after the sixth digit, and with spaces anywhere.
 * The day must exist; the modulus 11 test is never asked (numbers without it are valid since 2007).
 */
export function readPnr(text: string): Pnr | undefined {
  const digits = digitsOf(text)
  return digits !== undefined && isPnr(digits) ? digits : undefined
}

/** What kind of key the text is; only `personal` ones are looked up. */
export function classifyNumber(text: string): NumberKind {
  const digits = digitsOf(text)
  if (digits === undefined) return isLetteredKey(text) ? 'replacement' : 'malformed'
  if (digits === '0000000000') return 'unknown'
  if (isPnr(digits)) return 'personal'
  const raised = Number(digits[0])
  if (raised >= 6 && isPnr(`${raised - 6}${digits.slice(1)}`)) return 'replacement'
  return 'malformed'
}

/** The birth date that the number tells, the same in every time zone of the process (PNR-5). */
export function birthDateOf(pnr: Pnr): PlainDate {
  const born = birthDateOfDigits(pnr)
  if (born === undefined) throw new TypeError('a Pnr is made by readPnr or fictionalPnr only')
  return born
}

/** Whether the number tells a birth date after today: no such person can be (rule PNR-7). */
export function isBornAfter(pnr: Pnr, today: PlainDate): boolean {
  return birthDateOf(pnr) > today
}

/** Whether the modulus 11 test holds; information about typing errors, never a refusal. */
export function hasControlDigit(pnr: Pnr): boolean {
  return remainderOf(pnr) === 0
}

/** What the last digit says; never authoritative beside the sex that is stored (rule PNR-6). */
export function sexByNumber(pnr: Pnr): Sex {
  return Number(pnr[9]) % 2 === 0 ? 'K' : 'M'
}

/** The number as it may be shown to others: 'DDMMYY-xxxx' (CPR-loven § 54, rule PNR-9). */
export function maskPnr(pnr: Pnr): string {
  return `${pnr.slice(0, 6)}-xxxx`
}

/** The number as people write it: 'DDMMYY-NNNN'. */
export function writePnr(pnr: Pnr): string {
  return `${pnr.slice(0, 6)}-${pnr.slice(6)}`
}

/** Whether ten digits are a number of the invented range: a day, an invented serial, no control. */
export function isFictional(digits: string): boolean {
  if (!shape.test(digits) || digits.length !== 10 || !isPnr(digits)) return false
  const serial = Number(digits.slice(6))
  return (
    fictionalSerials.some(({ from, to }) => from <= serial && serial <= to) &&
    remainderOf(digits) !== 0
  )
}

/**
 * The index-th (from 0) invented number of that date and sex; undefined when the date lies outside
 * 1858-2057 or the range has no more. Every date has at least 60 for each sex.
 */
export function fictionalPnr(bornOn: PlainDate, sex: Sex, index: number): Pnr | undefined {
  const { year, month, day } = partsOf(bornOn)
  if (year < 1858 || year > 2057 || index < 0) return undefined
  const [first, second] = fictionalSerials
  const { from, to } = year >= 1900 && year <= 1999 ? first : second
  const start = [day, month, year % 100].map((n) => String(n).padStart(2, '0')).join('')
  let left = index
  for (let serial = from + ((sex === 'M' ? 1 : 0) ^ (from % 2)); serial <= to; serial += 2) {
    const digits = `${start}${serial}`
    if (remainderOf(digits) === 0) continue
    if (left === 0 && isPnr(digits)) return digits
    left -= 1
  }
  return undefined
}

/** The first year of the century that the seventh digit and the year of two digits tell. */
function centuryOf(seventh: number, year: number): number {
  if (seventh <= 3) return 1900
  if (seventh === 4 || seventh === 9) return year <= 36 ? 2000 : 1900
  return year <= 57 ? 2000 : 1800
}

function birthDateOfDigits(digits: string): PlainDate | undefined {
  const [day = 0, month = 0, year = 0] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)))
  return dateOf(centuryOf(Number(digits[6]), year) + year, month, day)
}

function isPnr(digits: string): digits is Pnr {
  return birthDateOfDigits(digits) !== undefined
}

function digitsOf(text: string): string | undefined {
  const parts = text.length > lengthMax ? null : shape.exec(text.replaceAll(/[ \u00a0]/g, ''))
  return parts ? `${parts[1]}${parts[2]}` : undefined
}

/** Such as 'KOT' keys: letters in the three places after the date. */
function isLetteredKey(text: string): boolean {
  if (text.length > lengthMax) return false
  const compact = text.replaceAll(/[ \u00a0]/g, '').toUpperCase()
  return lettered.test(compact) && isPnr(`${compact.slice(0, 6)}0000`)
}

function remainderOf(digits: string): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
}
