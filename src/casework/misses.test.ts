/** When numbers of nobody are an alarm (A11). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Misses } from '#casework/misses.ts'

const start = new Date('2026-11-26T10:00:00Z')
const minutesLater = (minutes: number) => new Date(start.valueOf() + minutes * 60_000)

function alarmsOf(max: number, misses: readonly (readonly [code: string, at: Date])[]) {
  const alarms: string[] = []
  const counted = new Misses(max, (code) => void alarms.push(code))
  for (const [code, at] of misses) counted.note(code, at)
  return alarms
}

const times = (n: number, code: string, minute: (nth: number) => number = () => 0) =>
  Array.from({ length: n }, (_, nth) => [code, minutesLater(minute(nth))] as const)

test('the fiftieth number of nobody within an hour is an alarm, and each fiftieth after it', () => {
  assert.deepEqual(alarmsOf(50, times(49, 'W1')), [])
  assert.deepEqual(alarmsOf(50, times(50, 'W1')), ['W1'])
  assert.deepEqual(alarmsOf(50, times(149, 'W1')), ['W1', 'W1'])
})

test('who mistypes now and then, hour after hour, raises none', () => {
  assert.deepEqual(
    alarmsOf(
      50,
      times(1_000, 'W1', (nth) => nth * 2),
    ),
    [],
  )
  assert.deepEqual(
    alarmsOf(
      50,
      times(51, 'W1', (nth) => nth),
    ),
    ['W1'],
  )
})

test('the misses of one are none of another', () => {
  const both = times(49, 'W1').flatMap((miss) => [miss, ['W2', miss[1]] as const])
  assert.deepEqual(alarmsOf(50, both), [])
  assert.deepEqual(alarmsOf(50, [...both, ['W2', start]]), ['W2'])
})
