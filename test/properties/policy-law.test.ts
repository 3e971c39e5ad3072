/** The rules known from Aarhus and Odense, as the example policies have them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, date } from '#base/calendar.ts'
import { drawLot, isSampled } from '#casework/automatic.ts'
import type { Heard } from '#incident/traits.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import { emigration } from '#incidents/emigration.ts'
import {
  bornFor,
  dwelling,
  given,
  home,
  moveData,
  nowhere,
  person,
  today,
} from '#test/incident-law.ts'
import { type Asked, examplePolicy, verdictOf } from '#test/policy-kit.ts'

const aarhus = examplePolicy('aarhus')
const odense = examplePolicy('odense')

type Parts = NonNullable<Parameters<typeof given>[1]>

const move = (policy: typeof aarhus, parts: Parts = {}, data = moveData, asked: Asked = {}) =>
  verdictOf(policy, domesticMove, given(domesticMove, parts), data, asked)

/** A subject with others of the household, who move along. */
function household(age: number, ...ages: readonly number[]) {
  const subject = person(bornFor(age))
  const others = ages.map((each) => person(bornFor(each)))
  return { parts: { subject, household: others }, companions: others.map(({ pnr }) => pnr) }
}

const there = (parts: Parameters<typeof dwelling>[0]) => ({ dwellings: [dwelling(parts)] })

test('MOVE-4: a plain move to an empty dwelling with room needs no person', () => {
  assert.equal(move(aarhus), 'approve: empty-dwelling')
  const { parts, companions } = household(30, 31)
  const two = { ...moveData, companions }
  assert.equal(move(aarhus, { ...parts, ...there({ rooms: 2 }) }, two), 'approve: empty-dwelling')
  assert.equal(move(aarhus, { ...parts, ...there({ rooms: 1 }) }, two), 'person')
  const factor = { settings: { softRoomFactor: 2 } }
  const wide = { ...parts, ...there({ rooms: 1 }), ...factor }
  assert.equal(move(aarhus, wide, two), 'approve: empty-dwelling', 'what a municipality sets')
  assert.equal(move(aarhus, there({ rooms: 0 })), 'person', 'rooms that nobody knows')
})

test('MOVE-4: reported late, and of a housing company, it still needs none', () => {
  assert.equal(move(aarhus, { date: addDays(today, -6) }), 'approve: empty-dwelling')
  assert.equal(move(aarhus, there({ kind: 'housing-company' })), 'approve: empty-dwelling')
})

test('MOVE-4: a summer house, no fixed home before and another move that waits go to a person', () => {
  assert.equal(move(aarhus, there({ kind: 'summer-house' })), 'person')
  assert.equal(move(aarhus, { subject: nowhere('03') }), 'person')
  const pending = [{ id: 'x', code: 'FLYT-I', date: today }]
  assert.equal(move(aarhus, { pending }), 'person')
})

test('MOVE-4: one room holds a parent and a child under 15, and no other two', () => {
  const into = (ages: readonly [number, ...number[]], rooms = 1) => {
    const { parts, companions } = household(...ages)
    return move(aarhus, { ...parts, ...there({ rooms }) }, { ...moveData, companions })
  }
  assert.equal(into([30, 14]), 'approve: one-room-parent-and-child')
  assert.equal(into([30, 15]), 'person')
  assert.equal(into([30, 30]), 'person')
  assert.equal(into([30, 3, 4]), 'person')
  assert.equal(into([30, 14], 2), 'person', 'a child is otherwise seen by a person')
})

test('MOVE-5: movers who are all under 19 go to a person, however small the move', () => {
  assert.equal(move(aarhus, { subject: person(bornFor(18)) }), 'person')
  assert.equal(move(aarhus, { subject: person(bornFor(19)) }), 'approve: empty-dwelling')
  const { parts, companions } = household(18, 18)
  assert.equal(move(aarhus, parts, { ...moveData, companions }), 'person')
  const eighteen = household(18, 40)
  const data = { ...moveData, companions: eighteen.companions }
  assert.equal(move(aarhus, eighteen.parts, data), 'approve: empty-dwelling', 'one of them is not')
})

test('MOVE-6: where another case to the address is approved already, it goes to a person', () => {
  assert.equal(move(aarhus, { arriving: 1 }), 'person')
  assert.equal(move(odense, { arriving: 1 }), 'person', 'whatever the policy')
})

