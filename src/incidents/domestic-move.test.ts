/** The law of a move within Denmark, rule by rule, each with its boundary days. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, danishDate, date, type PlainDate } from '#base/calendar.ts'
import { noQuestion } from '#incident/situation.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import type { StatusCode } from '#register/codes.ts'
import type { Person } from '#register/person.ts'
import { statusFrom } from '#register/status.ts'
import {
  bornFor,
  dwelling,
  given,
  home,
  moveData,
  nowhere,
  numbersOf,
  person,
  protectedUntil,
  textsIn,
  today,
} from '#test/incident-law.ts'

const move = (parts: Parameters<typeof given>[1] = {}) => given(domesticMove, parts)
const on = (days: number) => ({ date: addDays(today, days) })

test('MOVE-1: a move is reported 28 days ahead at most', () => {
  move(on(28)).expectAccepted(moveData)
  move(on(29)).expectRefused(moveData, [9110, 'date'])
})

test('MOVE-1: who is too early is told the first day on which it can be reported', () => {
  const [refusal] = move(on(29)).refusals(moveData)
  assert.match(refusal?.text.da ?? '', /11\. marts 2026/)
  assert.match(refusal?.text.en ?? '', /11 March 2026/)
  move({ ...on(29), today: date('2026-03-11'), date: addDays(today, 29) }).expectAccepted(moveData)
})

test('MOVE-2: a report five days after the move is on time, six days after it is late', () => {
  assert.deepEqual(move(on(-5)).marks(moveData), [])
  assert.deepEqual(move(on(-6)).marks(moveData), ['late'])
  assert.deepEqual(move(on(28)).marks(moveData), [])
})

test('MOVE-2: a late report is accepted, however late', () => {
  for (const days of [-6, -365, -9000]) move(on(days)).expectAccepted(moveData)
})

test('MOVE-3: what counts is the day in Denmark on which the report became available', () => {
  const movedOn = date('2026-03-25')
  // The clocks go forward on 29 March: midnight is at 22:00 and no longer at 23:00 in UTC.
  const reported = (instant: string) => {
    const reportedOn = danishDate(new Date(instant))
    return move({ date: movedOn, today: addDays(movedOn, 20), reportedOn }).marks(moveData)
  }
  assert.deepEqual(reported('2026-03-30T21:59:59Z'), [])
  assert.deepEqual(reported('2026-03-30T22:00:00Z'), ['late'])
})

test('MOVE-3: a report saved in time stays in time, and early enough, when decided later', () => {
  const ahead = { date: addDays(today, 28), reportedOn: today }
  move({ ...ahead, today: addDays(today, 40) }).expectAccepted(moveData)
  const back = { date: addDays(today, -5), reportedOn: today, today: addDays(today, 9) }
  assert.deepEqual(move(back).marks(moveData), [])
})

test('nobody moves before being born (9111)', () => {
  const subject = person({ bornOn: today })
  move({ subject, ...on(0) }).expectAccepted(moveData)
  move({ subject, ...on(-1) }).expectRefused(moveData, [9111, 'date'])
})

test('M4: a move is reported to a Danish municipality, and to Greenland there (9020)', () => {
  for (const municipality of ['0957', '1081', '9999']) {
    const [refusal] = move({ municipality }).refusals(moveData)
    assert.deepEqual([refusal?.number, refusal?.field], [9020, 'municipality'])
    assert.ok(textsIn(refusal?.text).every((text) => text.includes(municipality)))
  }
  move({ municipality: '0851' }).expectAccepted(moveData)
})

test('MOVE-13: an address outside the register is refused, with a way to the municipality', () => {
  const [refusal, ...others] = move().refusals({ road: '0034', house: '6' })
  assert.deepEqual([refusal?.number, refusal?.field, others], [9115, 'house', []])
  assert.match(refusal?.text.da ?? '', /kontakt kommunen/)
  assert.match(refusal?.text.en ?? '', /contact the municipality/)
  move().expectRefused({ ...moveData, floor: '1' }, [9115, 'house'])
  move().expectRefused({ ...moveData, door: 'th' }, [9115, 'house'])
})

test('MOVE-13: a road that does not exist is blamed alone, and named with its municipality', () => {
  const [refusal, ...others] = move().refusals({ road: '0099', house: '5' })
  assert.deepEqual([refusal?.number, refusal?.field, others], [9114, 'road', []])
  assert.match(refusal?.text.da ?? '', /0099 findes ikke i Aarhus/)
})

test('MOVE-14: who cannot move is refused with the way that there is instead', () => {
  const alternatives: { readonly [code in '20' | '70' | '80' | '90']: readonly [number, RegExp] } =
    {
      '20': [9112, /moving to Denmark/],
      '70': [9102, /case worker/],
      '80': [9112, /moving to Denmark/],
      '90': [9100, /Contact the municipality/],
    }
  for (const [status, [number, text]] of Object.entries(alternatives)) {
    const subject = nowhere(status as StatusCode)
    const [refusal] = move({ subject }).refusals(moveData)
    assert.deepEqual([refusal?.number, refusal?.field], [number, 'pnr'], status)
    assert.match(refusal?.text.en ?? '', text)
  }
})

test('MOVE-14: who cannot move cannot move along either', () => {
  const dead = person({ status: '90' })
  const nomad = person({ status: '03' })
  move({ household: [dead] }).expectRefused({ ...moveData, companions: [dead.pnr] }, [
    9119,
    'companions',
  ])
  move({ household: [nomad] }).expectAccepted({ ...moveData, companions: [nomad.pnr] })
})

test('ST-1: a refusal for a dead person says nothing of death', () => {
  const texts = (status: StatusCode) =>
    textsIn(move({ subject: nowhere(status) }).refusals(moveData)[0]?.text)
  for (const text of texts('90')) {
    assert.doesNotMatch(text, /død|afdød|dead|death|deceased|decease|90/i)
  }
  assert.deepEqual(texts('90'), texts('10'), 'nor can it be told from another refusal')
})

test('ST-4: who had no fixed home has one after the move', () => {
  const subject = person({
    status: '03',
    address: { municipality: '0751', road: '9901', house: '', from: date('2024-01-01') },
  })
  const [change] = move({ subject, ...on(3) }).effect(moveData)
  assert.deepEqual(change?.facts.at(-1), statusFrom('01', addDays(today, 3)))
  const [ordinary] = move(on(3)).effect(moveData)
  assert.deepEqual(
    ordinary?.facts.map(({ kind }) => kind),
    ['address'],
  )
})

test('MOVE-15: the household is offered, but not a protected person who is no family', () => {
  const stranger = person(protectedUntil())
  const lodger = person()
  const subject = person()
  const child = person({ ...bornFor(4), ...protectedUntil(), parents: [subject.pnr] })
  const offered = move({ subject, household: [stranger, lodger, child] }).candidates('companions')
  assert.deepEqual(offered, numbersOf([lodger, child]))
})

test('MOVE-14: who cannot move is not offered as a companion', () => {
  const household = [person({ status: '90' }), person({ status: '80' })]
  assert.deepEqual(move({ household }).candidates('companions'), [])
})

test('MOVE-18: the address where one already lives is no move', () => {
  const { road, house, floor, door } = home
  move().expectRefused({ road, house, floor, door }, [9116, 'house'])
  const neighbour = dwelling({ ...home, door: 'th' })
  move({ dwellings: [neighbour] }).expectAccepted({ road, house, floor, door: 'th' })
})

test('MOVE-18: the same road and house of another municipality is another address', () => {
  const { road, house, floor, door } = home
  move({ municipality: '0851' }).expectAccepted({ road, house, floor, door })
})

test('M6: only persons of the household move along', () => {
  const [wife, neighbour] = [person(), person()]
  const there = { household: [wife], others: [neighbour] }
  move(there).expectAccepted({ ...moveData, companions: [wife.pnr] })
  move(there).expectRefused({ ...moveData, companions: [wife.pnr, neighbour.pnr] }, [
    9117,
    'companions',
  ])
})

test('M6: who the report is about is not a companion as well (9118)', () => {
  const subject = person()
  move({ subject }).expectRefused({ ...moveData, companions: [subject.pnr] }, [9118, 'companions'])
})

test('two persons to a room are no matter, one more is a warning and never a refusal (9120)', () => {
  const wife = person()
  const data = { ...moveData, companions: [wife.pnr] }
  const into = (rooms: number, residents: number) =>
    move({ household: [wife], dwellings: [dwelling({ rooms, people: crowd(residents) })] })
  into(1, 0).expectAccepted(data)
  into(2, 2).expectAccepted(data)
  into(2, 3).expectRefused(data, [9120, 'house'])
  assert.deepEqual(
    into(1, 1)
      .refusals(data)
      .map(({ severity }) => severity),
    ['warning'],
  )
  into(0, 30).expectAccepted(data)
})

test('everyone who moves gets the new address from the date of the move', () => {
  const wife = person()
  const data = { ...moveData, careOf: 'c/o Sørensen', companions: [wife.pnr] }
  const there = move({ household: [wife], ...on(9) })
  const changes = there.effect(data)
  assert.deepEqual(
    changes.map(({ pnr, event }) => [pnr, event]),
    [
      [there.situation.subject.pnr, 'A01'],
      [wife.pnr, 'A01'],
    ],
  )
  for (const { facts } of changes) {
    assert.deepEqual(facts, [
      {
        kind: 'address',
        from: addDays(today, 9),
        value: { municipality: '0751', road: '0034', house: '5', careOf: 'c/o Sørensen' },
      },
    ])
  }
})

test('M10: a dwelling that somebody lives in is marked for its host', () => {
  assert.deepEqual(move({ dwellings: [dwelling({ people: crowd(1) })] }).marks(moveData), ['host'])
  assert.deepEqual(move({ dwellings: [dwelling()] }).marks(moveData), [])
})

test('a child who moves is marked until the eighteenth birthday, alone or along', () => {
  const eve = person({ bornOn: addDays(bornFor(18).bornOn, 1) })
  const birthday = person(bornFor(18))
  assert.deepEqual(move({ subject: eve }).marks(moveData), ['child', 'minors-only'])
  assert.deepEqual(move({ subject: birthday }).marks(moveData), [])
  const along = { ...moveData, companions: [eve.pnr] }
  assert.deepEqual(move({ household: [eve] }).marks(along), ['child'])
  assert.deepEqual(move({ household: [eve], ...on(1) }).marks(along), [])
})

test('every refusal comes at once: status, keys, then data in the order of the rules', () => {
  const subject = person({ status: '70' })
  const stranger = person({ status: '90' })
  move({ subject, others: [stranger], ...on(40), municipality: '0957' }).expectRefused(
    { road: '0099', house: '1', companions: [subject.pnr, stranger.pnr] },
    [9102, 'pnr'],
    [9020, 'municipality'],
    [9110, 'date'],
    [9114, 'road'],
    [9117, 'companions'],
    [9118, 'companions'],
    [9119, 'companions'],
  )
})

test('what is asked of the register is what was sent, in its canonical form', () => {
  const companion = person().pnr
  assert.deepEqual(
    domesticMove.asks({ ...moveData, floor: 'st', door: 'tv', companions: [companion] }),
    { ...noQuestion, persons: [companion], addresses: ['0034-5-st-tv'], roads: ['0034'] },
  )
  assert.deepEqual(domesticMove.asks({ ...moveData, companions: [] }).addresses, ['0034-5--'])
})

test('MOVE-17: a move dated before one that is registered already ends where that one begins', () => {
  const subject = person()
  const residence = { municipality: '0751', road: '0012', house: '99' }
  const recorded = (from: PlainDate, line: number) =>
    ({ kind: 'address', from, value: residence, eventNo: line, line: 1 }) as const
  const facts = new Map([
    [subject.pnr, [recorded(date('2020-01-01'), 1), recorded(addDays(today, 10), 2)]],
  ])
  const [before] = move({ subject, facts, ...on(3) }).effect(moveData)
  assert.equal(before?.facts[0]?.to, addDays(today, 10))
  const [after] = move({ subject, facts, ...on(12) }).effect(moveData)
  assert.equal(after?.facts[0]?.to, undefined)
})

test('MOVE-17: a second move before the first took effect is marked and accepted', () => {
  const pending = [{ id: 'flyt-i.x', code: 'FLYT-I', date: addDays(today, 20) }]
  assert.deepEqual(move({ pending }).marks(moveData), ['second-move'])
  move({ pending }).expectAccepted(moveData)
  const other = [{ id: 'navbesk-i.x', code: 'NAVBESK-I', date: today }]
  assert.deepEqual(move({ pending: other }).marks(moveData), [])
})

test('MOVE-1: a municipality may set how many days ahead it takes reports', () => {
  const settings = { reportableDaysAhead: 60 }
  move({ ...on(60), settings }).expectAccepted(moveData)
  move({ ...on(61), settings }).expectRefused(moveData, [9110, 'date'])
})

test('a municipality may set how many persons to a room are too many (9120)', () => {
  const dwellings = [dwelling({ rooms: 1, people: crowd(1) })]
  const wife = person()
  const data = { ...moveData, companions: [wife.pnr] }
  const settings = { legalRoomFactor: 3 }
  move({ household: [wife], dwellings, settings }).expectAccepted(data)
  move({ household: [wife], dwellings }).expectRefused(data, [9120, 'house'])
})

/** So many strangers. */
function crowd(size: number): readonly Person[] {
  return Array.from({ length: size }, () => person())
}
