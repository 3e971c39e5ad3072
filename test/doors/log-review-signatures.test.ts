/** Two persons sign a log review off: that they are two, and of what is judged, also at once. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import { drawReviews } from '#review/drawing.ts'
import { openDraw } from '#store/review-draw.ts'
import { openReviewScene } from '#test/doors/log-review-scene.ts'
import { at, listAt } from '#test/doors/talk.ts'
import { until } from '#test/patience.ts'
import type { TestCode } from '#test/server.ts'

const scene = await openReviewScene()
const { server, house, people, get, post, lookUp, query, pass, employ, town } = scene
const { pool, ownerPool } = server
const { second, reviewer, otherReviewer } = people
const week = '2026-W10'
const review = `log-reviews/${week}`
const sign = (code: TestCode) => scene.sign(code, week)
const signatures = async () => listAt((await get(reviewer, review)).body, 'signatures').length

beforeEach(() =>
  query(`delete from employee;
    update log_review set first_by = null, first_at = null, second_by = null, second_at = null`),
)

await lookUp(second, town.stranger)
pass('2026-03-09T08:00:00Z')
assert.equal(await drawReviews(house, openDraw(pool)), 1)
const judge = (code: TestCode, verdict: string) =>
  post(code, `${review}/look-ups/1/judge`, { verdict, note: 'set efter' })
assert.equal((await judge(reviewer, 'fine')).status, 200)

/** Does `first` under a lock that `then` comes to wait for, unless it needs not wait. */
async function inTurn<T>(first: string, then: () => Promise<T>, waiting: number): Promise<T> {
  let isDone = false
  let asked: Promise<T> | undefined
  await ownerPool.transaction(async (session) => {
    await session.script(first)
    asked = then().finally(() => {
      isDone = true
    })
    const blocked = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    const areWaiting = async () => Number((await query(blocked))[0]?.['n']) >= waiting
    await until('waiting', async () => isDone || (await areWaiting()))
  })
  assert.ok(asked)
  return asked
}

test('one person with two person codes signs once', async () => {
  await employ(reviewer, town.stranger)
  await employ(otherReviewer, town.stranger)
  assert.equal((await sign(reviewer)).status, 200)
  const again = await sign(otherReviewer)
  assert.deepEqual([again.status, at(again.body, 'receipt')], [422, 9057])
  assert.equal(await signatures(), 1)
})

test('who may hold both codes signs once, also when both sign at the same instant', async () => {
  const id = `told-${randomBytes(4).toString('hex')}`
  await query(
    `insert into audit (id, at, act, outcome, receipt, actor, purpose)
     values ('${id}', '2026-03-01', 'person-code-reset', 'done', 0, '${reviewer.code}', 'x');
     insert into notice (id, at, person_code, kind)
     values ('${id}', '2026-03-01', '${otherReviewer.code}', 'reset')`,
  )
  const both = () => Promise.all([sign(reviewer), sign(otherReviewer)])
  const statuses = (await inTurn('select from log_review for update', both, 2)).map(
    ({ status }) => status,
  )
  assert.deepEqual(statuses.toSorted(), [200, 409])
  assert.equal(await signatures(), 1)
  await query(`delete from notice where id = '${id}'`)
})

test('what was signed is not judged anew by who began before the signature', async () => {
  const signed = `update log_review set first_by = '${otherReviewer.code}', first_at = now()`
  const late = await inTurn(signed, () => judge(reviewer, 'not-fine'), 1)
  assert.equal(late.status, 409)
  const look = await get(reviewer, `${review}/look-ups/1`)
  assert.equal(at(look.body, 'verdict'), 'fine')
})

test('who signs has seen what is judged: another judgement since is asked about again (9088)', async () => {
  const { body } = await get(reviewer, review)
  const version = at(body, 'version')
  assert.equal((await judge(otherReviewer, 'not-fine')).status, 200)
  const late = await post(reviewer, `${review}/sign-off`, { version })
  assert.deepEqual([late.status, at(late.body, 'receipt')], [409, 9088])
  assert.equal(await signatures(), 0)
  assert.equal((await post(reviewer, `${review}/sign-off`)).status, 400)
  assert.equal((await sign(reviewer)).status, 200)
})

test('a judgement that is written while somebody signs is not signed unseen', async () => {
  const judged = `update log_review set version = version + 1;
    update reviewed_look set verdict = 'fine', version = version + 1`
  const { body } = await get(reviewer, review)
  const version = at(body, 'version')
  const late = await inTurn(judged, () => post(reviewer, `${review}/sign-off`, { version }), 1)
  assert.deepEqual([late.status, at(late.body, 'receipt')], [409, 9088])
  assert.equal(await signatures(), 0)
})

test('nobody judges over an answer or a judgement that they have not seen (9088)', async () => {
  const look = `${review}/look-ups/1`
  await query(`update reviewed_look set judged_at = null, judged_by = null, verdict = null,
    note = null`)
  assert.equal((await post(reviewer, `${look}/ask`, { text: 'Hvorfor?' })).status, 200)
  const version = at((await get(reviewer, look)).body, 'version')
  const [asked] = listAt((await get(second, 'asked-look-ups')).body, 'items')
  assert.equal(at(asked, 'version'), version)
  const answer = (text: string) =>
    post(second, `asked-look-ups/${week}/1/answer`, { text, version })
  assert.equal((await answer('En sag')).status, 200)
  assert.equal(at((await answer('En anden sag')).body, 'receipt'), 9088)
  const unseen = await post(reviewer, `${look}/judge`, { verdict: 'fine', version })
  assert.deepEqual([unseen.status, at(unseen.body, 'receipt')], [409, 9088])
  const answered = at((await get(reviewer, look)).body, 'version')
  const both = await Promise.all(
    [reviewer, otherReviewer].map((code) =>
      post(code, `${look}/judge`, { verdict: 'fine', version: answered }),
    ),
  )
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
})
