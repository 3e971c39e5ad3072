/** The law of name and address protection, rule by rule, each with its boundary days. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addYears, date, type PlainDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { translate } from '#incident/translate.ts'
import { nameAndAddressProtection } from '#incidents/name-and-address-protection.ts'
import { dueBetween } from '#register/due.ts'
import type { RecordedFact } from '#register/fact.ts'
import { isProtected, type Person, personOn, protectionOf } from '#register/person.ts'
import { statusFrom } from '#register/status.ts'
import {
  bornFor,
  type Case,
  given,
  home,
  nowhere,
  numbersOf,
  opened,
  person,
  protectedUntil,
  textsIn,
  today,
} from '#test/incident-law.ts'

const protection = (parts: Parameters<typeof given>[1] = {}) =>
  given(nameAndAddressProtection, parts)
const on = { action: 'on' }
const extend = { action: 'extend' }
const off = { action: 'off' }
const inDays = (days: number): PlainDate => addDays(today, days)
const aYear = addYears(today, 1)

/** The protected person who asks for more or for an end; protected until then. */
const keeper = (to: PlainDate = inDays(30)) => person(protectedUntil(to))

const protectionsBy = (facts: ReturnType<Case['effect']>[number]['facts']) =>
  facts.map(({ from, to, value }) => [from, to, value !== null])

test('PROT-1: it lasts one year from the decision, and nothing of it is left afterwards', () => {
  const later = inDays(12)
  const [change] = protection({ today: later, reportedOn: today, date: today }).effect(on)
  assert.deepEqual(protectionsBy(change?.facts ?? []), [
    [later, addYears(later, 1), true],
    [addYears(later, 1), undefined, false],
  ])
})

test('PROT-1: it is removed by itself after a year, and holds until the day before', () => {
  const there = protection()
  const { subject } = there.situation
  const facts = factsOf(subject, there, on)
  assert.equal(isProtected(personOn(subject.pnr, facts, addDays(aYear, -1))), true)
  assert.equal(isProtected(personOn(subject.pnr, facts, aYear)), false)
  assert.deepEqual(dueBetween(facts, today, aYear), [{ eventNo: 2, on: aYear, lapsed: true }])
})

test('PROT-1: dated ahead it begins on its date, and the year is counted from there', () => {
  const [change] = protection({ date: inDays(20) }).effect(on)
  assert.deepEqual(protectionsBy(change?.facts ?? [])[0], [
    inDays(20),
    addYears(inDays(20), 1),
    true,
  ])
})

test('PROT-1: it never holds before the decision, though it was asked for earlier', () => {
  const there = protection({ date: inDays(-5) })
  for (const { facts } of there.effect(on)) {
    assert.ok(facts.every(({ from }) => from >= today))
  }
})

test('PROT-9: a year from 29 February ends on 28 February', () => {
  const leapDay = date('2028-02-29')
  const [change] = protection({ today: leapDay }).effect(on)
  assert.equal(change?.facts[0]?.to, '2029-02-28')
})

test('PROT-2: a year needs no reason; a day more does, and is marked for the case worker', () => {
  protection().expectAccepted({ ...on, until: aYear })
  const longer = { ...on, until: addDays(aYear, 1) }
  protection().expectRefused(longer, [9157, 'reason'])
  protection().expectAccepted({ ...longer, reason: 'Trusler' })
  assert.deepEqual(protection().marks({ ...on, until: aYear }), [])
  assert.deepEqual(protection().marks(on), [])
  assert.deepEqual(protection().marks({ ...longer, reason: 'Trusler' }), ['longer-than-a-year'])
})

test('PROT-2: an extension is longer than a year when it is from the end of the present one', () => {
  const subject = keeper()
  const from = inDays(30)
  protection({ subject }).expectAccepted({ ...extend, until: addYears(from, 1) })
  protection({ subject }).expectRefused({ ...extend, until: addDays(addYears(from, 1), 1) }, [
    9157,
    'reason',
  ])
})

test('PROT-2: what is approved for longer lasts until the day that was asked for', () => {
  const [change] = protection().effect({ ...on, until: '2029-01-01', reason: 'Trusler' })
  assert.equal(change?.facts[0]?.to, '2029-01-01')
})

test('PROT-3: a child at another address or of other parents is left to the municipality', () => {
  const subject = person()
  const own = { ...bornFor(4), parents: [subject.pnr] }
  const [elsewhere, ofOthers] = [person(own), person(bornFor(4))]
  const there = { subject, household: [ofOthers], others: [elsewhere] }
  for (const child of [elsewhere, ofOthers]) {
    protection(there).expectRefused({ ...on, children: [child.pnr] }, [9158, 'children'])
  }
  const [refusal] = protection(there).refusals({ ...on, children: [elsewhere.pnr] })
  assert.match(refusal?.text.da ?? '', /kontakt kommunen/)
  assert.match(refusal?.text.en ?? '', /contact the municipality/)
  const atHome = person(own)
  protection({ subject, household: [atHome] }).expectAccepted({ ...on, children: [atHome.pnr] })
})

