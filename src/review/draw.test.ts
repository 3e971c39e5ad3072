/** What of a week is drawn: by chance that nobody foresees and anybody can repeat, and for patterns. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { danishMidnight, date } from '#base/calendar.ts'
import { drawReview, type Misses, shownPerPattern } from '#review/draw.ts'
import { notWorkedOnMax, type Sight, withoutCaseMax } from '#review/patterns.ts'

const settings = { sampleMin: 20, samplePercent: 2, fromHour: 0, toHour: 24 }
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const monday = danishMidnight(date('2026-03-02')).valueOf()

/** Plain look-ups, each of another person and with a case. */
function sights(count: number, more: (nth: number) => Partial<Sight> = () => ({})): Sight[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: `look-${nth}`,
    at: new Date(monday + nth * 1000),
    act: 'look-up',
    personCode: 'W0000751',
    purpose: 'a case',
    given: undefined,
    person: {
      pnr: String(nth).padStart(10, '0'),
      surname: 'Friis',
      addressKey: undefined,
      isProtected: false,
      isColleague: false,
    },
    employee: undefined,
    connection: 'authority',
    ...more(nth),
  }))
}

const draw = (all: readonly Sight[], seed: string, misses: readonly Misses[] = []) =>
  drawReview(all, misses, settings, { seed, hash })

test('a sample is a share of the week, and at least so many where there are so many', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1500 }), fc.string(), (count, seed) => {
      const { looks, total } = draw(sights(count), seed)
      assert.equal(total, count)
      assert.equal(looks.length, Math.min(count, Math.max(20, Math.ceil(count / 50))))
      assert.ok(looks.every(({ isByChance }) => isByChance))
      assert.deepEqual(
        looks.map(({ at }) => at.valueOf()),
        looks.map(({ at }) => at.valueOf()).toSorted((a, b) => a - b),
      )
    }),
    { numRuns: 50 },
  )
})

test('the same seed draws the same, in whatever order it is read; another draws another', () => {
  const all = sights(500)
  const ids = (seed: string, from = all) => draw(from, seed).looks.map(({ id }) => id)
  assert.deepEqual(ids('one', all.toReversed()), ids('one'))
  assert.notDeepEqual(ids('two'), ids('one'))
})

test('chance is fair: over many seeds every look-up is drawn about as often', () => {
  const all = sights(100)
  const drawn = new Map<string, number>()
  for (let seed = 0; seed < 1000; seed += 1) {
    for (const { id } of draw(all, `seed ${seed}`).looks) drawn.set(id, (drawn.get(id) ?? 0) + 1)
  }
  // 20 of 100, a thousand times: 200 each with a deviation of 12.6; six of them never happen.
  for (const { id } of all) assert.ok(Math.abs((drawn.get(id) ?? 0) - 200) < 76, id)
})

test('a clerk who reads 30 people without a case is flagged, and one who reads 29 is not', () => {
  for (const [persons, isFlagged] of [
    [withoutCaseMax, true],
    [withoutCaseMax - 1, false],
  ] as const) {
    // Among many others, so that chance alone would hardly show them; some are looked at twice.
    const clerk = sights(persons, () => ({ personCode: 'W0000001', connection: 'none' }))
    const again = clerk.slice(0, 5).map((sight) => ({ ...sight, id: `${sight.id} again` }))
    const others = sights(1000).map((sight) => ({ ...sight, id: `other ${sight.id}` }))
    const { looks, tallies } = draw([...others, ...clerk, ...again], 'a seed')
    const tally = { pattern: 'many-without-case', personCode: 'W0000001', count: persons }
    assert.deepEqual(tallies, isFlagged ? [tally] : [])
    const shown = looks.filter(({ patterns }) => patterns.includes('many-without-case'))
    assert.ok(shown.every(({ personCode }) => personCode === 'W0000001'))
    assert.ok(isFlagged ? shown.length >= shownPerPattern : shown.length === 0)
  }
})

