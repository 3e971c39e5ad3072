/**
 * Control of the log at the desk: cases that were opened, persons who were searched for and cases
 * of one's own that were decided are seen, and the daily work does not fill the sample (A37).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawReviews } from '#review/drawing.ts'
import { openDraw } from '#store/review-draw.ts'
import { beginPending, emptyIn, moveTo } from '#test/doors/incidents.ts'
import { openReviewScene, showing } from '#test/doors/log-review-scene.ts'
import { at, listAt, signOn, textAt } from '#test/doors/talk.ts'
import type { TestCode } from '#test/server.ts'

const scene = await openReviewScene()
const { server, house, people, as, get, post, query, pass, employ } = scene
const { codes, scenario, pool } = server
const { colleague, snoop, second, reviewer } = people
const { own, neighbour, workmate, stranger } = scene.town
const week = '2026-W10'

const citizen = await signOn(server, codes.citizen)
let nth = 0
/** A case of the authority about somebody; gives its id. */
const caseOf = async (pnr: string): Promise<string> => {
  nth += 1
  return (
    await beginPending(server, citizen, { pnr, data: moveTo(emptyIn(server, '0751', nth % 3)) })
  ).id
}
const open = async (code: TestCode, id: string) =>
  assert.equal((await get(code, `desk/cases/${id}`)).status, 200)
const done = async (code: TestCode, path: string, body: object = {}) =>
  assert.ok([200, 201].includes((await post(code, path, body)).status), path)

const cases = {
  own: await caseOf(own),
  stranger: await caseOf(stranger),
  protected: await caseOf(scenario.protectedAdult),
  ordinary: await caseOf(scenario.ordinaryAdult),
}

test('a week at the desk: cases opened and worked on, opened alone, searched and decided', async () => {
  await employ(snoop, own)
  await employ(colleague, workmate)
  // Their own, and then decided without being opened again.
  await open(snoop, cases.own)
  await done(snoop, `pending/${cases.own}/reject`, { reasonCode: 'DUPLICATE', text: 'Nej' })
  // Ten times is one look; worked on by another it is still none of theirs.
  for (let times = 0; times < 10; times += 1) await open(snoop, cases.stranger)
  await open(second, cases.stranger)
  await done(second, `desk/cases/${cases.stranger}/notes`, { text: 'Set' })
  // Somebody protected, with and without work: to take the case and to let go of it is none.
  await open(snoop, cases.protected)
  await done(snoop, `desk/cases/${cases.protected}/claim`)
  await done(snoop, `desk/cases/${cases.protected}/release`)
  await open(second, cases.protected)
  await done(second, `desk/cases/${cases.protected}/notes`, { text: 'Set' })
  // By number in the queue, and among what is closed; a queue that is only read is no look.
  await done(snoop, 'desk/queue', { text: neighbour })
  await done(snoop, 'desk/closed', { pnr: workmate })
  await done(snoop, 'desk/queue')
  const [person] = await query(
    `select current #>> '{name,surname}' as surname from person where pnr = '${own}'`,
  )
  await done(second, 'desk/queue', { text: String(person?.['surname']) })
  const searched = await query(`select detail from audit where detail ? 'search' order by at, id`)
  const how = searched.map(({ detail }) => textAt(detail, 'search'))
  assert.deepEqual(how.toSorted(), ['number', 'number', 'words'])
})

test('each shows its pattern in the review, for who did it and for nobody else', async () => {
  pass('2026-03-09T08:00:00Z')
  assert.equal(await drawReviews(house, openDraw(pool)), 1)
  const { body } = await get(reviewer, `log-reviews/${week}`)
  const looks = listAt(body, 'looks')
  const acts = (code: TestCode, pattern: string) => {
    const numbers = showing(body, code, pattern)
    return looks
      .filter((look) => numbers.includes(Number(at(look, 'number'))))
      .map((look) => textAt(look, 'act'))
      .toSorted()
  }
  assert.deepEqual(acts(snoop, 'self'), ['decide', 'read-case'])
  assert.deepEqual(acts(snoop, 'neighbour'), ['list-queue'])
  assert.deepEqual(acts(snoop, 'colleague'), ['list-closed'])
  assert.deepEqual(acts(snoop, 'protected-without-case'), ['read-case'])
  for (const pattern of ['self', 'neighbour', 'colleague', 'protected-without-case']) {
    assert.deepEqual(acts(second, pattern), [], pattern)
  }
})

test('chance draws from what was opened without work, once for each case, and not from the work', async () => {
  const rows = await query(
    `select person_code, act, connection, by_chance, count(*)::int as count from reviewed_look
     where act = 'read-case' group by 1, 2, 3, 4 order by connection, person_code`,
  )
  // Three of the snoop: the stranger's, the protected one's, and the own one, worked on by then.
  const of = (code: TestCode, connection: string) =>
    rows.find((row) => row['person_code'] === code.code && row['connection'] === connection)
  assert.equal(of(snoop, 'authority')?.['count'], 2)
  assert.equal(of(snoop, 'authority')?.['by_chance'], true)
  assert.equal(of(snoop, 'worked-on')?.['by_chance'], false)
  assert.equal(of(second, 'worked-on'), undefined)
  const { body } = await get(reviewer, `log-reviews/${week}`)
  // Two openings, two searches by number, one by words that found one person or none.
  assert.ok([4, 5].includes(Number(at(body, 'total'))), String(at(body, 'total')))
})

test('thirty cases opened and not worked on make a pattern; thirty that were worked on do not', async () => {
  const sample = await query(
    `select pnr from person where municipality = '0851' and status = '01'
     and not current -> 'protections' @> '[{"type": "0001"}]' order by pnr limit 30`,
  )
  const again = await signOn(server, codes.citizen)
  for (const { pnr } of sample) {
    nth += 1
    const data = moveTo(emptyIn(server, '0751', nth % 3))
    const { id } = await beginPending(server, again, { pnr: String(pnr), data })
    await open(snoop, id)
    await open(second, id)
    await done(second, `desk/cases/${id}/notes`, { text: 'Set' })
  }
  pass('2026-03-16T08:00:00Z')
  assert.equal(await drawReviews(house, openDraw(pool)), 1)
  const { body } = await get(reviewer, 'log-reviews/2026-W11')
  assert.ok(showing(body, snoop, 'many-not-worked-on').length >= 5)
  assert.deepEqual(showing(body, second, 'many-not-worked-on'), [])
  const tally = listAt(body, 'tallies').find(
    (each) => textAt(each, 'pattern', 'name') === 'many-not-worked-on',
  )
  assert.deepEqual([textAt(tally, 'personCode'), at(tally, 'count')], [snoop.code, 30])
})

test('PostgreSQL tells a program on whose behalf a person asks nothing of that', async () => {
  await as(snoop)
  for (const sql of [
    `select has_worked_on('${cases.own}', array['${own}']::char(10)[], '${snoop.code}', '{claim}')`,
    `select count(*) from decided_about_oneself('0751', '-infinity', 'infinity', '{approve}')`,
  ]) {
    await assert.rejects(pool.script(sql), /as time passes, and for nobody/)
  }
})
