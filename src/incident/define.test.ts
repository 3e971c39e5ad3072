/** The language of incidents: what a declaration comes to, on a small type made for this test. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineIncident, type StatusMatrix } from '#incident/define.ts'
import { findField, isKeyName, keyFields } from '#incident/fields.ts'
import { statuses } from '#register/codes.ts'
import { given, nowhere, person, situation } from '#test/incident-law.ts'

const text = (da: string) => ({ da, en: `${da} in English` })
const barred = { number: 9101, text: text('ikke her') }
const matrix = Object.fromEntries(
  Object.keys(statuses).map((code) => [code, code === '01' ? 'yes' : barred]),
) as StatusMatrix

const type = defineIncident({
  code: 'PRØVE-I',
  name: 'try',
  title: text('Prøve'),
  summary: text('En prøve'),
  decidedBy: 'residence',
  statuses: matrix,
  fields: {
    road: { kind: 'code', digits: 4, list: 'road', wire: 'VEJKOD', label: text('Vej') },
    note: { kind: 'text', lengthMax: 9, wire: 'NOTE', optional: true, label: text('Note') },
    who: {
      kind: 'persons',
      table: 'HVEM',
      wire: 'PNR',
      itemsMax: 3,
      optional: true,
      label: text('Hvem'),
    },
  },
  keyRules: [
    {
      name: 'here',
      number: 9901,
      source: 'test',
      blames: 'municipality',
      text: ({ keys }) => text(`ikke ${keys.municipality}`),
      holds: ({ keys }) => keys.municipality === '0751',
    },
  ],
  asks: ({ who }) => ({ persons: who }),
  rules: [
    {
      name: 'road-is-one',
      number: 9902,
      source: 'test',
      blames: 'road',
      text: text('forkert vej'),
      holds: ({ road }) => road === '0001',
    },
    {
      name: 'note-is-nice',
      number: 9903,
      severity: 'warning',
      source: 'test',
      blames: 'note',
      text: ({ note }) => text(`ikke ${note}`),
      holds: ({ note }) => note !== 'grim',
    },
  ],
  candidates: ({ household }) => ({ who: household.map(({ pnr }) => ({ value: pnr, text: 'x' })) }),
  marks: ({ note }) => (note === undefined ? [] : [{ code: 'noted', text: text('Note') }]),
  effect: (_, { subject }) => [{ pnr: subject.pnr, event: 'A01', facts: [] }],
  examples: [{ road: '0001', who: [] }],
})

test('every rule that does not hold is told, those of the keys before those of the data', () => {
  given(type, { municipality: '0851', subject: nowhere('90') }).expectRefused(
    { road: '0002', note: 'grim' },
    [9101, 'pnr'],
    [9901, 'municipality'],
    [9902, 'road'],
    [9903, 'note'],
  )
})

test('the keys are judged alone before there are data', () => {
  const refusals = type.judgeKeys(situation({ municipality: '0851', subject: nowhere('90') }))
  assert.deepEqual(
    refusals.map(({ number }) => number),
    [9101, 9901],
  )
  assert.deepEqual(type.judgeKeys(situation()), [])
})

test('a text may be written from the keys or from the data, and is one text otherwise', () => {
  const texts = given(type, { municipality: '0851' })
    .refusals({ road: '0002', note: 'grim' })
    .map((refusal) => refusal.text.da)
  assert.deepEqual(texts, ['ikke 0851', 'forkert vej', 'ikke grim'])
})

test('a refusal is an error unless its rule says that it is a warning', () => {
  const severities = given(type)
    .refusals({ road: '0002', note: 'grim' })
    .map(({ severity }) => severity)
  assert.deepEqual(severities, ['error', 'warning'])
})

test('the table of rules tells all of them, with their text where it is always the same', () => {
  assert.deepEqual(
    type.ruleTable.map((rule) => [rule.name, rule.severity, rule.blames, rule.text?.da]),
    [
      ['here', 'error', 'municipality', undefined],
      ['road-is-one', 'error', 'road', 'forkert vej'],
      ['note-is-nice', 'warning', 'note', undefined],
    ],
  )
})

test('what a type does not ask for is asked as nothing', () => {
  const { pnr } = person()
  const asked = type.asks({ road: '0001', who: [pnr] })
  assert.deepEqual(asked, { persons: [pnr], addresses: [], roads: [] })
})

test('candidates, marks and effect are those of the declaration', () => {
  const child = person()
  const there = given(type, { household: [child] })
  assert.deepEqual(there.candidates('who'), [child.pnr])
  assert.deepEqual(there.marks({ road: '0001' }), [])
  assert.deepEqual(there.marks({ road: '0001', note: 'pæn' }), ['noted'])
  assert.equal(there.effect({ road: '0001' })[0]?.pnr, there.situation.subject.pnr)
})

test('a field is found by its name, a key as well, and nothing that every object has', () => {
  assert.equal(findField(type.shape, 'road')?.wire, 'VEJKOD')
  assert.equal(findField(type.shape, 'date'), keyFields.date)
  assert.equal(findField(type.shape, 'constructor'), undefined)
  assert.equal(isKeyName('toString'), false)
})
