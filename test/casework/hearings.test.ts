/** Hearings from question to answer or silence: who is told what, and when it may be decided. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate, type PlainDate } from '#base/calendar.ts'
import type { Standing } from '#casework/answer.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { answerHearing, listAsked } from '#casework/hear.ts'
import { takeEffect } from '#store/effects.ts'
import { passDeadlines } from '#store/reminders.ts'
import {
  approved,
  openStand,
  orderOf,
  refusalsOf,
  report,
  standingOf,
} from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
await ownerPool.script('update address set rooms = 9')
/** These tests last longer than a password. */
await ownerPool.script(
  `update person_code set password_expires_at = password_expires_at + interval '3 years'`,
)
const random = (bytes: number) => randomBytes(bytes)
const reason = { reasonCode: 'HOST_SILENT', text: 'Intet svar' }

/** Tokens live two hours, and these tests last for months. */
const citizen = () => stand.caller(codes.citizen)
const clerk = () => stand.caller(codes.municipality)
const today = () => danishDate(stand.now())
const momentNow = () => ({ at: stand.now(), today: today(), random })

/** Where a person lives, as the data of a move there. */
async function homeOf(pnr: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return present(rows[0], 'a home') as Readonly<Record<string, string>>
}

async function moveInWith(host: string, pnr: string, companions: readonly string[] = []) {
  const data = { ...(await homeOf(host)), companions }
  return report(house, await citizen(), { pnr, data, unheard: true })
}

