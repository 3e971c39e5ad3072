/**
 * An incident's keys and data as GCTP fields and tables, both ways, from its declaration alone.
 * Takes the wire's forms off and puts them on; what a value must be is judged by `#incident`.
 */

import { repeatedNames } from '#gctp/envelope.ts'
import type {
  AnswerData,
  AnswerField,
  AnswerRow,
  AnswerTable,
  Data,
  Field as SentField,
  Fields as SentFields,
  Table as SentTable,
} from '#gctp/message.ts'
import type { Offered } from '#incident/define.ts'
import {
  type Field,
  findField,
  type Keys,
  keyFields,
  type Reading,
  type Shape,
  unknown,
} from '#incident/fields.ts'
import { type ReadResult, readData, readKeys, type Sent } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Translations } from '#incident/translate.ts'
import { writeRecordParts } from '#register/address.ts'

/** Clear texts as a caller reads them; for several persons one text each, in their order. */
export type Texts = { readonly [name: string]: string | readonly string[] | undefined }

type Persons = Extract<Field, { kind: 'persons' }>
type Single = Exclude<Field, { kind: 'persons' }>
type Named = readonly (readonly [name: string, field: Field])[]

/** The keys of a request, or every reason why they are none; unknown and repeated fields are 16. */
export function readIncidentKeys(key: SentFields): ReadResult<Keys> {
  const { sent, misread } = takeOffWire(Object.entries(keyFields), { fields: key, tables: [] })
  return withMisread(misread, readKeys(sent))
}

/** The data of a request, or every reason why they are none. */
export function readIncidentData(shape: Shape, data: Data): ReadResult<Reading> {
  const { sent, misread } = takeOffWire(Object.entries(shape.fields), data)
  return withMisread(misread, readData(shape, sent))
}

function withMisread<Value>(
  misread: readonly Refusal[],
  read: ReadResult<Value>,
): ReadResult<Value> {
  if (misread.length === 0) return read
  return { ok: false, refusals: [...misread, ...(read.ok ? [] : read.refusals)] }
}

/** The name by which the wire knows a key or field, for receipts; others stay as they are. */
export function wireNameOf(shape: Shape, name: string): string {
  const field = findField(shape, name)
  if (!field) return name
  return field.kind === 'persons' ? field.table : field.wire
}

export function writeIncidentKeys(keys: Keys): SentFields {
  return [
    { name: keyFields.pnr.wire, value: putOnWire(keyFields.pnr, keys.pnr) },
    { name: keyFields.date.wire, value: putOnWire(keyFields.date, keys.date) },
    {
      name: keyFields.municipality.wire,
      value: putOnWire(keyFields.municipality, keys.municipality),
    },
  ]
}

/** The data of a request: every single field, filled or not, then the tables with rows in them. */
export function writeIncidentData(shape: Shape, reading: Reading): Data {
  const { fields = [], tables = [] } = writeIncidentAnswer(shape, reading)
  return {
    fields: fields.map(({ name, value }) => ({ name, value })),
    tables: tables
      .filter(({ rows }) => rows.length > 0)
      .map(({ name, rows }) => ({
        name,
        rows: rows.map(({ key, fields: inRow }) => ({
          key,
          fields: inRow.map((each) => ({ name: each.name, value: each.value })),
        })),
      })),
  }
}

/**
 * The data of an answer: every field and table that the incident has, with clear texts. Where
 * nobody has been chosen yet, a table offers its candidates.
 */
export function writeIncidentAnswer(
  shape: Shape,
  reading: Reading,
  options: {
    readonly translations?: Translations
    readonly candidates?: { readonly [name: string]: readonly Offered[] }
  } = {},
): AnswerData {
  const { translations = {}, candidates = {} } = options
  const fields: AnswerField[] = []
  const tables: AnswerTable[] = []
  for (const [name, field] of Object.entries(shape.fields)) {
    const value = reading[name]
    const shown = [translations[name] ?? []].flat().map(({ da }) => da)
    if (field.kind !== 'persons') {
      // What is known beforehand stands there to be confirmed or changed.
      const [known, another] = candidates[name] ?? []
      if (typeof value === 'string') fields.push(writeSingle(field, value, shown[0]))
      else if (known && !another) fields.push(writeSingle(field, known.value, known.text))
      else fields.push({ name: field.wire })
    } else if (Array.isArray(value)) {
      tables.push(writeTable(field, value, shown))
    } else {
      const offered = candidates[name] ?? []
      const numbers = offered.map((each) => each.value)
      tables.push(
        writeTable(
          field,
          numbers,
          offered.map((each) => each.text),
        ),
      )
    }
  }
  return { fields, tables }
}

/** For callers: what an answer holds of an incident, by the names of its declaration. */
export function readIncidentAnswer(
  shape: Shape,
  data: AnswerData,
): { readonly reading: Reading; readonly texts: Texts } {
  const reading: Record<string, string | readonly string[]> = {}
  const texts: Record<string, string | readonly string[]> = {}
  for (const [name, field] of Object.entries(shape.fields)) {
    if (field.kind === 'persons') {
      const table = data.tables?.find((each) => each.name === field.table)
      const cells = (table?.rows ?? []).flatMap((row) => findCell(row, field.wire) ?? [])
      reading[name] = cells.map(({ value = '' }) => value)
      texts[name] = cells.map(({ text = '' }) => text)
    } else {
      const cell = data.fields?.find((each) => each.name === field.wire)
      if (cell?.value) reading[name] = takeValueOff(field, cell.value)
      if (cell?.text) texts[name] = cell.text
    }
  }
  return { reading, texts }
}

