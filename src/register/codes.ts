/** The small code lists of the register with their texts; knows no person and no date. */

import type { Text } from '#base/text.ts'

export type { Sex } from '#register/pnr.ts'

/** Whether the number is in use for somebody who lives in Denmark or Greenland. */
export type StatusGroup = 'active' | 'inactive'

type Status = {
  readonly group: StatusGroup
  /** The country whose population register the person lives in, if any. */
  readonly residentIn?: 'DK' | 'GL'
  /** Lives on a road code of 9900-9999: registered, but at no ordinary address. */
  readonly withoutAddress?: true
  readonly text: Text
}

/** Person status (Statistics Denmark; code 10 by a Greenlandic guide only). 97 and 99 are not CPR's. */
export const statuses = {
  '01': {
    group: 'active',
    residentIn: 'DK',
    text: { da: 'Bopæl i Danmark', en: 'Resident in Denmark' },
  },
  '03': {
    group: 'active',
    residentIn: 'DK',
    withoutAddress: true,
    text: { da: 'Høj vejkode i Danmark', en: 'In Denmark, no ordinary address' },
  },
  '05': {
    group: 'active',
    residentIn: 'GL',
    text: { da: 'Bopæl i Grønland', en: 'Resident in Greenland' },
  },
  '07': {
    group: 'active',
    residentIn: 'GL',
    withoutAddress: true,
    text: { da: 'Høj vejkode i Grønland', en: 'In Greenland, no ordinary address' },
  },
  '10': { group: 'inactive', text: { da: 'Reserveret nummer', en: 'Reserved number' } },
  '20': {
    group: 'inactive',
    text: { da: 'Uden bopæl, administrativt nummer', en: 'Not resident, administrative number' },
  },
  '30': { group: 'inactive', text: { da: 'Annulleret nummer', en: 'Annulled number' } },
  '50': {
    group: 'inactive',
    text: { da: 'Slettet nummer, dobbeltnummer', en: 'Deleted number, a duplicate' },
  },
  '60': { group: 'inactive', text: { da: 'Ændret nummer', en: 'Changed number' } },
  '70': { group: 'inactive', text: { da: 'Forsvundet', en: 'Disappeared' } },
  '80': { group: 'inactive', text: { da: 'Udrejst', en: 'Emigrated' } },
  '90': { group: 'inactive', text: { da: 'Død', en: 'Dead' } },
} as const satisfies { readonly [code: string]: Status }

export type StatusCode = keyof typeof statuses

/** Civil status; 'D' is written when a person dies. */
export const civilStatuses = {
  U: { da: 'Ugift', en: 'Unmarried' },
  G: { da: 'Gift', en: 'Married' },
  F: { da: 'Fraskilt', en: 'Divorced' },
  E: { da: 'Enke eller enkemand', en: 'Widowed' },
  P: { da: 'Registreret partner', en: 'Registered partner' },
  O: { da: 'Ophævet partnerskab', en: 'Dissolved partnership' },
  L: { da: 'Længstlevende partner', en: 'Surviving partner' },
  D: { da: 'Død', en: 'Dead' },
} as const satisfies { readonly [code: string]: Text }

export type CivilStatusCode = keyof typeof civilStatuses

type Protection = { readonly text: Text; readonly ended?: true }

/**
 * Protections and marks in the four digits of the records; GCTP puts a zero before them.
 * Research protection is shown where old data has it and can no longer be had (rule PROT-11).
 */
export const protections = {
  '0001': { text: { da: 'Navne- og adressebeskyttelse', en: 'Name and address protection' } },
  '0002': { text: { da: 'Lokal vejviserbeskyttelse', en: 'Local-directory protection' } },
  '0003': { text: { da: 'Reklamebeskyttelse', en: 'Marketing protection' } },
  '0004': { text: { da: 'Forskerbeskyttelse', en: 'Research protection' }, ended: true },
  '0005': { text: { da: 'Kreditadvarsel', en: 'Credit warning' } },
} as const satisfies { readonly [code: string]: Protection }

export type ProtectionType = keyof typeof protections

export const sexes = {
  M: { da: 'Mand', en: 'Man' },
  K: { da: 'Kvinde', en: 'Woman' },
} as const satisfies { readonly [code: string]: Text }

/** Who holds custody of a child, as the records name the relation. */
export const custodyRelations = {
  '0003': { da: 'Mor', en: 'Mother' },
  '0004': { da: 'Far', en: 'Father' },
  '0005': { da: 'Anden indehaver 1', en: 'Other holder 1' },
  '0006': { da: 'Anden indehaver 2', en: 'Other holder 2' },
} as const satisfies { readonly [code: string]: Text }

export type CustodyRelationCode = keyof typeof custodyRelations

/** Marks at a name: it says less than the person's own documents do. */
export const nameMarks = {
  '+': { da: 'Forkortet', en: 'Shortened' },
  '*': { da: 'Tegn, som CPR ikke kan modtage', en: 'Characters that CPR cannot take' },
  '=': { da: 'Ikke tilstrækkeligt dokumenteret', en: 'Not sufficiently documented' },
} as const satisfies { readonly [mark: string]: Text }

export type NameMark = keyof typeof nameMarks

/** Authorities that stand for no office, which the product itself names. */
export const ownAuthorities = {
  unknown: '0000',
  citizen: '0041',
  citizenDirect: '0042',
  ruleSet: '0099',
} as const

/** Country codes that rules name; a country code is an authority code of type 30. */
export const countries = {
  denmark: '5100',
  abroad: '5102',
  stateless: '5103',
  unknown: '5999',
  faroeIslands: '5902',
} as const

export function isStatusCode(code: string): code is StatusCode {
  return Object.hasOwn(statuses, code)
}

export function isCivilStatusCode(code: string): code is CivilStatusCode {
  return Object.hasOwn(civilStatuses, code)
}

export function isProtectionType(code: string): code is ProtectionType {
  return Object.hasOwn(protections, code)
}

export function isCustodyRelation(code: string): code is CustodyRelationCode {
  return Object.hasOwn(custodyRelations, code)
}

/** What is known of a status, without the narrowness of the table's own types. */
export function statusOf(code: StatusCode): Status {
  return statuses[code]
}

/** Whether a protection type can still be had; research protection is only shown. */
export function isEnded(type: ProtectionType): boolean {
  const known: Protection = protections[type]
  return known.ended === true
}
