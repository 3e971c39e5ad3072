/** Marketing protection: the person's own free choice. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { marketingProtection } from '#incidents/marketing-protection.ts'
import { isEnded } from '#register/codes.ts'
import { personOn, protectionOf } from '#register/person.ts'
import { historyOf, recorded } from '#test/incident-history.ts'
import { given, person, protectedUntil, today } from '#test/incident-law.ts'

const protection = (parts: Parameters<typeof given>[1] = {}) => given(marketingProtection, parts)
const on = { action: 'on' }
const off = { action: 'off' }

test('it does not follow from name and address protection', () => {
  protection({ subject: person(protectedUntil()) }).expectAccepted(on)
})

test('it is set where it is not, and removed where it is (9212, 9213)', () => {
  const subject = person({ protections: [{ type: '0003', from: today }] })
  protection({ subject }).expectRefused(on, [9212, 'action'])
  protection({ subject }).expectAccepted(off)
  protection().expectRefused(off, [9213, 'action'])
})

test('set and removed, it is there from the one day to the other', () => {
  const history = historyOf(person())
  const { pnr } = history.subject
  const facts = recorded(
    history.facts.get(pnr) ?? [],
    given(marketingProtection, history).effect(on)[0]?.facts ?? [],
  )
  assert.ok(protectionOf(personOn(pnr, facts, addDays(today, 3000)), '0003'))
  const later = addDays(today, 10)
  const ended = given(marketingProtection, { ...history, today: later, date: later }).effect(off)
  const after = recorded(facts, ended[0]?.facts ?? [])
  assert.ok(protectionOf(personOn(pnr, after, addDays(later, -1)), '0003'))
  assert.equal(protectionOf(personOn(pnr, after, later), '0003'), undefined)
})

test('it goes to the municipality where one lives, dated about now', () => {
  protection({ municipality: '0851' }).expectRefused(on, [9210, 'municipality'])
  protection({ date: addDays(today, -6) }).expectRefused(on, [9211, 'date'])
})

test('PROT-11: old research protection is shown, and nothing sets it any more', () => {
  assert.equal(isEnded('0004'), true)
  const old = historyOf(person({ protections: [{ type: '0004', from: today }] }))
  assert.ok(protectionOf(old.subject, '0004'))
  const fresh = historyOf(person())
  for (const type of catalogue) {
    const slots = type.examples
      .flatMap((example) => type.effect(example, given(type, fresh).situation))
      .flatMap((change) => change.facts.map(({ slot }) => slot))
    assert.ok(!slots.includes('0004'), type.shape.name)
  }
})
