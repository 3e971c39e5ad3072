/** The person on a day: what the facts add up to, and nothing that they do not say. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import type { Fact, RecordedFact } from '#register/fact.ts'
import {
  derive,
  dwellingOf,
  isProtected,
  municipalityOf,
  openPersonOn,
  protectionOf,
  shut,
} from '#register/person.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { statusFrom } from '#register/status.ts'

const d = date
const bornOn = d('1980-06-15')
const pnr = present(fictionalPnr(bornOn, 'K', 0), 'a number')
const other = present(fictionalPnr(d('1979-03-02'), 'M', 0), 'a number')
const mother = present(fictionalPnr(d('1950-03-02'), 'K', 0), 'a number')

const birth: readonly Fact[] = [
  { kind: 'birth', from: bornOn, value: { bornOn, sex: 'K' } },
  { kind: 'name', from: bornOn, value: { given: 'Petra', surname: 'Prøve' } },
  statusFrom('01', bornOn),
  {
    kind: 'address',
    from: d('2010-01-01'),
    value: { municipality: '0751', road: '0012', house: '14', floor: '2', door: 'tv' },
  },
]

/** Events in the order in which they were recorded. */
function recorded(...events: readonly (readonly Fact[])[]): readonly RecordedFact[] {
  return events.flatMap((event, at) =>
    event.map((fact, line) => ({ ...fact, eventNo: at + 1, line: line + 1 })),
  )
}

test('a person is what the facts say on the day, and has no more than they say', () => {
  assert.deepEqual(openPersonOn(pnr, recorded(birth), d('2026-01-01')), {
    pnr,
    sex: 'K',
    bornOn,
    name: { given: 'Petra', surname: 'Prøve' },
    status: '01',
    statusFrom: bornOn,
    statusStartedAt: '198006150000',
    address: {
      municipality: '0751',
      road: '0012',
      house: '14',
      floor: '2',
      door: 'tv',
      from: '2010-01-01',
    },
    protections: [],
    parents: [],
  })
})

test('a fact holds from its first day and not on the day when it ends', () => {
  const facts = recorded(birth, [
    {
      kind: 'protection',
      slot: '0001',
      from: d('2026-02-01'),
      to: d('2027-02-01'),
      value: { type: '0001' },
    },
    { kind: 'protection', slot: '0001', from: d('2027-02-01'), value: null },
  ])
  const protectedOn = (day: string) => isProtected(openPersonOn(pnr, facts, d(day)))
  assert.deepEqual(['2026-01-31', '2026-02-01', '2027-01-31', '2027-02-01'].map(protectedOn), [
    false,
    true,
    true,
    false,
  ])
  const [protection] = openPersonOn(pnr, facts, d('2026-06-01')).protections
  assert.deepEqual(protection, { type: '0001', from: '2026-02-01', to: '2027-02-01' })
})

test('PROT-6: name and address protection is local-directory protection as well, and no other', () => {
  const protect = (type: '0001' | '0002') =>
    recorded(birth, [{ kind: 'protection', slot: type, from: d('2026-02-01'), value: { type } }])
  const whole = openPersonOn(pnr, protect('0001'), d('2026-03-01'))
  assert.equal(protectionOf(whole, '0001')?.type, '0001')
  assert.equal(protectionOf(whole, '0002')?.from, '2026-02-01')
  assert.equal(protectionOf(whole, '0003'), undefined)
  const local = openPersonOn(pnr, protect('0002'), d('2026-03-01'))
  assert.equal(protectionOf(local, '0001'), undefined)
  assert.equal(protectionOf(local, '0002')?.type, '0002')
  assert.equal(isProtected(local), false)
})

test('a dead or emigrated person keeps no address, and a new status tells since when', () => {
  const facts = recorded(birth, [
    statusFrom('80', d('2026-05-01')),
    { kind: 'address', from: d('2026-05-01'), value: null },
    {
      kind: 'foreign-address',
      from: d('2026-05-01'),
      value: { country: '5104', lines: ['1 Test Street'] },
    },
  ])
  const person = openPersonOn(pnr, facts, d('2026-05-01'))
  assert.equal(person.address, undefined)
  assert.deepEqual([person.status, person.statusFrom], ['80', '2026-05-01'])
  assert.deepEqual(person.foreignAddress?.lines, ['1 Test Street'])
  assert.equal(municipalityOf(shut(person)), undefined)
  assert.equal(municipalityOf(shut(openPersonOn(pnr, facts, d('2026-04-30')))), '0751')
})

test('parents, spouse and successor are the numbers that the facts name', () => {
  const facts = recorded(birth, [
    { kind: 'parent', slot: '1', from: bornOn, value: { pnr: mother } },
    { kind: 'parent', slot: '2', from: bornOn, to: d('2020-01-01'), value: { pnr: other } },
    { kind: 'spouse', from: d('2015-01-01'), to: d('2020-01-01'), value: { pnr: other } },
    { kind: 'successor', from: d('2026-01-01'), value: { pnr: other } },
  ])
  assert.deepEqual(openPersonOn(pnr, facts, d('2019-12-31')).parents, [mother, other])
  const now = openPersonOn(pnr, facts, d('2026-01-01'))
  assert.deepEqual([now.parents, now.spouse, now.successor], [[mother], undefined, other])
  assert.equal(openPersonOn(pnr, facts, d('2019-12-31')).spouse, other)
})

test('before the first fact of its kind a person has the first name and status there is', () => {
  const person = openPersonOn(pnr, recorded(birth), d('1970-01-01'))
  assert.equal(person.name.given, 'Petra')
  assert.equal(person.status, '01')
  assert.equal(person.address, undefined)
})

test('a person without birth, status or name is a bug, not a person', () => {
  for (const kind of ['birth', 'status', 'name']) {
    const facts = recorded(birth.filter((fact) => fact.kind !== kind))
    assert.throws(() => openPersonOn(pnr, facts, d('2026-01-01')), /is missing/, kind)
  }
})

test('a household is a dwelling; who is on a high road code has none', () => {
  const person = openPersonOn(pnr, recorded(birth), d('2026-01-01'))
  assert.equal(dwellingOf(person), '0751-0012-14-2-tv')
  const value = { municipality: '0751', road: '9901', house: '' }
  const facts = recorded(birth, [{ kind: 'address', from: d('2026-01-01'), value }])
  const nowhere = openPersonOn(pnr, facts, d('2026-01-01'))
  assert.equal(dwellingOf(nowhere), undefined)
  assert.equal(municipalityOf(shut(nowhere)), '0751')
})

test('what is kept beside the facts is the person on the day and the day when that ends', () => {
  const home = { municipality: '0751', road: '0012', house: '2' }
  const facts = recorded(birth, [{ kind: 'address', from: d('2026-06-01'), value: home }])
  const derived = derive(pnr, facts, d('2026-05-31'))
  assert.equal(derived.current.address?.house, '14')
  assert.equal(derived.nextChangeOn, '2026-06-01')
  assert.equal(derive(pnr, facts, d('2026-06-01')).nextChangeOn, undefined)
})
