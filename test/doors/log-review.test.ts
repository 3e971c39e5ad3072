/**
 * Control of the log over the JSON door: a week of look-ups, what of it is drawn, what is asked and
 * judged, two who sign it off, and that all of it is itself on record (A37).
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { drawReviews } from '#review/drawing.ts'
import { runTimeWork } from '#server/time-work.ts'
import { openDraw } from '#store/review-draw.ts'
import { begin, beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { openReviewScene, showing } from '#test/doors/log-review-scene.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import type { TestCode } from '#test/server.ts'

const scene = await openReviewScene()
const { server, house, people, as, get, post, lookUp, query, pass, employ, seenBy } = scene
const sign = (code: TestCode) => scene.sign(code, week)
const { codes, scenario, pool } = server
const { colleague, snoop, second, reviewer, otherReviewer, foreignReviewer, administrator } = people
const { own, neighbour, namesake, workmate, stranger } = scene.town
const week = '2026-W10'

test('an administrator states who uses a code, and nobody is answered the number', async () => {
  const state = (code: TestCode, body: object) =>
    post(administrator, `person-codes/${code.code}/employee`, { reason: 'a test', ...body })
  const stated = await state(snoop, { pnr: own })
  assert.equal(stated.status, 200)
  assert.ok(!stated.bytes.includes(own))
  assert.equal((await state(snoop, { pnr: 'nobody' })).status, 422)
  assert.equal((await state(codes.otherMunicipality, { pnr: own })).status, 404)
  assert.equal((await state(administrator, { pnr: own })).status, 403)
  assert.equal((await state(second, {})).status, 200)
  await employ(colleague, workmate)
  const rows = await query('select person_code from employee order by person_code')
  assert.deepEqual(
    rows.map(({ person_code: code }) => code),
    [colleague.code, snoop.code].toSorted(),
  )
})

test('a week of look-ups is made, with a case, without one, and of each pattern', async () => {
  const citizen = await signOn(server, codes.citizen)
  await beginPending(server, citizen, { data: moveTo(emptyIn(server, '0751')) })
  for (const [code, pnr] of [
    [snoop, own],
    [snoop, neighbour],
    [snoop, namesake],
    [snoop, workmate],
    [snoop, stranger],
    [codes.municipality, scenario.ordinaryAdult],
    [second, scenario.protectedAdult],
  ] as const) {
    assert.equal((await lookUp(code, pnr)).status, 200)
  }
  const { id } = await begin(server, await as(second), { pnr: scenario.centenarian })
  assert.equal((await post(second, `incidents/${id}/cancel`)).status, 200)
  // Elsewhere too, and by a provider: neither is of this review.
  await lookUp(codes.otherMunicipality, stranger)
  await send(server, {
    ...{ path: '/api/v1/persons/lookup', token: citizen },
    body: { pnr: stranger, purpose: 'x' },
  })
})

test('a case that the case worker has worked on is told from one of the authority', async () => {
  const queue = await post(colleague, 'desk/queue', {})
  const id = textAt(listAt(queue.body, 'items')[0], 'id')
  assert.equal((await post(colleague, `desk/cases/${id}/claim`)).status, 200)
  assert.equal((await lookUp(colleague, scenario.ordinaryAdult)).status, 200)
})

test('30 persons without a case, numbers that nobody has, and a look on a Sunday', async () => {
  const many = await query(
    `select pnr from person where municipality = '0851' and status = '01'
     and not current -> 'protections' @> '[{"type": "0001"}]' order by pnr limit 30`,
  )
  assert.equal(many.length, 30)
  for (const { pnr } of many) {
    assert.equal((await lookUp(codes.municipality, String(pnr))).status, 200)
  }
  for (let nth = 0; nth < 50; nth += 1) {
    assert.equal((await lookUp(second, `${String(nth).padStart(2, '0')}nobody`)).status, 422)
  }
  pass('2026-03-08T12:00:00Z')
  await lookUp(second, stranger)
})

test('nothing is drawn before the week is over, and then once, however many draw', async () => {
  const count = async () => Number((await query('select count(*) from log_review'))[0]?.['count'])
  assert.equal(await drawReviews(house, openDraw(pool)), 0)
  pass('2026-03-08T23:30:00Z')
  assert.equal(danishDate(scene.now()), '2026-03-09')
  assert.equal(await drawReviews(house, openDraw(pool)), 0)
  assert.equal(await count(), 0)
  pass('2026-03-09T08:00:00Z')
  const drawn = await Promise.all(
    Array.from({ length: 6 }, (_, nth) =>
      drawReviews(house, openDraw(nth % 2 ? pool : server.ownerPool)),
    ),
  )
  assert.equal(
    drawn.reduce((sum, each) => sum + each, 0),
    2,
  )
  const before = await query('select * from reviewed_look order by authority, no')
  const done = await runTimeWork(pool, house)
  assert.equal(done['logReviewsDrawn'], 0)
  assert.deepEqual(await query('select * from reviewed_look order by authority, no'), before)
  assert.deepEqual(
    (await query('select authority, week from log_review order by authority')).map(Object.values),
    [
      ['0751', week],
      ['0851', week],
    ],
  )
})

test('what was drawn cannot be changed or taken away by the program', async () => {
  for (const sql of [`update reviewed_look set pnr = null`, `update log_review set seed = 'x'`]) {
    await assert.rejects(pool.script(sql), /permission denied/, sql)
  }
  // Time alone removes them, when theirs is over; a reviewer does not.
  for (const table of ['reviewed_look', 'log_review']) {
    const { rows } = await pool.script(`select set_config('samspil.group', 'log-reviewer', true),
      set_config('samspil.authority', '0751', true); delete from ${table} returning week`)
    assert.deepEqual(rows, [], table)
  }
})

test('each pattern is flagged, for who showed it and for nobody else', async () => {
  const { status, body } = await get(reviewer, `log-reviews/${week}`)
  assert.equal(status, 200)
  for (const [code, pattern, wanted] of [
    [snoop, 'self', 1],
    [snoop, 'neighbour', 1],
    [snoop, 'same-surname', 1],
    [snoop, 'colleague', 1],
    [second, 'protected-without-case', 1],
    [second, 'outside-hours', 1],
    [second, 'many-misses', 5],
    [colleague, 'many-without-case', 0],
  ] as const) {
    assert.equal(showing(body, code, pattern).length, wanted, `${code.code} ${pattern}`)
  }
  assert.ok(showing(body, codes.municipality, 'many-without-case').length >= 5)
  const tallies = listAt(body, 'tallies').map((tally) =>
    [textAt(tally, 'personCode'), textAt(tally, 'pattern', 'name'), at(tally, 'count')].join(' '),
  )
  assert.deepEqual(
    tallies.toSorted(),
    [
      `${snoop.code} self 1`,
      `${snoop.code} neighbour 1`,
      `${snoop.code} same-surname 1`,
      `${snoop.code} colleague 1`,
      `${second.code} protected-without-case 1`,
      `${second.code} outside-hours 1`,
      `${second.code} many-misses 50`,
      `${codes.municipality.code} many-without-case 30`,
    ].toSorted(),
  )
  assert.deepEqual(
    listAt(body, 'unnamed').toSorted(),
    [codes.municipality.code, second.code].toSorted(),
  )
})

test('a case connects, the own work more, and a report that is not saved does not', async () => {
  const { body } = await get(reviewer, `log-reviews/${week}`)
  const rows = await query(
    `select person_code, act, connection from reviewed_look
     where authority = '0751' and (pnr = '${scenario.ordinaryAdult}' or act = 'initiate')`,
  )
  for (const row of rows) {
    const wanted =
      row['act'] === 'initiate'
        ? 'none'
        : row['person_code'] === colleague.code
          ? 'worked-on'
          : 'authority'
    assert.equal(row['connection'], wanted)
  }
  const all = await query(`select connection from log_review, reviewed_look`)
  assert.ok(all.length > 0)
  // All that found somebody, and the report that was begun.
  assert.equal(at(body, 'total'), 40)
})

test('a week names nobody who was looked at; a look-up has the number, no name, and is on record', async () => {
  const list = await get(reviewer, 'log-reviews')
  const whole = await get(reviewer, `log-reviews/${week}`)
  for (const pnr of [own, neighbour, scenario.protectedAdult]) {
    assert.ok(!list.bytes.includes(pnr) && !whole.bytes.includes(pnr))
  }
  const [number] = showing(whole.body, second, 'protected-without-case')
  const look = await get(reviewer, `log-reviews/${week}/look-ups/${number}`)
  assert.equal(textAt(look.body, 'pnr'), scenario.protectedAdult)
  const [person] = await query(
    `select current #>> '{name,given}' as given, current #>> '{name,surname}' as surname
     from person where pnr = '${scenario.protectedAdult}'`,
  )
  assert.ok(!look.bytes.includes(String(person?.['surname'])))
  const [row] = await query(
    `select actor, persons, purpose, detail from audit where act = 'read-reviewed-look'
     order by id desc limit 1`,
  )
  assert.deepEqual(row?.['persons'], [scenario.protectedAdult])
  assert.equal(row?.['actor'], reviewer.code)
  assert.deepEqual(row?.['detail'], { number, personCode: second.code })
  // And the person may see that it was.
  const citizen = await signOn(server, codes.citizen)
  const looked = await step(server, citizen, 'persons/who-looked', { pnr: scenario.protectedAdult })
  assert.ok(looked.bytes.toString().includes('Kontrol af et opslag'))
})

test('the case worker is asked, sees that alone, and answers', async () => {
  const whole = await get(reviewer, `log-reviews/${week}`)
  const number = Number(showing(whole.body, snoop, 'neighbour')[0])
  const look = `log-reviews/${week}/look-ups/${number}`
  assert.deepEqual(listAt((await get(snoop, 'asked-look-ups')).body, 'items'), [])
  const answer = `asked-look-ups/${week}/${number}/answer`
  // Before it is asked there is nothing to answer; afterwards for one alone.
  const early = await post(snoop, answer, { text: 'x' })
  assert.equal(early.status, 404)
  for (const text of ['', ' ', 'x'.repeat(2001)]) {
    assert.equal((await post(reviewer, `${look}/ask`, { text })).status, 422)
  }
  assert.equal((await post(reviewer, `${look}/ask`, { text: 'Hvorfor dette opslag?' })).status, 200)
  const asked = await get(snoop, 'asked-look-ups')
  const [item] = listAt(asked.body, 'items')
  assert.equal(textAt(item, 'question', 'text'), 'Hvorfor dette opslag?')
  assert.equal(textAt(item, 'pnr'), neighbour)
  assert.deepEqual(listAt((await get(second, 'asked-look-ups')).body, 'items'), [])
  const foreign = await post(second, answer, { text: 'x' })
  assert.deepEqual([foreign.status, foreign.bytes], [404, early.bytes])
  assert.equal((await post(snoop, answer, { text: '' })).status, 422)
  assert.equal((await post(snoop, answer, { text: 'Naboen ringede' })).status, 200)
  assert.equal((await post(snoop, answer, { text: 'Naboen ringede til mig' })).status, 200)
  const told = await get(reviewer, look)
  assert.equal(textAt(told.body, 'answer', 'text'), 'Naboen ringede til mig')
  assert.equal((await post(reviewer, `${look}/ask`, { text: 'Igen?' })).status, 409)
  // A case worker sees no review.
  assert.equal((await get(snoop, `log-reviews/${week}`)).status, 403)
})

test('the second wall: whoever asks, PostgreSQL shows a review to its reviewers alone', async () => {
  const none = { reviews: 0, looks: 0, employees: 0 }
  assert.deepEqual(await seenBy('log-reviewer', '0101'), none)
  assert.deepEqual(await seenBy('log-reviewer', '0851'), { ...none, reviews: 1, looks: 1 })
  assert.deepEqual(await seenBy('municipality', '0751'), none)
  assert.deepEqual(await seenBy('municipality', '0751', second.code), none)
  assert.deepEqual(await seenBy('municipality', '0751', snoop.code), { ...none, looks: 1 })
  assert.deepEqual(await seenBy('administrator', '0851'), none)
  assert.deepEqual(await seenBy('administrator', '0751'), { ...none, employees: 2 })
  assert.ok(Number((await seenBy('log-reviewer', '0751'))?.['looks']) > 20)
})

test('a look-up is judged, by nobody whose it is, and not fine only with a note', async () => {
  const { body } = await get(reviewer, `log-reviews/${week}`)
  const judge = (code: TestCode, number: unknown, sent: object) =>
    post(code, `log-reviews/${week}/look-ups/${String(number)}/judge`, sent)
  const [first] = listAt(body, 'looks')
  const number = at(first, 'number')
  assert.equal((await judge(reviewer, number, { verdict: 'not-fine' })).status, 422)
  assert.equal((await judge(reviewer, number, { verdict: 'perhaps' })).status, 400)
  assert.equal(
    (await judge(reviewer, number, { verdict: 'not-fine', note: 'Ingen sag' })).status,
    200,
  )
  assert.equal((await judge(otherReviewer, number, { verdict: 'fine' })).status, 200)
  // Whoever holds both codes: stated by the administrator.
  await employ(otherReviewer, own)
  const [mine] = showing(body, snoop, 'self')
  const refused = await judge(otherReviewer, mine, { verdict: 'fine' })
  assert.deepEqual([refused.status, at(refused.body, 'receipt')], [422, 9057])
  assert.equal(
    at((await get(otherReviewer, `log-reviews/${week}/look-ups/${String(mine)}`)).body, 'own'),
    true,
  )
  assert.equal((await judge(reviewer, mine, { verdict: 'fine' })).status, 200)
})

test('whoever may hold the code that looked does not judge it, nor sign the review', async () => {
  // The password of the clerk's code was told to the reviewer's: the evidence says so.
  const id = `told-${randomBytes(4).toString('hex')}`
  await query(
    `insert into audit (id, at, act, outcome, receipt, actor, purpose)
     values ('${id}', '2026-03-01', 'person-code-reset', 'done', 0, '${reviewer.code}', 'x');
     insert into notice (id, at, person_code, kind)
     values ('${id}', '2026-03-01', '${second.code}', 'reset')`,
  )
  const { body } = await get(reviewer, `log-reviews/${week}`)
  const [number] = showing(body, second, 'outside-hours')
  const path = `log-reviews/${week}/look-ups/${String(number)}/judge`
  const refused = await post(reviewer, path, { verdict: 'fine' })
  assert.deepEqual([refused.status, at(refused.body, 'receipt')], [422, 9057])
  await query(`delete from notice where id = '${id}'`)
  assert.equal((await post(reviewer, path, { verdict: 'fine' })).status, 200)
})

test('a review is signed off once all is judged, by two who have no look-up in it', async () => {
  const early = await sign(reviewer)
  assert.deepEqual([early.status, at(early.body, 'receipt')], [409, 9058])
  const { body } = await get(reviewer, `log-reviews/${week}`)
  for (const look of listAt(body, 'looks')) {
    if (at(look, 'verdict') !== undefined) continue
    const path = `log-reviews/${week}/look-ups/${String(at(look, 'number'))}/judge`
    assert.equal((await post(reviewer, path, { verdict: 'fine', note: '' })).status, 200)
  }
  // One of them looked, by another code.
  const mine = await sign(otherReviewer)
  assert.deepEqual([mine.status, at(mine.body, 'receipt')], [422, 9057])
  await query(`delete from employee where person_code = '${otherReviewer.code}'`)
  // Twice at once by one, and then again: one name.
  const [once, twice] = await Promise.all([sign(reviewer), sign(reviewer)])
  assert.equal([once, twice].filter(({ status }) => status === 200).length, 1)
  assert.equal((await sign(reviewer)).status, 422)
  const signed = await get(reviewer, `log-reviews/${week}`)
  assert.equal(listAt(signed.body, 'signatures').length, 1)
  const look = `log-reviews/${week}/look-ups/1`
  assert.equal((await post(otherReviewer, `${look}/judge`, { verdict: 'fine' })).status, 409)
  assert.equal((await post(otherReviewer, `${look}/ask`, { text: 'x' })).status, 409)
  assert.equal((await sign(otherReviewer)).status, 200)
  assert.equal((await sign(otherReviewer)).status, 409)
  const done = await get(reviewer, `log-reviews/${week}`)
  assert.deepEqual(
    listAt(done.body, 'signatures').map((each) => textAt(each, 'by')),
    [reviewer.code, otherReviewer.code],
  )
})

test('a review that two have not signed off in time is told, on its page and in the metrics', async () => {
  const metric = async () => {
    const text = (await send(server, { path: '/metrics' })).bytes.toString()
    return /^samspil_log_reviews_overdue (.*)$/m.exec(text)?.[1]
  }
  assert.equal(await metric(), '0')
  const overdue = async () =>
    listAt((await get(reviewer, 'log-reviews')).body, 'items').map((each) =>
      at(each, 'due', 'overdue'),
    )
  await lookUp(second, stranger)
  pass('2026-03-16T08:00:00Z')
  assert.equal(await drawReviews(house, openDraw(pool)), 1)
  pass('2026-03-29T12:00:00Z')
  // One of 0851 is, which nobody signs.
  assert.deepEqual(await overdue(), [false, false])
  assert.equal(await metric(), '1')
  pass('2026-03-30T12:00:00Z')
  assert.deepEqual(await overdue(), [true, false])
  assert.equal(await metric(), '2')
})

test("another municipality's review is answered as one that does not exist", async () => {
  // Of that week only 0751 has a review; of the one before both have their own.
  assert.equal((await get(reviewer, 'log-reviews/2026-W11')).status, 200)
  for (const path of ['', '/look-ups/1', '/look-ups/1/ask', '/look-ups/1/judge', '/sign-off']) {
    const body = path.endsWith('ask')
      ? { text: 'x' }
      : path.endsWith('judge')
        ? { verdict: 'fine' }
        : path.endsWith('off')
          ? { version: 1 }
          : undefined
    const ask = (of: string) =>
      body
        ? post(foreignReviewer, `log-reviews/${of}${path}`, body)
        : get(foreignReviewer, `log-reviews/${of}${path}`)
    const [theirs, nobodys] = [await ask('2026-W11'), await ask('2020-W01')]
    assert.equal(theirs.status, 404)
    assert.deepEqual(theirs.bytes, nobodys.bytes)
  }
  const listed = listAt((await get(foreignReviewer, 'log-reviews')).body, 'items')
  assert.deepEqual(
    listed.map((each) => textAt(each, 'week')),
    [week],
  )
})

test('every step of a review is itself in the evidence', async () => {
  const rows = await query(
    `select act, outcome, count(*)::int as count from audit
     where act in ('draw-review', 'list-reviews', 'read-review', 'read-reviewed-look', 'ask-why',
       'list-asked-looks', 'answer-why', 'judge-look', 'sign-review', 'employee-stated')
     group by act, outcome order by act, outcome`,
  )
  const acts = new Set(rows.map(({ act, outcome }) => `${String(act)} ${String(outcome)}`))
  for (const each of [
    ...['draw-review done', 'list-reviews done', 'read-review done', 'read-reviewed-look done'],
    ...['ask-why done', 'ask-why refused', 'list-asked-looks done', 'answer-why done'],
    ...['answer-why refused', 'judge-look done', 'judge-look refused', 'sign-review done'],
    ...['sign-review refused', 'read-review denied', 'employee-stated done'],
  ]) {
    assert.ok(acts.has(each), each)
  }
})
