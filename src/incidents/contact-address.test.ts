/** The law of contact addresses: five lines for a time, beside the residence. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addYears } from '#base/calendar.ts'
import { readData } from '#incident/read.ts'
import { contactAddress } from '#incidents/contact-address.ts'
import { dueBetween } from '#register/due.ts'
import { openPersonOn } from '#register/person.ts'
import { historyOf, recorded } from '#test/incident-history.ts'
import { given, home, nowhere, person, today } from '#test/incident-law.ts'

const contact = (parts: Parameters<typeof given>[1] = {}) => given(contactAddress, parts)
const mail = { line1: 'Postboks 12', line2: '8000 Aarhus C' }
const inThreeYears = addYears(today, 3)

function afterwards(data: object, parts: Parameters<typeof given>[1] = {}) {
  const history = historyOf(person())
  const { pnr } = history.subject
  const [change] = contact({ ...history, ...parts }).effect({ ...data })
  return { pnr, facts: recorded(history.facts.get(pnr) ?? [], change?.facts ?? []) }
}

test('CON-1: a line of 34 characters is taken, one of 35 is refused with a count', () => {
  const read = (line3: string) => readData(contactAddress.shape, { ...mail, line3 })
  assert.equal(read('æ'.repeat(34)).ok, true)
  const refused = read('æ'.repeat(35))
  assert.ok(!refused.ok)
  const [refusal] = refused.refusals
  assert.deepEqual([refusal?.number, refusal?.field], [9011, 'line3'])
  assert.match(refusal?.text.da ?? '', /34 tegn.*35/)
})

test('CON-2: the day it ends it is gone, without anybody deciding', () => {
  const until = addDays(today, 40)
  const { pnr, facts } = afterwards({ ...mail, endsOn: until })
  assert.deepEqual(openPersonOn(pnr, facts, addDays(until, -1)).contactAddress, {
    lines: ['Postboks 12', '8000 Aarhus C'],
  })
  assert.equal(openPersonOn(pnr, facts, until).contactAddress, undefined)
  assert.deepEqual(dueBetween(facts, today, until), [{ eventNo: 2, on: until, lapsed: true }])
})

test('CON-2: without an end date it ends in three years', () => {
  const { pnr, facts } = afterwards(mail)
  assert.ok(openPersonOn(pnr, facts, addDays(inThreeYears, -1)).contactAddress)
  assert.equal(openPersonOn(pnr, facts, inThreeYears).contactAddress, undefined)
})

test('CON-3: the residence stands as it was', () => {
  const { pnr, facts } = afterwards(mail)
  const now = openPersonOn(pnr, facts, today)
  assert.deepEqual([now.status, now.address?.road], ['01', home.road])
})

test('it may last three years, and not a day more (9234)', () => {
  contact().expectAccepted({ ...mail, endsOn: inThreeYears })
  contact().expectRefused({ ...mail, endsOn: addDays(inThreeYears, 1) }, [9234, 'endsOn'])
  const startsOn = addDays(today, 1)
  contact().expectAccepted({ ...mail, startsOn, endsOn: addDays(inThreeYears, 1) })
})

test('it ends after it begins (9233)', () => {
  contact().expectRefused({ ...mail, endsOn: today }, [9233, 'endsOn'])
  contact().expectAccepted({ ...mail, endsOn: addDays(today, 1) })
  const both = { ...mail, startsOn: addDays(today, 5), endsOn: addDays(today, 5) }
  contact().expectRefused(both, [9233, 'endsOn'])
})

test('empty lines end the one there is, and are nothing where there is none (9231)', () => {
  contact().expectRefused({}, [9231, 'line1'])
  const subject = person({ contactAddress: { lines: ['Postboks 12'] } })
  contact({ subject }).expectAccepted({})
  const [change] = contact({ subject }).effect({})
  assert.deepEqual(change?.facts, [{ kind: 'contact-address', from: today, value: null }])
})

test('lines are filled from the top (9232)', () => {
  contact().expectRefused({ line1: 'a', line3: 'c' }, [9232, 'line1'])
  contact().expectRefused({ line2: 'b' }, [9232, 'line1'])
})

test('it never begins before the decision, and is over if that came too late', () => {
  const late = contact({ today: addDays(today, 30), reportedOn: today, date: today })
  assert.equal(
    late.effect({ ...mail, endsOn: addDays(today, 60) })[0]?.facts[0]?.from,
    addDays(today, 30),
  )
  assert.deepEqual(late.effect({ ...mail, endsOn: addDays(today, 20) })[0]?.facts, [
    { kind: 'contact-address', from: addDays(today, 30), value: null },
  ])
})

test('§ 26(4): who has a number and lives nowhere in Denmark may have one', () => {
  contact({ subject: nowhere('20'), municipality: '0851' }).expectAccepted(mail)
  contact({ subject: nowhere('80') }).expectAccepted(mail)
})

test('it goes to the municipality where one lives (9230)', () => {
  contact({ municipality: '0851' }).expectRefused(mail, [9230, 'municipality'])
})
