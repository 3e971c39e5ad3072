/** Deposits over real HTTP: whose they are, which version stands, how much, and how long. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openJson } from '#client/json.ts'
import { runTimeWork } from '#server/time-work.ts'
import { houseOn } from '#test/casework/stand.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'
import { holdTimeWork } from '#test/time-work.ts'

let ahead = 0
const began = Date.now()
const server = await openTestServer({ clock: () => new Date(began + ahead) })
const { scenario, codes, ownerPool, pool, clock } = server
await holdTimeWork(ownerPool)
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const { ordinaryAdult: mine, protectedAdult: hers } = scenario
const dayMs = 86_400_000
const house = houseOn(pool, clock)

const newKey = () => randomBytes(16).toString('base64url')
const sealed = (text: string) => Buffer.from(text).toString('base64url')
const path = (kind: string, key: string) => `/api/v1/deposits/${kind}/${key}`

const put = (key: string, more: object = {}, kind = 'draft', token: string | undefined = citizen) =>
  send(server, {
    method: 'PUT',
    path: path(kind, key),
    token,
    body: { content: sealed('first'), concerns: [mine], ...more },
  })
const get = (key: string, kind = 'draft', token: string | undefined = citizen) =>
  send(server, { path: path(kind, key), token })
const remove = (key: string, kind = 'draft', token: string | undefined = citizen) =>
  send(server, { method: 'DELETE', path: path(kind, key), token })
const list = (pnr: string, kind = 'draft', token: string | undefined = citizen) =>
  send(server, { path: `/api/v1/deposits/${kind}/lookup`, body: { pnr }, token })
const removeAll = (pnr: string, kind: string) =>
  send(server, { path: `/api/v1/deposits/${kind}/remove`, body: { pnr }, token: citizen })

async function actsOf(pnr: string): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select act || ' ' || purpose as said from audit
     where '${pnr}' = any(persons) and act like '%deposit' order by xid`,
  )
  return rows.map(({ said }) => String(said))
}

test('what was stored is given back as it was, with its version, and its end in thirty days', async () => {
  const key = newKey()
  const first = await put(key)
  assert.equal(first.status, 200)
  const end = new Date(clock().valueOf() + 30 * dayMs).toISOString()
  assert.ok(textAt(first.body, 'expiresAt') <= end)
  const found = await get(key)
  assert.equal(at(found.body, 'content'), sealed('first'))
  assert.deepEqual([at(found.body, 'version'), at(found.body, 'concerns')], [1, [mine]])
  assert.equal(at((await put(key, { content: sealed('second') })).body, 'version'), 2)
  assert.equal(at((await get(key)).body, 'content'), sealed('second'))
  assert.deepEqual((await remove(key)).body, { removed: 1 })
  assert.deepEqual((await remove(key)).body, { removed: 0 })
  const gone = await get(key)
  assert.deepEqual([gone.status, at(gone.body, 'receipt')], [404, 9075])
})

test('of two who store over the same version, one is told to fetch it anew', async () => {
  const key = newKey()
  assert.equal((await put(key, { replaces: 1 })).status, 409)
  assert.equal((await put(key, { replaces: 0 })).status, 200)
  assert.equal((await put(key, { replaces: 0 })).status, 409)
  const both = await Promise.all([put(key, { replaces: 1 }), put(key, { replaces: 1 })])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
  const late = await put(key, { replaces: 1 })
  assert.deepEqual([late.status, at(late.body, 'receipt')], [409, 9076])
  await remove(key)
})

test('a person code reaches its own deposits and no other, and a stranger none', async () => {
  const key = newKey()
  await put(key)
  assert.equal((await get(key, 'draft', clerk)).status, 404)
  assert.deepEqual(listAt((await list(mine, 'draft', clerk)).body, 'items'), [])
  assert.deepEqual((await remove(key, 'draft', clerk)).body, { removed: 0 })
  assert.equal((await put(key, { content: sealed('theirs') }, 'draft', clerk)).status, 200)
  assert.equal(at((await get(key)).body, 'content'), sealed('first'))
  assert.equal((await get(key, 'browser-session')).status, 404)
  const none = { method: 'PUT', path: path('draft', key), body: { content: 'QQ', concerns: [] } }
  for (const request of [none, { path: path('draft', key) }]) {
    assert.equal((await send(server, request)).status, 401)
  }
  await remove(key, 'draft', clerk)
  await remove(key)
})

test('all that concern a person are listed and removed together: log-out everywhere', async () => {
  const keys = [newKey(), newKey(), newKey()]
  for (const key of keys) await put(key, {}, 'browser-session')
  const other = newKey()
  await put(other, { concerns: [hers] }, 'browser-session')
  assert.equal(listAt((await list(mine, 'browser-session')).body, 'items').length, 3)
  assert.deepEqual((await removeAll(mine, 'browser-session')).body, { removed: 3 })
  assert.deepEqual(listAt((await list(mine, 'browser-session')).body, 'items'), [])
  assert.equal((await get(other, 'browser-session')).status, 200)
})

test('a power of attorney is found by its giver and by its holder', async () => {
  const key = newKey()
  await put(key, { concerns: [mine, hers] }, 'power-of-attorney')
  for (const pnr of [mine, hers]) {
    const items = listAt((await list(pnr, 'power-of-attorney')).body, 'items')
    assert.deepEqual(
      items.map((each) => at(each, 'key')),
      [key],
    )
  }
  const alone = await put(newKey(), { concerns: [mine] }, 'power-of-attorney')
  assert.deepEqual([alone.status, at(alone.body, 'receipt')], [422, 9027])
})

test('each act on what concerns a person is on record, of a browser session its begin and end', async () => {
  const pnr = scenario.newcomer
  const key = newKey()
  await put(key, { concerns: [pnr] })
  await get(key)
  await list(pnr)
  await remove(key)
  const session = newKey()
  await put(session, { concerns: [pnr] }, 'browser-session')
  await put(session, { concerns: [pnr] }, 'browser-session')
  await get(session, 'browser-session')
  await removeAll(pnr, 'browser-session')
  await removeAll(pnr, 'browser-session')
  assert.deepEqual(await actsOf(pnr), [
    ...['put-deposit', 'read-deposit', 'read-deposit', 'remove-deposit'].map(
      (act) => `${act} deposit draft`,
    ),
    ...['put-deposit', 'remove-deposit'].map((act) => `${act} deposit browser-session`),
  ])
})

test('what is over is gone at its instant, and swept away afterwards', async () => {
  const key = newKey()
  const soon = new Date(clock().valueOf() + 60_000).toISOString()
  await put(key, { expiresAt: soon })
  assert.equal((await get(key)).status, 200)
  ahead += 60_000
  assert.equal((await get(key)).status, 404)
  assert.equal((await put(key, { replaces: 1 })).status, 409)
  const held = () => ownerPool.script(`select count(*)::int as n from deposit where key = '${key}'`)
  assert.equal((await held()).rows[0]?.['n'], 1)
  const done = await runTimeWork(pool, house)
  assert.equal(done['depositsExpired'], 1)
  assert.equal((await held()).rows[0]?.['n'], 0)
  const again = newKey()
  await put(again, { expiresAt: new Date(clock().valueOf() + 1_000).toISOString() })
  ahead += 1_000
  assert.equal((await put(again, { replaces: 0 })).status, 200, 'over, though not swept')
})

test('no kind is kept longer than it may, and nothing from the past', async () => {
  for (const [kind, days] of [
    ['draft', 30],
    ['browser-session', 1],
  ] as const) {
    const tooLate = new Date(clock().valueOf() + days * dayMs + 60_000).toISOString()
    for (const expiresAt of [tooLate, clock().toISOString()]) {
      const reply = await put(newKey(), { expiresAt }, kind)
      assert.deepEqual([reply.status, at(reply.body, 'receipt')], [422, 9078])
    }
  }
})

test('a person has fifty of a kind at most, and a provider a number in all', async () => {
  const pnr = scenario.centenarian
  const keys = Array.from({ length: 50 }, newKey)
  for (const key of keys) assert.equal((await put(key, { concerns: [pnr] })).status, 200)
  const over = await put(newKey(), { concerns: [pnr] })
  assert.deepEqual([over.status, at(over.body, 'receipt')], [422, 9077])
  assert.equal((await put(keys[0] ?? '', { concerns: [pnr] })).status, 200, 'one over another')
  assert.equal((await put(newKey(), { concerns: [hers, pnr] })).status, 200, 'that of another')
  await runTimeWork(pool, house)
  const { code } = codes.citizen
  const { rows } = await ownerPool.script(
    `select deposits from deposit_count where depositor = '${code}'`,
  )
  assert.ok(Number(rows[0]?.['deposits']) > 50)
  await ownerPool.script(`update deposit_count set deposits = 1000000 where depositor = '${code}'`)
  assert.equal(at((await put(newKey(), { concerns: [hers] })).body, 'receipt'), 9077)
  await runTimeWork(pool, house)
  assert.equal((await put(newKey(), { concerns: [hers] })).status, 200)
})

test('a key that could be a number, a content that is none, and a kind that is none are refused', async () => {
  const key = newKey()
  assert.equal((await put(mine)).status, 400)
  assert.equal((await put(key, { content: 'a+b/' })).status, 400)
  assert.equal((await put(key, { content: 'QR' })).status, 400, 'not what the bytes are written as')
  assert.equal((await put(key, { content: 'A'.repeat(43_692) })).status, 400)
  assert.equal((await put(key, { content: randomBytes(32_768).toString('base64url') })).status, 200)
  assert.equal((await put(key, { expiresAt: 'tomorrow' })).status, 400)
  assert.equal((await put(key, { more: 1 })).status, 400)
  assert.equal((await put(key, { concerns: ['0101'] })).status, 422)
  assert.equal((await put(key, {}, 'diary')).status, 404)
  assert.equal((await list('x')).status, 422)
  await remove(key)
})

test('the database gives the reader no content', async () => {
  const { rows } = await ownerPool.script(
    `select has_column_privilege('samspil_reader', 'deposit', 'content', 'select') as may`,
  )
  assert.equal(rows[0]?.['may'], false)
})

test('the client keeps bytes and gets them back', async () => {
  const { code: personCode, password } = codes.citizen
  const client = openJson({ url: server.url, personCode, password })
  const key = newKey()
  const content = randomBytes(300)
  const stored = await client.deposits.put('draft', key, { content, concerns: [mine], replaces: 0 })
  assert.ok(stored.ok && stored.value.version === 1)
  const found = await client.deposits.get('draft', key)
  assert.ok(found.ok)
  assert.deepEqual(Buffer.from(found.value.content), content)
  const all = await client.deposits.concerning('draft', mine)
  assert.ok(all.ok && all.value.some((each) => each['key'] === key))
  const removed = await client.deposits.remove('draft', key)
  assert.deepEqual(removed.ok && removed.value, { removed: 1 })
  const gone = await client.deposits.get('draft', key)
  assert.ok(!gone.ok && gone.problem.status === 404)
  const ended = await client.deposits.removeConcerning('browser-session', mine)
  assert.deepEqual(ended.ok && ended.value, { removed: 0 })
})
