/** What was sent, judged field by field: the limits of each kind, and all refusals together. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import type { Field, Shape } from '#incident/fields.ts'
import { readData, readKeys, type Sent } from '#incident/read.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { fictionalPnr, writePnr } from '#register/pnr.ts'
import { keys, readings, sentData } from '#test/arbitraries.ts'

const label = { da: 'Felt', en: 'Field' }
const one = present(fictionalPnr(date('1980-06-15'), 'K', 0), 'a number')
const two = present(fictionalPnr(date('1982-06-15'), 'M', 0), 'a number')

function shapeOf(fields: { readonly [name: string]: Field }): Shape {
  const text = { da: 'Prøve', en: 'Try' }
  return { code: 'PRØVE-I', name: 'try', title: text, summary: text, fields }
}

/** The value that comes of what was sent for one field, or the numbers of the refusals. */
function judge(field: Field, sent: Sent[string]): unknown {
  const read = readData(shapeOf({ it: field }), sent === undefined ? {} : { it: sent })
  return read.ok ? read.value['it'] : read.refusals.map(({ number }) => number)
}

function check(field: Field, cases: readonly (readonly [Sent[string], unknown])[]): void {
  for (const [sent, expected] of cases) {
    assert.deepEqual(judge(field, sent), expected, JSON.stringify(sent))
  }
}

test('a civil registration number is read with or without hyphen; nobody else has one (52, 172)', () => {
  check({ kind: 'pnr', wire: 'PNR', label }, [
    [one, one],
    [writePnr(one), one],
    [` ${one.slice(0, 6)} ${one.slice(6)} `, one],
    ['1234', [52]],
    ['9912991234', [52]],
    ['0000000000', [172]],
    ['6701580004', [172]],
    ['', [9010]],
    [undefined, [9010]],
    [[one], [9027]],
  ])
})

test('a date is a day of the calendar, with hyphens (40)', () => {
  check({ kind: 'date', wire: 'DTO', label }, [
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', [40]],
    ['20260201', [40]],
    [' 2026-02-01', [40]],
  ])
})

test('a code has exactly its digits (37, 9019)', () => {
  check({ kind: 'code', wire: 'KOD', label, digits: 4, list: 'road' }, [
    ['0012', '0012'],
    ['12', [9019]],
    ['00012', [9019]],
    ['99x9', [37]],
    ['٠٠١٢', [37]],
  ])
})

test('house, floor and door are read as the register writes them (9015, 9016, 9017)', () => {
  check({ kind: 'house', wire: 'HUSNR', label }, [
    ['0123a', '123A'],
    ['999Z', '999Z'],
    ['1000', [9015]],
    ['0', [9015]],
    [' ', [9015]],
  ])
  check({ kind: 'floor', wire: 'ETAGE', label }, [
    ['St.', 'st'],
    ['kl2', 'k2'],
    ['99', '99'],
    ['0', [9016]],
    ['100', [9016]],
  ])
  check({ kind: 'door', wire: 'SIDEDOER', label }, [
    ['TV', 'tv'],
    ['  12', '12'],
    ['12345', [9017]],
    ['?', [9017]],
  ])
})

test('a floor or door of blanks alone is no floor and no door, and is not kept as an empty one', () => {
  for (const optional of [{}, { optional: true }] as const) {
    check({ kind: 'floor', wire: 'ETAGE', label, ...optional }, [
      [' ', [9016]],
      ['.', [9016]],
    ])
    check({ kind: 'door', wire: 'SIDEDOER', label, ...optional }, [['  ', [9017]]])
  }
})

test('a sign outside ISO-8859-1 is in no field, though it looks like a letter that is', () => {
  const kelvin = '\u212a'
  check({ kind: 'floor', wire: 'ETAGE', label }, [[`${kelvin}2`, [9016]]])
  check({ kind: 'door', wire: 'SIDEDOER', label }, [[kelvin, [9017]]])
  check({ kind: 'house', wire: 'HUSNR', label }, [[`12${kelvin}`, [9015]]])
})

test('a choice is one of its options by its own name, and of nothing inherited (9012)', () => {
  const options = { on: { wire: 'TIL', text: { da: 'Til', en: 'On' } } }
  check({ kind: 'choice', wire: 'VALG', label, options }, [
    ['on', 'on'],
    ['TIL', [9012]],
    ['constructor', [9012]],
    ['toString', [9012]],
  ])
})

test('a text has at most its length in characters, once composed (9011)', () => {
  const field = { kind: 'text', wire: 'TXT', label, lengthMax: 5 } as const
  check(field, [
    ['æøåÆØ', 'æøåÆØ'],
    ['æøåÆØÅ', [9011]],
    ['e\u0301e\u0301e\u0301e\u0301e\u0301', 'ééééé'],
  ])
})

