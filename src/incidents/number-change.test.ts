/** A new number: everything that holds goes over to it, and the old one points to it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, date } from '#base/calendar.ts'
import { numberChange } from '#incidents/number-change.ts'
import { isProtected, type OpenPerson, openPersonOn, type Person } from '#register/person.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { firstFacts, historyOf, recorded } from '#test/incident-history.ts'
import { bornFor, given, home, opened, person, protectedUntil, today } from '#test/incident-law.ts'

const bornOn = date('1981-06-15')
const newNumber = present(fictionalPnr(bornOn, 'M', 7), 'a fictional number')
const data = { newNumber, sex: 'M' }
const tomorrow = addDays(today, 1)

function changed(subject: Person, others: readonly Person[] = []) {
  const history = historyOf(subject)
  const theirs = others.map((each) => [each.pnr, recorded([], firstFacts(each))] as const)
  const facts = new Map([...history.facts, ...theirs])
  return given(numberChange, { ...history, facts, others })
}

/** A person after the change, as of a day. */
function after(there: ReturnType<typeof changed>, pnr: Person['pnr'], day = today): OpenPerson {
  const change = there.effect(data).find((each) => each.pnr === pnr)
  return openPersonOn(pnr, recorded(there.situation.facts.get(pnr) ?? [], change?.facts ?? []), day)
}

test('PNR-8: the old number has status 60, no home, and points to the new one', () => {
  const subject = person()
  const old = after(changed(subject), subject.pnr)
  assert.deepEqual(
    [old.status, old.statusFrom, old.address, old.successor],
    ['60', today, undefined, newNumber],
  )
  const before = after(changed(subject), subject.pnr, addDays(today, -1))
  assert.deepEqual([before.status, before.successor], ['01', undefined])
})

test('the new number has the birth date that it tells, the sex that is given, and the rest', () => {
  const subject = person({ ...protectedUntil(), parents: [person().pnr] })
  const now = after(changed(subject), newNumber)
  assert.deepEqual([now.bornOn, now.sex], [bornOn, 'M'])
  assert.deepEqual(
    [now.name, now.status, now.address, now.parents],
    [opened(subject).name, '01', { ...home, from: '2020-01-01' }, subject.parents],
  )
  assert.equal(isProtected(now), true)
  assert.equal(isProtected(after(changed(subject), subject.pnr)), true, 'nor is the old name told')
})

test('PNR-6: the sex is the one that is given, whatever the number tells', () => {
  const there = changed(person())
  const birth = there.effect({ newNumber, sex: 'K' })[1]?.facts[0]
  assert.deepEqual(birth?.value, { bornOn, sex: 'K' })
})

test('what lies ahead goes over, and what is past stays with the old number', () => {
  const moved = { municipality: '0751', road: '0034', house: '5' }
  const history = historyOf(person(), {
    type: 'A01',
    facts: [{ kind: 'address', from: addDays(today, 9), value: moved }],
  })
  const [, opened] = given(numberChange, history).effect(data)
  const addresses = (opened?.facts ?? []).filter(({ kind }) => kind === 'address')
  assert.deepEqual(
    addresses.map(({ from, to }) => [from, to]),
    [
      ['2020-01-01', addDays(today, 9)],
      [addDays(today, 9), undefined],
    ],
  )
})

test('the spouse and the children refer to the new number from the day', () => {
  const subject = person()
  const spouse = person({ spouse: subject.pnr })
  const other = person()
  const child = person({ ...bornFor(8), parents: [other.pnr, subject.pnr] })
  const there = changed({ ...subject, spouse: spouse.pnr }, [spouse, child, other])
  assert.equal(after(there, spouse.pnr).spouse, newNumber)
  assert.deepEqual(after(there, child.pnr).parents, [other.pnr, newNumber])
  assert.equal(after(there, newNumber).spouse, spouse.pnr)
  assert.equal(after(there, subject.pnr).spouse, undefined)
  assert.deepEqual(
    there.effect(data).map(({ pnr, event }) => [pnr, event]),
    [subject.pnr, newNumber, spouse.pnr, child.pnr].map((pnr) => [pnr, 'P03']),
  )
})

test("a number that somebody has is nobody else's (9323)", () => {
  const subject = person()
  const taken = person()
  given(numberChange, { subject, others: [taken] }).expectRefused(
    { ...data, newNumber: taken.pnr },
    [9323, 'newNumber'],
  )
  given(numberChange, { subject }).expectRefused({ ...data, newNumber: subject.pnr }, [
    9323,
    'newNumber',
  ])
  given(numberChange, { subject }).expectAccepted(data)
})

test('PNR-7: nobody is given a number that is born in the future (9324)', () => {
  const unborn = present(fictionalPnr(tomorrow, 'K', 3), 'a fictional number')
  const born = present(fictionalPnr(today, 'K', 3), 'a fictional number')
  given(numberChange).expectRefused({ newNumber: unborn, sex: 'K' }, [9324, 'newNumber'])
  given(numberChange).expectAccepted({ newNumber: born, sex: 'K' })
})

test('that nobody has the number is asked of the register', () => {
  assert.deepEqual(numberChange.asks(data).vacant, [newNumber])
  assert.deepEqual(numberChange.asks(data).persons, [])
})
