/** Who is heard before a move is registered, and that no answer of theirs decides it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date } from '#base/calendar.ts'
import { hearings } from '#incident/hearing.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import type { OpenPerson, Person } from '#register/person.ts'
import {
  bornFor,
  dwelling,
  given,
  home,
  moveData,
  numbersOf,
  person,
  today,
} from '#test/incident-law.ts'

const move = (parts: Parameters<typeof given>[1] = {}) => given(domesticMove, parts)

test('MOVE-8: the host is the one who has lived there longest, on a tie the oldest', () => {
  const since = (from: string, parts: Partial<OpenPerson> = {}) =>
    person({ address: { ...home, from: date(from) }, ...parts })
  const [late, early] = [since('2021-01-01'), since('2019-05-01')]
  const older = since('2019-05-01', { bornOn: date('1950-02-02') })
  const asked = (...people: readonly Person[]) =>
    move({ dwellings: [dwelling({ people })] })
      .hearings(moveData)
      .map(({ kind, asked: host }) => [kind, host])
  assert.deepEqual(asked(late, early), [['host', early.pnr]])
  assert.deepEqual(asked(early, older, late), [['host', older.pnr]])
  const child = since('2001-01-01', bornFor(17))
  assert.deepEqual(asked(child, late), [['host', late.pnr]], 'a child is not asked for adults')
  assert.deepEqual(asked(child), [['host', child.pnr]], 'but when there is nobody else')
})

test('MOVE-8: where nobody stays, nobody is asked', () => {
  const there = move({ dwellings: [dwelling()] })
  assert.deepEqual(there.hearings(moveData), [])
  const [wife, subject] = [person(), person()]
  const meanwhile = { subject, household: [wife], dwellings: [dwelling({ people: [wife] })] }
  const data = { ...moveData, companions: [wife.pnr] }
  assert.deepEqual(move(meanwhile).hearings(data), [], 'who moves along does not stay')
})

test('M10: the host is asked about everyone who moves', () => {
  const [wife, host] = [person(), person()]
  const there = move({ household: [wife], dwellings: [dwelling({ people: [host] })] })
  const data = { ...moveData, companions: [wife.pnr] }
  assert.deepEqual(there.hearings(data), [
    { kind: 'host', asked: host.pnr, about: [there.situation.subject.pnr, wife.pnr] },
  ])
})

test('MOVE-11: a parent who stays behind is heard about the children, once about all', () => {
  const [subject, father] = [person(), person({ sex: 'M' })]
  const parents = [subject.pnr, father.pnr]
  const children = [person({ ...bornFor(4), parents }), person({ ...bornFor(17), parents })]
  const household = [father, ...children]
  const data = { ...moveData, companions: numbersOf(children) }
  assert.deepEqual(move({ subject, household }).hearings(data), [
    { kind: 'other-parent', asked: father.pnr, about: numbersOf(children) },
  ])
  const along = { ...moveData, companions: numbersOf(household) }
  assert.deepEqual(move({ subject, household }).hearings(along), [], 'who moves along knows')
})

test('MOVE-11: a parent of another home, and of a child who is 18, is not heard', () => {
  const subject = person()
  const elsewhere = person({ address: { ...home, house: '99', from: today } })
  const child = person({ ...bornFor(4), parents: [subject.pnr, elsewhere.pnr] })
  const there = { subject, household: [child], others: [elsewhere] }
  const data = { ...moveData, companions: [child.pnr] }
  assert.deepEqual(move(there).hearings(data), [])
  const father = person()
  const adult = person({ ...bornFor(18), parents: [subject.pnr, father.pnr] })
  const grown = { ...moveData, companions: [adult.pnr] }
  assert.deepEqual(move({ subject, household: [adult, father] }).hearings(grown), [])
})

test('MOVE-12: a parent or host who says no has given an answer, which rejects nothing', () => {
  const [subject, father, host] = [person(), person(), person()]
  const child = person({ ...bornFor(4), parents: [subject.pnr, father.pnr] })
  const household = [father, child]
  const there = move({ subject, household, dwellings: [dwelling({ people: [host] })] })
  const data = { ...moveData, companions: [child.pnr] }
  there.expectAccepted(data)
  const kinds = there.hearings(data).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['host', 'other-parent'])
  for (const kind of kinds) {
    assert.deepEqual(Object.keys(hearings[kind].answers), ['yes', 'no'])
    assert.doesNotMatch(hearings[kind].answers.no.en, /reject/i)
  }
})
