/** Deciders, writers and processes that meet: exactly one wins, and nothing is done twice (D-2, D-3). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import { approve, reject } from '#casework/decide.ts'
import { initiate } from '#casework/initiate.ts'
import { cancel, save, validate } from '#casework/report.ts'
import { readData, readKeys } from '#incident/read.ts'
import { findByName } from '#incidents/catalogue.ts'
import {
  assertDecisionsOnRecord,
  assertFeedInOrder,
  assertRegisterSound,
} from '#test/casework/register-checks.ts'
import { begin, houseOn, openStand, orderOf, refusalsOf, report } from '#test/casework/stand.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool } = server
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
/** Another process of the same server, and other connections. */
const other = houseOn(ownerPool, stand.now)
const free = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)

const reason = { reasonCode: 'DUPLICATE', text: 'Allerede anmeldt' }
const moveTo = (nth: number) => dataOf(present(free[nth % free.length], 'a dwelling'))

function dataOf({ road, house: number, floor, door }: (typeof free)[number]) {
  return { road, house: number, floor, door }
}

/** The nth of the empty dwellings where the person does not live already. */
async function awayFrom(pnr: string, nth: number) {
  const { rows } = await ownerPool.script(`select address_key from person where pnr = '${pnr}'`)
  const others = free.filter(
    ({ road, house: number, floor, door }) =>
      rows[0]?.['address_key'] !== `0751-${road}-${number}-${floor}-${door}`,
  )
  return dataOf(present(others[nth % others.length], 'a dwelling'))
}

/** The rooms matter to no rule of these tests. */
await ownerPool.script('update address set rooms = 9')

test('DESK-6: of approve, approve and reject at once exactly one decides each of 240 incidents', async () => {
  const persons = [scenario.ordinaryAdult, ...scenario.familyOfFour, ...scenario.flatmates]
  const outcomes: (readonly Answer[])[] = []
  for (let round = 0; round < 30; round += 1) {
    const pending = await Promise.all(
      Array.from({ length: 8 }, async (_, nth) => {
        const pnr = present(persons[(round + nth) % persons.length], 'a person')
        const data = await awayFrom(pnr, nth)
        return report(nth % 2 ? house : other, citizen, { pnr, data })
      }),
    )
    const decided = await Promise.all(
      pending.map((each, nth) => {
        const order = orderOf(clerk, each)
        const contenders = [
          () => approve(house, order),
          () => reject(other, { ...order, ...reason }),
          () => approve(other, order),
        ]
        const turned = [...contenders.slice(nth % 3), ...contenders.slice(0, nth % 3)]
        return Promise.all(turned.map((contender) => contender()))
      }),
    )
    outcomes.push(...decided)
    const open = pending.map(({ record }) => `'${record.id}'`).join(', ')
    // An approval that a rule refuses leaves it open to a rejection, which must then succeed.
    const { rows } = await ownerPool.script(
      `select count(*)::int as n from incident where id in (${open}) and state = 'pending'`,
    )
    assert.equal(rows[0]?.['n'], 0)
  }
  assert.equal(outcomes.length, 240)
  for (const answers of outcomes) {
    const winners = answers.filter(({ kind }) => kind === 'done')
    assert.equal(winners.length, 1, JSON.stringify(answers.map(refusalsOf)))
    const kinds = answers.map(({ kind }) => kind)
    assert.ok(kinds.every((kind) => ['done', 'not-allowed', 'refused'].includes(kind)))
  }
  await assertDecisionsOnRecord(ownerPool)
})

test('two incidents of one person approved at once are both applied', async () => {
  const pnr = scenario.centenarian
  for (let round = 0; round < 10; round += 1) {
    const both = await Promise.all([
      report(house, citizen, { pnr, data: await awayFrom(pnr, round) }),
      report(house, citizen, { pnr, data: await awayFrom(pnr, round + 1) }),
    ])
    const answers = await Promise.all([
      approve(house, orderOf(clerk, both[0])),
      approve(other, orderOf(clerk, both[1])),
    ])
    assert.deepEqual(answers.map(refusalsOf), [[], []])
  }
  await assertFeedInOrder(ownerPool)
})

