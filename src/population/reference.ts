/**
 * The reference lists as values: authorities (municipalities and countries among them) and post
 * codes, read from the text of the files in `reference/`. It opens no file and knows no SQL.
 */

import { present } from '#base/assert.ts'
import { date, type PlainDate } from '#base/calendar.ts'
import { readCsv } from '#base/csv.ts'

/** An authority; a municipality is one of type 05, a country one of type 30. */
export type Authority = {
  readonly code: string
  readonly type: string
  readonly name: string
  /** ISO 3166-1 alpha-2, where CPR's list gives one to a country. */
  readonly alpha2?: string
  readonly validFrom: PlainDate
  /** The first day on which it is closed. */
  readonly validTo?: PlainDate
}

/** A post code with the municipality that it is one of the main ones of. */
export type Postcode = {
  readonly code: string
  readonly district: string
  readonly municipality: string
}

export type Reference = {
  readonly authorities: readonly Authority[]
  readonly postcodes: readonly Postcode[]
}

export const municipalityType = '05'
export const countryType = '30'

/** The files of the folder `reference/`, by what they hold. */
export const referenceFiles = {
  authorities: 'authorities.csv',
  overlay: 'country-overlay.csv',
  postcodes: 'postcodes.csv',
} as const

export type ReferenceTexts = { readonly [Name in keyof typeof referenceFiles]: string }

/** Reads the lists, with the corrections laid over them that hold on a day. */
export function readReference(texts: ReferenceTexts, today: PlainDate): Reference {
  const headings = ['code', 'valid_from', 'name', 'alpha2', 'reason']
  const corrections = readCsv(texts.overlay, headings).filter(
    (row) => date(cellOf(row, 'valid_from')) <= today,
  )
  const overlay = new Map(corrections.map((row) => [cellOf(row, 'code'), row]))
  const columns = ['code', 'type', 'name', 'alpha2', 'valid_from', 'valid_to']
  const authorities = readCsv(texts.authorities, columns).map((row) => {
    const corrected = overlay.get(cellOf(row, 'code'))
    const alpha2 = (corrected ?? row)['alpha2']
    return {
      code: cellOf(row, 'code'),
      type: cellOf(row, 'type'),
      name: cellOf(corrected ?? row, 'name'),
      ...(alpha2 && { alpha2 }),
      validFrom: date(cellOf(row, 'valid_from')),
      ...(row['valid_to'] && { validTo: date(row['valid_to']) }),
    }
  })
  const postcodes = readCsv(texts.postcodes, ['code', 'district', 'municipality']).map((row) => ({
    code: cellOf(row, 'code'),
    district: cellOf(row, 'district'),
    municipality: cellOf(row, 'municipality'),
  }))
  return { authorities, postcodes }
}

/** Whether an authority is open on a day. */
export function isOpenOn({ validFrom, validTo }: Authority, day: PlainDate): boolean {
  return validFrom <= day && (validTo === undefined || day < validTo)
}

function cellOf(row: { readonly [name: string]: string }, name: string): string {
  return present(row[name] || undefined, `the ${name} of a reference row`)
}
