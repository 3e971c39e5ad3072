/** Each pattern fires for what it names, and for nothing else (A37). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { danishMidnight, date } from '#base/calendar.ts'
import { type Known, type Pattern, patternNames, patternsOf, type Sight } from '#review/patterns.ts'
import { pnrs } from '#test/arbitraries.ts'

const workday = { fromHour: 7, toHour: 19 }
const hourMs = 3_600_000
/** A Wednesday. */
const noon = new Date(danishMidnight(date('2026-03-04')).valueOf() + 12 * hourMs)

const homes = fc
  .record({
    municipality: fc.constantFrom('0751', '0851'),
    road: fc.constantFrom('0001', '0002'),
    number: fc.integer({ min: 1, max: 60 }),
    letter: fc.constantFrom('', 'A', 'B'),
    floor: fc.constantFrom('', 'st', '2'),
  })
  .map(({ municipality, road, number, letter, floor }) => ({
    municipality,
    road,
    number,
    key: `${municipality}-${road}-${number}${letter}-${floor}-`,
  }))
const surnames = fc.constantFrom('Madsen', 'MADSEN', 'Ørsted', 'ørsted', 'Friis')
const knowns = fc.record({ pnr: pnrs, surname: surnames, home: fc.option(homes) })
const pairs = fc.record({
  person: knowns,
  employee: knowns,
  isProtected: fc.boolean(),
  isColleague: fc.boolean(),
  connection: fc.constantFrom('none', 'authority', 'worked-on'),
})
type Pair = typeof pairs extends fc.Arbitrary<infer P> ? P : never

const known = ({ pnr, surname, home }: Pair['person']): Known => ({
  pnr,
  surname,
  addressKey: home?.key,
})

function sightOf(pair: Pair, more: Partial<Sight> = {}): Sight {
  const { person, employee, isProtected, isColleague, connection } = pair
  return {
    ...{ id: 'a', at: noon, act: 'look-up', personCode: 'W0000751', purpose: 'x', connection },
    given: undefined,
    person: { ...known(person), isProtected, isColleague },
    employee: known(employee),
    ...more,
  }
}

/** What each pattern says, in other words than the table of patterns does. */
function wanted({ person, employee, isProtected, isColleague, connection }: Pair): Set<Pattern> {
  const shown = new Set<Pattern>()
  const isSelf = person.pnr === employee.pnr
  if (isSelf) shown.add('self')
  if (isColleague) shown.add('colleague')
  if (!isSelf && person.surname.toLowerCase() === employee.surname.toLowerCase()) {
    shown.add('same-surname')
  }
  const [a, b] = [person.home, employee.home]
  const isOneRoad = a && b && a.municipality === b.municipality && a.road === b.road
  if (!isSelf && isOneRoad && Math.abs(a.number - b.number) <= 10) shown.add('neighbour')
  if (isProtected && connection === 'none') shown.add('protected-without-case')
  return shown
}

test('self, colleague, neighbour, surname and protected each fire, and not otherwise', () => {
  const fired = new Set<Pattern>()
  fc.assert(
    fc.property(pairs, fc.boolean(), (pair, isSelf) => {
      const made = isSelf ? { ...pair, person: { ...pair.person, pnr: pair.employee.pnr } } : pair
      const shown = patternsOf(sightOf(made), workday)
      for (const each of shown) fired.add(each)
      assert.deepEqual(new Set(shown), wanted(made))
    }),
    { numRuns: 2000 },
  )
  assert.deepEqual(
    [...fired].toSorted(),
    patternNames.filter((name) => name !== 'outside-hours' && !name.startsWith('many-')).toSorted(),
  )
})

test('who uses a person code is not guessed: without an employee no pattern of a person fires', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const shown = patternsOf(sightOf(pair, { employee: undefined }), workday)
      for (const name of ['self', 'neighbour', 'same-surname'] as const) {
        assert.ok(!shown.includes(name))
      }
    }),
  )
})

test('outside working hours is before, after and at the weekend, by the clock in Denmark', () => {
  const [pair] = fc.sample(pairs, 1)
  assert.ok(pair)
  const shows = (day: string, hours: number) =>
    patternsOf(
      sightOf(pair, { at: new Date(danishMidnight(date(day)).valueOf() + hours * hourMs) }),
      workday,
    ).includes('outside-hours')
  for (const [day, hours, isOutside] of [
    ['2026-03-04', 6.99, true],
    ['2026-03-04', 7, false],
    ['2026-03-04', 18.99, false],
    ['2026-03-04', 19, true],
    ['2026-03-06', 12, false],
    ['2026-03-07', 12, true],
    ['2026-03-08', 12, true],
    ['2026-03-09', 12, false],
    // In summer time the day begins an hour earlier by UTC.
    ['2026-07-01', 7, false],
    ['2026-07-01', 6.99, true],
  ] as const) {
    assert.equal(shows(day, hours), isOutside, `${day} ${hours}`)
  }
})
