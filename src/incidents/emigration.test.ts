/** The law of emigration, rule by rule, each with its boundary days. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addMonths, date } from '#base/calendar.ts'
import { emigration } from '#incidents/emigration.ts'
import { openPersonOn } from '#register/person.ts'
import { firstFacts, recorded } from '#test/incident-history.ts'
import {
  bornFor,
  given,
  home,
  nowhere,
  numbersOf,
  person,
  textsIn,
  today,
} from '#test/incident-law.ts'

const leaving = (parts: Parameters<typeof given>[1] = {}) => given(emigration, parts)
const on = (days: number) => ({ date: addDays(today, days) })
const britain = { country: '5170' }
const norway = { country: '5110' }
const ahead = on(10)
const sixMonths = addMonths(ahead.date, 6)

test('EMI-1: five months and 29 days with the home at hand is guided away', () => {
  const short = { ...britain, returnsOn: addDays(addMonths(ahead.date, 5), 29), home: 'kept' }
  leaving(ahead).expectRefused(short, [9259, 'returnsOn'])
  const [refusal] = leaving(ahead).refusals(short)
  assert.match(refusal?.text.en ?? '', /do not have to report/)
})

test('EMI-1: exactly six months with the home at hand is not more than six', () => {
  const short = { ...britain, returnsOn: sixMonths, home: 'kept' }
  leaving(ahead).expectRefused(short, [9259, 'returnsOn'])
})

test('EMI-2: six months and a day is emigration, though the home is kept', () => {
  const longer = { ...britain, returnsOn: addDays(sixMonths, 1), home: 'kept' }
  leaving(ahead).expectAccepted(longer)
  assert.deepEqual(leaving(ahead).marks(longer), ['abroad'])
})

test('EMI-2: who does not know when to return has emigrated', () => {
  leaving(ahead).expectAccepted(britain)
  leaving(ahead).expectAccepted({ ...britain, home: 'kept' })
})

test('a short stay with the home given up is a case for a person', () => {
  const short = { ...britain, returnsOn: sixMonths, home: 'given-up' }
  leaving(ahead).expectAccepted(short)
  assert.deepEqual(leaving(ahead).marks(short), ['abroad', 'short-stay'])
})

test('a short stay says what becomes of the home (9258)', () => {
  leaving(ahead).expectRefused({ ...britain, returnsOn: sixMonths }, [9258, 'home'])
  leaving(ahead).expectAccepted({ ...britain, returnsOn: addDays(sixMonths, 1) })
})

test('nobody returns before leaving (9257)', () => {
  const data = { ...britain, returnsOn: ahead.date, home: 'given-up' }
  leaving(ahead).expectRefused(data, [9257, 'returnsOn'])
})

test('EMI-3: one adult of an ordinary home bears no mark but where to', () => {
  assert.deepEqual(leaving(ahead).marks(britain), ['abroad'])
  assert.deepEqual(leaving(ahead).hearings(britain), [])
})

test('EMI-3: a child or somebody of no fixed home is marked for a person to decide', () => {
  const eve = person({ bornOn: addDays(bornFor(18, ahead.date).bornOn, 1) })
  const birthday = person(bornFor(18, ahead.date))
  assert.deepEqual(leaving({ ...ahead, subject: eve }).marks(britain), ['abroad', 'child'])
  assert.deepEqual(leaving({ ...ahead, subject: birthday }).marks(britain), ['abroad'])
  const nomad = person({ status: '03' })
  assert.deepEqual(leaving({ ...ahead, subject: nomad }).marks(britain), [
    'abroad',
    'from-high-road',
  ])
})

test('EMI-4: the register of a Nordic country is awaited, about everyone who leaves', () => {
  const wife = person()
  const there = leaving({ ...ahead, household: [wife] })
  const data = { ...norway, companions: [wife.pnr] }
  assert.deepEqual(there.hearings(data), [
    {
      kind: 'foreign-register',
      asked: undefined,
      about: [there.situation.subject.pnr, wife.pnr],
    },
  ])
  assert.deepEqual(there.marks(data), ['nordic'])
})

test('EMI-5: every resident parent who stays is heard, also one of another home', () => {
  const [mother, father] = [person(), person({ address: { ...home, house: '9', from: today } })]
  const child = person({ ...bornFor(17), parents: [mother.pnr, father.pnr] })
  const there = { subject: mother, household: [child], others: [father], ...ahead }
  assert.deepEqual(leaving(there).hearings({ ...britain, companions: [child.pnr] }), [
    { kind: 'other-parent', asked: father.pnr, about: [child.pnr] },
  ])
})

test('EMI-5: a child who leaves alone has both parents heard; of age it has none', () => {
  const parents = [person(), person()]
  const child = person({ ...bornFor(8), parents: numbersOf(parents) })
  const heard = leaving({ subject: child, others: parents, ...ahead }).hearings(britain)
  assert.deepEqual(
    heard.map(({ asked }) => asked),
    numbersOf(parents),
  )
  const grown = person({ ...bornFor(18, ahead.date), parents: numbersOf(parents) })
  assert.deepEqual(leaving({ subject: grown, others: parents, ...ahead }).hearings(britain), [])
})

test('EMI-5: a parent who is dead, gone, unknown or leaves along is not heard', () => {
  const mother = person()
  for (const father of [nowhere('90'), nowhere('70'), nowhere('80')]) {
    const child = person({ ...bornFor(8), parents: [mother.pnr, father.pnr] })
    const there = { subject: mother, household: [child], others: [father], ...ahead }
    assert.deepEqual(leaving(there).hearings({ ...britain, companions: [child.pnr] }), [])
  }
  const stranger = person()
  const child = person({ ...bornFor(8), parents: [mother.pnr, stranger.pnr] })
  const there = leaving({ subject: mother, household: [child], ...ahead })
  assert.deepEqual(there.hearings({ ...britain, companions: [child.pnr] }), [])
})

test('EMI-6: Greenland is a move, and is told so', () => {
  for (const country of ['5901', '0957']) {
    leaving().expectRefused({ country }, [9255, 'country'])
  }
  assert.match(leaving().refusals({ country: '0957' })[0]?.text.en ?? '', /Report a move/)
})

test('EMI-7: the country is one outside Denmark, and the address may come later', () => {
  for (const country of ['5100', '5999', '0851', '9999']) {
    leaving().expectRefused({ country }, [9256, 'country'])
  }
  leaving().expectAccepted(britain)
  leaving().expectAccepted({ ...britain, line1: '1 High Street', line5: 'x'.repeat(34) })
})

test('EMI-8: status 80, no current address, and the address abroad from the day', () => {
  const wife = person()
  const there = leaving({ ...ahead, household: [wife] })
  const data = { ...britain, line1: '1 High Street', line2: 'London', companions: [wife.pnr] }
  const changes = there.effect(data)
  assert.deepEqual(
    changes.map(({ pnr, event }) => [pnr, event]),
    [there.situation.subject, wife].map(({ pnr }) => [pnr, 'A06']),
  )
  for (const { pnr, facts } of changes) {
    const who = pnr === wife.pnr ? wife : there.situation.subject
    const after = recorded(recorded([], firstFacts(who)), facts)
    const day = openPersonOn(pnr, after, ahead.date)
    assert.deepEqual(
      [day.status, day.address, day.lastMunicipality, day.foreignAddress],
      ['80', undefined, '0751', { country: '5170', lines: ['1 High Street', 'London'] }],
    )
    const eve = openPersonOn(pnr, after, addDays(ahead.date, -1))
    assert.deepEqual([eve.status, eve.address?.road], ['01', home.road])
  }
})

test('EMI-8: the contact address stays', () => {
  const [change] = leaving(ahead).effect(britain)
  assert.deepEqual(
    change?.facts.map(({ kind }) => kind),
    ['status', 'address', 'foreign-address'],
  )
})

test('it is reported from 28 days before to five days after departure (9253, 9254)', () => {
  leaving(on(28)).expectAccepted(britain)
  leaving(on(29)).expectRefused(britain, [9253, 'date'])
  leaving(on(-5)).expectAccepted(britain)
  leaving(on(-6)).expectRefused(britain, [9254, 'date'])
  const [refusal] = leaving(on(29)).refusals(britain)
  assert.match(refusal?.text.da ?? '', /11\. marts 2026/)
})

test('it is late from the day of departure', () => {
  assert.deepEqual(leaving(on(1)).marks(britain), ['abroad'])
  assert.deepEqual(leaving(on(0)).marks(britain), ['abroad', 'late'])
})

test('it is reported to the municipality that is left (9252)', () => {
  leaving({ municipality: '0851' }).expectRefused(britain, [9252, 'municipality'])
})

test('only others of the household who can leave do so along (9260, 9261, 9262)', () => {
  const subject = person()
  const [neighbour, dead] = [person(), person({ status: '90' })]
  const there = leaving({ subject, household: [dead], others: [neighbour] })
  const along = (...companions: readonly string[]) => ({ ...britain, companions })
  there.expectRefused(along(neighbour.pnr), [9260, 'companions'])
  there.expectRefused(along(subject.pnr), [9261, 'companions'])
  there.expectRefused(along(dead.pnr), [9262, 'companions'])
  assert.deepEqual(there.candidates('companions'), [])
})

test('the citizen reads what emigration brings: the health card and the electoral register', () => {
  const texts = textsIn(emigration.shape.summary).join(' ')
  for (const word of [/Sundhedskortet/, /valglisten/, /health card/, /electoral register/]) {
    assert.match(texts, word)
  }
})

test('a report dated in the past is decided by the day on which it came', () => {
  const movedOn = date('2026-03-08')
  const late = leaving({ date: movedOn, reportedOn: movedOn, today: addDays(today, 30) })
  late.expectAccepted(britain)
})
