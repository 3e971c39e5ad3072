/** Drawings of numbers: in proportion, named, and with nothing of a label taken for markup. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barChart, columnChart } from '#web/parts/charts.ts'

function lengths(svg: string, side: 'width' | 'height'): readonly number[] {
  return [...svg.matchAll(new RegExp(`<rect [^>]*\\b${side}="([\\d.]+)"`, 'g'))].map((found) =>
    Number(found[1]),
  )
}

test('a column is as high as its number, beside the others', () => {
  const svg = columnChart('Days', ['1', '2'], [{ name: 'In', values: [2, 4] }]).toString()
  const [low = 0, high = 0] = lengths(svg, 'height')
  assert.ok(low > 0)
  assert.equal(high, low * 2)
})

test('nothing is drawn of a nought, and the longest bar is the greatest number', () => {
  const [none, some = 0, most = 0] = lengths(
    barChart('Ages', ['a', 'b', 'c'], [0, 1, 4]).toString(),
    'width',
  )
  assert.equal(none, 0)
  assert.equal(most, some * 4)
})

test('a drawing without a number for each label is a bug', () => {
  assert.throws(() => barChart('Ages', ['a'], []))
})

test('a label is text, whatever stands in it', () => {
  const svg = barChart('<b>', ['</text><script>'], [1]).toString()
  assert.doesNotMatch(svg, /<script>|<b>/)
})