test('a child of 17 years and 364 days is taken along, on the eighteenth birthday no more', () => {
  const subject = person()
  const parents = [subject.pnr]
  const eve = person({ bornOn: addDays(bornFor(18).bornOn, 1), parents })
  const birthday = person({ ...bornFor(18), parents })
  const household = [eve, birthday]
  protection({ subject, household }).expectAccepted({ ...on, children: [eve.pnr] })
  protection({ subject, household }).expectRefused({ ...on, children: [birthday.pnr] }, [
    9159,
    'children',
  ])
  protection({ subject, household, date: inDays(1) }).expectRefused(
    { ...on, children: [eve.pnr] },
    [9159, 'children'],
  )
})

test('only own children under 18 are offered, whoever else lives there', () => {
  const subject = person()
  const parents = [subject.pnr]
  const child = person({ ...bornFor(3), parents })
  const household = [child, person({ ...bornFor(18), parents }), person(bornFor(3)), person()]
  assert.deepEqual(protection({ subject, household }).candidates('children'), [child.pnr])
})

test('PROT-4: a protected person who is no child of the reader is never offered', () => {
  const household = [person(protectedUntil()), person({ ...bornFor(3), ...protectedUntil() })]
  assert.deepEqual(protection({ household }).candidates('children'), [])
})

test('PROT-4: the name of a protected child is not in the translation', () => {
  const subject = person()
  const name = { given: 'Hemmelig', surname: 'Skjult' }
  const child = person({ ...bornFor(3), ...protectedUntil(), parents: [subject.pnr], name })
  const { situation } = protection({ subject, household: [child] })
  const reading = { action: 'on', children: [child.pnr] }
  const texts = textsIn(translate(nameAndAddressProtection.shape, reading, situation))
  assert.ok(texts.length > 0)
  for (const text of texts) assert.doesNotMatch(text, /Hemmelig|Skjult/)
})

test('PROT-6: who has it has local-directory protection as well', () => {
  const there = protection()
  const { subject } = there.situation
  const now = personOn(subject.pnr, factsOf(subject, there, on), today)
  assert.equal(protectionOf(now, '0001')?.to, aYear)
  assert.equal(protectionOf(now, '0002')?.to, aYear)
})

test('it is asked for by who has none, extended and ended by who has one', () => {
  const [free, kept] = [protection(), protection({ subject: keeper() })]
  free.expectAccepted(on)
  free.expectRefused(extend, [9154, 'action'])
  free.expectRefused(off, [9154, 'action'])
  kept.expectRefused(on, [9153, 'action'])
  kept.expectAccepted(extend)
  kept.expectAccepted(off)
  protection({ subject: person({ protections: [{ type: '0002', from: today }] }) }).expectAccepted(
    on,
  )
})

test('an extension adds a year to the end of the present one, without a day between', () => {
  const until = inDays(30)
  const [change] = protection({ subject: keeper(until) }).effect(extend)
  assert.deepEqual(protectionsBy(change?.facts ?? []), [
    [today, addYears(until, 1), true],
    [addYears(until, 1), undefined, false],
  ])
})

test('an extension dated after the present one ends leaves no day unprotected', () => {
  const until = inDays(10)
  const subject = keeper(until)
  const there = protection({ subject, date: inDays(20) })
  const facts = factsOf(subject, there, extend)
  for (let day = today; day <= inDays(25); day = addDays(day, 1)) {
    assert.equal(isProtected(personOn(subject.pnr, facts, day)), true, day)
  }
})

test('it is ended on its date and never before the decision', () => {
  const subject = keeper()
  const endOf = (parts: object) => protection({ subject, ...parts }).effect(off)[0]?.facts
  assert.deepEqual(protectionsBy(endOf({}) ?? []), [[today, undefined, false]])
  assert.deepEqual(protectionsBy(endOf({ date: inDays(7) }) ?? []), [[inDays(7), undefined, false]])
  assert.deepEqual(protectionsBy(endOf({ date: inDays(-5) }) ?? []), [[today, undefined, false]])
})

test('it ends after it begins, and an extended one after the one there is (9155)', () => {
  protection().expectRefused({ ...on, until: today }, [9155, 'until'])
  protection().expectAccepted({ ...on, until: inDays(1) })
  protection({ date: inDays(5) }).expectRefused({ ...on, until: inDays(5) }, [9155, 'until'])
  const subject = keeper(inDays(30))
  protection({ subject }).expectRefused({ ...extend, until: inDays(30) }, [9155, 'until'])
  protection({ subject }).expectAccepted({ ...extend, until: inDays(31) })
})

