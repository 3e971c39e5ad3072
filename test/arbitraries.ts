/** Random data of an incident type, derived from its fields: canonical ones, and what people send. */

import fc from 'fast-check'
import { addDays, date, type PlainDate } from '#base/calendar.ts'
import { type Field, type Keys, type Reading, type Shape, unknown } from '#incident/fields.ts'
import type { Sent } from '#incident/read.ts'
import { fictionalPnr, type Pnr, type Sex } from '#register/pnr.ts'

type Value = string | readonly string[]
type Made<F extends Field['kind']> = Extract<Field, { kind: F }>

export const dates: fc.Arbitrary<PlainDate> = fc
  .integer({ min: 0, max: 73_000 })
  .map((day) => addDays(date('1858-01-02'), day))

export const pnrs: fc.Arbitrary<Pnr> = fc
  .tuple(dates, fc.constantFrom<Sex>('M', 'K'), fc.nat({ max: 59 }))
  .map(([bornOn, sex, index]) => fictionalPnr(bornOn, sex, index))
  .filter((pnr) => pnr !== undefined)

export const keys: fc.Arbitrary<Keys> = fc.record(
  {
    pnr: pnrs,
    date: dates,
    municipality: fc.integer({ min: 1, max: 9999 }).map((code) => String(code).padStart(4, '0')),
  },
  { noNullPrototype: true },
)

const letters = [...'aAbzZæøåÆØÅéüßñÿÐþ']
const signs = [...'0189.,;:!?§°½/()&<>"%+=#']
const houses = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('', 'A', 'B', 'Z'))
  .map(([number, letter]) => `${number}${letter}`)
const floors = fc.oneof(
  fc.constantFrom('st', 'kl', 'k2', 'k9'),
  fc.integer({ min: 1, max: 99 }).map(String),
)
const doors = fc.oneof(
  fc.constantFrom('tv', 'th', 'mf', 'a', 'x/2', '1-2', 'æøå'),
  fc.integer({ min: 1, max: 9999 }).map(String),
)

/** Values of a field in their canonical text. */
function valuesOf(field: Field): fc.Arbitrary<Value> {
  const known = knownValuesOf(field)
  return field.orUnknown ? fc.oneof({ weight: 4, arbitrary: known }, fc.constant(unknown)) : known
}

/** A new kind of field takes its line here. */
function knownValuesOf(field: Field): fc.Arbitrary<Value> {
  switch (field.kind) {
    case 'pnr':
      return pnrs
    case 'date':
      return dates
    case 'time':
      return fc
        .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
        .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
    case 'code':
      return fc
        .nat({ max: 10 ** field.digits - 1 })
        .map((n) => String(n).padStart(field.digits, '0'))
    case 'number':
      return fc.integer({ min: 1, max: 10 ** field.digitsMax - 1 }).map(String)
    case 'house':
      return houses
    case 'floor':
      return floors
    case 'door':
      return doors
    case 'choice':
      return fc.constantFrom(...Object.keys(field.options))
    case 'text':
      return textsOf(field)
    case 'persons':
      return fc.uniqueArray(pnrs, { maxLength: Math.min(field.itemsMax, 6) })
    default:
      return field satisfies never
  }
}

function textsOf({ lengthMax, letters: only }: Made<'text'>): fc.Arbitrary<string> {
  const prefix = only === 'name' ? fc.constantFrom('', 'c/o ') : fc.constant('')
  const unit = fc.constantFrom(...letters, ' ', '-', "'", ...(only === 'name' ? [] : signs))
  return fc
    .tuple(prefix, fc.string({ unit, minLength: 1, maxLength: lengthMax }))
    .map(([before, text]) =>
      `${before}${text}`
        .slice(0, lengthMax)
        .replaceAll(/ +/g, ' ')
        .replaceAll(/^[\s'-]+|[\s'-]+$/g, ''),
    )
    .filter((text) => text !== '' && text !== 'c/o')
    .map((text) => (only === 'name' && /^c\/o [ '-]/.test(text) ? 'c/o Prøve' : text))
}

/** Data as a reader gives them back: every field that must be there, the others now and then. */
export function readings(shape: Shape): fc.Arbitrary<Reading> {
  const fields = Object.entries(shape.fields)
  const model = Object.fromEntries(fields.map(([name, field]) => [name, valuesOf(field)]))
  const always = fields.filter(([, { kind, optional }]) => kind === 'persons' || !optional)
  const requiredKeys = always.map(([name]) => name)
  return fc.record(model, { requiredKeys, noNullPrototype: true })
}

/** What people may write for a value: other spellings, nothing, and sheer nonsense. */
export function sentData(shape: Shape): fc.Arbitrary<Sent> {
  const nonsense = fc.oneof(
    fc.constantFrom('', ' ', '.', '0', '-', '?', 'K', 'Å', 'st..', '2026-02-30', 'x'.repeat(400)),
    fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.normalize('NFC')),
  )
  // Of many fields each must be good more often, or hardly any data were readable.
  const weight = Math.max(9, 2 * Object.keys(shape.fields).length)
  const spelt = (field: Field): fc.Arbitrary<Sent[string]> => {
    if (field.kind === 'persons') {
      return fc.array(fc.oneof({ weight: 9, arbitrary: spellings(pnrs) }, nonsense), {
        maxLength: 3,
      })
    }
    const good = valuesOf(field).map(String)
    return fc.oneof(
      { weight, arbitrary: good },
      { weight: Math.min(weight, 9), arbitrary: spellings(good) },
      nonsense,
    )
  }
  const model = Object.fromEntries(
    Object.entries(shape.fields).map(([name, field]) => [
      name,
      fc.option(spelt(field), { nil: undefined, freq: weight }),
    ]),
  )
  return fc
    .record(model, { noNullPrototype: true })
    .map((sent) =>
      Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)),
    )
}

function spellings(values: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const ways: readonly ((text: string) => string)[] = [
    (text) => ` ${text} `,
    (text) => `${text}.`,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.padStart(3, '0'),
    (text) => text.replace(/^(\d{6})(\d{4})$/, '$1-$2'),
    (text) => text.replace(/^(\d{2})(\d{2})(\d{2})(\d{4})$/, '$1 $2 $3 - $4'),
    (text) => text.replace(/([A-Z])$/, ' $1'),
    (text) => text.normalize('NFKC'),
  ]
  return fc.tuple(values, fc.constantFrom(...ways)).map(([text, way]) => way(text))
}
