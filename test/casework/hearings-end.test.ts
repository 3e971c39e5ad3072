/** A question about a case that is decided without the answer: nobody is awaited who counts no more. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import type { Standing } from '#casework/answer.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { answerHearing, listAsked } from '#casework/hear.ts'
import { undo } from '#casework/undo.ts'
import { openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const reason = { reasonCode: 'CONDITIONS_NOT_MET', text: 'Nej' }
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)

async function homeOf(pnr: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return present(rows[0], 'a home') as Readonly<Record<string, string>>
}

async function moveInWith(host: string, pnr: string): Promise<Standing> {
  return report(house, citizen, { pnr, data: await homeOf(host), unheard: true })
}

async function lettersTo(pnr: string): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select kind from letter where recipient = '${pnr}' order by at, id`,
  )
  return rows.map(({ kind }) => String(kind))
}

async function awaited(): Promise<number> {
  const { rows } = await ownerPool.script(
    `select count(*)::int as n from hearing where answered_at is null and given_up_at is null`,
  )
  return Number(rows[0]?.['n'])
}

const openIn = ({ hearings }: Standing) =>
  hearings.filter(({ answeredAt, givenUpAt }) => !answeredAt && !givenUpAt)

test('a rejection ends the question, and who was asked is told that no answer is needed', async () => {
  const host = scenario.ordinaryAdult
  const pending = await moveInWith(host, scenario.flatmates[0])
  assert.equal(await awaited(), 1)
  const after = standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
  assert.deepEqual(
    after.hearings.map(({ note, givenUpAt }) => [note, givenUpAt !== undefined]),
    [['decided', true]],
  )
  assert.equal(await awaited(), 0)
  assert.deepEqual(await lettersTo(host), ['hearing-question', 'hearing-ended'])
  const page = await listAsked(house, { asker: citizen, pnr: host })
  assert.deepEqual(page.kind === 'done' && page.items, [])
  const { id } = present(pending.hearings[0], 'a hearing')
  const late = await answerHearing(house, {
    asker: citizen,
    hearing: id,
    pnr: host,
    sent: { answer: 'yes' },
  })
  assert.equal(late.kind === 'not-allowed' && late.refusal.number, 9031)
})

test('once the rejection is undone, the question is asked again with all of its days', async () => {
  const pending = await moveInWith(scenario.centenarian, scenario.flatmates[1])
  const host = present(openIn(pending)[0]?.asked, 'a host')
  standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
  stand.pass({ minutes: 2 })
  const reopened = standingOf(await undo(house, orderOf(clerk, pending)))
  const [again] = openIn(reopened)
  assert.deepEqual(
    [openIn(reopened).length, again?.asked, again?.deadline],
    [1, host, addDays(danishDate(stand.now()), 14)],
  )
  assert.equal((await lettersTo(host)).at(-1), 'hearing-question')
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, pending))), [9023])
  // A second time round it is asked once, not once for each time that it was ended.
  standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
  stand.pass({ minutes: 2 })
  const third = standingOf(await undo(house, orderOf(clerk, pending)))
  assert.equal(openIn(third).length, 1)
  const { id } = present(openIn(third)[0], 'a hearing')
  const sent = { answer: 'yes' }
  const told = await answerHearing(house, { asker: citizen, hearing: id, pnr: host, sent })
  assert.equal(told.kind, 'done')
  const now = standingOf(await follow(house, orderOf(clerk, pending)))
  standingOf(await approve(house, orderOf(clerk, now)))
  assert.equal(await awaited(), 0)
})

test('an answer that was given stands through a rejection and its undoing', async () => {
  const pending = await moveInWith(scenario.ordinaryAdult, scenario.flatmates[1])
  const { id, asked: host } = present(openIn(pending)[0], 'a hearing')
  const sent = { answer: 'no' }
  const told = await answerHearing(house, { asker: citizen, hearing: id, pnr: host, sent })
  assert.equal(told.kind, 'done')
  standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
  const reopened = standingOf(await undo(house, orderOf(clerk, pending)))
  const hosts = reopened.hearings.filter(({ asked }) => asked === host)
  assert.deepEqual(
    hosts.map(({ answer, note }) => [answer, note]),
    [['no', undefined]],
  )
  standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
})

test('DESK-3: a question about one of several ends with the decision about that one', async () => {
  const [mother, , older] = scenario.familyOfFour
  const data = { ...moveTo(emptyIn(server, '0751', 1)), companions: [older] }
  const pending = await report(house, citizen, { pnr: mother, data, unheard: true })
  const [about] = present(openIn(pending)[0], 'a hearing').about
  assert.equal(about, older)
  const order = orderOf(clerk, pending)
  const first = standingOf(await reject(house, { ...order, ...reason, persons: [older] }))
  assert.deepEqual([first.record.state, openIn(first).length], ['pending', 0])
  stand.pass({ minutes: 2 })
  const reopened = standingOf(await undo(house, { ...order, persons: [older] }))
  assert.equal(openIn(reopened).length, 1)
  const alone = standingOf(await approve(house, { ...order, persons: [mother] }))
  assert.equal(openIn(alone).length, 1, 'who is asked about the other is awaited still')
  const both = standingOf(await reject(house, { ...order, ...reason, persons: [older] }))
  assert.deepEqual([both.record.state, openIn(both).length], ['approved', 0])
})
