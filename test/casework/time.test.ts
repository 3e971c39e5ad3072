/** What takes effect by itself does so once, on its Danish day, however many look at the clock. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { addDays, danishDate, date } from '#base/calendar.ts'
import { approve } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { takeEffect } from '#store/effects.ts'
import { expireConversations } from '#store/expiry.ts'
import {
  assertFeedInOrder,
  assertNothingDue,
  assertRegisterSound,
} from '#test/casework/register-checks.ts'
import { approved, begin, openStand, orderOf, refusalsOf, report } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { opened } from '#test/incident-law.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
const monday = date('2026-03-02')
await ownerPool.script('update address set rooms = 9')

/** Many processes at once, on two pools. */
async function letTimeWork(at: Date): Promise<void> {
  const random = (bytes: number) => randomBytes(bytes)
  const today = danishDate(at)
  const moment = { at, today, random }
  await Promise.all(
    Array.from({ length: 8 }, (_, nth) => takeEffect(nth % 2 ? pool : ownerPool, moment)),
  )
  await assertNothingDue(ownerPool, today)
}

async function eventsOf(pnr: string): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select kind, type, valid_from from event where pnr = '${pnr}' and kind <> 'loaded'
     order by epoch, xid, id`,
  )
  return rows.map(({ kind, type, valid_from: from }) => [kind, type, from].map(String).join(' '))
}

async function homeOf(pnr: string): Promise<unknown> {
  const { rows } = await ownerPool.script(`select address_key from person where pnr = '${pnr}'`)
  return rows[0]?.['address_key']
}

const keyOf = ({ municipality, road, house: number, floor, door }: ReturnType<typeof emptyIn>) =>
  `${municipality}-${road}-${number}-${floor}-${door}`

/** Which day each begins in Denmark: in winter time, on the day of the change, in summer time. */
const midnights = [
  { days: 26, pnr: scenario.ordinaryAdult, midnight: '2026-03-27T23:00:00Z' },
  { days: 27, pnr: scenario.centenarian, midnight: '2026-03-28T23:00:00Z' },
  { days: 28, pnr: scenario.newcomer, midnight: '2026-03-29T22:00:00Z' },
] as const

test('a move ahead takes effect once, as its day begins in Denmark, also over summer time', async () => {
  const citizen = await stand.caller(codes.citizen)
  const clerk = await stand.caller(codes.municipality)
  const target = emptyIn(server, '0751')
  for (const { days, pnr } of midnights) {
    const sent = { pnr, date: addDays(monday, days), data: moveTo(target) }
    await approved(house, clerk, await report(house, citizen, sent))
    assert.notEqual(await homeOf(pnr), keyOf(target))
  }
  for (const { days, pnr, midnight } of midnights) {
    const day = addDays(monday, days)
    const changed = `changed A01 ${day}`
    await letTimeWork(new Date(new Date(midnight).valueOf() - 1))
    assert.deepEqual(await eventsOf(pnr), [changed])
    assert.notEqual(await homeOf(pnr), keyOf(target))
    await letTimeWork(new Date(midnight))
    assert.deepEqual(await eventsOf(pnr), [changed, `in-effect A01 ${day}`])
    assert.equal(await homeOf(pnr), keyOf(target))
  }
  await letTimeWork(new Date('2026-03-30T12:00:00Z'))
  for (const { pnr } of midnights) assert.equal((await eventsOf(pnr)).length, 2)
  const { rows } = await ownerPool.script(
    `select count(*)::int as n from audit where act = 'take-effect' and '${scenario.newcomer}' = any(persons)`,
  )
  assert.equal(rows[0]?.['n'], 1)
})

test('after a standstill all that became due comes in the order of its days', async () => {
  stand.pass({ days: 30 })
  const citizen = await stand.caller(codes.citizen)
  const clerk = await stand.caller(codes.municipality)
  const today = danishDate(stand.now())
  const people = [...scenario.familyOfFour, ...scenario.flatmates]
  for (const pnr of people) {
    for (const ahead of [3, 7, 12, 20, 25]) {
      const data = moveTo(emptyIn(server, '0751', ahead % 4))
      const sent = { pnr, date: addDays(today, ahead), data }
      await approved(house, clerk, await report(house, citizen, sent))
    }
  }
  stand.pass({ days: 40 })
  await letTimeWork(stand.now())
  for (const pnr of people) {
    const days = [3, 7, 12, 20, 25].map((ahead) => addDays(today, ahead))
    assert.deepEqual(await eventsOf(pnr), [
      ...days.map((day) => `changed A01 ${day}`),
      ...days.map((day) => `in-effect A01 ${day}`),
    ])
  }
  await assertFeedInOrder(ownerPool)
})

test('a step about somebody whose day has come sees the effect, before anybody swept', async () => {
  const citizen = await stand.caller(codes.citizen)
  const clerk = await stand.caller(codes.municipality)
  const pnr = scenario.noFixedAddress
  const target = emptyIn(server, '0751')
  const day = addDays(danishDate(stand.now()), 2)
  const sent = { pnr, date: day, data: moveTo(target) }
  await approved(house, clerk, await report(house, citizen, sent))
  stand.pass({ days: 2 })
  const later = await stand.caller(codes.citizen)
  const { subject } = await begin(house, later, { pnr, data: {} })
  assert.equal(opened(subject.person).address?.road, target.road)
  assert.equal(subject.person.status, '01')
  assert.deepEqual(await eventsOf(pnr), [`changed A01 ${day}`, `in-effect A01 ${day}`])
})

test('a protection lapses by itself after a year, and says so once (P11)', async () => {
  const citizen = await stand.caller(codes.citizen)
  const clerk = await stand.caller(codes.municipality)
  const pnr = scenario.child14
  const type = 'name-and-address-protection'
  const today = danishDate(stand.now())
  const sent = { type, pnr, data: { action: 'on' } }
  await approved(house, clerk, await report(house, citizen, sent))
  const end = new Date('2027-05-12T22:00:00Z')
  const from = await eventsOf(pnr)
  assert.deepEqual(from, [`changed A33 ${today}`])
  assert.equal(today, '2026-05-13')
  await letTimeWork(new Date(end.valueOf() - 1))
  assert.deepEqual(await eventsOf(pnr), from)
  await letTimeWork(end)
  assert.deepEqual(await eventsOf(pnr), [...from, 'in-effect P11 2027-05-13'])
  const { rows } = await ownerPool.script(`select current from person where pnr = '${pnr}'`)
  assert.match(JSON.stringify(rows[0]), /"protections":\[\]/)
})

test('conversations end by themselves, and what is saved does not', async () => {
  const citizen = await stand.caller(codes.citizen)
  const data = moveTo(emptyIn(server, '0751'))
  const pending = await report(house, citizen, { pnr: scenario.withPending, data })
  const begun = await begin(house, citizen, { pnr: scenario.withPending, data })
  stand.pass({ minutes: 29 })
  const random = (bytes: number) => randomBytes(bytes)
  assert.equal(await expireConversations(pool, { at: stand.now(), random }), 0)
  stand.pass({ minutes: 1 })
  const moment = { at: stand.now(), random }
  const ended = await Promise.all(
    Array.from({ length: 4 }, (_, nth) => expireConversations(nth % 2 ? pool : ownerPool, moment)),
  )
  // The other one is that of the person without fixed address, above.
  assert.equal(
    ended.reduce((sum, each) => sum + each, 0),
    2,
  )
  const states = await Promise.all(
    [pending, begun].map((each) => follow(house, orderOf(citizen, each))),
  )
  assert.deepEqual(
    states.map((each) => each.kind === 'done' && each.standing.record.state),
    ['pending', 'expired'],
  )
  assert.deepEqual(refusalsOf(await approve(house, orderOf(citizen, begun))), [5])
  const { rows } = await ownerPool.script(
    `select persons, incident_id from audit where act = 'expire'`,
  )
  assert.equal(rows.length, 2, 'each has one row of evidence, whoever ended it')
  assert.deepEqual(
    rows.filter((row) => row['incident_id'] === begun.record.id).map((row) => row['persons']),
    [[scenario.withPending]],
  )
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