function findCell(row: AnswerRow, wire: string): AnswerField | undefined {
  return row.fields.find((each) => each.name === wire)
}

function writeSingle(field: Single, value: string, text: string | undefined): AnswerField {
  const shown = text ?? optionText(field, value)
  return {
    name: field.wire,
    value: putOnWire(field, value),
    ...(shown && { text: shown, ...furtherTexts(field, shown) }),
  }
}

function optionText(field: Single, value: string): string | undefined {
  return field.kind === 'choice' ? field.options[value]?.text.da : undefined
}

/** Beside `t`, recordings have `tm` on a road and `tl` on other codes (observed). */
function furtherTexts(field: Single, text: string): Partial<AnswerField> {
  if (field.kind !== 'code') return {}
  return field.list === 'road' ? { furtherText: text } : { longText: text }
}

function writeTable(
  field: Persons,
  numbers: readonly string[],
  texts: readonly string[],
): AnswerTable {
  const rows = numbers.map((value, place) => {
    const text = texts[place]
    const cell = { name: field.wire, value, ...(text && { text }) }
    return { key: String(place + 1), fields: [cell] }
  })
  return { name: field.table, rows }
}

type Taken = { readonly sent: Sent; readonly misread: readonly Refusal[] }

/** Text by declared name. What has no name here, or has it twice, is refused and never dropped. */
function takeOffWire(declared: Named, { fields, tables }: Data): Taken {
  const sent: Record<string, string | readonly string[]> = Object.create(null)
  const wrong = new Set(repeatedNames(fields).map((wire) => nameOf(declared, wire)))
  for (const { name: wire, value } of fields) {
    const found = declared.find(([, field]) => field.kind !== 'persons' && field.wire === wire)
    if (!found) wrong.add(wire)
    else if (value !== undefined) sent[found[0]] = takeValueOff(found[1], value)
  }
  for (const table of tables) {
    const found = declared.find(([, field]) => isTableOf(field, table))
    const numbers = found && takeTableOff(found[1], table)
    if (!found || !numbers || sent[found[0]] !== undefined) wrong.add(found?.[0] ?? table.name)
    else sent[found[0]] = numbers
  }
  return { sent, misread: [...wrong].map((name) => refuse(16, name)) }
}

function nameOf(declared: Named, wire: string): string {
  return declared.find(([, field]) => field.kind !== 'persons' && field.wire === wire)?.[0] ?? wire
}

function isTableOf(field: Field, table: SentTable): boolean {
  return field.kind === 'persons' && field.table === table.name
}

/** One number a row, kept when empty, to be refused; undefined if a row has other fields. */
function takeTableOff(field: Field, table: SentTable): readonly string[] | undefined {
  const isOne = (fields: readonly SentField[]) =>
    fields.length === 1 && fields[0]?.name === field.wire
  if (!table.rows.every((row) => isOne(row.fields))) return undefined
  return table.rows.map((row) => row.fields[0]?.value ?? '')
}

/** The wire's form of a value off: what is no value stays none, whatever it looks like inside. */
function takeValueOff(field: Field, text: string): string {
  if (field.orUnknown && text === unknown) return text
  switch (field.kind) {
    case 'date': {
      const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
      return parts ? parts.slice(1).join('-') : none(text)
    }
    case 'time': {
      const parts = /^(\d{2})(\d{2})$/.exec(text)
      return parts ? parts.slice(1).join(':') : none(text)
    }
    case 'choice': {
      const found = Object.entries(field.options).find(([, option]) => option.wire === text)
      return found ? found[0] : none(text)
    }
    case 'code':
      // Codes may lack their leading zeros (CPR's wiki).
      return /^\d+$/.test(text) ? text.padStart(field.digits, '0') : text
    case 'pnr':
    case 'text':
    case 'number':
    case 'house':
    case 'floor':
    case 'door':
    case 'persons':
      return text
    default:
      return field satisfies never
  }
}

/** Text that no kind accepts: dates with hyphens and inside names are none on the wire. */
const none = (text: string) => `?${text}`

/** The wire's form of a value that has been read; other text goes as it is, to be refused there. */
function putOnWire(field: Single, value: string): string {
  switch (field.kind) {
    case 'date':
      return value.replaceAll('-', '')
    case 'time':
      return value.replace(':', '')
    case 'choice':
      return field.options[value]?.wire ?? value
    case 'house':
      return writeRecordParts({ house: value }).house || value
    case 'floor':
      return writeRecordParts({ house: '', floor: value }).floor
    case 'door':
      return writeRecordParts({ house: '', door: value }).door
    case 'pnr':
    case 'text':
    case 'number':
    case 'code':
      return value
    default:
      return field satisfies never
  }
}
