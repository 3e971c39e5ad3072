/**
 * What was sent, judged field by field: the canonical reading, or every reason why it is none.
 * The one place that judges the text of a field; knows no door.
 */

import { readDate, readTime } from '#base/calendar.ts'
import { firstOutside, isLatin1 } from '#base/latin1.ts'
import type { Text } from '#base/text.ts'
import {
  type Field,
  type Fields,
  type Keys,
  keyFields,
  type Reading,
  type Shape,
  unknown,
} from '#incident/fields.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { readDoor, readFloor, readHouse } from '#register/address.ts'
import { isNameText } from '#register/name.ts'
import { classifyNumber, readPnr } from '#register/pnr.ts'

/** Stands for what is neither a text nor a list of texts, as a number in JSON. */
export const noTexts = Symbol('no texts')

/** What a door took off its wire: text by field name. An empty text is the same as none. */
export type Sent = {
  readonly [name: string]: string | readonly string[] | typeof noTexts | undefined
}

export type ReadResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

type Judged = { readonly value: string | readonly string[] } | { readonly refusal: Refusal }

/** Reads the data of a type. Names that it does not declare are refused (16), never dropped. */
export function readData(shape: Shape, sent: Sent): ReadResult<Reading> {
  const strange = Object.keys(sent)
    .filter((name) => !Object.hasOwn(shape.fields, name))
    .map((name) => refuse(16, name))
  const read = readFields(shape.fields, sent)
  if (read.ok && strange.length === 0) return read
  return { ok: false, refusals: [...strange, ...(read.ok ? [] : read.refusals)] }
}

/** Reads the three keys that every incident has. */
export function readKeys(sent: Sent): ReadResult<Keys> {
  const read = readFields(keyFields, sent)
  if (!read.ok) return read
  const { pnr, date, municipality } = read.value
  const keys = {
    pnr: readPnr(String(pnr)),
    date: readDate(String(date)),
    municipality: String(municipality),
  }
  if (keys.pnr === undefined || keys.date === undefined)
    return { ok: false, refusals: [refuse(52, 'pnr')] }
  return { ok: true, value: { pnr: keys.pnr, date: keys.date, municipality: keys.municipality } }
}

function readFields(fields: Fields, sent: Sent): ReadResult<Reading> {
  const reading: Record<string, string | readonly string[] | undefined> = {}
  const refusals: Refusal[] = []
  for (const [name, field] of Object.entries(fields)) {
    const judged = judgeField(name, field, sent[name])
    if (judged === undefined) continue
    if ('refusal' in judged) refusals.push(judged.refusal)
    else reading[name] = judged.value
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: reading }
}

function judgeField(name: string, field: Field, sent: Sent[string]): Judged | undefined {
  if (field.kind === 'persons') return judgePersons(name, field, sent)
  if (sent === undefined || sent === '') {
    if (field.optional) return undefined
    return { refusal: refuse(field.orUnknown ? 9033 : 9010, name, field.label) }
  }
  if (field.orUnknown && sent === unknown) return { value: unknown }
  if (typeof sent !== 'string') return { refusal: refuse(9027, name, field.label, aText) }
  return judgeText(name, field, field.kind === 'text' || isLatin1(sent) ? sent : none)
}

export const aText = { da: 'en tekst', en: 'a text' }
export const aListOfTexts = { da: 'en liste af tekster', en: 'a list of texts' }

/** Stands for a text that no kind accepts, as one with letters that CPR has not. */
const none = '?'

