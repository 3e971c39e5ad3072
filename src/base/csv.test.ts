/** Comma-separated text. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCsv } from '#base/csv.ts'

test('rows are read by heading; quotes keep commas and quotes, comments are left out', () => {
  const text = '# list\na,b,c\n1,"x,""y""",\n,,\n'
  assert.deepEqual(readCsv(text, ['a', 'b', 'c']), [
    { a: '1', b: 'x,"y"', c: '' },
    { a: '', b: '', c: '' },
  ])
})

test('any cells without line breaks are read as they were written', () => {
  const value = fc.string().filter((text) => !/[\n\r]/.test(text))
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value)), (rows) => {
      const quoted = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join())
      const read = readCsv(['a,b', ...quoted].join('\n'), ['a', 'b'])
      assert.deepEqual(
        read.map((row) => [row['a'], row['b']]),
        rows,
      )
    }),
  )
})

test('other headings, missing cells and stray quotes are told', () => {
  assert.throws(() => readCsv('a,b\n', ['b', 'a']), /headings/)
  assert.throws(() => readCsv('', ['a']), /headings/)
  assert.throws(() => readCsv('a,b\n1\n', ['a', 'b']), /row 1 has 1 cells/)
  assert.throws(() => readCsv('a,b\nx"y,2\n', ['a', 'b']), /not a row/)
})
