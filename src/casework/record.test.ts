/** A reading's one canonical text, and when a conversation's time is over. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalReading, type IncidentRecord, isLapsed } from '#casework/record.ts'
import type { State } from '#casework/transitions.ts'
import type { Reading } from '#incident/fields.ts'
import { isRejectionReason } from '#incident/rejection.ts'
import { noQuestion } from '#incident/situation.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { readings } from '#test/arbitraries.ts'
import { situation } from '#test/incident-law.ts'

const shapes = fc.oneof(...catalogue.map(({ shape }) => readings(shape)))

test('those who move along are the same in any order', () => {
  const [first, second] = ['0205873700', '0809198700']
  assert.equal(
    canonicalReading({ companions: [first, second] }),
    canonicalReading({ companions: [second, first] }),
  )
  assert.notEqual(
    canonicalReading({ companions: [first, second] }),
    canonicalReading({ companions: [first] }),
  )
})

test('the same reading has the same text, whatever order its names came in', () => {
  const shuffled = shapes.chain((reading) => {
    const entries = Object.entries(reading)
    return fc
      .shuffledSubarray(entries, { minLength: entries.length })
      .map((other) => ({ reading, other: Object.fromEntries(other) }))
  })
  fc.assert(
    fc.property(shuffled, ({ reading, other }) => {
      assert.equal(canonicalReading(other), canonicalReading(reading))
    }),
  )
})

test('what was left out and what is undefined are the same', () => {
  const reading: Reading = { house: '1', floor: undefined }
  assert.equal(canonicalReading(reading), canonicalReading({ house: '1' }))
})

test('another reading has another text, and names and values cannot be taken for one another', () => {
  fc.assert(
    fc.property(shapes, shapes, (a, b) => {
      const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
      assert.equal(canonicalReading(a) === canonicalReading(b), same)
    }),
  )
  const tricky: readonly Reading[] = [
    { a: 'b', c: 'd' },
    { a: 'b,c', d: '' },
    { a: ['b', 'c'] },
    { a: ['b,c'] },
    { a: 'b' },
    { a: ['b'] },
    { a: [] },
    { a: '' },
    {},
  ]
  assert.equal(new Set(tricky.map(canonicalReading)).size, tricky.length)
})

function sorted(reading: Reading): Reading {
  return Object.fromEntries(Object.entries(reading).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const expiresAt = new Date('2026-03-10T12:00:00Z')

function recordIn(state: State): IncidentRecord {
  return {
    id: 'flyt-i.0',
    ts: '0'.repeat(20),
    code: 'FLYT-I',
    keys: situation().keys,
    authority: '0751',
    reportedBy: 'W0000001',
    reportingAuthority: '0042',
    state,
    version: 1,
    rulesVersion: '1',
    question: noQuestion,
    outcomes: {},
    events: [],
    after: [],
    warned: [],
    marks: [],
    initiatedAt: new Date('2026-03-10T11:30:00Z'),
    expiresAt,
  }
}

test('a conversation lapses at its instant, and not the moment before', () => {
  const before = new Date(expiresAt.valueOf() - 1)
  for (const state of ['initiated', 'validated'] as const) {
    assert.equal(isLapsed(recordIn(state), before), false)
    assert.equal(isLapsed(recordIn(state), expiresAt), true)
  }
})

test('what has expired stays so, whatever the clock says', () => {
  assert.equal(isLapsed(recordIn('expired'), new Date('2020-01-01T00:00:00Z')), true)
})

test('what was saved, decided or cancelled does not lapse', () => {
  const late = new Date('2030-01-01T00:00:00Z')
  for (const state of ['pending', 'approved', 'rejected', 'cancelled'] as const) {
    assert.equal(isLapsed(recordIn(state), late), false, state)
  }
  assert.equal(isLapsed(recordIn('expired'), late), true, 'it has, whoever wrote that down')
})

test('a reason to reject is one of the list and nothing that every object has', () => {
  assert.equal(isRejectionReason('HOST_DENIED'), true)
  assert.equal(isRejectionReason('toString'), false)
  assert.equal(isRejectionReason('host_denied'), false)
})
