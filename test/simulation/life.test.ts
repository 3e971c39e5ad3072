/**
 * Months of life in a small town, in seconds: few people, few dwellings, hasty users, real
 * PostgreSQL. Afterwards the register is looked at from outside. SIMULATION_SEED repeats a run.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { takeEffect } from '#store/effects.ts'
import { expireConversations } from '#store/expiry.ts'
import type { Pool } from '#store/pool.ts'
import { passDeadlines, remindOfProtections } from '#store/reminders.ts'
import { assertNothingDue, assertRegisterSound } from '#test/casework/register-checks.ts'
import { houseOn, openStand } from '#test/casework/stand.ts'
import {
  citizenBegins,
  citizenGoesOn,
  clerkDecides,
  diceOf,
  somebodyAnswers,
  type World,
} from '#test/simulation/actors.ts'

const given = process.env['SIMULATION_SEED']
const seeds = given === undefined ? [1, 2] : [Number(given)]
const roundsPerSeed = 160
const actsPerRound = 8

for (const seed of seeds) {
  test(`a town lives soundly (SIMULATION_SEED=${seed})`, async () => {
    const stand = await openStand({ seed })
    const { server, now } = stand
    const { scenario, ownerPool, pool, codes } = server
    // The run is longer than the life of a password, which is another test's matter.
    await ownerPool.script(`update person_code set password_expires_at = '2036-01-01'`)
    const houses = [houseOn(pool, now), houseOn(pool, now), houseOn(ownerPool, now)]
    const signOn = async () => ({
      citizen: await stand.caller(codes.citizen),
      clerks: [
        await stand.caller(codes.municipality),
        await stand.caller(codes.municipality),
        await stand.caller(codes.otherMunicipality),
      ],
    })
    const targets = server.addresses
      .filter(({ municipality }) => municipality === '0751' || municipality === '0851')
      .slice(0, 10)
      .map(({ residents: _, ...address }) => address)
    const { familyOfFour, flatmates, ordinaryAdult, protectedFamily, newcomer } = scenario
    const people = [...familyOfFour, ...flatmates, ...protectedFamily, ordinaryAdult, newcomer]
    const dice = diceOf(seed)
    const ledger: World['ledger'] = new Map()
    let world: World = { houses, dice, people, targets, ledger, ...(await signOn()) }
    const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => dice() * 256)

    let latest = now()
    for (let round = 0; round < roundsPerSeed; round += 1) {
      const acts = Array.from({ length: actsPerRound }, () => {
        const what = dice()
        if (what < 0.3) return citizenBegins(world)
        if (what < 0.7) return citizenGoesOn(world)
        return what < 0.78 ? somebodyAnswers(world) : clerkDecides(world)
      })
      await Promise.all(acts)
      const jump = dice()
      if (jump < 0.15) stand.pass({ minutes: Math.floor(dice() * 40) })
      // Clocks of several machines differ by as much, and one may be put right; by more than a
      // minute in all nobody could sign on any more, which is another test's matter.
      latest = now() > latest ? now() : latest
      if (jump > 0.95 && now() >= latest) stand.pass({ minutes: -0.5 })
      if (jump < 0.06) {
        stand.pass({ days: 1 + Math.floor(dice() * 12), minutes: Math.floor(dice() * 1440) })
        const moment = { at: now(), today: danishDate(now()), random }
        await Promise.all([takeEffect(pool, moment), takeEffect(ownerPool, moment)])
        await assertNothingDue(ownerPool, moment.today)
        await Promise.all([passDeadlines(pool, moment), passDeadlines(ownerPool, moment)])
        await Promise.all([remindOfProtections(pool, moment), remindOfProtections(pool, moment)])
        await expireConversations(pool, { at: now(), random })
      }
      // A logon session lives two hours, whatever it is used for.
      if (jump < 0.15) world = { ...world, ...(await signOn()) }
      if (round % 40 === 39) await assertRegisterSound(ownerPool)
    }
    await settle(world, stand)
    await assertRegisterSound(ownerPool)
    await assertLedgerKept(world, stand)
    await assertHeardBeforeDecided(ownerPool)
  })
}

/** Nothing was approved while an answer was awaited, and everybody was written to once. */
async function assertHeardBeforeDecided(owner: Pool): Promise<void> {
  const { rows: unheard } = await owner.script(
    `select h.id from hearing h join incident i on i.id = h.incident_id
     where i.state = 'approved' and coalesce(h.answered_at, h.given_up_at) is null`,
  )
  assert.deepEqual(unheard, [])
  const { rows } = await owner.script(
    `select kind, count(*)::int as letters,
       case kind
         when 'hearing-question' then (select count(*) from hearing where asked is not null)
         when 'hearing-reminder' then (select count(*) from hearing where reminded_at is not null)
         when 'hearing-answered' then (select count(*) from hearing where answered_at is not null)
       end::int as hearings
     from letter where kind in ('hearing-question', 'hearing-reminder', 'hearing-answered')
     group by kind order by kind`,
  )
  for (const { kind, letters, hearings } of rows) assert.equal(letters, hearings, String(kind))
  assert.ok(rows.length > 1, 'nobody was asked: the run says little')
}

type Stand = Awaited<ReturnType<typeof openStand>>

/** Once the haste is over everything that waits can be decided (L-1). */
async function settle(world: World, { server }: Stand): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const { rows } = await server.ownerPool.script(
      `select count(*)::int as n from incident where state = 'pending'`,
    )
    if (rows[0]?.['n'] === 0) return
    await Promise.all([clerkDecides(world), clerkDecides(world), clerkDecides(world)])
  }
  assert.fail('some of what waited could not be decided')
}

/** I-1, I-3, I-8: what was acknowledged is there for ever, under one receipt and the same keys. */
async function assertLedgerKept({ ledger }: World, { server }: Stand): Promise<void> {
  const { rows } = await server.ownerPool.script(
    `select id, state, pnr, incident_date, municipality, saved_at from incident`,
  )
  const stored = new Map(rows.map((row) => [row['id'], row]))
  let saved = 0
  for (const [id, { receipts, told }] of ledger) {
    const row = stored.get(id)
    assert.ok(row, 'an incident that was acknowledged is gone')
    const { pnr, date, municipality } = told.keys
    assert.deepEqual(
      [row['pnr'], row['incident_date'], row['municipality']],
      [pnr, date, municipality],
    )
    if (receipts.size === 0) continue
    saved += 1
    assert.equal(receipts.size, 1, 'two receipts of one save')
    assert.ok(row['state'] === 'approved' || row['state'] === 'rejected')
    assert.ok(row['saved_at'] instanceof Date)
    assert.deepEqual([...receipts], [row['saved_at'].toISOString()])
  }
  assert.ok(saved > 20, `only ${saved} were saved: the run says nothing`)
  const { rows: counts } = await server.ownerPool.script(
    `select count(*) filter (where state = 'approved')::int as approved,
       count(*) filter (where state = 'rejected')::int as rejected,
       count(*) filter (where state = 'cancelled')::int as cancelled,
       count(*) filter (where state = 'expired')::int as expired from incident`,
  )
  for (const [state, count] of Object.entries(counts[0] ?? {})) {
    assert.ok(Number(count) > 0, `nothing was ${state}: the run says little`)
  }
}