async function lettersOf(pending: Standing): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select kind, recipient, text_en from letter
     where incident_id = '${pending.record.id}' order by id`,
  )
  return rows.map(({ kind, recipient }) => [kind, recipient].map(String).join(' ')).toSorted()
}

/** Several processes at once, each thinking that it is its turn. */
async function letDeadlinesPass(): Promise<{ reminded: number; givenUp: number }> {
  const tallies = await Promise.all(
    [pool, ownerPool, pool, ownerPool].map((each) => passDeadlines(each, momentNow())),
  )
  return {
    reminded: tallies.reduce((sum, { reminded }) => sum + reminded, 0),
    givenUp: tallies.reduce((sum, { givenUp }) => sum + givenUp, 0),
  }
}

async function hearingsNow(pending: Standing): Promise<Standing['hearings']> {
  return standingOf(await follow(house, orderOf(await clerk(), pending))).hearings
}

async function answer(pending: Standing, nth: number, sent: Readonly<Record<string, string>>) {
  const { id, asked } = present(pending.hearings[nth], 'a hearing')
  return answerHearing(house, { asker: await citizen(), hearing: id, pnr: asked, sent })
}

async function done(pending: Standing): Promise<void> {
  standingOf(await reject(house, { ...orderOf(await clerk(), pending), ...reason }))
}

test('M10, M11: a move to where somebody lives waits for the answer of the host', async () => {
  const [host] = scenario.flatmates
  const pending = await moveInWith(host, scenario.newcomer)
  const asked = present(pending.hearings[0], 'a hearing')
  assert.deepEqual(
    [pending.hearings.length, asked.kind, asked.deadline],
    [1, 'host', addDays(today(), 14)],
  )
  const order = orderOf(await clerk(), pending)
  assert.deepEqual(refusalsOf(await approve(house, order)), [9023])
  const reply = await answer(pending, 0, {
    answer: 'yes',
    fromDate: today(),
    text: 'Ja, på værelset',
  })
  assert.equal(reply.kind, 'done')
  assert.deepEqual(await lettersOf(pending), [
    `hearing-answered ${scenario.newcomer}`,
    `hearing-question ${asked.asked}`,
    `hearing-to-reporter ${scenario.newcomer}`,
  ])
  await approved(house, await clerk(), pending)
})

test('an answer counts once: the same again is confirmed, another is refused', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.flatmates[0])
  const first = await answer(pending, 0, { answer: 'no', text: 'Kender ham ikke' })
  stand.pass({ minutes: 5 })
  const again = await answer(pending, 0, { answer: 'no', text: 'Kender ham ikke' })
  const other = await answer(pending, 0, { answer: 'yes' })
  assert.deepEqual(again, first)
  assert.deepEqual(
    [other.kind, other.kind === 'not-allowed' && other.refusal.number],
    ['not-allowed', 9031],
  )
  const { rows } = await ownerPool.script(
    `select outcome, count(*)::int as n from audit where act = 'answer-hearing'
     and incident_id = '${pending.record.id}' group by outcome order by outcome`,
  )
  assert.deepEqual(
    rows.map(({ outcome, n }) => [outcome, n].map(String).join(' ')),
    ['done 2', 'refused 1'],
  )
  await done(pending)
})

test('of eight different answers at once one is taken', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.flatmates[0])
  const asker = await citizen()
  const { id, asked } = present(pending.hearings[0], 'a hearing')
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, nth) =>
      answerHearing(house, {
        asker,
        hearing: id,
        pnr: asked,
        sent: { answer: 'yes', text: `${nth}` },
      }),
    ),
  )
  assert.equal(replies.filter(({ kind }) => kind === 'done').length, 1)
  assert.equal(replies.filter(({ kind }) => kind === 'not-allowed').length, 7)
  assert.equal((await lettersOf(pending)).length, 3)
  await done(pending)
})

test('MOVE-12: an answer of no refuses nothing, a case worker decides', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.flatmates[0])
  assert.equal((await answer(pending, 0, { answer: 'no' })).kind, 'done')
  const standing = standingOf(await follow(house, orderOf(await clerk(), pending)))
  assert.deepEqual(
    [standing.record.state, standing.actions],
    ['pending', ['approve', 'reject', 'return', 'forward']],
  )
  await approved(house, await clerk(), pending)
})

test('what cannot be kept is refused, and what was asked of nobody or another is unknown', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.newcomer)
  const { id, asked } = present(pending.hearings[0], 'a hearing')
  const asker = await citizen()
  const numbers = async (pnr: string | undefined, sent: Readonly<Record<string, string>>) => {
    const reply = await answerHearing(house, { asker, hearing: id, pnr, sent })
    if (reply.kind === 'done') return []
    return reply.kind === 'refused'
      ? reply.refusals.map(({ number }) => number)
      : [reply.refusal.number]
  }
  assert.deepEqual(await numbers(asked, { answer: 'maybe' }), [9012])
  assert.deepEqual(await numbers(asked, {}), [9010])
  assert.deepEqual(await numbers(asked, { answer: 'yes', text: 'Ω' }), [60])
  assert.deepEqual(await numbers(asked, { answer: 'yes', text: 'x'.repeat(1001) }), [9011])
  assert.deepEqual(await numbers(asked, { answer: 'yes', fromDate: '2026-02-30' }), [40])
  assert.deepEqual(await numbers(scenario.newcomer, { answer: 'yes' }), [9030])
  assert.deepEqual(await numbers(undefined, { answer: 'yes' }), [9030])
  assert.deepEqual(await numbers('nobody', { answer: 'yes' }), [9030])
  const strange = await answerHearing(house, {
    asker,
    hearing: 'none',
    pnr: asked,
    sent: { answer: 'yes' },
  })
  assert.equal(strange.kind, 'unknown')
  assert.equal((await hearingsNow(pending))[0]?.answeredAt, undefined)
  await done(pending)
})

test('an authority answers on paper for its own incidents only', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.newcomer)
  const { id, asked } = present(pending.hearings[0], 'a hearing')
  const sent = { answer: 'yes' }
  const elsewhere = await stand.caller(codes.otherMunicipality)
  const others = await answerHearing(house, { asker: elsewhere, hearing: id, pnr: asked, sent })
  assert.equal(others.kind, 'unknown')
  const listed = async (asker: typeof elsewhere) => {
    const page = await listAsked(house, { asker, pnr: asked ?? '' })
    return page.kind === 'done' ? page.items.map(({ hearing }) => hearing.id) : page.kind
  }
  assert.deepEqual(await listed(elsewhere), [])
  assert.deepEqual(await listed(await clerk()), [id])
  const own = await answerHearing(house, { asker: await clerk(), hearing: id, pnr: asked, sent })
  assert.equal(own.kind, 'done')
  assert.deepEqual(await listed(await citizen()), [])
  await done(pending)
})

test('DESK-1: one reminder with 14 days more and one letter to the reporter, then a decision without', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.newcomer)
  const deadline = present(pending.hearings[0]?.deadline, 'a deadline')
  stand.pass({ days: 14 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 0 })
  stand.pass({ days: 1 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 1, givenUp: 0 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 0 })
  const [reminded] = await hearingsNow(pending)
  assert.equal(reminded?.deadline, addDays(deadline, 14))
  const letters = [
    `hearing-question ${scenario.ordinaryAdult}`,
    `hearing-to-reporter ${scenario.newcomer}`,
    `hearing-reminder ${scenario.ordinaryAdult}`,
    `hearing-silence ${scenario.newcomer}`,
  ]
  assert.deepEqual(await lettersOf(pending), letters.toSorted())
  stand.pass({ days: 13 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 0 })
  assert.deepEqual(refusalsOf(await approve(house, orderOf(await clerk(), pending))), [9023])
  stand.pass({ days: 1 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 1 })
  assert.deepEqual(await lettersOf(pending), letters.toSorted())
  assert.equal((await answer(pending, 0, { answer: 'yes' })).kind, 'not-allowed')
  await approved(house, await clerk(), pending)
})

test('after a standstill of months a host still has all the days of the reminder', async () => {
  const pending = await moveInWith(scenario.protectedAdult, scenario.newcomer)
  stand.pass({ days: 90 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 1, givenUp: 0 })
  assert.equal((await hearingsNow(pending))[0]?.deadline, addDays(today(), 14))
  assert.equal((await lettersOf(pending)).length, 4)
  assert.equal((await answer(pending, 0, { answer: 'yes' })).kind, 'done')
  await done(pending)
})

test('DESK-2: a host who has moved out, this very morning, is not reminded; a note says so', async () => {
  const host = scenario.withPending
  const pending = await moveInWith(host, scenario.flatmates[1])
  const away = {
    pnr: host,
    date: addDays(today(), 15),
    data: moveTo(emptyIn(server, '0751')),
  }
  await approved(house, await clerk(), await report(house, await citizen(), away))
  stand.pass({ days: 15 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 1 })
  const [hearing] = await hearingsNow(pending)
  assert.deepEqual([hearing?.note, hearing?.remindedAt], ['moved-out', undefined])
  assert.deepEqual(
    (await lettersOf(pending)).filter((line) => /reminder|silence/.test(line)),
    [],
  )
  await approved(house, await clerk(), pending)
})

test('MOVE-11: the parent who stays is heard before a child moves; silence ends with the deadline', async () => {
  const [mother, father, older] = scenario.familyOfFour
  const data = { ...moveTo(emptyIn(server, '0751', 1)), companions: [older] }
  const pending = await report(house, await citizen(), { pnr: mother, data, unheard: true })
  const parents = pending.hearings.map(({ kind, asked, about }) => ({ kind, asked, about }))
  assert.deepEqual(parents, [{ kind: 'other-parent', asked: father, about: [older] }])
  assert.deepEqual(refusalsOf(await approve(house, orderOf(await clerk(), pending))), [9023])
  stand.pass({ days: 15 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 1 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 0, givenUp: 0 })
  assert.deepEqual(
    await lettersOf(pending),
    [
      `hearing-question ${father}`,
      `hearing-silence ${mother}`,
      `hearing-to-reporter ${mother}`,
    ].toSorted(),
  )
  await done(pending)
})

test('DESK-3: of two movers, one blocked by a hearing, the other is approved alone', async () => {
  const [mother, father, older] = scenario.familyOfFour
  const target = emptyIn(server, '0751', 1)
  const data = { ...moveTo(target), companions: [older] }
  const pending = await report(house, await citizen(), { pnr: mother, data, unheard: true })
  const order = orderOf(await clerk(), pending)
  assert.deepEqual(refusalsOf(await approve(house, { ...order, persons: [older] })), [9023])
  assert.deepEqual(refusalsOf(await approve(house, { ...order, persons: [father] })), [9025])
  assert.deepEqual(refusalsOf(await approve(house, { ...order, persons: ['x'] })), [9025])
  const alone = standingOf(await approve(house, { ...order, persons: [mother] }))
  assert.deepEqual([alone.record.state, Object.keys(alone.record.outcomes)], ['pending', [mother]])
  assert.equal((await homeOf(mother))['road'], target.road)
  assert.notDeepEqual(await homeOf(older), await homeOf(mother))
  assert.deepEqual(refusalsOf(await approve(house, { ...order, persons: [mother] })), [9025])
  assert.equal((await answer(pending, 0, { answer: 'no' })).kind, 'done')
  const both = standingOf(await approve(house, orderOf(await clerk(), pending)))
  assert.equal(both.record.state, 'approved')
  assert.deepEqual(await homeOf(older), await homeOf(mother))
})

test('a decision for one of several is taken by one of many deciders', async () => {
  const [mother, , older] = scenario.familyOfFour
  const data = { ...moveTo(emptyIn(server, '0751', 2)), companions: [older] }
  const pending = await report(house, await citizen(), { pnr: mother, data })
  const order = { ...orderOf(await clerk(), pending), persons: [mother] }
  const answers = await Promise.all([
    approve(house, order),
    approve(house, order),
    reject(house, { ...order, ...reason }),
  ])
  assert.equal(answers.filter(({ kind }) => kind === 'done').length, 1)
  await done(pending)
})

test('MOVE-16: a move ahead that was rejected before its day never takes effect', async () => {
  const pnr = scenario.ordinaryAdult
  const home = await homeOf(pnr)
  const sent = { pnr, date: addDays(today(), 3), data: moveTo(emptyIn(server, '0751', 3)) }
  await done(await report(house, await citizen(), sent))
  stand.pass({ days: 4 })
  await takeEffect(pool, momentNow())
  assert.deepEqual(await homeOf(pnr), home)
})

test('what a municipality sets holds from the next step on', async () => {
  const set = (name: string, value: number) =>
    ownerPool.script(
      `insert into municipality_setting values ('0751', '${name}', ${value})
       on conflict (municipality, name) do update set value = ${value}`,
    )
  await set('hostAnswerDays', 5)
  await set('reminderDays', 3)
  const pending = await moveInWith(scenario.flatmates[1], scenario.newcomer)
  const deadline = (): PlainDate | undefined => addDays(today(), 5)
  assert.equal(pending.hearings[0]?.deadline, deadline())
  stand.pass({ days: 6 })
  assert.deepEqual(await letDeadlinesPass(), { reminded: 1, givenUp: 0 })
  assert.equal((await hearingsNow(pending))[0]?.deadline, addDays(today(), 2))
  await ownerPool.script('delete from municipality_setting')
  await done(pending)
})