test('of each pattern of each person code some are drawn, whatever chance does', () => {
  const habits = sights(400, (nth) => ({
    personCode: nth % 2 ? 'W0000001' : 'W0000002',
    person: {
      ...{ pnr: String(nth).padStart(10, '0'), surname: 'Friis', addressKey: undefined },
      isProtected: false,
      isColleague: nth % 40 < 2,
    },
  }))
  const { looks, tallies } = draw(habits, 'a seed')
  assert.deepEqual(tallies, [
    { pattern: 'colleague', personCode: 'W0000001', count: 10 },
    { pattern: 'colleague', personCode: 'W0000002', count: 10 },
  ])
  for (const code of ['W0000001', 'W0000002']) {
    const shown = looks.filter(
      ({ patterns, personCode }) => personCode === code && patterns.includes('colleague'),
    )
    assert.ok(shown.length >= shownPerPattern)
  }
  assert.ok(looks.length <= 20 + 2 * shownPerPattern)
})

test('numbers that nobody has are drawn with how many there were', () => {
  const some = [0, 1].map((nth) => ({
    ...({ id: `miss-${nth}`, at: new Date(monday + nth), act: 'look-up', purpose: 'x' } as const),
    given: undefined,
    pnr: undefined,
  }))
  const { looks, tallies } = draw([], 'a seed', [{ personCode: 'W0000001', count: 62, some }])
  assert.deepEqual(tallies, [{ pattern: 'many-misses', personCode: 'W0000001', count: 62 }])
  assert.deepEqual(
    looks.map(({ id, isByChance, patterns }) => [id, isByChance, patterns]),
    some.map(({ id }) => [id, false, ['many-misses']]),
  )
})

test('of whom nobody has said who uses the code is told', () => {
  assert.deepEqual(draw(sights(3), 'a seed').unnamed, ['W0000751'])
})

test('the daily work at the desk adds nothing to the sample; cases opened alone are drawn from', () => {
  const desk = (connection: Sight['connection']) =>
    sights(500, (nth) => ({ id: `case-${nth}`, act: 'read-case', connection }))
  const lookUps = sights(100)
  const worked = draw([...lookUps, ...desk('worked-on')], 'one')
  assert.deepEqual([worked.total, worked.looks.length], [100, 20])
  assert.deepEqual(worked.looks, draw(lookUps, 'one').looks)
  const alone = draw([...lookUps, ...desk('authority')], 'one')
  assert.equal(alone.total, 600)
  assert.deepEqual(
    alone.tallies.map(({ pattern, count }) => [pattern, count]),
    [['many-not-worked-on', 500]],
  )
  const few = sights(notWorkedOnMax - 1, () => ({ act: 'read-case' }))
  assert.deepEqual(draw(few, 'one').tallies, [])
})

test('a protected person who is seen at the desk without work is drawn, and with work is not', () => {
  const seen = (act: Sight['act'], connection: Sight['connection']) => {
    const [one] = sights(1)
    assert.ok(one)
    const sight = { ...one, act, connection, person: { ...one.person, isProtected: true } }
    return draw([sight], 'one').tallies.map(({ pattern }) => pattern)
  }
  for (const act of ['read-case', 'list-queue', 'list-closed'] as const) {
    assert.deepEqual(seen(act, 'authority'), ['protected-without-case'])
    assert.deepEqual(seen(act, 'worked-on'), [])
  }
  assert.deepEqual(seen('look-up', 'authority'), [])
})

test('a decision about oneself is drawn always, whatever else shows the same pattern', () => {
  const own = { pnr: '0611923700', surname: 'Friis', addressKey: undefined }
  const seen = sights(60, (nth) => ({
    id: `own-${nth}`,
    act: nth < 2 ? 'decide' : 'look-up',
    person: { ...own, isProtected: false, isColleague: false },
    employee: own,
    connection: 'worked-on',
  }))
  for (let seed = 0; seed < 20; seed += 1) {
    const { looks } = drawReview(
      seen,
      [],
      { ...settings, sampleMin: 0, samplePercent: 0 },
      {
        ...{ seed: String(seed), hash },
      },
    )
    const decided = looks.filter(({ act }) => act === 'decide').map(({ id }) => id)
    assert.deepEqual(decided, ['own-0', 'own-1'])
    assert.ok(looks.length <= shownPerPattern + 2)
  }
})
