/** The pages are Markdown that holds, and tell all that a declaration says. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { incidentPage } from '#api/incident-page.ts'
import { page, table } from '#api/markdown.ts'
import { receiptRows } from '#api/receipts-page.ts'
import { catalogue } from '#incidents/catalogue.ts'

test('a table keeps its columns, whatever a cell holds', () => {
  assert.equal(
    table(['a', 'b'], [['x|y', 'one\ntwo']]),
    '| a | b |\n| --- | --- |\n| x\\|y | one two |',
  )
})

test('a page has one blank line between its parts, one line break at its end, and no gaps', () => {
  assert.equal(page(['# A', '', 'b']), '# A\n\nb\n')
})

for (const type of catalogue) {
  const { shape, ruleTable, statuses } = type
  const said = incidentPage(type, {
    diagram: 'stateDiagram-v2',
    exampleTexts: new Map([[9110, { da: 'Da', en: 'En' }]]),
    gctp: [{ title: 'Ask:', language: 'xml', text: '<a/>' }],
    json: [{ title: 'Ask:', language: 'json', text: '{}' }],
  })

  test(`${shape.name}: its page names every field, every option, every rule and every status`, () => {
    const fields = Object.entries(shape.fields).flatMap(([name, field]) => [
      ...[name, field.wire, field.label.da, field.label.en],
      ...(field.kind === 'choice' ? Object.values(field.options).map(({ wire }) => wire) : []),
    ])
    const rules = ruleTable.flatMap(({ name, number, source }) => [name, String(number), source])
    for (const word of [...fields, ...rules, ...Object.keys(statuses)]) {
      assert.ok(said.includes(word), word)
    }
    for (const part of ['```mermaid\nstateDiagram-v2\n```', '```xml\n<a/>\n```', '```json\n{}']) {
      assert.ok(said.includes(part), part)
    }
  })

  test(`${shape.name}: the rows of its tables have as many cells as their heads`, () => {
    const widths = said.split('\n\n').flatMap((part) => {
      if (!part.startsWith('|')) return []
      return [new Set(part.split('\n').map((line) => line.split(/(?<!\\)\|/).length)).size]
    })
    assert.ok(widths.length >= 5)
    assert.deepEqual(new Set(widths), new Set([1]))
  })
}

test('a rule whose text depends on what was sent is shown by an example, in italics', () => {
  const rows = receiptRows({}, catalogue, new Map([[9110, { da: 'Da', en: 'En' }]]))
  assert.deepEqual(rows.find(({ number }) => number === 9110)?.text, { da: '*Da*', en: '*En*' })
})

test('what several types tell a status stands once, with all of them', () => {
  const rows = receiptRows({}, catalogue, new Map()).filter(({ number }) => number === 9100)
  assert.deepEqual(
    rows.map(({ from }) => from),
    [catalogue.map(({ shape }) => `${shape.name}: pnr`).join(', ')],
  )
})
