/** A wrong change of number is undone: the former number is the person's again, with all since. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, date } from '#base/calendar.ts'
import { annul } from '#incidents/annul.ts'
import { numberChange } from '#incidents/number-change.ts'
import { numberChangeUndo } from '#incidents/number-change-undo.ts'
import { undo } from '#incidents/undo.ts'
import type { RecordedFact } from '#register/fact.ts'
import { type OpenPerson, openPersonOn, shut } from '#register/person.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { firstFacts, historyOf, recorded } from '#test/incident-history.ts'
import { bornFor, given, home, person, situation, today } from '#test/incident-law.ts'

const newNumber = present(fictionalPnr(date('1981-06-15'), 'M', 7), 'a fictional number')
const changedOn = addDays(today, -30)
const moved = { municipality: '0751', road: '0034', house: '5' }

/** A family of whom one has got a new number, and has moved under it. */
function family() {
  const spouseless = person()
  const spouse = person({ spouse: spouseless.pnr })
  const subject = { ...spouseless, spouse: spouse.pnr }
  const child = person({ ...bornFor(8), parents: [spouse.pnr, subject.pnr] })
  const before = new Map(
    [subject, spouse, child].map((each) => [each.pnr, recorded([], firstFacts(each))]),
  )
  const there = given(numberChange, {
    subject,
    others: [spouse, child],
    facts: before,
    date: changedOn,
  })
  const facts = new Map<string, readonly RecordedFact[]>(before)
  for (const change of there.effect({ newNumber, sex: 'M' })) {
    facts.set(change.pnr, recorded(facts.get(change.pnr) ?? [], change.facts))
  }
  const move = { kind: 'address', from: addDays(today, -5), value: moved } as const
  facts.set(newNumber, recorded(facts.get(newNumber) ?? [], [move]))
  return { former: subject.pnr, spouse: spouse.pnr, child: child.pnr, facts }
}

function on(
  facts: ReadonlyMap<string, readonly RecordedFact[]>,
  pnr: OpenPerson['pnr'],
): OpenPerson {
  return openPersonOn(pnr, facts.get(pnr) ?? [], today)
}

function undone(parts: Parameters<typeof given>[1] = {}) {
  const { former, spouse, child, facts } = family()
  const others = [former, spouse, child].map((pnr) => shut(on(facts, pnr)))
  const subject = shut(on(facts, newNumber))
  const there = given(numberChangeUndo, { subject, others, facts, ...parts })
  const after = new Map(facts)
  for (const change of there.effect({ formerNumber: former })) {
    after.set(change.pnr, recorded(after.get(change.pnr) ?? [], change.facts))
  }
  return { there, former, spouse, child, after }
}

test('P42: the person has the former number again, with what has happened since', () => {
  const { there, former, after } = undone()
  there.expectAccepted({ formerNumber: former })
  const again = on(after, former)
  assert.deepEqual([again.status, again.successor, again.sex], ['01', undefined, 'K'])
  assert.deepEqual(again.address, { ...moved, from: addDays(today, -5) })
  assert.equal(again.bornOn, '1980-06-15')
  const events = there.effect({ formerNumber: former }).map(({ event, kind }) => [event, kind])
  assert.deepEqual(events.slice(0, 2), [
    ['P42', 'undone'],
    ['P42', 'undone'],
  ])
})

test('PNR-8: the number given by mistake is annulled, and leads to the right one', () => {
  const { former, after } = undone()
  const wrong = on(after, newNumber)
  assert.deepEqual(
    [wrong.status, wrong.successor, wrong.address, wrong.spouse],
    ['30', former, undefined, undefined],
  )
})

test('the spouse and the children refer to the former number again', () => {
  const { former, spouse, child, after } = undone()
  assert.equal(on(after, spouse).spouse, former)
  assert.deepEqual(on(after, child).parents, [spouse, former])
  assert.equal(on(after, former).spouse, spouse)
})

test('nothing is removed: both the change and its undoing stay in the history', () => {
  const { former, after } = undone()
  const own = present(after.get(former), 'the facts of the former number')
  const said = own.filter(({ kind }) => kind === 'successor')
  assert.deepEqual(
    said.map(({ eventNo, value }) => [eventNo, value]),
    [
      [2, { pnr: newNumber }],
      [3, null],
    ],
  )
  const earlier = own.filter(({ eventNo }) => eventNo < 3)
  assert.equal(openPersonOn(former, earlier, today).status, '60', 'as known before')
  assert.deepEqual(openPersonOn(former, own, addDays(changedOn, -1)).address?.road, home.road)
})

test('only a number that points to the one in force is given back (9433)', () => {
  const { there } = undone()
  const [, , stranger] = [...there.situation.persons.keys()]
  there.expectRefused({ formerNumber: String(stranger) }, [9433, 'formerNumber'])
})

test('it is dated between the change and today (9431, 9434)', () => {
  const told = (day: typeof today) => {
    const { there, former } = undone({ date: day })
    return there.refusals({ formerNumber: former }).map(({ number }) => number)
  }
  assert.deepEqual(told(changedOn), [])
  assert.deepEqual(told(addDays(changedOn, -1)), [9434])
  assert.deepEqual(told(addDays(today, 1)), [9431])
})

test('it is for the municipality of residence, and not before the birth (9430, 9432)', () => {
  const numbers = (parts: Parameters<typeof situation>[0]) =>
    numberChangeUndo.judgeKeys(situation(parts)).map(({ number }) => number)
  assert.deepEqual(numbers({ municipality: '0851' }), [9430])
  assert.deepEqual(numbers({ subject: person(bornFor(1)), date: addDays(today, -400) }), [9432])
})

test('a change of number is taken back for both numbers, and not as one event of one (9435, 9436)', () => {
  for (const type of ['P03', 'P42']) {
    const history = historyOf(person(), {
      type,
      facts: [{ kind: 'spouse', from: today, value: { pnr: newNumber } }],
    })
    given(undo, history).expectRefused({ eventNo: '2' }, [9435, 'eventNo'])
    given(annul, history).expectRefused({ eventNo: '2' }, [9436, 'eventNo'])
  }
})
