/** Administration over the JSON door: who may, on whom, and what takes two people (A43). */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { type PersonCode, personCode } from '#access/person-code.ts'
import { openAccess, signOn as signOnStore } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'
import { statement } from '#store/pool.ts'
import { newAdministrator } from '#test/doors/administrators.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { newPassword, openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { codes, clock, ownerPool, pool } = server
const access = openAccess(pool, randomBytes)
const reason = 'sag 12'
const clerk = await server.newColleague()

const karen = await newAdministrator(server, 'W0000201', '0001')
const ole = await newAdministrator(server, 'W0000202', '0001')
const aarhus = await newAdministrator(server, 'W0000203', '0751')
const aarhusToo = await newAdministrator(server, 'W0000204', '0751')
type Who = { readonly token: string }

const post = (who: Who, path: string, body: object) =>
  send(server, { method: 'POST', path: `/api/v1${path}`, token: who.token, body })
const get = (who: Who, path: string) => send(server, { path: `/api/v1${path}`, token: who.token })
const receiptIn = (body: unknown) => Number(at(body, 'receipt'))

async function make(who: Who, more: object = {}): Promise<PersonCode> {
  const wanted = { group: 'municipality', authority: '0751', reason, ...more }
  const { status, body } = await post(who, '/person-codes', wanted)
  assert.equal(status, 201, JSON.stringify(body))
  assert.match(textAt(body, 'oneTimePassword'), /^\S{19}$/)
  return personCode(textAt(body, 'code'))
}

async function answerTo(code: string, password: string): Promise<number> {
  const knock = { userId: code, password, source: '192.0.2.7' }
  const answer = await signOnStore(access, knock, clock())
  return answer.kind === 'denied' ? answer.receipt : 900
}

test('an administrator makes a person code whose one-time password opens its change', async () => {
  const { body } = await post(karen, '/person-codes', {
    ...{ group: 'citizen', authority: '0042', name: 'Udbyder', holder: 'Udbyder A/S', reason },
    ...{ sources: ['192.0.2.7', '2001:DB8::7'], overlapMinutes: 60 },
  })
  const code = textAt(body, 'code')
  assert.equal(await answerTo(code, textAt(body, 'oneTimePassword')), 906)
  const { body: page } = await get(karen, '/person-codes?after=W0000000')
  const account = listAt(page, 'items').find((each) => at(each, 'code') === code)
  assert.deepEqual(
    ['state', 'holder', 'overlapMinutes', 'sources'].map((name) => at(account, name)),
    ['one-time', 'Udbyder A/S', 60, ['192.0.2.7', '2001:db8::7']],
  )
})

test('what is no fingerprint is refused, and what waits for a second one keeps what it asks for', async () => {
  const wish = { group: 'citizen', authority: '0042', reason }
  const wrong = await post(karen, '/person-codes', { ...wish, certificates: ['client.pem'] })
  assert.equal(wrong.status, 422)
  const { body } = await post(karen, '/person-codes', {
    ...wish,
    certificates: ['0A1B'.repeat(16)],
  })
  const code = textAt(body, 'code')
  assert.equal(await answerTo(code, textAt(body, 'oneTimePassword')), 905)
  const { body: page } = await get(karen, '/person-codes?after=W0000000')
  const account = listAt(page, 'items').find((each) => at(each, 'code') === code)
  assert.deepEqual(at(account, 'certificates'), ['0a1b'.repeat(16)])
  const asked = { ...wish, group: 'administrator', authority: '0001' }
  const certificates = ['2c3d'.repeat(16)]
  const { status } = await post(karen, '/person-codes', { ...asked, certificates })
  assert.equal(status, 202)
  const { rows } = await ownerPool.script(
    'select certificates from grant_request order by asked_at desc, id desc limit 1',
  )
  assert.deepEqual(rows, [{ certificates }])
})

