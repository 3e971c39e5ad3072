/** Every rule of the catalogue, and every word to a status, stands in a test that expects it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Incident } from '#incident/define.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { tests, textOf } from '#test/house/tracked.ts'

/** What the tests beside the types expect; a number in another floor's test proves no rule. */
const law = tests.filter((path) => path.startsWith('src/incidents/'))

/** The numbers that nobody expects: not in an expectation of refusals, nor compared. */
function untested(types: readonly Incident[], said: string): readonly number[] {
  const expected = new Set(
    [...said.matchAll(/(?<!\d)\d{4}(?!\d)/g)].map(([digits]) => Number(digits)),
  )
  const numbers = types.flatMap(({ ruleTable, statuses }) => [
    ...ruleTable.map(({ number }) => number),
    ...Object.values(statuses).flatMap((each) => (each === 'yes' ? [] : [each.number])),
  ])
  return [...new Set(numbers)].filter((number) => !expected.has(number)).sort()
}

/** Titles of tests and comments say a number without expecting it. */
function withoutTitles(text: string): string {
  return text.replaceAll(/^test\((['`]).*?\1, .*$/gm, '').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '')
}

test('every rule number stands in what a test expects', () => {
  const said = law.map((path) => withoutTitles(textOf(path))).join('\n')
  assert.deepEqual(untested(catalogue, said), [])
})

test('every type has a test beside its file', () => {
  const missing = catalogue
    .map(({ shape }) => `src/incidents/${shape.name}.test.ts`)
    .filter((path) => !law.includes(path))
  assert.deepEqual(missing, [])
})

test('a number in a title or a comment is no expectation', () => {
  const text = "test('that (9110)', () => {\n  // 9111\n  expect(9112)\n})"
  assert.deepEqual(untested(catalogue, withoutTitles(text)).includes(9110), true)
  assert.deepEqual(untested(catalogue, withoutTitles(text)).includes(9111), true)
  assert.deepEqual(untested(catalogue, withoutTitles(text)).includes(9112), false)
})
