/** What a death ends, for the dead and for the spouse. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { death } from '#incidents/death.ts'
import { isProtected, openPersonOn } from '#register/person.ts'
import { firstFacts, recorded } from '#test/incident-history.ts'
import { given, nowhere, person, protectedUntil, today } from '#test/incident-law.ts'

const yesterday = addDays(today, -1)
const died = (parts: Parameters<typeof given>[1] = {}) =>
  given(death, { date: yesterday, ...parts })

test('a dead person has status 90 and no current address, and had one until then', () => {
  const there = died()
  const { subject } = there.situation
  const [change, ...others] = there.effect({})
  assert.deepEqual([change?.event, others], ['A21', []])
  const facts = recorded(recorded([], firstFacts(subject)), change?.facts ?? [])
  const after = openPersonOn(subject.pnr, facts, yesterday)
  assert.deepEqual([after.status, after.address, after.lastMunicipality], ['90', undefined, '0751'])
  const before = openPersonOn(subject.pnr, facts, addDays(yesterday, -1))
  assert.deepEqual([before.status, before.address?.municipality], ['01', '0751'])
})

test('a move that lay ahead never comes', () => {
  const there = died()
  const { subject } = there.situation
  const value = { municipality: '0851', road: '0012', house: '1' }
  const ahead = { kind: 'address', from: addDays(today, 9), value } as const
  const before = recorded(recorded([], firstFacts(subject)), [ahead])
  const facts = recorded(before, there.effect({})[0]?.facts ?? [])
  assert.equal(openPersonOn(subject.pnr, facts, addDays(today, 30)).address, undefined)
})

test('the marriage ends for both, on the same day', () => {
  const [subject, widow] = [person(), person()]
  const husband = { ...subject, spouse: widow.pnr }
  const wife = { ...widow, spouse: subject.pnr }
  const there = died({ subject: husband, others: [wife] })
  const changes = there.effect({})
  assert.deepEqual(
    changes.map(({ pnr, event }) => [pnr, event]),
    [
      [subject.pnr, 'A21'],
      [widow.pnr, 'A24'],
    ],
  )
  const ends = { kind: 'spouse', from: yesterday, value: null }
  for (const { facts } of changes) {
    assert.deepEqual(
      facts.filter(({ kind }) => kind === 'spouse'),
      [ends],
    )
  }
  assert.deepEqual(there.marks({}), ['spouse'])
})

test('somebody who has married again is not widowed by an earlier spouse', () => {
  const [former, next] = [person(), person()]
  const subject = person({ spouse: former.pnr })
  const remarried = { ...former, spouse: next.pnr }
  const there = died({ subject, others: [remarried] })
  assert.deepEqual(
    there.effect({}).map(({ pnr }) => pnr),
    [subject.pnr],
  )
})

test('the name of who was protected goes on being kept', () => {
  const subject = person(protectedUntil())
  const there = died({ subject })
  const facts = recorded(recorded([], firstFacts(subject)), there.effect({})[0]?.facts ?? [])
  assert.equal(isProtected(openPersonOn(subject.pnr, facts, today)), true)
})

test('the address abroad of an emigrated person ends with the death', () => {
  const subject = nowhere('80', { foreignAddress: { country: '5170', lines: ['London'] } })
  const [change] = died({ subject, municipality: '0751' }).effect({})
  assert.deepEqual(
    change?.facts.map(({ kind, value }) => [kind, value]),
    [
      ['status', { code: '90', startedAt: '202603090000' }],
      ['address', null],
      ['foreign-address', null],
    ],
  )
})

test('nobody dies twice (9290)', () => {
  died({ subject: nowhere('90') }).expectRefused({}, [9290, 'pnr'])
})