test('to unlink what is not linked is refused, and on record', async () => {
  const code = await make(karen)
  assert.equal((await post(karen, `/person-codes/${code}/unlink`, { reason })).status, 409)
  const { rows } = await ownerPool.script(
    `select actor, outcome, detail ->> 'personCode' as code from audit
     where act = 'identity-unlinked'`,
  )
  assert.deepEqual(rows, [{ actor: karen.code, outcome: 'refused', code }])
})

test('each act does what it says, and leaves evidence of who and why', async () => {
  const code = await make(karen)
  for (const act of ['lock', 'unlock', 'expire', 'disable']) {
    assert.equal((await post(karen, `/person-codes/${code}/${act}`, { reason })).status, 200, act)
  }
  assert.equal((await post(karen, `/person-codes/${code}/unlock`, { reason })).status, 409)
  const { body } = await post(karen, `/person-codes/${code}/reset`, { reason })
  assert.equal(await answerTo(code, textAt(body, 'oneTimePassword')), 906)
  const changed = await post(karen, `/person-codes/${code}/change`, { sources: ['::1'], reason })
  assert.equal(changed.status, 200)
  assert.equal(await answerTo(code, textAt(body, 'oneTimePassword')), 905)
  assert.equal((await post(karen, `/person-codes/${code}/retire`, { reason })).status, 200)
  for (const act of ['reset', 'lock', 'change']) {
    assert.equal((await post(karen, `/person-codes/${code}/${act}`, { reason })).status, 409, act)
  }
  const { rows } = await ownerPool.run(
    statement(
      'test-administration',
      `select act, actor, authority, purpose from audit
       where detail->>'personCode' = $1 and outcome = 'done' order by xid, id`,
    ),
    [code],
  )
  assert.deepEqual(
    rows.map(({ act }) => act),
    ['created', 'locked', 'unlocked', 'expired', 'disabled', 'reset', 'changed', 'retired'].map(
      (each) => `person-code-${each}`,
    ),
  )
  for (const row of rows) {
    assert.deepEqual([row['actor'], row['authority'], row['purpose']], [karen.code, '0001', reason])
  }
})

test('who has not the right is denied, and a stranger is told nothing', async () => {
  for (const [path, body] of [
    ['/person-codes', { group: 'citizen', authority: '0042', reason }],
    [`/person-codes/${codes.citizen.code}/lock`, { reason }],
    [
      `/person-codes/${codes.citizen.code}/move`,
      { group: 'municipality', authority: '0751', reason },
    ],
  ] as const) {
    for (const each of [codes.citizen, codes.municipality, codes.office]) {
      const answer = await post({ token: await signOn(server, each) }, path, body)
      assert.equal(answer.status, 403, path)
    }
    assert.equal((await post({ token: 'x'.repeat(43) }, path, body)).status, 401)
  }
})

test('a municipality reaches its own codes alone; others look like none', async () => {
  const code = await make(aarhus)
  const { body: page } = await get(aarhus, '/person-codes')
  const items = listAt(page, 'items')
  assert.ok(items.some((each) => at(each, 'code') === code))
  assert.deepEqual([...new Set(items.map((each) => at(each, 'authority')))], ['0751'])
  const others = await post(aarhus, `/person-codes/${codes.otherMunicipality.code}/lock`, {
    reason,
  })
  const none = await post(aarhus, '/person-codes/W9999999/lock', { reason })
  const odd = await post(aarhus, '/person-codes/nobody/lock', { reason })
  assert.deepEqual([others.status, receiptIn(others.body)], [404, 902])
  assert.deepEqual(others.body, none.body)
  assert.deepEqual(others.body, odd.body)
  const { rows } = await ownerPool.script(
    `select detail ->> 'personCode' as about from audit
     where act = 'person-code-locked' and outcome = 'denied' order by xid desc limit 3`,
  )
  assert.deepEqual(
    rows.map(({ about }) => about),
    ['nobody', 'W9999999', codes.otherMunicipality.code],
    'who was denied what is on record',
  )
  const wanted = { group: 'municipality', authority: '0851', reason }
  assert.equal((await post(aarhus, '/person-codes', wanted)).status, 404)
  const moved = { group: 'municipality', authority: '0851', reason }
  assert.equal((await post(aarhus, `/person-codes/${code}/move`, moved)).status, 404)
  const raised = { group: 'administrator', authority: '0751', reason }
  assert.equal((await post(aarhus, `/person-codes/${code}/move`, raised)).status, 404)
})

