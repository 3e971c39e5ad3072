import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { date } from '#base/calendar.ts'
import {
  readIncidentAnswer,
  readIncidentData,
  readIncidentKeys,
  wireNameOf,
  writeIncidentAnswer,
  writeIncidentData,
  writeIncidentKeys,
} from '#gctp/incident-fields.ts'
import type { Data, Fields } from '#gctp/message.ts'
import type { Reading, Shape } from '#incident/fields.ts'
import type { ReadResult } from '#incident/read.ts'
import { fictionalPnr, type Pnr } from '#register/pnr.ts'

const label = { da: 'Felt', en: 'Field' }
const text = (da: string) => ({ da, en: da })

/** One field of every kind. */
const shape: Shape = {
  code: 'ALT-I',
  name: 'everything',
  title: label,
  summary: label,
  fields: {
    road: { kind: 'code', digits: 4, list: 'road', wire: 'VEJKOD', label, optional: true },
    country: { kind: 'code', digits: 4, list: 'country', wire: 'LAND', label, optional: true },
    house: { kind: 'house', wire: 'HUSNR', label, optional: true },
    floor: { kind: 'floor', wire: 'ETAGE', label, optional: true },
    door: { kind: 'door', wire: 'SIDEDOER', label, optional: true },
    from: { kind: 'date', wire: 'STARTDATO', label, optional: true },
    who: { kind: 'pnr', wire: 'SPNR', label, optional: true },
    remark: { kind: 'text', lengthMax: 34, wire: 'TEKST', label, optional: true },
    action: {
      kind: 'choice',
      wire: 'AKTION',
      label,
      optional: true,
      options: {
        on: { wire: 'OPRET', text: text('Opret') },
        off: { wire: 'OPHØR', text: text('Ophør') },
      },
    },
    companions: {
      kind: 'persons',
      table: 'MEDFLYT',
      wire: 'PNR',
      itemsMax: 9,
      label,
      optional: true,
    },
  },
}

