/** Turns that meet a decision or each other: exactly one happens. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import type { Answer, Standing } from '#casework/answer.ts'
import { approve } from '#casework/decide.ts'
import { forward, returnForAmendment, withdraw } from '#casework/turns.ts'
import { undo } from '#casework/undo.ts'
import { assertRegisterSound } from '#test/casework/register-checks.ts'
import { houseOn, openStand, orderOf, refusalsOf, report } from '#test/casework/stand.ts'

const stand = await openStand()
const { server } = stand
/** More about one person than anybody reports. */
const limits = { ...stand.house.limits, pendingPerPersonMax: 1000 }
const house = { ...stand.house, limits }
const { scenario, codes, ownerPool } = server
/** Another process of the same server, and other connections. */
const other = houseOn(ownerPool, stand.now)
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
const amendment = { fields: ['house'], text: 'Husnummeret mangler et bogstav.' }

async function rowsOf(sql: string) {
  return (await ownerPool.script(sql)).rows
}

/** Somewhere in 0751 where nobody lives at the moment. */
async function empty() {
  const [row] = await rowsOf(
    `select road, house, floor, door from address a
     where municipality = '0751' and not exists (select from person p where p.address_key = a.key)
     order by key limit 1`,
  )
  const { road, house: number, floor, door } = present(row, 'an empty dwelling')
  return { road: String(road), house: String(number), floor: String(floor), door: String(door) }
}

type Contender = (nth: number) => Promise<Answer>

/** Of two that exclude each other exactly one is done, and the other is told what is allowed. */
async function meet(
  make: () => Promise<Standing>,
  one: (it: Standing) => Contender,
  two: (it: Standing) => Contender,
) {
  const winners = [0, 0]
  for (let round = 0; round < 24; round += 1) {
    const it = await make()
    const answers = await Promise.all(
      round % 2 ? [one(it)(round), two(it)(round)] : [two(it)(round), one(it)(round)].reverse(),
    )
    const done = answers.map(({ kind }) => kind === 'done')
    assert.equal(done.filter(Boolean).length, 1, JSON.stringify(answers.map(refusalsOf)))
    const loser = answers.find(({ kind }) => kind !== 'done')
    assert.ok(loser?.kind === 'not-allowed' || loser?.kind === 'unknown')
    winners[done.indexOf(true)] = (winners[done.indexOf(true)] ?? 0) + 1
  }
  return winners
}

const pendingMove = async () =>
  report(house, citizen, { pnr: scenario.centenarian, data: await empty() })
const approving = (it: Standing) => () => approve(house, orderOf(clerk, it))

test('of withdraw and approve at once exactly one happens', async () => {
  await meet(pendingMove, (it) => () => withdraw(other, orderOf(citizen, it)), approving)
})

test('of return and approve at once exactly one happens', async () => {
  const returning = (it: Standing) => () =>
    returnForAmendment(other, { ...orderOf(clerk, it), ...amendment })
  await meet(pendingMove, returning, approving)
})

test('of two forwardings at once exactly one happens', async () => {
  const to = (authority: string) => (it: Standing) => (nth: number) =>
    forward(nth % 2 ? house : other, { ...orderOf(clerk, it), authority, text: 'x' })
  await meet(pendingMove, to('0851'), to('0101'))
})

test('of two undoings at once exactly one happens, and the feed says it once', async () => {
  const decided = async () => {
    const it = await pendingMove()
    const answer = await approve(house, orderOf(clerk, it))
    if (answer.kind === 'done') return it
    return decided()
  }
  const undoing = (by: typeof house) => (it: Standing) => () => undo(by, orderOf(clerk, it))
  await meet(decided, undoing(house), undoing(other))
  const twice = await rowsOf(
    `select incident_id from event where kind = 'undone' group by pnr, incident_id
     having count(*) > (select count(*) from event c where c.incident_id = event.incident_id
       and c.pnr = event.pnr and c.kind = 'changed')`,
  )
  assert.deepEqual(twice, [])
})

test('of a person about whom as many cases wait as may wait no more is reported', async () => {
  const narrow = { ...house, limits: { ...limits, pendingPerPersonMax: 2 } }
  const sent = { pnr: scenario.newcomer, data: await empty() }
  const first = await report(narrow, citizen, sent)
  await report(narrow, citizen, sent)
  await assert.rejects(report(narrow, citizen, sent), /9073/)
  await withdraw(narrow, orderOf(citizen, first))
  await report(narrow, citizen, sent)
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
