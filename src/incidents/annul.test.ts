/** An annulment: every day reads as though the event had never been recorded. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { annul } from '#incidents/annul.ts'
import { openPersonOn } from '#register/person.ts'
import { statusFrom } from '#register/status.ts'
import { historyOf, recorded } from '#test/incident-history.ts'
import { given, home, person, today } from '#test/incident-law.ts'

const since = addDays(today, -20)
const elsewhere = { municipality: '0751', road: '0034', house: '5' }
const moved = {
  type: 'A01',
  facts: [{ kind: 'address', from: since, value: elsewhere } as const],
}
const dead = {
  type: 'A21',
  facts: [statusFrom('90', since), { kind: 'address', from: since, value: null } as const],
}

test('a move that never was: the earlier address holds again, also on the days between', () => {
  const history = historyOf(person(), moved)
  const [change] = given(annul, history).effect({ eventNo: '2' })
  assert.deepEqual([change?.event, change?.kind], ['A10', 'annulled'])
  const { pnr } = history.subject
  const facts = recorded(history.facts.get(pnr) ?? [], change?.facts ?? [])
  for (const day of [since, today]) {
    assert.equal(openPersonOn(pnr, facts, day).address?.road, home.road)
  }
})

test('who was registered as dead by mistake lives where they lived', () => {
  const history = historyOf(person(), dead)
  assert.equal(history.subject.status, '90')
  const there = given(annul, { ...history, municipality: '0751' })
  there.expectAccepted({ eventNo: '2' })
  const [change] = there.effect({ eventNo: '2' })
  assert.equal(change?.event, 'A25')
  const { pnr } = history.subject
  const now = openPersonOn(pnr, recorded(history.facts.get(pnr) ?? [], change?.facts ?? []), today)
  assert.deepEqual([now.status, now.address?.road], ['01', home.road])
})

test('what later events have said stands', () => {
  const later = addDays(today, -3)
  const third = { municipality: '0751', road: '0077', house: '1' }
  const history = historyOf(person(), moved, {
    type: 'A01',
    facts: [{ kind: 'address', from: later, value: third }],
  })
  const { pnr } = history.subject
  const [change] = given(annul, history).effect({ eventNo: '2' })
  const facts = recorded(history.facts.get(pnr) ?? [], change?.facts ?? [])
  assert.equal(openPersonOn(pnr, facts, addDays(later, -1)).address?.road, home.road)
  assert.equal(openPersonOn(pnr, facts, later).address?.road, '0077')
})

test('an event for which CPR has no code of annulment keeps its own', () => {
  const history = historyOf(person(), {
    type: 'A33',
    facts: [{ kind: 'protection', slot: '0003', from: since, value: { type: '0003' } }],
  })
  const [change] = given(annul, history).effect({ eventNo: '2' })
  assert.deepEqual([change?.event, change?.kind], ['A33', 'annulled'])
  assert.deepEqual(given(annul, history).marks({ eventNo: '2' }), ['annuls-A33'])
})

test('the event is one of the person (9343)', () => {
  given(annul, historyOf(person(), moved)).expectRefused({ eventNo: '3' }, [9343, 'eventNo'])
})

test('what holds on no day is not annulled again (9344)', () => {
  const annulment = {
    type: 'A10',
    kind: 'annulled' as const,
    facts: [{ kind: 'address', from: since, value: home } as const],
  }
  const history = historyOf(person(), moved, annulment)
  given(annul, history).expectRefused({ eventNo: '2' }, [9344, 'eventNo'])
})

test('what brought the person into the register is no mistake about the person (9345)', () => {
  given(annul, historyOf(person(), moved)).expectRefused({ eventNo: '1' }, [9345, 'eventNo'])
})

test('a revision is undone rather than annulled (9346)', () => {
  for (const kind of ['corrected', 'annulled', 'undone'] as const) {
    const history = historyOf(person(), { ...moved, kind })
    given(annul, history).expectRefused({ eventNo: '2' }, [9346, 'eventNo'])
  }
})