test('nobody administers their own person code', async () => {
  const calls = ['reset', 'lock', 'unlock', 'change', 'retire'].map(
    (act) => [act, { reason }] as const,
  )
  const moved = ['move', { group: 'cpr-office', authority: '0001', reason }] as const
  for (const [act, body] of [...calls, moved]) {
    const answer = await post(karen, `/person-codes/${karen.code}/${act}`, body)
    assert.deepEqual([answer.status, receiptIn(answer.body)], [403, 9068], act)
  }
})

/** What was refused about a request or a person code: number, who, of which, whence and why. */
async function refusals(name: 'request' | 'personCode', value: string) {
  const { rows } = await ownerPool.run(
    statement(
      'test-refusals',
      `select receipt, actor, authority, source, purpose from audit
       where detail->>$1 = $2 and outcome = 'refused' order by xid, id`,
    ),
    [name, value],
  )
  return rows.map(({ receipt, actor, authority, source, purpose }) => [
    ...[receipt, actor, authority, source, purpose],
  ])
}

async function ask(who: Who, code?: string): Promise<string> {
  const wanted = { group: 'administrator', authority: '0751', reason, ...(code && { code }) }
  const { status, body } = await post(who, '/person-codes', wanted)
  assert.equal(status, 202, JSON.stringify(body))
  return textAt(body, 'request')
}

test('administrator rights wait for another administrator, who alone learns the password', async () => {
  const request = await ask(karen)
  const { body: waiting } = await get(ole, '/grant-requests')
  const item = listAt(waiting, 'items').find((each) => at(each, 'id') === request)
  assert.deepEqual([at(item, 'askedBy'), at(item, 'group')], [karen.code, 'administrator'])
  const own = await post(karen, `/grant-requests/${request}/grant`, { reason: 'sag 13' })
  assert.deepEqual([own.status, receiptIn(own.body)], [403, 9068])
  const [refused] = await refusals('request', request)
  assert.deepEqual(refused, [9068, karen.code, '0001', '127.0.0.1', 'sag 13'])
  const { status, body } = await post(ole, `/grant-requests/${request}/grant`, { reason })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(await answerTo(textAt(body, 'code'), textAt(body, 'oneTimePassword')), 906)
  assert.equal((await post(ole, `/grant-requests/${request}/grant`, { reason })).status, 404)
  const { rows } = await ownerPool.run(
    statement('test-two', `select actor, detail from audit where detail->>'personCode' = $1`),
    [textAt(body, 'code')],
  )
  assert.deepEqual(
    rows.map(({ actor, detail }) => [actor, at(detail, 'grantedBy')]),
    [[karen.code, ole.code]],
  )
})

test('an administrator does not grant with a code that they have reset', async () => {
  const other = await newAdministrator(server, 'W0000205', '0001')
  const request = await ask(karen)
  const { body } = await post(karen, `/person-codes/${other.code}/reset`, { reason })
  const oneTime = { userId: other.code, password: textAt(body, 'oneTimePassword') }
  const password = newPassword()
  const change = { ...oneTime, newPassword: password, source: '127.0.0.1' }
  assert.equal((await changePassword(access, change, clock())).kind, 'changed')
  const code = personCode(other.code)
  const token = await signOn(server, { ...clerk, code, password })
  const answer = await post({ token }, `/grant-requests/${request}/grant`, { reason })
  assert.deepEqual([answer.status, receiptIn(answer.body)], [403, 9068])
  assert.deepEqual(await refusals('request', request), [[9068, code, '0001', '127.0.0.1', reason]])
  assert.equal((await post(ole, `/grant-requests/${request}/grant`, { reason })).status, 200)
})

