/** What became of a case since it was seen: who decided, told to nobody but its authority. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyStale } from '#casework/stale.ts'

const decidedAt = new Date('2026-03-01T13:05:00Z')
const pending = { version: 4, state: 'pending' } as const
const decided = { version: 5, decidedAt, decidedBy: 'W0000751' } as const

test('the version that there is is not stale, nor is a step that names none', () => {
  assert.equal(whyStale(4, pending, true), undefined)
  assert.equal(whyStale(undefined, pending, true), undefined)
})

test('what still waits has changed, and what was decided says by whom and when', () => {
  assert.equal(whyStale(3, pending, true)?.number, 9054)
  const approved = whyStale(4, { ...decided, state: 'approved' }, true)
  assert.equal(approved?.number, 9084)
  assert.match(approved?.text.da ?? '', /godkendt af W0000751 den 1\. marts 2026 kl\. 14\.05/)
  const rejected = whyStale(4, { ...decided, state: 'rejected' }, true)
  assert.equal(rejected?.number, 9085)
  assert.match(rejected?.text.en ?? '', /rejected by W0000751 on 1 March 2026 at 14:05/)
})

test('a policy is no person code, and who decided is told to no reporter', () => {
  const machine = whyStale(4, { ...decided, state: 'approved', decidedBy: '0099' }, true)
  assert.match(machine?.text.en ?? '', /approved by a policy/)
  assert.equal(whyStale(4, { ...decided, state: 'approved' }, false)?.number, 9054)
})
