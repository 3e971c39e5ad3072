/** Drawing what a stop has left: every week, the oldest first, and none that holds up another. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawReviews } from '#review/drawing.ts'
import type { DrawStore } from '#review/ports.ts'
import { readWeek, spanOfWeek } from '#review/week.ts'
import { runTimeWork } from '#server/time-work.ts'
import { openDraw } from '#store/review-draw.ts'
import { begin } from '#test/doors/incidents.ts'
import { openReviewScene } from '#test/doors/log-review-scene.ts'

const { server, house, people, town, as, post, lookUp, query, pass } = await openReviewScene()
const { codes, scenario, pool } = server
const { second } = people
const store = openDraw(pool)

const weeksOf = async (authority: string) =>
  (await query(`select week from log_review where authority = '${authority}' order by week`)).map(
    ({ week }) => String(week),
  )

/** The same store, of which one week of one authority cannot be read. */
function failing(authority: string, week: string): DrawStore {
  const from = spanOfWeek(readWeek(week) ?? assert.fail(week)).from.valueOf()
  return {
    ...store,
    sights: (of, span) =>
      of === authority && span.from.valueOf() === from
        ? Promise.reject(new Error('no such page'))
        : store.sights(of, span),
  }
}

test('after a long stop every week is drawn, and has its time from then on', async () => {
  await lookUp(second, town.stranger)
  pass('2026-03-17T09:00:00Z')
  await lookUp(second, town.stranger)
  await lookUp(codes.otherMunicipality, town.stranger)
  pass('2026-04-21T09:00:00Z')
  await lookUp(second, town.stranger)
  pass('2026-04-29T09:00:00Z')
  assert.equal(await drawReviews(house, store), 4)
  assert.deepEqual(await weeksOf('0751'), ['2026-W10', '2026-W12', '2026-W17'])
  assert.deepEqual(await weeksOf('0851'), ['2026-W12'])
  const dues = await query(`select distinct due::text from log_review`)
  assert.deepEqual(dues, [{ due: '2026-05-13' }])
  assert.equal(await drawReviews(house, store), 0)
})

test('one run draws at most half a year of an authority, and the next one goes on', async () => {
  await query(`delete from reviewed_look; delete from log_review;
    update drawn_until set week = '2025-W01' where authority = '0751'`)
  assert.equal(await drawReviews(house, store), 0)
  assert.deepEqual(await query(`select week from drawn_until where authority = '0751'`), [
    { week: '2025-W27' },
  ])
  assert.equal(await drawReviews(house, store), 0)
  assert.equal(await drawReviews(house, store), 3)
})

test('at a stop no further week is drawn, of no authority, and the next run draws what is left', async () => {
  await query(`delete from reviewed_look; delete from log_review; delete from drawn_until`)
  let isStopping = false
  const stopped: DrawStore = {
    ...store,
    keep: async (...review) => {
      isStopping = true
      return store.keep(...review)
    },
  }
  assert.equal(await drawReviews(house, stopped, () => isStopping), 1)
  const drawn = [...(await weeksOf('0751')), ...(await weeksOf('0851'))]
  assert.equal(drawn.length, 1)
  assert.equal(await drawReviews(house, store), 3)
  assert.deepEqual(await weeksOf('0751'), ['2026-W10', '2026-W12', '2026-W17'])
})

test('a week that cannot be drawn is told, holds up no other one, and is drawn later', async () => {
  await query(`delete from reviewed_look; delete from log_review; delete from drawn_until`)
  for (let run = 0; run < 2; run += 1) {
    await assert.rejects(drawReviews(house, failing('0751', '2026-W12')), {
      message: 'Cannot draw 2026-W12 of 0751',
    })
    assert.deepEqual(await weeksOf('0751'), ['2026-W10', '2026-W17'])
    assert.deepEqual(await weeksOf('0851'), ['2026-W12'])
  }
  assert.equal(await drawReviews(house, store), 1)
  assert.deepEqual(await weeksOf('0751'), ['2026-W10', '2026-W12', '2026-W17'])
})

test('a report that is kept alive past the draw is a look-up of the week in which it ends', async () => {
  await runTimeWork(pool, house)
  pass('2026-05-03T21:45:00Z')
  const { id } = await begin(server, await as(second), { pnr: scenario.centenarian })
  const lapsing = await begin(server, await as(second), { pnr: scenario.ordinaryAdult })
  await query(`update incident set expires_at = '2026-05-03T22:15:00Z' where id = '${id}'`)
  await query(`update incident set expires_at = '2026-05-03T21:55:00Z' where id = '${lapsing.id}'`)
  pass('2026-05-03T23:30:00Z')
  await query(`update incident set expires_at = '2026-05-04T00:15:00Z' where id = '${id}'`)
  const drawn = async (of: string) =>
    query(`select week, given from reviewed_look where look_id = '${of}'`)
  const done = await runTimeWork(pool, house)
  assert.equal(done['logReviewsDrawn'], 1)
  // What lapsed in the week is drawn with it, though nobody had written it down.
  assert.deepEqual(await drawn(lapsing.id), [{ week: '2026-W18', given: 'report' }])
  assert.deepEqual(await drawn(id), [])
  assert.equal((await post(second, `incidents/${id}/cancel`)).status, 200)
  pass('2026-05-11T09:00:00Z')
  await runTimeWork(pool, house)
  assert.deepEqual(await drawn(id), [{ week: '2026-W19', given: 'report' }])
})
