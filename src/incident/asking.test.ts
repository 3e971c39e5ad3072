/** How people are asked: where a type says nothing, and that no field is forgotten or asked twice. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date } from '#base/calendar.ts'
import { completeAsking } from '#incident/asking.ts'

const fields = {
  returnsOn: { kind: 'date', wire: 'A', label: { da: 'Hjem', en: 'Back' } },
  home: { kind: 'text', lengthMax: 3, wire: 'B', label: { da: 'Bolig', en: 'Home' } },
} as const

test('a type that says nothing has a page for each field, under its label, always', () => {
  const { date: day, pages } = completeAsking(fields)
  assert.notEqual(day, 'today')
  assert.deepEqual(
    pages.map(({ name, title, fields: names }) => [name, title.en, names]),
    [
      ['returns-on', 'Back', ['returnsOn']],
      ['home', 'Home', ['home']],
    ],
  )
  assert.ok(pages.every(({ when }) => when({}, date('2026-01-01'))))
})