function judgeText(name: string, field: Exclude<Field, { kind: 'persons' }>, text: string): Judged {
  const orRefuse = (value: string | undefined, refusal: () => Refusal): Judged =>
    value === undefined ? { refusal: refusal() } : { value }
  switch (field.kind) {
    case 'pnr':
      return orRefuse(readPnr(text), () => refusePnr(name, text))
    case 'date':
      return orRefuse(readDate(text), () => refuse(40, name, field.label))
    case 'time':
      return orRefuse(readTime(text), () => refuse(9034, name, field.label))
    case 'code':
      if (!/^[0-9]+$/.test(text)) return { refusal: refuse(37, name, field.label) }
      return orRefuse(text.length === field.digits ? text : undefined, () =>
        refuse(9019, name, field.label, String(field.digits)),
      )
    case 'number':
      return orRefuse(readWhole(text, field.digitsMax), () =>
        refuse(9026, name, field.label, '9'.repeat(field.digitsMax)),
      )
    case 'house':
      return orRefuse(readHouse(text), () => refuse(9015, name, field.label))
    case 'floor':
      // Blanks alone are no floor; only a field that is left empty is one that is left out.
      return orRefuse(readFloor(text) || undefined, () => refuse(9016, name, field.label))
    case 'door':
      return orRefuse(readDoor(text) || undefined, () => refuse(9017, name, field.label))
    case 'choice':
      return orRefuse(Object.hasOwn(field.options, text) ? text : undefined, () =>
        refuse(9012, name, field.label, optionList(field.options)),
      )
    case 'text':
      return judgeFreeText(name, field, text.normalize('NFC'))
    default:
      return field satisfies never
  }
}

function readWhole(text: string, digitsMax: number): string | undefined {
  const digits = /^0*([1-9][0-9]*)$/.exec(text)?.[1]
  return digits !== undefined && digits.length <= digitsMax ? digits : undefined
}

function judgeFreeText(
  name: string,
  field: Extract<Field, { kind: 'text' }>,
  text: string,
): Judged {
  const outside = firstOutside(text)?.codePoint ?? controlCharacter(text)
  if (outside !== undefined) return { refusal: refuse(60, name, field.label, outside) }
  const length = [...text].length
  if (length > field.lengthMax)
    return { refusal: refuse(9011, name, field.label, String(field.lengthMax), String(length)) }
  if (text !== text.trim() || text.includes('  '))
    return { refusal: refuse(9018, name, field.label) }
  if (field.letters === 'name') {
    // The rule for names applies to what follows the prefix (CPR's wiki, character set).
    const rest = text.replace(/^c\/o /i, '')
    if (!isNameText(rest, field.lengthMax)) {
      return { refusal: refuse(60, name, field.label, firstNonName(rest)) }
    }
  }
  return { value: text }
}

function judgePersons(
  name: string,
  field: Extract<Field, { kind: 'persons' }>,
  sent: Sent[string],
): Judged {
  if (typeof sent === 'string' || sent === noTexts) {
    return { refusal: refuse(9027, name, field.label, aListOfTexts) }
  }
  const texts = sent ?? []
  if (texts.length === 0 && !field.optional) return { refusal: refuse(9010, name, field.label) }
  if (texts.length > field.itemsMax) {
    const [limit, count] = [String(field.itemsMax), String(texts.length)]
    return { refusal: refuse(9013, name, field.label, limit, count) }
  }
  const numbers: string[] = []
  for (const text of texts) {
    const pnr = readPnr(text)
    if (pnr === undefined) return { refusal: refusePnr(name, text) }
    if (numbers.includes(pnr)) return { refusal: refuse(9014, name, field.label) }
    numbers.push(pnr)
  }
  return { value: numbers }
}

/** A replacement number, or ten zeros, is well formed but belongs to nobody (PNR-3; 172). */
function refusePnr(name: string, text: string): Refusal {
  const kind = classifyNumber(text)
  return refuse(kind === 'replacement' || kind === 'unknown' ? 172 : 52, name)
}

function optionList(options: { readonly [value: string]: { readonly text: Text } }): Text {
  const texts = Object.values(options).map((option) => option.text)
  return {
    da: texts.map((text) => text.da).join(', '),
    en: texts.map((text) => text.en).join(', '),
  }
}

function firstNonName(text: string): string {
  return [...text].find((character) => !isNameText(`A${character}A`, 3)) ?? text
}

function controlCharacter(text: string): string | undefined {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    // A blank that is none and a hyphen that is not seen fool who reads them (A48).
    if (code < 0x20 || (code >= 0x7f && code <= 0xa0) || code === 0xad) {
      return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    }
  }
  return undefined
}