test('sixteen deciders of one person at once all succeed, one after the other', async () => {
  const pnr = scenario.newcomer
  const { rows } = await ownerPool.script(
    `select road, house, floor, door from address where municipality = '0751' order by key limit 32`,
  )
  for (const half of [rows.slice(0, 16), rows.slice(16)]) {
    const pending = await Promise.all(
      half.map(({ road, house: number, floor, door }) =>
        report(house, citizen, {
          pnr,
          data: {
            road: String(road),
            house: String(number),
            floor: String(floor),
            door: String(door),
          },
        }),
      ),
    )
    const answers = await Promise.all(
      pending.map((each, nth) => approve(nth % 2 ? house : other, orderOf(clerk, each))),
    )
    assert.deepEqual(answers.flatMap(refusalsOf), [])
  }
  await assertFeedInOrder(ownerPool)
})

test("sixteen deciders of one family's moves leave each person's events in order", async () => {
  const [mother, father, older, younger] = scenario.familyOfFour
  const numbers = [mother, father, older, younger]
  const pending = await Promise.all(
    Array.from({ length: 48 }, async (_, nth) => {
      const pnr = numbers[nth % 2] ?? mother
      const others = numbers.filter((each) => each !== pnr)
      const companions = nth % 3 === 0 ? others : []
      // They part company as soon as one of them has moved without the others.
      const data = { ...(await awayFrom(pnr, nth)), companions }
      return report(house, citizen, { pnr, data }).catch(() => undefined)
    }),
  )
  const queue = pending.flatMap((each) => each ?? [])
  assert.ok(queue.length >= 16)
  const answers: Answer[] = []
  const work = async (at: number) => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      answers.push(await approve(at % 2 ? house : other, orderOf(clerk, next)))
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, at) => work(at)))
  assert.ok(answers.filter(({ kind }) => kind === 'done').length >= 2)
  assert.ok(answers.every(({ kind }) => kind === 'done' || kind === 'refused'))
  assert.ok((await assertFeedInOrder(ownerPool)) > 0)
})

test('validate, save and cancel at once end in one state, and the receipts are alike', async () => {
  for (let round = 0; round < 20; round += 1) {
    const begun = await begin(house, citizen, { pnr: scenario.noFixedAddress, data: {} })
    const order = orderOf(citizen, begun)
    const data = readData(begun.type.shape, moveTo(round))
    assert.equal((await validate(house, { ...order, data })).kind, 'done')
    const answers = await Promise.all([
      save(house, order),
      save(other, order),
      cancel(other, order),
      save(house, { ...order, data }),
      validate(other, { ...order, data }),
    ])
    const states = answers.flatMap((each) =>
      each.kind === 'done' ? [each.standing.record.state] : [],
    )
    assert.equal(states.includes('pending') && states.includes('cancelled'), false)
    const receipts = answers.flatMap((each) =>
      each.kind === 'done' && each.standing.record.savedAt
        ? [each.standing.record.savedAt.toISOString()]
        : [],
    )
    assert.ok(new Set(receipts).size <= 1)
    stand.pass({ minutes: 1 })
  }
})

test('of sixty conversations opened at once about one person twenty are, and no more', async () => {
  const pnr = scenario.child14
  const type = present(findByName('domestic-move'), 'the move')
  const keys = readKeys({ pnr, date: danishDate(stand.now()), municipality: '0751' })
  const open = async () =>
    Promise.all(
      Array.from({ length: 60 }, (_, nth) =>
        initiate(nth % 2 ? house : other, { asker: citizen, type, keys }),
      ),
    )
  const answers = await open()
  const opened = answers.filter(({ kind }) => kind === 'done')
  assert.equal(opened.length, 20)
  assert.ok(answers.every((each) => each.kind === 'done' || refusalsOf(each)[0] === 9006))
  // Those whose time is over give their places back, though nobody has ended them yet.
  stand.pass({ minutes: 31 })
  assert.equal((await open()).filter(({ kind }) => kind === 'done').length, 20)
  const { rows } = await ownerPool.script(
    `select state, count(*)::int as n from incident where pnr = '${pnr}' group by state order by 1`,
  )
  assert.deepEqual(rows, [
    { state: 'expired', n: 20 },
    { state: 'initiated', n: 20 },
  ])
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
  const { rows } = await ownerPool.script(
    `select count(*)::int as n from event where kind = 'changed'`,
  )
  assert.ok(Number(rows[0]?.['n']) > 100)
})