test('MOVE-7: where everybody moves out by the date, a plain move needs no person', () => {
  const [one, other] = [person(), person()]
  const leaving = (on: string, ...who: readonly (typeof one)[]) => ({
    ...there({ people: [one, other], leaving: who.map(({ pnr }) => ({ pnr, on: date(on) })) }),
    date: date('2026-03-15'),
  })
  assert.equal(move(odense, leaving('2026-03-15', one, other)), 'approve: everybody-leaves')
  assert.equal(move(odense, leaving('2026-03-15', one)), 'person', 'one of them stays')
  assert.equal(move(odense, leaving('2026-03-16', one, other)), 'person', 'a day too late')
  const { hearings } = given(domesticMove, leaving('2026-03-15', one, other))
  assert.deepEqual(hearings(moveData), [], 'and there is no host to ask')
})

const yes = (fromDate?: string): Heard => ({
  kind: 'host',
  state: 'answered',
  answer: 'yes',
  fromDate: fromDate === undefined ? undefined : date(fromDate),
})
const withHost = there({ people: [person()] })

test('MOVE-9: a host who gives the reported date decides, with another one a person does', () => {
  const answered = (...heard: readonly Heard[]) => move(aarhus, withHost, moveData, { heard })
  assert.equal(answered(yes(today)), 'approve: host-agrees')
  assert.equal(answered(yes(addDays(today, 1))), 'person')
  assert.equal(answered(yes()), 'person', 'no date is not the same date')
  assert.equal(answered({ ...yes(today), answer: 'no' }), 'person')
  assert.equal(answered({ ...yes(), state: 'given-up', answer: undefined }), 'person')
  assert.equal(answered({ ...yes(), state: 'open', answer: undefined }), 'waits')
})

test('MOVE-10: a housing company with residents is left to a person, though the host says yes', () => {
  const lived = there({ people: [person()], kind: 'housing-company' })
  assert.equal(move(aarhus, lived, moveData, { heard: [yes(today)] }), 'person')
})

test('MOVE-12: a parent who disagrees or is silent leaves the case to a person', () => {
  const { parts, companions } = household(30, 14)
  const data = { ...moveData, companions }
  const room = { ...parts, ...there({ rooms: 1 }) }
  const parent: Heard = { ...yes(), kind: 'other-parent' }
  for (const each of [
    { ...parent, answer: 'no' as const },
    { ...parent, state: 'given-up' as const, answer: undefined },
    parent,
  ]) {
    assert.equal(move(aarhus, room, data, { heard: [each] }), 'person')
  }
})

const leave = (parts: Parts, data = {}) => {
  const sent = { country: '5170', companions: [], ...data }
  return verdictOf(
    aarhus,
    emigration,
    given(emigration, { date: addDays(today, 7), ...parts }),
    sent,
  )
}

test('EMI-3: one adult of an ordinary home who leaves needs no person', () => {
  assert.equal(leave({}), 'approve: one-adult-leaves')
  assert.equal(leave({ subject: person(bornFor(18)) }), 'approve: one-adult-leaves')
  assert.equal(leave({ subject: person(bornFor(17)) }), 'person')
  const highRoad = person({ status: '03', address: { ...home, road: '9901', from: today } })
  assert.equal(leave({ subject: highRoad }), 'person')
  const other = person()
  assert.equal(leave({ household: [other] }, { companions: [other.pnr] }), 'person', 'nor two')
})

test('EMI-4: to a Nordic country it is never decided without a person, whatever was answered', () => {
  const register: Heard = { ...yes(), kind: 'foreign-register' }
  const there = given(emigration, {})
  const sent = { country: '5110', companions: [] }
  assert.equal(verdictOf(aarhus, emigration, there, sent, { heard: [register] }), 'person')
})

test('DESK-8: chance takes out as many of a hundred as the share says', () => {
  const bytes = (drawn: number) => () => new Uint8Array([drawn, 0, 0, 0])
  assert.equal(isSampled(drawLot(bytes(0)), 1), true)
  assert.equal(isSampled(drawLot(bytes(127)), 50), true)
  assert.equal(isSampled(drawLot(bytes(128)), 50), false)
  assert.equal(isSampled(drawLot(bytes(255)), 100), true, 'everything')
  assert.equal(isSampled(drawLot(bytes(3)), 1), false)
})
