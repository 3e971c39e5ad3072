/**
 * Every body of the contract over real HTTP: naughty strings, tricks and SQL in each of its texts
 * are taken as texts or refused (A20, A29, A48), and no column can be set by naming it (A28).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domesticMove } from '#incidents/domestic-move.ts'
import { newAdministrator } from '#test/doors/administrators.ts'
import { begin, beginPending, emptyIn, moveTo, step, today } from '#test/doors/incidents.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { storedIn } from '#test/doors/stored.ts'
import { at, type Reply, send, signOn } from '#test/doors/talk.ts'
import { type Body, bodiesOf, withValue } from '#test/hostile/bodies.ts'
import { injections, trace } from '#test/hostile/injections.ts'
import { naughty } from '#test/hostile/material.ts'
import { dealt, shareOf } from '#test/hostile/size.ts'
import { tricks } from '#test/hostile/tricks.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { codes, ownerPool, scenario } = server
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const administrator = await newAdministrator(server, 'W0000301', '0001')
const spare = await newAdministrator(server, 'W0000302', '0011', 'receiver')
const { id } = await beginPending(server, citizen, { pnr: scenario.newcomer })

const samples = {
  ...{ pnr: scenario.ordinaryAdult, date: today(server), municipality: '0751' },
  ...{ type: 'domestic-move', group: 'citizen', authority: '0042', reason: 'a test' },
  ...{ content: 'AAAA', data: {} },
}
const { body: document } = await send(server, { path: '/api/v1/openapi.json' })
const bodies = bodiesOf(document, samples)
const places = bodies.flatMap((body) => body.texts.map((place) => ({ body, place })))

/** What stands in a path: of things that are there, so that the body is looked at. */
const parameters: { readonly [name: string]: string } = {
  ...{
    id,
    code: spare.code,
    act: 'unlock',
    kind: 'draft',
    key: 'a-key-of-the-every-body-test',
    name: 'trial',
  },
}

/** All of it takes longer than a token lives, and by then this address may sign on no more. */
async function renewTokens(): Promise<void> {
  await ownerPool.script(
    "update token set issued_at = now(), expires_at = now() + interval '2 hours'",
  )
}

function tokenFor(path: string): string | undefined {
  if (/\/(?:sessions|password)/.test(path)) return undefined
  if (/\/(?:person-codes|grant-requests)/.test(path)) return administrator.token
  return /\/(?:pending|desk|policies)/.test(path) ? clerk : citizen
}

function put({ method, path }: Body, body: unknown): Promise<Reply> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? name)
  return send(server, { method, path: filled, token: tokenFor(path), body })
}

/** What the register holds; desks, accounts and deposits may well take a strange text. */
async function registered(): Promise<Readonly<Record<string, string>>> {
  const stored = await storedIn(ownerPool)
  const register = ['fact', 'event', 'person', 'address', 'road', 'authority', 'setting']
  return Object.fromEntries(Object.entries(stored).filter(([name]) => register.includes(name)))
}

test('the contract has its bodies and texts', () => {
  assert.ok(bodies.length >= 35, `${bodies.length} bodies`)
  assert.ok(places.length >= 100, `${places.length} texts`)
})

test(`every text of every body takes naughty strings and SQL as texts, or refuses them (${dealt})`, async () => {
  const stored = await registered()
  assert.ok(Object.keys(stored).length >= 4, Object.keys(stored).join())
  const offices = `select count(*)::int as n from person_code where security_group = 'cpr-office'`
  const before = (await ownerPool.script(offices)).rows
  let thrown = 0
  for (const [turn, { body, place }] of places.entries()) {
    await renewTokens()
    for (const text of shareOf([...naughty, ...tricks, ...injections], 60, turn)) {
      const reply = await put(body, withValue(body.plain, place, text))
      thrown += 1
      const shown = `${body.path} ${place.join('.')} ${JSON.stringify(text)}: ${reply.bytes.toString()}`
      assert.ok(reply.status < 500, shown)
      assert.ok(reply.status !== 401 || tokenFor(body.path) === undefined, shown)
      assert.doesNotMatch(reply.bytes.toString(), / at .*\.ts:|node_modules|syntax error/, shown)
      if (reply.status >= 400) assert.ok(receiptsOf(reply.body).length > 0, shown)
    }
  }
  assert.ok(thrown > 2_500, `${thrown} thrown`)
  assert.deepEqual((await ownerPool.script(offices)).rows, before)
  const { rows } = await ownerPool.script(`select to_regclass('${trace}') is null as clean`)
  assert.equal(rows[0]?.['clean'], true)
  assert.deepEqual(await registered(), stored)
})

/** What a statement that is put together of texts comes to; nothing of it is kept. */
async function ranAsText(text: string): Promise<'fails' | 'says more' | 'says nothing'> {
  let said: 'fails' | 'says more' | 'says nothing' = 'fails'
  const work = ownerPool.transaction(async (session) => {
    await session.script('set local statement_timeout = 1000')
    const { rows } = await session.script(`select code from person_code where code = '${text}'`)
    said = rows.length > 0 ? 'says more' : 'says nothing'
    throw new Error('nothing of it is kept')
  })
  await work.catch(() => undefined)
  return said
}

test('put together as text the same SQL breaks out of its statement: the control', async () => {
  const ran: string[] = []
  for (const text of injections) ran.push(await ranAsText(text))
  assert.ok(ran.filter((each) => each === 'fails').length > 100)
  assert.ok(ran.filter((each) => each === 'says more').length > 5, 'none found a person code')
})

async function columns(): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select distinct column_name as name from information_schema.columns
     where table_schema = 'public' order by column_name`,
  )
  return rows.map(({ name }) => String(name))
}

test(`no column of the database can be set by naming it in any body (A28) (${dealt})`, async () => {
  const named = await columns()
  assert.ok(named.length > 60)
  const stored = await storedIn(ownerPool)
  for (const [turn, body] of bodies.entries()) {
    const own = JSON.stringify(at(document, 'paths', body.path))
    for (const name of shareOf(named, 3, turn)) {
      // What a caller may say, though there is a column of that name too.
      if (own.includes(`"${name}"`)) continue
      const reply = await put(body, { ...body.plain, [name]: 'approved' })
      const shown = `${body.path} ${name}: ${reply.bytes.toString()}`
      const isJudged = body.path.includes('/policies/{name}') && body.method === 'PUT'
      const said = [reply.status, receiptsOf(reply.body)[0]]
      assert.deepEqual(said, isJudged ? [422, 9041] : [400, 16], shown)
    }
  }
  assert.deepEqual(await storedIn(ownerPool), stored)
})

test('no column can be set by naming it in the data of an incident (A28)', async () => {
  const { id: own } = await begin(server, citizen)
  const data = moveTo(emptyIn(server, '0751'))
  for (const name of await columns()) {
    if (Object.hasOwn(domesticMove.shape.fields, name)) continue
    const sent = { data: { ...data, [name]: 'approved' } }
    const reply = await step(server, citizen, `incidents/${own}/validate`, sent)
    assert.deepEqual([reply.status, receiptsOf(reply.body)], [422, [16]], name)
  }
})
