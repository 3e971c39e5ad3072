/** A correction: the days stay, and what they say reads otherwise from the first of them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, date } from '#base/calendar.ts'
import { correct } from '#incidents/correct.ts'
import { openPersonOn } from '#register/person.ts'
import { type History, historyOf, recorded } from '#test/incident-history.ts'
import { given, home, nowhere, opened, person, today } from '#test/incident-law.ts'

const name = { what: 'name', given: 'Petrea', surname: 'Prøvesen' }
const address = { what: 'address', road: '0034', house: '5' }

function after(history: History, data: object, day = today) {
  const [change] = given(correct, history).effect({ ...data })
  const { pnr } = history.subject
  return openPersonOn(pnr, recorded(history.facts.get(pnr) ?? [], change?.facts ?? []), day)
}

test('a name reads as corrected from the day it began, and is a correction in the feed', () => {
  const history = historyOf(person())
  const [change] = given(correct, history).effect(name)
  assert.deepEqual([change?.event, change?.kind], ['A16', 'corrected'])
  const early = after(history, name, history.subject.bornOn)
  assert.deepEqual(early.name, { given: 'Petrea', surname: 'Prøvesen' })
})

test('only the current name is corrected, not the one before it', () => {
  const subject = person()
  const since = date('2015-05-05')
  const history = historyOf(subject, {
    type: 'A13',
    facts: [{ kind: 'name', from: since, value: { given: 'Petra', surname: 'Nyt' } }],
  })
  assert.deepEqual(after(history, name, since).name.surname, 'Prøvesen')
  assert.deepEqual(after(history, name, addDays(since, -1)).name, opened(subject).name)
})

test('an address reads as corrected since it was moved to, and a move ahead stands', () => {
  const next = { municipality: '0751', road: '0099', house: '1' }
  const history = historyOf(person(), {
    type: 'A01',
    facts: [{ kind: 'address', from: addDays(today, 5), value: next }],
  })
  const [change] = given(correct, history).effect(address)
  assert.deepEqual([change?.event, change?.kind], ['A09', 'corrected'])
  assert.deepEqual(after(history, address).address, {
    municipality: '0751',
    road: '0034',
    house: '5',
    from: '2020-01-01',
  })
  assert.equal(after(history, address, addDays(today, 5)).address?.road, '0099')
})

test('a name is corrected whole, in letters of the register (9333)', () => {
  const { surname: _, ...halfName } = name
  given(correct).expectRefused(halfName, [9333, 'surname'])
  given(correct).expectRefused({ ...name, given: 'c/o Petrea' }, [9333, 'surname'])
  given(correct).expectAccepted({ ...name, middle: "d'Or" })
})

test('MOVE-13: an address is corrected to one of the register (9334)', () => {
  given(correct).expectRefused({ ...address, house: '6' }, [9334, 'house'])
  given(correct).expectRefused({ what: 'address' }, [9334, 'house'])
  given(correct).expectAccepted(address)
})

test('who has no current address has none to correct (9335)', () => {
  given(correct, { subject: nowhere('80') }).expectRefused(address, [9335, 'what'])
})

test('what reads so already is no correction (9336)', () => {
  const subject = person()
  const { given: first, surname } = opened(subject).name
  given(correct, { subject }).expectRefused({ what: 'name', given: first, surname }, [9336, 'what'])
  const { road, house, floor, door } = home
  const same = { what: 'address', road, house, floor, door }
  given(correct, { subject }).expectRefused(same, [9336, 'what'])
  given(correct, { subject }).expectAccepted({ ...same, careOf: 'c/o Prøve' })
})

test('what is asked of the register is the address, if there is one', () => {
  assert.deepEqual(correct.asks(address).addresses, ['0034-5--'])
  assert.deepEqual(correct.asks(name).addresses, [])
})
