/** The figures of a benchmark from windows that are known. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barsOf } from '#test/bench/bars.ts'
import { levelOf, quantile, type Result, type Round } from '#test/bench/result.ts'

function windowOf(count: number, seconds: number) {
  return { seconds, incidents: Array.from({ length: count }, () => [1, 2, 3, 4]) }
}

function roundOf(statements: number, json: number): Round {
  const alone = windowOf(statements, 1)
  return { statements: alone, casework: alone, json: windowOf(json, 2), gctp: alone }
}

function resultOf(json: number): Result {
  return {
    ...{ date: '', command: '', machine: '', node: '', postgres: '' },
    ...{ persons: 1, seconds: 1, rounds: 1, connections: 1 },
    levels: [levelOf(8, [roundOf(100, json)])],
    roundTrips: { initiate: 2 },
  }
}

test('a rate is incidents by seconds, and a ratio is taken within its round', () => {
  const { series } = levelOf(8, [roundOf(100, 100), roundOf(50, 80), roundOf(200, 160)])
  assert.deepEqual(series.json.rate, { median: 50, low: 40, high: 80 })
  assert.deepEqual(series.json.ratio, { median: 0.5, low: 0.4, high: 0.8 })
  assert.deepEqual(series.json.incident, { median: 10, p99: 10 })
  assert.equal(series.json.steps['save']?.median, 3)
  assert.equal(series.json.incidents, 340)
})

test('of processor time a door has what PostgreSQL alone needs by what both need', () => {
  const used = (database: number, server: number) => ({
    ...windowOf(10, 1),
    cpu: { database, server, load: 99 },
  })
  const round = { ...roundOf(10, 10), statements: used(80, 0), json: used(100, 60) }
  assert.equal(levelOf(8, [round]).series.json.cpuRatio, 0.5)
  assert.equal(levelOf(8, [round]).series.gctp.cpuRatio, undefined)
})

test('a quantile is a value that was measured', () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at)
  assert.equal(quantile(values, 0.5), 50)
  assert.equal(quantile(values, 0.99), 99)
  assert.equal(quantile([7], 0.99), 7)
})

test('a bar is kept at its figure and missed below it', () => {
  const kept = (json: number) => barsOf(resultOf(json)).map((bar) => bar.kept)
  // The JSON door, the GCTP door, and the round trips.
  assert.deepEqual(kept(100), [true, true, true])
  assert.deepEqual(kept(99), [false, true, true])
})