test('who ends it gives no other end date (9156)', () => {
  const subject = keeper()
  protection({ subject }).expectRefused({ ...off, until: inDays(9) }, [9156, 'until'])
})

test('what has run out by the day of the decision protects nobody', () => {
  const late = protection({ today: inDays(40), reportedOn: today, date: today })
  assert.deepEqual(protectionsBy(late.effect({ ...on, until: inDays(30) })[0]?.facts ?? []), [
    [inDays(40), undefined, false],
  ])
})

test('children are protected, extended and ended as the parent is', () => {
  const subject = person()
  const child = person({ ...bornFor(4), parents: [subject.pnr] })
  const changes = protection({ subject, household: [child] }).effect({
    ...on,
    children: [child.pnr],
  })
  assert.deepEqual(
    changes.map(({ pnr, event }) => [pnr, event]),
    numbersOf([subject, child]).map((pnr) => [pnr, 'A33']),
  )
  assert.deepEqual(changes[0]?.facts, changes[1]?.facts)
})

test('a longer protection that a child has is not shortened by what a parent asks for', () => {
  const endings = [inDays(900), undefined]
  for (const [to, data] of endings.flatMap((each) => [
    [each, on] as const,
    [each, extend] as const,
  ])) {
    const subject = data === on ? person() : keeper()
    const child = person({ ...bornFor(4), ...protectedUntil(to), parents: [subject.pnr] })
    const there = protection({ subject, household: [child] })
    const facts = factsOf(child, there, { ...data, children: [child.pnr] })
    for (const day of [today, inDays(31), inDays(899)]) {
      assert.equal(isProtected(personOn(child.pnr, facts, day)), true, `${day} ${data.action}`)
    }
    assert.equal(isProtected(personOn(child.pnr, facts, inDays(900))), to === undefined)
  }
})

test('a protection without an end is not given one by an extension', () => {
  const subject = person(protectedUntil())
  const there = protection({ subject })
  const far = personOn(subject.pnr, factsOf(subject, there, extend), inDays(4000))
  assert.equal(isProtected(far), true)
})

test('it is dated from five days ago to 28 days ahead (9152)', () => {
  for (const [days, accepted] of [
    [-6, false],
    [-5, true],
    [0, true],
    [28, true],
    [29, false],
  ] as const) {
    const there = protection({ date: inDays(days) })
    if (accepted) there.expectAccepted(on)
    else there.expectRefused(on, [9152, 'date'])
  }
  const [refusal] = protection({ date: inDays(29) }).refusals(on)
  const [from, to] = [sayDay(inDays(-5)).da, sayDay(inDays(28)).da]
  assert.ok(refusal?.text.da.includes(`${from} til ${to}`), refusal?.text.da)
})

test('§ 28: it is asked for where one lives (9151)', () => {
  protection({ municipality: '0851' }).expectRefused(on, [9151, 'municipality'])
  protection({ municipality: '0751' }).expectAccepted(on)
})

test('who lives nowhere in Denmark asks any municipality, and no other authority', () => {
  const subject = nowhere('20')
  protection({ subject, municipality: '0851' }).expectAccepted(on)
  protection({ subject, municipality: '1081' }).expectRefused(on, [9151, 'municipality'])
})

test('who has no fixed home asks as everybody else does', () => {
  const address = { ...home, road: '9901', house: '', from: today }
  const { floor: _, door: __, ...without } = address
  protection({ subject: person({ status: '03', address: without }) }).expectAccepted(on)
})

test('ST-1: a refusal for a dead person says nothing of death', () => {
  const [refusal] = protection({ subject: nowhere('90') }).refusals(on)
  assert.equal(refusal?.number, 9100)
  for (const text of textsIn(refusal?.text)) assert.doesNotMatch(text, /død|dead|death|decease/i)
})

/** The history of a person who is born, is protected as the parts say, and then decided upon. */
function factsOf(subject: Person, there: Case, data: object): readonly RecordedFact[] {
  const { pnr, bornOn, sex, name, status, protections } = opened(subject)
  const birth: readonly RecordedFact[] = [
    { kind: 'birth', from: bornOn, value: { bornOn, sex }, eventNo: 1, line: 1 },
    { kind: 'name', from: bornOn, value: name, eventNo: 1, line: 2 },
    { ...statusFrom(status, bornOn), eventNo: 1, line: 3 },
    ...protections.map(({ type, from, to }, at) => ({
      ...({ kind: 'protection', slot: type, from, value: { type }, eventNo: 1 } as const),
      ...(to && { to }),
      line: 4 + at,
    })),
  ]
  const change = there.effect({ ...data }).find((each) => each.pnr === pnr)
  const decided = (change?.facts ?? []).map((fact, at) => ({ ...fact, eventNo: 2, line: at + 1 }))
  return [...birth, ...decided]
}
