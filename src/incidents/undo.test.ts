/** Undoing: a revision, or the last thing recorded, is as though it had not been. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { annul } from '#incidents/annul.ts'
import { undo } from '#incidents/undo.ts'
import { openPersonOn } from '#register/person.ts'
import { historyOf, recorded } from '#test/incident-history.ts'
import { given, home, opened, person, today } from '#test/incident-law.ts'

const since = addDays(today, -20)
const move = (road: string, from = since) => ({
  type: 'A01',
  facts: [{ kind: 'address', from, value: { municipality: '0751', road, house: '5' } } as const],
})

test('an annulment that is undone leaves the event as it was', () => {
  const subject = person()
  const before = historyOf(subject, move('0034'))
  const [annulment] = given(annul, before).effect({ eventNo: '2' })
  const history = historyOf(subject, move('0034'), {
    type: 'A10',
    kind: 'annulled',
    facts: annulment?.facts ?? [],
  })
  assert.equal(opened(history.subject).address?.road, home.road)
  const there = given(undo, history)
  there.expectAccepted({ eventNo: '3' })
  const [change] = there.effect({ eventNo: '3' })
  assert.deepEqual([change?.event, change?.kind], ['A10', 'undone'])
  const facts = recorded(history.facts.get(subject.pnr) ?? [], change?.facts ?? [])
  assert.equal(openPersonOn(subject.pnr, facts, today).address?.road, '0034')
  assert.deepEqual(there.marks({ eventNo: '3' }), ['undoes-A10'])
})

test('the last event is undone, an earlier one is annulled instead (9356)', () => {
  const history = historyOf(person(), move('0034'), move('0077', addDays(today, -3)))
  given(undo, history).expectAccepted({ eventNo: '3' })
  given(undo, history).expectRefused({ eventNo: '2' }, [9356, 'eventNo'])
})

test('an earlier correction can be undone as well', () => {
  const corrected = { ...move('0034'), kind: 'corrected' as const }
  const history = historyOf(person(), corrected, move('0077', addDays(today, -3)))
  given(undo, history).expectAccepted({ eventNo: '2' })
})

test('that a day came is nothing that was recorded last', () => {
  const came = { type: 'A01', kind: 'in-effect' as const, facts: [] }
  const history = historyOf(person(), move('0034'), came)
  given(undo, history).expectAccepted({ eventNo: '2' })
  given(undo, history).expectRefused({ eventNo: '3' }, [9354, 'eventNo'], [9356, 'eventNo'])
})

test('the event is one of the person, and the first one stays (9353, 9355)', () => {
  const history = historyOf(person())
  given(undo, history).expectRefused({ eventNo: '2' }, [9353, 'eventNo'])
  given(undo, history).expectRefused({ eventNo: '1' }, [9355, 'eventNo'])
})
