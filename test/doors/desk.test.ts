/** The desk over the JSON door: the queue, two who work on one case, notes, and many at once. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, date } from '#base/calendar.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

let now = new Date('2026-03-02T09:00:00Z')
const server = await openTestServer({ clock: () => now })
const { codes, scenario, ownerPool } = server
const second = await server.newColleague()
const lead = await server.newCode('team-lead', '0751')
await ownerPool.script('update address set rooms = 9')
const today = date('2026-03-02')
const [mother, , child] = scenario.familyOfFour

let token = await signOn(server, codes.citizen)
let clerk = await signOn(server, codes.municipality)
let colleague = await signOn(server, second)
const elsewhere = await signOn(server, codes.otherMunicipality)

const pass = (minutes: number) => {
  now = new Date(now.valueOf() + minutes * 60_000)
}
const desk = (path: string, body: object = {}, by = clerk) => step(server, by, `desk/${path}`, body)
const readCase = (id: string, by = clerk) =>
  send(server, { path: `/api/v1/desk/cases/${id}`, token: by })
const idsIn = (body: unknown) => listAt(body, 'items').map((item) => textAt(item, 'id'))

async function homeOf(pnr: string) {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return present(rows[0], 'a home')
}

// In this order: late with a child; one with a host; protected; twice about one person; elsewhere.
const late = await beginPending(server, token, {
  pnr: mother,
  date: addDays(today, -10),
  data: { ...moveTo(emptyIn(server, '0751', 0)), companions: [child] },
})
pass(1)
const hosted = await beginPending(server, token, {
  pnr: scenario.newcomer,
  data: await homeOf(scenario.ordinaryAdult),
})
pass(1)
const kept = await beginPending(server, token, {
  pnr: scenario.protectedAdult,
  type: 'name-and-address-protection',
  data: { action: 'off' },
})
pass(1)
const one = await beginPending(server, token, {
  pnr: scenario.ordinaryAdult,
  data: moveTo(emptyIn(server, '0751', 1)),
})
pass(1)
const two = await beginPending(server, token, {
  pnr: scenario.ordinaryAdult,
  data: moveTo(emptyIn(server, '0751', 1)),
})
const foreign = await beginPending(server, token, {
  pnr: scenario.flatmates[0],
  municipality: '0851',
  data: moveTo(emptyIn(server, '0851', 0)),
})
const all = [late, hosted, kept, one, two].map(({ id }) => id)

test('the queue has the own cases in the order of receipt, page after page, and no other', async () => {
  const seen: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const { body } = await desk('queue', { limit: 2, ...(cursor && { cursor }) })
    const ids = idsIn(body)
    assert.ok(ids.length <= 2)
    seen.push(...ids)
    const next = at(body, 'next')
    more = typeof next === 'string'
    cursor = typeof next === 'string' ? next : undefined
  }
  assert.deepEqual(seen, all)
  const newest = await desk('queue', { sort: 'newest' })
  assert.deepEqual(idsIn(newest.body), all.toReversed())
  assert.deepEqual(idsIn((await desk('queue', {}, elsewhere)).body), [foreign.id])
  assert.equal((await desk('queue', {}, token)).status, 403)
})

test('every filter finds its cases, and the counts say how many', async () => {
  const found = async (filter: object) => idsIn((await desk('queue', filter)).body)
  assert.deepEqual(await found({ flag: 'late' }), [late.id])
  assert.deepEqual(await found({ flag: 'children' }), [late.id])
  assert.deepEqual(await found({ flag: 'similar' }), [one.id, two.id])
  assert.deepEqual(await found({ flag: 'protected' }), [kept.id])
  assert.deepEqual(await found({ waitsFor: 'authority' }), [kept.id, one.id, two.id])
  assert.deepEqual(await found({ type: 'name-and-address-protection' }), [kept.id])
  assert.deepEqual(await found({ overdue: true }), [])
  const hearings = await found({ waitsFor: 'hearing' })
  assert.ok(hearings.includes(hosted.id))
  const byDeadline = await found({ sort: 'deadline' })
  assert.deepEqual(new Set(byDeadline.slice(0, hearings.length)), new Set(hearings))

  const { body: counts } = await desk('counts')
  assert.equal(at(counts, 'all'), 5)
  assert.deepEqual(at(counts, 'types'), {
    'domestic-move': 4,
    'name-and-address-protection': 1,
  })
  assert.deepEqual(at(counts, 'flags'), {
    ...{ late: 1, children: 1, crowded: 0, similar: 2, protected: 1 },
  })
  assert.deepEqual(at(counts, 'waitsFor'), {
    ...{ authority: 3, hearing: hearings.length, reporter: 0 },
  })
  assert.deepEqual(at(counts, 'claimed'), { mine: 0, free: 5, others: 0 })
})

test('words are found in name, number, road and id; what is no word of theirs finds nothing', async () => {
  const found = async (text: string) => idsIn((await desk('queue', { text })).body)
  const { rows } = await ownerPool.script(
    `select current #>> '{name,surname}' as surname, current #>> '{name,given}' as given
     from person where pnr = '${scenario.newcomer}'`,
  )
  const { surname, given } = present(rows[0], 'a name')
  assert.ok((await found(`${String(surname).toUpperCase()} ${String(given)}`)).includes(hosted.id))
  assert.deepEqual(await found(scenario.newcomer), [hosted.id])
  assert.deepEqual(await found(`${mother.slice(0, 6)}-${mother.slice(6)}`), [late.id])
  assert.deepEqual(await found(two.id), [two.id])
  assert.deepEqual(await found('%'), [])
  assert.deepEqual(await found(`${scenario.newcomer} ingenting`), [])
})

test('a count by words is on record with whom it found, and whom it looked for', async () => {
  const nobodys = scenario.centenarian
  const namedBy = async (body: object) => {
    assert.equal((await desk('counts', body)).status, 200)
    const { rows } = await ownerPool.script(
      `select persons::text[] as persons from audit where act = 'count-queue' order by xid desc limit 1`,
    )
    return listAt(rows[0], 'persons')
  }
  assert.deepEqual(await namedBy({ text: two.id }), [scenario.ordinaryAdult])
  assert.deepEqual(await namedBy({ text: nobodys }), [nobodys])
  assert.deepEqual(await namedBy({}), [])
  await desk('queue', { text: nobodys })
  const { rows } = await ownerPool.script(
    `select persons::text[] as persons from audit where act = 'list-queue' order by xid desc limit 1`,
  )
  assert.deepEqual(listAt(rows[0], 'persons'), [nobodys])
})

test('what somebody has claimed is told to the others, and ends by itself', async () => {
  const first = await desk(`cases/${one.id}/claim`)
  assert.equal(first.status, 200)
  const again = await desk(`cases/${one.id}/claim`, {}, colleague)
  assert.deepEqual([again.status, at(again.body, 'receipt')], [409, 9053])
  assert.match(textAt(again.body, 'title'), new RegExp(codes.municipality.code))
  assert.equal((await desk(`cases/${one.id}/claim`)).status, 200)
  assert.equal((await desk(`cases/${one.id}/claim`, {}, elsewhere)).status, 404)
  const { body } = await desk('queue', { claimed: 'others' }, colleague)
  assert.deepEqual(idsIn(body), [one.id])
  assert.equal(at(body, 'items', 0, 'claim', 'personCode'), codes.municipality.code)
  await desk(`cases/${one.id}/release`, {}, colleague)
  assert.equal((await desk(`cases/${one.id}/claim`, {}, colleague)).status, 409)
  await desk(`cases/${one.id}/release`)
  assert.equal((await desk(`cases/${one.id}/claim`, {}, colleague)).status, 200)
  pass(16)
  assert.equal((await desk(`cases/${one.id}/claim`)).status, 200)
  await desk(`cases/${one.id}/release`)
})

test('a claim of an authority that has passed the case on is in nobody’s way', async () => {
  const { id } = await beginPending(server, token, {
    pnr: scenario.flatmates[0],
    type: 'name-and-address-protection',
    data: { action: 'on' },
  })
  assert.equal((await desk(`cases/${id}/claim`)).status, 200)
  // Passed on as a statement on behalf of nobody would: its claim stays where it was.
  await ownerPool.script(`update incident set authority = '0851' where id = '${id}'`)
  const theirs = await desk(`cases/${id}/claim`, {}, elsewhere)
  assert.equal(theirs.status, 200, theirs.bytes.toString())
  assert.equal(at(theirs.body, 'claim', 'personCode'), codes.otherMunicipality.code)
  const taken = await desk('queue', { claimed: 'mine' }, elsewhere)
  assert.deepEqual(idsIn(taken.body), [id])
  await ownerPool.script(`update incident set state = 'cancelled', closed_at = now(), saved_at = null
    where id = '${id}'`)
})

test('of many who take the next case at once each gets another one', async () => {
  const taken = await Promise.all(
    Array.from({ length: 6 }, (_, nth) => desk('next', {}, nth % 2 ? clerk : colleague)),
  )
  const byWhom = new Map<string, Set<number>>()
  taken.forEach(({ body }, nth) => {
    const id = at(body, 'id')
    if (typeof id !== 'string') return
    byWhom.set(id, (byWhom.get(id) ?? new Set()).add(nth % 2))
  })
  for (const [id, who] of byWhom) assert.equal(who.size, 1, `${id} was given to two`)
  const { rows } = await ownerPool.script('select incident_id from claim')
  assert.ok(rows.length >= byWhom.size && byWhom.size > 1)
  await ownerPool.script('delete from claim')
})

test('a case is one page: rules, changes, residents, letters, notes and what is like it', async () => {
  const noted = await desk(`cases/${one.id}/notes`, { text: ' Ringet til anmelderen ' })
  assert.deepEqual([noted.status, at(noted.body, 'text')], [201, 'Ringet til anmelderen'])
  assert.equal(at((await desk(`cases/${one.id}/notes`, { text: ' ' })).body, 'receipt'), 9055)
  const { body } = await readCase(one.id)
  assert.equal(at(body, 'incident', 'id'), one.id)
  assert.equal(
    at(body, 'incident', 'version'),
    at((await readCase(one.id)).body, 'incident', 'version'),
  )
  assert.deepEqual(listAt(body, 'rules'), [])
  const [row] = listAt(body, 'changes', 0, 'rows')
  assert.equal(at(row, 'kind'), 'address')
  assert.notEqual(textAt(row, 'before', 'da'), textAt(row, 'after', 'da'))
  assert.deepEqual(
    listAt(body, 'notes').map((each) => at(each, 'text')),
    ['Ringet til anmelderen'],
  )
  const [related] = listAt(body, 'related')
  assert.deepEqual([at(related, 'id'), at(related, 'because')], [two.id, 'same-person'])
  const host = (await readCase(hosted.id)).body
  assert.ok(listAt(host, 'letters').length >= 2)
  const residents = listAt(host, 'dwellings', 0, 'residents')
  assert.ok(residents.some((each) => at(each, 'pnr') === scenario.ordinaryAdult))
  const family = (await readCase(late.id)).body
  const relations = listAt(family, 'household').map((each) => at(each, 'relation'))
  assert.ok(relations.includes('spouse') && relations.includes('child'))
  assert.equal(
    at((await readCase(kept.id)).body, 'incident', 'masterData', 'nameAndAddressProtected'),
    true,
  )
})

test('another municipality’s case is answered exactly as one that does not exist', async () => {
  const nobodys = `flyt-i.${'7'.repeat(26)}`
  for (const ask of [
    (id: string) => readCase(id, elsewhere),
    (id: string) => desk(`cases/${id}/claim`, {}, elsewhere),
    (id: string) => desk(`cases/${id}/release`, {}, elsewhere),
    (id: string) => desk(`cases/${id}/notes`, { text: 'x' }, elsewhere),
  ]) {
    const [theirs, none] = [await ask(one.id), await ask(nobodys)]
    assert.equal(theirs.status, 404)
    assert.deepEqual(theirs.bytes, none.bytes)
  }
})

test('reading a case is on record with everybody who is shown', async () => {
  await readCase(hosted.id)
  const { rows } = await ownerPool.script(
    `select persons::text[] as persons, actor from audit
     where act = 'read-case' and incident_id = '${hosted.id}' order by xid desc, id desc limit 1`,
  )
  const persons = listAt(rows[0], 'persons')
  for (const pnr of [scenario.newcomer, scenario.ordinaryAdult]) assert.ok(persons.includes(pnr))
})

test('a decision on a version that is old is not made (9054)', async () => {
  const version = Number(at((await readCase(kept.id)).body, 'incident', 'version'))
  const stale = await step(server, clerk, `pending/${kept.id}/approve`, { version: version - 1 })
  assert.deepEqual([stale.status, at(stale.body, 'receipt')], [409, 9054])
  const items = [{ id: kept.id, version: version - 1 }]
  const { body } = await desk('decide', { action: 'approve', cases: items })
  assert.deepEqual([at(body, 'done'), at(body, 'items', 0, 'refusals', 0, 'number')], [0, 9054])
})

test('a preview tells what the queue marks of each case, its warnings and who works on it', async () => {
  await desk(`cases/${kept.id}/claim`, {}, colleague)
  await ownerPool.script(
    `update address set rooms = 1;
     insert into municipality_setting (municipality, name, value)
     values ('0751', 'legalRoomFactor', 1)`,
  )
  const { body } = await desk('preview', { ids: [late.id, kept.id, one.id, foreign.id] })
  await ownerPool.script('update address set rooms = 9; delete from municipality_setting')
  const items = listAt(body, 'items')
  assert.deepEqual(
    items.map((item) => listAt(item, 'flags')),
    [['late', 'children'], ['protected'], ['similar'], []],
  )
  assert.equal(at(items[0], 'marks', 0, 'code'), 'late')
  const warned = items.map((item) => listAt(item, 'warnings').map((each) => at(each, 'number')))
  assert.ok(warned[0]?.includes(9120), JSON.stringify(warned))
  assert.deepEqual(
    items.map((item) => at(item, 'claim', 'personCode')),
    [undefined, second.code, undefined, undefined],
  )
  await desk(`cases/${kept.id}/release`, {}, colleague)
})

test('a preview changes nothing and tells each; the decision tells each as well', async () => {
  const ids = [one.id, two.id, hosted.id, foreign.id, 'x']
  const preview = await desk('preview', { ids })
  const approvable = listAt(preview.body, 'items').map((each) => at(each, 'approvable'))
  assert.deepEqual(approvable, [true, true, false, false, false])
  assert.match(textAt(preview.body, 'items', 0, 'effects', 0, 'text', 'da'), /. → ./)
  assert.equal(at(preview.body, 'items', 2, 'refusals', 0, 'number'), 9023)
  assert.notEqual(textAt(preview.body, 'items', 2, 'name'), '')
  assert.equal(at(preview.body, 'items', 3, 'name'), undefined)
  assert.equal(at(preview.body, 'items', 3, 'refusals', 0, 'number'), 9003)
  const { body: before } = await desk('counts')
  assert.equal(at(before, 'all'), 5)

  const cases = ids.map((id) => ({ id }))
  const decided = await desk('decide', { action: 'approve', cases })
  const done = listAt(decided.body, 'items').map((each) => at(each, 'done'))
  // Both move one person to one place: the second is refused as no move.
  assert.equal(done.filter(Boolean).length, 1)
  assert.equal(at(decided.body, 'done'), 1)
  assert.deepEqual(done.slice(2), [false, false, false])
  const rejection = { code: 'DUPLICATE', text: 'Allerede anmeldt' }
  const rejected = await desk('decide', { action: 'reject', cases, rejection })
  assert.deepEqual(
    listAt(rejected.body, 'items').map((each) => at(each, 'state')),
    [
      ...(done[0] ? ['approved', 'rejected'] : ['rejected', 'approved']),
      'rejected',
      undefined,
      undefined,
    ],
  )
  assert.equal((await desk('decide', { action: 'approve', cases }, token)).status, 403)

  // Taken back in the version that the decision made, and no other.
  const version = Number(at(rejected.body, 'items', 2, 'version'))
  const undo = (of: number) =>
    desk('decide', { action: 'undo', cases: [{ id: hosted.id, version: of }] })
  const stale = await undo(version - 1)
  assert.equal(at(stale.body, 'items', 0, 'refusals', 0, 'number'), 9085)
  const undone = await undo(version)
  assert.deepEqual([at(undone.body, 'done'), at(undone.body, 'items', 0, 'state')], [1, 'pending'])
  const again = { action: 'reject', cases: [{ id: hosted.id }], rejection }
  assert.equal(at((await desk('decide', again)).body, 'done'), 1)
})

test('a case that waits too long is overdue, and the figures tell of inflow, age and outcome', async () => {
  now = new Date(now.valueOf() + 15 * 86_400_000)
  token = await signOn(server, codes.citizen)
  clerk = await signOn(server, codes.municipality)
  colleague = await signOn(server, second)
  const { body } = await desk('queue', { overdue: true })
  assert.deepEqual(idsIn(body), [late.id, kept.id])
  const path = '/api/v1/desk/figures?days=30'
  assert.equal((await send(server, { path, token: clerk })).status, 403)
  const { body: figures } = await send(server, { path, token: await signOn(server, lead) })
  const received = listAt(figures, 'inflow').map((each) => Number(at(each, 'received')))
  assert.equal(received.length, 30)
  assert.equal(
    received.reduce((sum, each) => sum + each, 0),
    5,
  )
  assert.deepEqual(at(figures, 'outcomes'), { approved: 1, rejected: 2 })
  const spans = listAt(figures, 'toDecision').map((each) => at(each, 'cases'))
  assert.deepEqual(spans, [3, 0, 0, 0, 0, 0])
  const byMachine = async () => {
    const again = await send(server, { path, token: await signOn(server, lead) })
    return listAt(again.body, 'inflow').reduce<number>(
      (sum, day) => sum + Number(at(day, 'automatic')),
      0,
    )
  }
  assert.equal(await byMachine(), 0)
  await ownerPool.script(`update incident set decided_by = '0099' where state = 'approved'`)
  assert.equal(await byMachine(), 1)
  await ownerPool.script(
    `update incident set decided_by = '${codes.municipality.code}' where state = 'approved'`,
  )
  assert.equal(at(figures, 'automatic'), 0)
  const { deadlines, ...clocks } = Object(at(figures, 'clocks'))
  const reminded = { hosts: 0, protected: 0 }
  assert.deepEqual(clocks, { goalDays: 14, withinGoal: 3, reminded })
  assert.equal(deadlines.length, 15)
  assert.deepEqual(
    listAt(figures, 'age').find((each) => at(each, 'days') === '14-27'),
    { days: '14-27', cases: 2 },
  )
  assert.equal((await send(server, { path, token })).status, 403)
})

test('whoever registered a case that a second person confirms is not handed it', async () => {
  const keys = { type: 'death', pnr: scenario.flatmates[1], municipality: '0751', data: {} }
  const { id } = await beginPending(server, clerk, keys)
  const type = 'death'
  assert.deepEqual(at((await desk('next', { type })).body, 'id'), undefined)
  assert.deepEqual(at((await desk('next', { type }, colleague)).body, 'id'), id)
  const { body } = await readCase(id, colleague)
  const version = at(body, 'incident', 'version')
  const words = { reasonCode: 'CONDITIONS_NOT_MET', text: 'Nej', version }
  assert.equal((await step(server, colleague, `pending/${id}/reject`, words)).status, 200)
  await ownerPool.script('delete from claim')
})