test('a text holds only what CPR can keep, and no blanks too many (60, 9018)', () => {
  const field = { kind: 'text', wire: 'TXT', label, lengthMax: 20 } as const
  check(field, [
    ['Łukasz', [60]],
    ['a\u0001', [60]],
    ['a\nb', [60]],
    ['a\u0085', [60]],
    ['😀', [60]],
    [' a', [9018]],
    ['a ', [9018]],
    ['a  b', [9018]],
    ['a b', 'a b'],
  ])
})

test('what does not fit is named, and the character itself is not repeated', () => {
  const shape = shapeOf({ it: { kind: 'text', wire: 'TXT', label, lengthMax: 20 } })
  const read = readData(shape, { it: 'Łukasz' })
  assert.ok(!read.ok)
  assert.match(read.refusals[0]?.text.da ?? '', /^Felt .* U\+0141$/)
})

test('a name text has letters, blanks, hyphens and apostrophes, after a c/o that may lead it', () => {
  const field = { kind: 'text', wire: 'CONVN', label, lengthMax: 34, letters: 'name' } as const
  check(field, [
    ['c/o Sørensen', 'c/o Sørensen'],
    ["C/O O'Neil-Østergård", "C/O O'Neil-Østergård"],
    ['Anna 2', [60]],
    ['a/b', [60]],
    ['-Anna', [60]],
    ['c/o', [60]],
  ])
})

test('several persons are different persons, at most so many (9013, 9014, 9010, 52)', () => {
  const field = { kind: 'persons', wire: 'PNR', table: 'PERS', label, itemsMax: 2 } as const
  const three = present(fictionalPnr(date('1984-06-15'), 'M', 0), 'a number')
  check(field, [
    [
      [one, writePnr(two)],
      [one, two],
    ],
    [[one, two, three], [9013]],
    [[one, writePnr(one)], [9014]],
    [[one, 'x'], [52]],
    [[], [9010]],
    [undefined, [9010]],
  ])
  check({ ...field, optional: true }, [
    [undefined, []],
    [[], []],
    ['', [9027]],
  ])
})

test('an optional field may be empty, and then is not there', () => {
  const field = { kind: 'date', wire: 'DTO', label, optional: true } as const
  check(field, [
    ['', undefined],
    [undefined, undefined],
  ])
})

test('every refusal comes at once: unknown names first, then the fields in their order', () => {
  const shape = shapeOf({
    first: { kind: 'date', wire: 'A', label },
    second: { kind: 'house', wire: 'B', label },
    third: { kind: 'floor', wire: 'C', label, optional: true },
  })
  const read = readData(shape, { third: '0', second: 'x', stray: '1', HUSNR: '2' })
  assert.ok(!read.ok)
  assert.deepEqual(
    read.refusals.map(({ number, field, severity }) => [number, field, severity]),
    [
      [16, 'stray', 'error'],
      [16, 'HUSNR', 'error'],
      [9010, 'first', 'error'],
      [9015, 'second', 'error'],
      [9016, 'third', 'error'],
    ],
  )
})

test('names that every object has are unknown fields like any other', () => {
  const shape = shapeOf({ it: { kind: 'date', wire: 'A', label, optional: true } })
  const sent: Sent = JSON.parse('{"__proto__":"x","constructor":"y"}')
  const read = readData(shape, sent)
  assert.deepEqual(!read.ok && read.refusals.map(({ number, field }) => [number, field]), [
    [16, '__proto__'],
    [16, 'constructor'],
  ])
})

test('keys are a number, a date and four digits of a municipality', () => {
  fc.assert(
    fc.property(keys, (value) => {
      assert.deepEqual(readKeys({ ...value, pnr: writePnr(value.pnr) }), { ok: true, value })
    }),
  )
  const read = readKeys({ pnr: '0000000000', date: 'x', municipality: '75' })
  assert.deepEqual(!read.ok && read.refusals.map(({ number, field }) => [number, field]), [
    [172, 'pnr'],
    [40, 'date'],
    [9019, 'municipality'],
  ])
})

for (const { shape } of catalogue) {
  test(`${shape.name}: what was read is read again as it is`, () => {
    fc.assert(
      fc.property(readings(shape), (reading) => {
        assert.deepEqual(readData(shape, reading), { ok: true, value: reading })
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(sentData(shape), (sent) => {
        const read = readData(shape, sent)
        if (read.ok) assert.deepEqual(readData(shape, read.value), read)
        else assert.ok(read.refusals.length > 0)
      }),
      { numRuns: 1000 },
    )
  })
}
