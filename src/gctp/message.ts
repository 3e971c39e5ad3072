/**
 * The messages of the protocol as values: what a request asks and what an answer says.
 * Types only; knows neither XML nor what a field means.
 */

import type { ReceiptKind, Version } from '#gctp/values.ts'

/** A field as it stood, order and repetition kept. Missing, without `v` and `v=""` are the same. */
export type Field = { readonly name: string; readonly value: string | undefined }
export type Fields = readonly Field[]

export type Row = { readonly key: string | undefined; readonly fields: Fields }
export type Table = { readonly name: string; readonly rows: readonly Row[] }
export type Data = { readonly fields: Fields; readonly tables: readonly Table[] }

export type SignOn = {
  readonly kind: 'sign-on'
  readonly version: Version
  readonly userId: string
  readonly password: string
}

export type NewPassword = {
  readonly kind: 'new-password'
  readonly version: Version
  readonly userId: string
  readonly password: string
  readonly newPassword: string
  /** Receipt 907 hints at it; no known client sends it. */
  readonly newPasswordAgain: string | undefined
}

export type SignOff = { readonly kind: 'sign-off'; readonly version: Version }

export type Search = {
  readonly kind: 'search'
  readonly version: Version
  /** As it was sent, for the answer. */
  readonly service: string
  /** In capitals, for finding it: services are known in any letter case (inferred). */
  readonly serviceKey: string
  readonly key: Fields
}

export type Update = {
  readonly kind: 'update'
  readonly version: Version
  readonly service: string
  readonly serviceKey: string
  /** The reporting authority that the client names: never a source of rights. */
  readonly mk: string | undefined
  /** The word as it was sent; `findAction` knows what it stands for. */
  readonly action: string | undefined
  /** Whether the pending store is asked for. */
  readonly vent: boolean
  readonly st: string | undefined
  /** The conversation. */
  readonly ts: string | undefined
  readonly key: Fields
  /** Undefined when the request has no `CprData`, which is not the same as one without fields. */
  readonly data: Data | undefined
  /** A country key or "on behalf of", which version 2 has no more (4599). */
  readonly countryOrOnBehalf: boolean
}

/** Well-formed and valid, but for a system that is none of ours (9001, after the token's 901). */
export type UnknownSystem = {
  readonly kind: 'unknown-system'
  readonly version: Version
  readonly system: string
  readonly service: string
}

export type GctpRequest = SignOn | NewPassword | SignOff | Search | Update | UnknownSystem

/** A field with its clear texts: `t`, `tl`, `tm` and `ts` on the wire. */
export type AnswerField = {
  readonly name: string
  readonly value?: string
  readonly text?: string
  readonly longText?: string
  readonly furtherText?: string
  readonly shortText?: string
}

export type AnswerRow = {
  readonly key?: string
  /** A heading, which every reader skips. */
  readonly heading?: true
  readonly fields: readonly AnswerField[]
}

export type AnswerTable = {
  readonly name: string
  /** The count mark `aia`. */
  readonly count?: string
  readonly rows: readonly AnswerRow[]
}

export type AnswerData = {
  /** A named group of fields before the others, as `STAMPNR` with the master data. */
  readonly group?: { readonly name: string; readonly fields: readonly AnswerField[] }
  readonly fields?: readonly AnswerField[]
  readonly tables?: readonly AnswerTable[]
  /** Fields that stand behind the tables, as ADRSOG1's SEARCH_ID. */
  readonly fieldsAfter?: readonly AnswerField[]
}

export type ReceiptDetail = {
  readonly text: string
  /** The same in English; sent to those who ask for it. */
  readonly english?: string
  readonly field?: string
  readonly number?: number
}

export type Receipt = {
  readonly kind: ReceiptKind
  readonly number: number
  readonly text: string
  readonly details?: readonly ReceiptDetail[]
}

/** Also what is said where no service answers. */
export type SecurityAnswer = {
  readonly kind: 'security'
  readonly version: Version
  readonly env?: string
  readonly receipt: Receipt
}

export type SearchAnswer = {
  readonly kind: 'search'
  readonly version: Version
  readonly env?: string
  readonly service: string
  readonly ts?: string
  readonly data?: AnswerData
  readonly receipt: Receipt
}

export type UpdateHeader = {
  readonly mk?: string
  /** The word of the state reached. */
  readonly state?: string
  readonly vent?: true
  readonly st?: string
  readonly ts?: string
  /** The words of the actions that may be taken now. */
  readonly actions?: readonly string[]
}

export type UpdateAnswer = {
  readonly kind: 'update'
  readonly version: Version
  readonly env?: string
  readonly service: string
  readonly header: UpdateHeader
  readonly data?: AnswerData
  readonly receipt: Receipt
}

export type GctpAnswer = SecurityAnswer | SearchAnswer | UpdateAnswer
