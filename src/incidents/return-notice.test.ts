/** The law of moving to Denmark as far as a citizen can report it: guided, and nothing registered. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addMonths } from '#base/calendar.ts'
import { returnNotice } from '#incidents/return-notice.ts'
import { given, moveData, nowhere, textsIn, today } from '#test/incident-law.ts'

const emigrated = nowhere('80')
const notice = (parts: Parameters<typeof given>[1] = {}) =>
  given(returnNotice, { subject: emigrated, ...parts })
const nordic = { country: '5110', citizenship: '5110', ...moveData }
const british = { country: '5170', citizenship: '5170', ...moveData }
const danish = { country: '5170', citizenship: '5100', ...moveData }
const appear = [9280, 'municipality'] as const
const threeMonths = addMonths(today, 3)
const sixMonths = addMonths(today, 6)

test('everyone is told to appear in person, as a warning that passes the second time', () => {
  const [refusal, ...others] = notice().refusals(nordic)
  assert.deepEqual([refusal?.number, refusal?.severity, others], [9280, 'warning', []])
  assert.match(refusal?.text.en ?? '', /within five days.*Bring your passport/)
})

test('an approval of the notice registers nothing', () => {
  assert.deepEqual(notice().effect(nordic), [])
})

test('IMM-1: a stay of exactly three months is refused, a day more is not', () => {
  notice().expectRefused({ ...danish, leavesOn: threeMonths }, [9277, 'leavesOn'], appear)
  notice().expectRefused({ ...danish, leavesOn: addDays(threeMonths, 1) }, appear)
  notice().expectRefused(danish, appear)
})

test('IMM-2: who is no Nordic citizen is told to bring a permit, and from when it counts', () => {
  notice().expectRefused(british, [9278, 'permitOn'], appear)
  const [refusal] = notice().refusals(british)
  assert.equal(refusal?.severity, 'warning')
  assert.match(refusal?.text.en ?? '', /at the earliest on its date/)
  notice().expectRefused({ ...british, permitOn: today }, appear)
})

test('IMM-2: a permit issued after arrival is told of, and seen by the municipality', () => {
  const later = { ...british, permitOn: addDays(today, 1) }
  notice().expectRefused(later, [9278, 'permitOn'], appear)
  assert.deepEqual(notice().marks(later), ['permit-after-arrival'])
  assert.deepEqual(notice().marks({ ...british, permitOn: today }), [])
})

test('IMM-3: who returns keeps the number, and gets no second one', () => {
  const there = notice()
  assert.equal(there.situation.keys.pnr, emigrated.pnr)
  assert.ok(!Object.values(returnNotice.shape.fields).some(({ kind }) => kind === 'pnr'))
})

test('IMM-4: a Nordic citizen at four months may be registered and need not be', () => {
  const short = { ...nordic, leavesOn: addMonths(today, 4) }
  notice().expectRefused(short, [9279, 'leavesOn'], appear)
  assert.equal(notice().refusals(short)[0]?.severity, 'warning')
})

test('IMM-4: from more than six months it is a duty, and for Danish citizens always', () => {
  notice().expectRefused({ ...nordic, leavesOn: sixMonths }, [9279, 'leavesOn'], appear)
  notice().expectRefused({ ...nordic, leavesOn: addDays(sixMonths, 1) }, appear)
  notice().expectRefused({ ...danish, leavesOn: addMonths(today, 4) }, appear)
})

test('who is resident is told to report a move (9270)', () => {
  const [refusal] = given(returnNotice).refusals(danish)
  assert.equal(refusal?.number, 9270)
  assert.ok(textsIn(refusal?.text).some((text) => /Report a move/.test(text)))
})

test('it goes to the municipality that one moves to (9271)', () => {
  for (const municipality of ['0957', '1081', '9999']) {
    const numbers = notice({ municipality })
      .refusals(danish)
      .map(({ number }) => number)
    assert.ok(numbers.includes(9271), municipality)
  }
})

test('the meeting is prepared 28 days ahead at most (9272)', () => {
  notice({ date: addDays(today, 28) }).expectRefused(danish, appear)
  notice({ date: addDays(today, 29) }).expectRefused(danish, [9272, 'date'], appear)
})

test('one comes from a country, and is a citizen of one (9273, 9274)', () => {
  notice().expectRefused({ ...danish, country: '5100' }, [9273, 'country'], appear)
  notice().expectRefused({ ...nordic, country: '0751' }, [9273, 'country'], appear)
  notice().expectRefused(
    { ...nordic, citizenship: '0751' },
    [9274, 'citizenship'],
    [9278, 'permitOn'],
    appear,
  )
})

test('the home is an address of the register (9275, 9276)', () => {
  notice().expectRefused({ ...nordic, road: '0099' }, [9275, 'road'], appear)
  notice().expectRefused({ ...nordic, house: '6' }, [9276, 'house'], appear)
})
