/**
 * The fields of an incident: their kinds, and what each kind holds once it has been read.
 * Plain data; knows no XML, HTTP, SQL or HTML.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Pnr } from '#register/pnr.ts'

type Common = {
  /** The name on the GCTP wire. */
  readonly wire: string
  readonly label: Text
  readonly hint?: Text
  readonly optional?: true
  /** It must be given, or said to be unknown; never left out (rule IMM-5). */
  readonly orUnknown?: true
}

/** Stands, in every door, for what nobody knows where that may be said. */
export const unknown = '?'

/** One of a few values; each has its word on the wire and its text for people. */
export type Option = { readonly wire: string; readonly text: Text }

export type CodeList = 'road' | 'country' | 'municipality'

export type Field =
  /** A person of the register, or, where it is vacant, a number that nobody has had yet. */
  | (Common & { readonly kind: 'pnr'; readonly vacant?: true })
  | (Common & { readonly kind: 'date' })
  /** A minute of a day, 'HH:MM'. */
  | (Common & { readonly kind: 'time' })
  /** Free text of Latin-1; `letters` narrows it to what CPR allows in names (after 'c/o '). */
  | (Common & { readonly kind: 'text'; readonly lengthMax: number; readonly letters?: 'name' })
  | (Common & { readonly kind: 'code'; readonly digits: number; readonly list: CodeList })
  /** A whole number from 1, in canonical digits. */
  | (Common & { readonly kind: 'number'; readonly digitsMax: number })
  | (Common & { readonly kind: 'house' })
  | (Common & { readonly kind: 'floor' })
  | (Common & { readonly kind: 'door' })
  | (Common & { readonly kind: 'choice'; readonly options: { readonly [value: string]: Option } })
  /** Several persons: a table on the wire, one row with one number each. Empty when left out. */
  | (Common & { readonly kind: 'persons'; readonly table: string; readonly itemsMax: number })

export type Fields = { readonly [name: string]: Field }

type Held<F extends Field> = F extends { kind: 'pnr' }
  ? Pnr
  : F extends { kind: 'date' }
    ? PlainDate
    : F extends { kind: 'persons' }
      ? readonly Pnr[]
      : F extends { kind: 'choice'; options: infer Options }
        ? keyof Options & string
        : string

/** What a field holds once read; undefined only if it is optional and was left out. */
type Value<F extends Field> = F extends { kind: 'persons' }
  ? readonly Pnr[]
  : F extends { optional: true }
    ? Held<F> | undefined
    : F extends { orUnknown: true }
      ? Held<F> | typeof unknown
      : Held<F>

export type Values<Declared extends Fields> = {
  readonly [Name in keyof Declared]: Value<Declared[Name]>
}

/** Values in their canonical text, before anybody knows of which type of incident. */
export type Reading = { readonly [name: string]: string | readonly string[] | undefined }

/**
 * The keys of every incident that a citizen may report (CPR's manual, annex 9): the incident code
 * says which type, these say whom and when. They are frozen when the incident is initiated.
 */
export type Keys = {
  readonly pnr: Pnr
  readonly date: PlainDate
  /** The municipality that it is reported to. */
  readonly municipality: string
}

export type KeyName = keyof Keys

/** The keys as fields, so that every face of them is derived as for any other field. */
export const keyFields = {
  pnr: {
    kind: 'pnr',
    wire: 'PNR',
    label: { da: 'Personnummer', en: 'Personal number' },
  },
  date: {
    kind: 'date',
    wire: 'HDTO',
    label: { da: 'Hændelsesdato', en: 'Date of incident' },
  },
  municipality: {
    kind: 'code',
    digits: 4,
    list: 'municipality',
    wire: 'KOMKOD',
    label: { da: 'Kommune', en: 'Municipality' },
  },
} as const satisfies { readonly [Name in KeyName]: Field }

/** What an incident looks like: all that codecs, schemas, forms and documentation need. */
export type Shape = {
  /** The incident code, which is the name of the GCTP service. */
  readonly code: string
  /** The English name, as in the JSON door and in file names. */
  readonly name: string
  readonly title: Text
  readonly summary: Text
  readonly fields: Fields
}

/** The field of that name, a key or one of the type's own. */
export function findField(shape: Shape, name: string): Field | undefined {
  return Object.hasOwn(shape.fields, name)
    ? shape.fields[name]
    : isKeyName(name)
      ? keyFields[name]
      : undefined
}

export function isKeyName(name: string): name is KeyName {
  return Object.hasOwn(keyFields, name)
}