const persons = [0, 1, 2, 3].map((index) => {
  const pnr = fictionalPnr(date('1987-02-03'), 'K', index)
  ok(pnr)
  return pnr
})
const [person] = persons as [Pnr, ...Pnr[]]

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const readings: fc.Arbitrary<Reading> = fc
  .record({
    road: optional(fc.stringMatching(/^[0-9]{4}$/)),
    country: optional(fc.stringMatching(/^[0-9]{4}$/)),
    house: optional(fc.stringMatching(/^[1-9][0-9]{0,2}[A-Z]?$/)),
    floor: optional(fc.constantFrom('st', 'kl', 'k2', '1', '9', '12')),
    door: optional(fc.constantFrom('tv', 'mf', 'th', '1', '12', '1233')),
    from: optional(
      fc.integer({ min: 1, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, '0')}`),
    ),
    who: optional(fc.constantFrom(...persons)),
    remark: optional(fc.stringMatching(/^[a-zæøåA-ZÆØÅ0-9<&>"]{1,34}$/)),
    action: optional(fc.constantFrom('on', 'off')),
    companions: fc.subarray(persons),
  })
  .map((reading) =>
    Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)),
  )

test('what is written for a request is read as it was', () => {
  fc.assert(
    fc.property(readings, (reading) => {
      const written = writeIncidentData(shape, reading)
      const read = readIncidentData(shape, written)
      deepEqual(read, { ok: true, value: reading })
    }),
  )
})

test('what is written for an answer a caller reads as it was', () => {
  fc.assert(
    fc.property(readings, (reading) => {
      const told = readIncidentAnswer(shape, writeIncidentAnswer(shape, reading)).reading
      deepEqual(readIncidentData(shape, writeIncidentData(shape, told)), {
        ok: true,
        value: reading,
      })
    }),
  )
})

test('values have the forms of the wire', () => {
  const reading = {
    road: '0012',
    house: '8B',
    floor: '2',
    door: 'tv',
    from: '2026-02-20',
    action: 'off',
    companions: [person],
  }
  const { fields, tables } = writeIncidentData(shape, reading)
  deepEqual(Object.fromEntries(fields.map(({ name, value }) => [name, value])), {
    VEJKOD: '0012',
    LAND: undefined,
    HUSNR: '008B',
    ETAGE: '02',
    SIDEDOER: '  tv',
    STARTDATO: '20260220',
    SPNR: undefined,
    TEKST: undefined,
    AKTION: 'OPHØR',
  })
  deepEqual(tables, [
    { name: 'MEDFLYT', rows: [{ key: '1', fields: [{ name: 'PNR', value: person }] }] },
  ])
})

test('a code has its text: t and tm on a road, t and tl on others; a choice brings its own', () => {
  const reading = { road: '0012', country: '5180', action: 'on', companions: [person] }
  const texts = { road: 'Prøvevej', country: 'Tyskland', companions: ['Petra Prøve'] }
  const translations = {
    road: text('Prøvevej'),
    country: text('Tyskland'),
    companions: [text('Petra Prøve')],
  }
  const { fields = [], tables = [] } = writeIncidentAnswer(shape, reading, { translations })
  const field = (name: string) => fields.find((each) => each.name === name)
  deepEqual(field('VEJKOD'), {
    name: 'VEJKOD',
    value: '0012',
    text: 'Prøvevej',
    furtherText: 'Prøvevej',
  })
  deepEqual(field('LAND'), { name: 'LAND', value: '5180', text: 'Tyskland', longText: 'Tyskland' })
  deepEqual(field('AKTION'), { name: 'AKTION', value: 'OPRET', text: 'Opret' })
  deepEqual(field('HUSNR'), { name: 'HUSNR' })
  deepEqual(tables[0]?.rows[0]?.fields, [{ name: 'PNR', value: person, text: 'Petra Prøve' }])
  deepEqual(readIncidentAnswer(shape, { fields, tables }).texts, { ...texts, action: 'Opret' })
})

test('where nobody has been chosen, a table offers its candidates', () => {
  const candidates = { companions: [{ value: person, text: 'Petra Prøve' }] }
  deepEqual(writeIncidentAnswer(shape, {}, { candidates }).tables?.[0]?.rows, [
    { key: '1', fields: [{ name: 'PNR', value: person, text: 'Petra Prøve' }] },
  ])
  deepEqual(writeIncidentAnswer(shape, { companions: [] }, { candidates }).tables?.[0]?.rows, [])
})

const numbers = (read: ReadResult<unknown>) =>
  read.ok ? [] : read.refusals.map(({ number, field }) => [number, field])
const fieldsOf = (...pairs: readonly (readonly [string, string])[]): Fields =>
  pairs.map(([name, value]) => ({ name, value }))
const only = (...pairs: readonly (readonly [string, string])[]): Data => ({
  fields: fieldsOf(...pairs),
  tables: [],
})
const table = (name: string, ...rows: readonly Fields[]) => ({
  name,
  rows: rows.map((fields) => ({ key: undefined, fields })),
})

const misreadings: readonly (readonly [what: string, data: Data, refused: unknown])[] = [
  ['an unknown field', only(['ANDET', '1']), [[16, 'ANDET']]],
  ['an unknown field twice', only(['ANDET', '1'], ['ANDET', '1']), [[16, 'ANDET']]],
  ['an inside name', only(['road', '0012']), [[16, 'road']]],
  ['a property of objects', only(['__proto__', 'x']), [[16, '__proto__']]],
  ['a field twice', only(['VEJKOD', '0012'], ['VEJKOD', '0012']), [[16, 'road']]],
  ['a key among the data', only(['HDTO', '20260220']), [[16, 'HDTO']]],
  ['a person outside the table', only(['PNR', '1']), [[16, 'PNR']]],
  ['an unknown table', { fields: [], tables: [table('BOERN')] }, [[16, 'BOERN']]],
  [
    'a table twice',
    { fields: [], tables: [table('MEDFLYT'), table('MEDFLYT')] },
    [[16, 'companions']],
  ],
  [
    'a row with another field',
    { fields: [], tables: [table('MEDFLYT', fieldsOf(['PNR', '1'], ['NAVN', 'x']))] },
    [[16, 'companions']],
  ],
  [
    'a row without a number',
    { fields: [], tables: [table('MEDFLYT', [{ name: 'PNR', value: undefined }])] },
    [[52, 'companions']],
  ],
  ['a date with hyphens', only(['STARTDATO', '2026-02-20']), [[40, 'from']]],
  ['a date of hyphens', only(['STARTDATO', '--']), [[40, 'from']]],
  ['a day that is none', only(['STARTDATO', '20260230']), [[40, 'from']]],
  ["an option's inside name", only(['AKTION', 'on']), [[9012, 'action']]],
  ['a road that is no number', only(['VEJKOD', '99x9']), [[37, 'road']]],
  [
    'several things at once',
    only(['ANDET', '1'], ['VEJKOD', 'x'], ['STARTDATO', 'x']),
    [
      [16, 'ANDET'],
      [37, 'road'],
      [40, 'from'],
    ],
  ],
]

for (const [what, data, refused] of misreadings) {
  test(`refused: ${what}`, () => deepEqual(numbers(readIncidentData(shape, data)), refused))
}

test('a code may lack its leading zeros, and house, floor and door their blanks', () => {
  const data = only(['VEJKOD', '12'], ['HUSNR', '8b'], ['ETAGE', '2'], ['SIDEDOER', 'TV'])
  deepEqual(readIncidentData(shape, data), {
    ok: true,
    value: { road: '0012', house: '8B', floor: '2', door: 'tv', companions: [] },
  })
})

test('the keys are read and written; all three are needed and nothing else', () => {
  const keys = { pnr: person, date: date('2026-02-20'), municipality: '0851' }
  const written = writeIncidentKeys(keys)
  deepEqual(written, fieldsOf(['PNR', person], ['HDTO', '20260220'], ['KOMKOD', '0851']))
  deepEqual(readIncidentKeys(written), { ok: true, value: keys })
  deepEqual(numbers(readIncidentKeys([])), [
    [9010, 'pnr'],
    [9010, 'date'],
    [9010, 'municipality'],
  ])
  deepEqual(numbers(readIncidentKeys([...written, { name: 'HDTO', value: '20260221' }])), [
    [16, 'date'],
  ])
  deepEqual(numbers(readIncidentKeys([...written, { name: 'VEJKOD', value: '1' }])), [
    [16, 'VEJKOD'],
  ])
})

test('receipts name fields as the wire does', () => {
  equal(wireNameOf(shape, 'road'), 'VEJKOD')
  equal(wireNameOf(shape, 'companions'), 'MEDFLYT')
  equal(wireNameOf(shape, 'municipality'), 'KOMKOD')
  equal(wireNameOf(shape, 'ANDET'), 'ANDET')
  equal(wireNameOf(shape, 'constructor'), 'constructor')
})