test('what an administrator was refused stands in the evidence with who, on whom and why', async () => {
  const code = await make(karen)
  assert.equal((await post(karen, `/person-codes/${code}/retire`, { reason })).status, 200)
  for (const act of ['lock', 'reset']) {
    assert.equal((await post(karen, `/person-codes/${code}/${act}`, { reason: act })).status, 409)
  }
  const wanted = { group: 'municipality', authority: '0751', code, reason: 'taken' }
  assert.equal((await post(karen, '/person-codes', wanted)).status, 422)
  assert.deepEqual(
    await refusals('personCode', code),
    ['lock', 'reset', 'taken'].map((why) => [9067, karen.code, '0001', '127.0.0.1', why]),
  )
})

test('of two who grant at once one makes the code', async () => {
  const request = await ask(karen, 'W0000299')
  const grants = [ole, ole].map((who) => post(who, `/grant-requests/${request}/grant`, { reason }))
  const statuses = (await Promise.all(grants)).map(({ status }) => status).sort()
  assert.equal(statuses[0], 200)
  assert.ok(statuses[1] === 404 || statuses[1] === 409)
})

test('the one who asked may take it back, and another may refuse it', async () => {
  for (const who of [karen, ole]) {
    const request = await ask(karen)
    assert.equal((await post(who, `/grant-requests/${request}/refuse`, { reason })).status, 200)
    assert.equal((await post(ole, `/grant-requests/${request}/grant`, { reason })).status, 404)
  }
})

test('a move to another group waits too, is not for the moved one to grant, and ends its tokens', async () => {
  const token = await signOn(server, clerk)
  const moved = { group: 'log-reviewer', authority: '0751', reason }
  const { status, body } = await post(aarhus, `/person-codes/${clerk.code}/move`, moved)
  assert.equal(status, 202, JSON.stringify(body))
  const again = await post(aarhus, `/person-codes/${clerk.code}/move`, moved)
  assert.deepEqual([again.status, receiptIn(again.body)], [409, 9067])
  assert.equal((await get({ token }, '/pending')).status, 200)
  const path = `/grant-requests/${textAt(body, 'request')}/grant`
  assert.equal((await post(aarhus, path, { reason })).status, 403)
  assert.equal((await post(aarhusToo, path, { reason })).status, 200)
  assert.equal((await get({ token }, '/pending')).status, 401)
  const after = await signOn(server, clerk)
  assert.equal((await get({ token: after }, '/pending')).status, 403)
})

test('a municipality grants nothing that the office asked for elsewhere', async () => {
  const wanted = { group: 'administrator', authority: '0851', reason }
  const { body } = await post(karen, '/person-codes', wanted)
  const path = `/grant-requests/${textAt(body, 'request')}/grant`
  assert.equal((await post(aarhus, path, { reason })).status, 404)
  const { body: waiting } = await get(aarhus, '/grant-requests')
  assert.deepEqual([...new Set(listAt(waiting, 'items').map((each) => at(each, 'authority')))], [])
})

test('the database itself refuses the second name of the first, whatever the program does', async () => {
  const request = await ask(karen)
  const settle = statement(
    'test-settle',
    `update grant_request set settled_by = $2, settled_at = now(), granted = true where id = $1`,
  )
  await assert.rejects(pool.run(settle, [request, karen.code]), { code: '23514' })
  const { count } = await pool.run(settle, [request, ole.code])
  assert.equal(count, 1)
})

test('what cannot be is refused with its field', async () => {
  const wanted = { group: 'municipality', authority: '0751', reason }
  const cases: readonly (readonly [object, number, string])[] = [
    [{ group: 'boss' }, 422, 'group'],
    [{ code: 'w1' }, 422, 'code'],
    [{ sources: ['10.0.0.0/8'] }, 422, 'sources'],
    [{ code: codes.citizen.code }, 422, 'code'],
  ]
  for (const [more, status, field] of cases) {
    const answer = await post(karen, '/person-codes', { ...wanted, ...more })
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    assert.equal(at(listAt(answer.body, 'refusals')[0], 'field'), field)
  }
})
