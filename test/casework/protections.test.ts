/** A protection that ends: one reminder in time, the lapse on its Danish day, once over any standstill. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import {
  addDays,
  addYears,
  danishDate,
  danishMidnight,
  date,
  type PlainDate,
} from '#base/calendar.ts'
import { runTimeWork, takeTurn } from '#server/time-work.ts'
import { takeEffect } from '#store/effects.ts'
import { remindOfProtections } from '#store/reminders.ts'
import { assertRegisterSound } from '#test/casework/register-checks.ts'
import { approved, openStand, report } from '#test/casework/stand.ts'
import { freeTimeWork } from '#test/time-work.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
await ownerPool.script(
  `update person_code set password_expires_at = password_expires_at + interval '9 years'`,
)
const random = (bytes: number) => randomBytes(bytes)
const type = 'name-and-address-protection'
const dayMs = 86_400_000

async function protect(pnr: string, action: 'on' | 'extend', until?: PlainDate): Promise<void> {
  const [citizen, clerk] = [
    await stand.caller(codes.citizen),
    await stand.caller(codes.municipality),
  ]
  const data = { action, ...(until && { until, reason: 'Trusler' }) }
  await approved(house, clerk, await report(house, citizen, { type, pnr, data }))
}

async function lettersTo(pnr: string): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select concerns, text_en from letter where recipient = '${pnr}' and kind = 'protection-ends'
     order by id`,
  )
  return rows.map(({ concerns, text_en: text }) =>
    [concerns, /ends|ended/.exec(String(text))?.[0]].map(String).join(' '),
  )
}

/** Many processes at once. */
async function remindAt(at: Date): Promise<number> {
  const moment = { at, today: danishDate(at), random }
  const counts = await Promise.all(
    [pool, ownerPool, pool, ownerPool].map((each) => remindOfProtections(each, moment)),
  )
  return counts.reduce((sum, each) => sum + each, 0)
}

async function lapses(pnr: string): Promise<number> {
  const { rows } = await ownerPool.script(
    `select count(*)::int as n from event where pnr = '${pnr}' and type = 'P11'`,
  )
  return Number(rows[0]?.['n'])
}

/** So that the protected people of the scenario, who end in the autumn, count for nothing. */
await ownerPool.script(
  `insert into letter (id, at, recipient, kind, authority, text_da, text_en, concerns)
   select 'seen-' || pnr, now(), pnr, 'protection-ends', '0751', '-', '-', protected_until
   from person where protected_until is not null`,
)

test('PROT-1: the reminder comes 30 days before, in Danish days over both changes of the clock', async () => {
  const ends = [
    { pnr: scenario.ordinaryAdult, until: date('2026-04-28') },
    { pnr: scenario.flatmates[0], until: date('2026-11-24') },
  ]
  for (const { pnr, until } of ends) await protect(pnr, 'on', until)
  for (const { pnr, until } of ends) {
    // The 29 March, which has 23 hours, and the 25 October, which has 25.
    const day = danishMidnight(addDays(until, -30))
    assert.equal(await remindAt(new Date(day.valueOf() - 1)), 0)
    assert.deepEqual(await lettersTo(pnr), [])
    assert.equal(await remindAt(day), 1)
    for (const hours of [0.5, 1, 1.5, 2, 3, 24, 25]) {
      assert.equal(await remindAt(new Date(day.valueOf() + hours * 3_600_000)), 0)
    }
    assert.deepEqual(await lettersTo(pnr), [`${until} ends`])
  }
})

test('one that is extended is reminded of again, for its new end', async () => {
  const pnr = scenario.ordinaryAdult
  const until = addYears(date('2026-04-28'), 1)
  await protect(pnr, 'extend', until)
  const { rows } = await ownerPool.script(`select protected_until from person where pnr = '${pnr}'`)
  assert.equal(rows[0]?.['protected_until'], until)
  assert.equal(await remindAt(danishMidnight(addDays(until, -31))), 0)
  assert.equal(await remindAt(danishMidnight(addDays(until, -30))), 1)
  assert.deepEqual(await lettersTo(pnr), ['2026-04-28 ends', `${until} ends`])
})

test('who could not be reminded in time is told of the lapse, once, after a standstill of years', async () => {
  const pnr = scenario.flatmates[1]
  const until = date('2026-10-25')
  await protect(pnr, 'on', until)
  stand.pass({ days: 500 })
  const tallies = await Promise.all([runTimeWork(pool, house), runTimeWork(ownerPool, house)])
  assert.ok(tallies.every((tally) => tally['effects'] !== undefined))
  await runTimeWork(pool, house)
  assert.deepEqual(await lettersTo(pnr), [`${until} ended`])
  assert.equal(await lapses(pnr), 1)
  assert.equal(await lapses(scenario.ordinaryAdult), 1)
  const { rows } = await ownerPool.script(
    'select pnr from person where protected_until is not null',
  )
  assert.deepEqual(rows, [])
})

test('a lapse that a step brings about tells of itself as well', async () => {
  const pnr = scenario.child14
  const until = addDays(danishDate(stand.now()), 40)
  await protect(pnr, 'on', until)
  stand.pass({ days: 60 })
  const moment = { at: stand.now(), today: danishDate(stand.now()), random }
  await Promise.all([pool, ownerPool].map((each) => takeEffect(each, moment, [pnr])))
  assert.deepEqual(await lettersTo(pnr), [`${until} ended`])
  assert.equal(await remindAt(stand.now()), 0)
})

test('CON-2: a contact address is removed by the daily run of many processes, once', async () => {
  const pnr = scenario.newcomer
  const endsOn = addDays(danishDate(stand.now()), 20)
  const [citizen, clerk] = [
    await stand.caller(codes.citizen),
    await stand.caller(codes.otherMunicipality),
  ]
  const data = { line1: 'Postboks 12', line2: '8000 Aarhus C', endsOn }
  const sent = { type: 'contact-address', pnr, municipality: '0851', data }
  await approved(house, clerk, await report(house, citizen, sent))
  const mail = async () => {
    const { rows } = await ownerPool.script(
      `select current -> 'contactAddress' as mail from person where pnr = '${pnr}'`,
    )
    return rows[0]?.['mail'] ?? undefined
  }
  stand.pass({ days: 19 })
  await runTimeWork(pool, house)
  assert.ok(await mail())
  stand.pass({ days: 1 })
  await Promise.all([runTimeWork(pool, house), runTimeWork(ownerPool, house)])
  assert.equal(await mail(), undefined)
  assert.equal(await lapses(pnr), 1)
})

test('the work of a minute is done by one of many processes', async () => {
  stand.pass({ days: 1 })
  await freeTimeWork(ownerPool, 'hearings')
  const turns = await Promise.all(
    Array.from({ length: 6 }, (_, nth) => takeTurn(nth % 2 ? pool : ownerPool, 'hearings', house)),
  )
  assert.equal(turns.filter((turn) => turn !== undefined).length, 1)
  const ahead = { ...house, clock: () => new Date(stand.now().valueOf() + dayMs) }
  assert.ok(await takeTurn(pool, 'hearings', ahead))
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
