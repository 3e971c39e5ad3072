/** The feed of events over real HTTP: who is told of what, in which order, and nothing more (A44). */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openJson } from '#client/json.ts'
import { addSubscription } from '#store/feed.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { askUntil } from '#test/patience.ts'
import { openTestServer, type TestCode } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool, clock } = server
await ownerPool.script('update address set rooms = 9')

const [, leaver] = scenario.flatmates

const receivers = {
  here: await server.newCode('receiver', '0011'),
  there: await server.newCode('receiver', '0851'),
  names: await server.newCode('receiver', '0011'),
  private: await server.newCode('receiver', '0043'),
  nothing: await server.newCode('receiver', '0011'),
}
type Receiver = keyof typeof receivers
const by = () => ({ actor: 'test', purpose: 'test', now: clock(), random: randomBytes })
const subscribe = (receiver: Receiver, municipality: string, type = '') => {
  const { code: personCode } = receivers[receiver]
  return addSubscription(ownerPool, { personCode, municipality, type }, by())
}
await subscribe('here', '0751')
await subscribe('there', '0851')
await subscribe('names', '0751', 'N01')
await subscribe('private', '0751')

const tokens = new Map<string, string>()
async function tokenOf(code: TestCode): Promise<string> {
  const token = tokens.get(code.code) ?? (await signOn(server, code))
  tokens.set(code.code, token)
  return token
}

type Item = { readonly pnr: string; readonly eventNo: number; readonly id: string }

/** All that a receiver is told, from a place on, page by page. */
async function told(receiver: Receiver, limit = 1000): Promise<readonly Item[]> {
  const token = await tokenOf(receivers[receiver])
  const items: Item[] = []
  for (let next = ''; ; ) {
    const cursor = next === '' ? '' : `&cursor=${next}`
    const { body, status } = await send(server, {
      path: `/api/v1/events?limit=${limit}${cursor}`,
      token,
    })
    assert.equal(status, 200)
    items.push(...listAt(body, 'items').map((each) => each as Item))
    const reached = textAt(body, 'next')
    if (reached === next || (next === '' && listAt(body, 'items').length === 0 && limit >= 1000)) {
      return items
    }
    next = reached
  }
}

/** What is told of a person, once the server's other databases let the horizon pass (D-3). */
function toldOf(receiver: Receiver, pnr: string, count: number): Promise<readonly Item[]> {
  return askUntil(
    async () => (await told(receiver)).filter((item) => item.pnr === pnr),
    (found) => found.length >= count,
  )
}

async function move(pnr: string, municipality: string, nth: number): Promise<void> {
  const data = moveTo(emptyIn(server, municipality, nth))
  const citizen = await tokenOf(codes.citizen)
  const { id } = await beginPending(server, citizen, { pnr, municipality, data })
  const decider = municipality === '0751' ? codes.municipality : codes.otherMunicipality
  const reply = await step(server, await tokenOf(decider), `pending/${id}/approve`)
  assert.equal(reply.status, 200, reply.bytes.toString())
}

await move(scenario.ordinaryAdult, '0751', 0)
await move(leaver, '0851', 0)
await move(scenario.protectedAdult, '0751', 1)

test('a receiver is told of the municipality it has subscribed to, also of those who leave it', async () => {
  assert.equal((await toldOf('here', scenario.ordinaryAdult, 1)).length, 1)
  assert.equal((await toldOf('here', leaver, 1)).length, 1)
  assert.equal((await toldOf('there', leaver, 1)).length, 1)
  const there = await told('there')
  assert.ok(!there.some(({ pnr }) => pnr === scenario.ordinaryAdult))
  assert.deepEqual(await told('nothing'), [])
})

test('only of the types of event that it has subscribed to', async () => {
  assert.deepEqual(await told('names'), [])
  const type = (await toldOf('here', scenario.ordinaryAdult, 1))[0]
  await subscribe('names', '0751', String(at(type, 'type')))
  assert.equal((await toldOf('names', scenario.ordinaryAdult, 1)).length, 1)
})

test('a private receiver is told nothing of the protected, a public one their number', async () => {
  assert.equal((await toldOf('here', scenario.protectedAdult, 1)).length, 1)
  assert.equal((await toldOf('private', scenario.ordinaryAdult, 1)).length, 1)
  assert.ok(!(await told('private')).some(({ pnr }) => pnr === scenario.protectedAdult))
})

test('numbers and kinds are told, and not what it was changed to', async () => {
  const [item] = await toldOf('here', scenario.ordinaryAdult, 1)
  assert.deepEqual(Object.keys(item ?? {}).toSorted(), [
    ...['eventNo', 'id', 'kind', 'pnr', 'recordedAt', 'type'],
  ])
})

test('page by page nothing is missed, and each person’s events come in their order', async () => {
  await toldOf('here', scenario.protectedAdult, 1)
  const whole = await told('here')
  assert.deepEqual(await told('here', 7), whole)
  const last = new Map<string, number>()
  for (const { pnr, eventNo } of whole) {
    assert.ok(eventNo > (last.get(pnr) ?? 0))
    last.set(pnr, eventNo)
  }
  assert.equal(new Set(whole.map(({ id }) => id)).size, whole.length)
})

test('what is still being written holds back what was begun after it', async () => {
  const seen = (await told('here')).length
  await ownerPool.transaction(async (session) => {
    await session.script('select pg_current_xact_id()')
    await move(scenario.ordinaryAdult, '0751', 2)
    assert.equal((await told('here')).length, seen)
  })
  assert.equal((await toldOf('here', scenario.ordinaryAdult, 2)).length, 2)
})

test('a cursor that was never given is refused, and the SDK goes on from one that was', async () => {
  const token = await tokenOf(receivers.here)
  const bad = await send(server, { path: '/api/v1/events?cursor=x', token })
  assert.equal(bad.status, 400)
  const { code: personCode, password } = receivers.here
  const client = openJson({ url: server.url, personCode, password })
  const first = await client.events()
  assert.ok(first.ok)
  const second = await client.events(first.value.next)
  assert.ok(second.ok && second.value.items.length === 0)
})

test('what was told is on record, with those it was about', async () => {
  await told('here')
  const { rows } = await ownerPool.script(
    `select persons from audit where act = 'receive-events' and actor = '${receivers.here.code}'
     and persons <> '{}' order by id desc limit 1`,
  )
  assert.ok(JSON.stringify(rows[0]).includes(scenario.ordinaryAdult))
})

test('nobody is subscribed to what is no municipality, nor who is no receiver', async () => {
  assert.equal(await subscribe('here', '0001'), false)
  const subscription = { personCode: codes.citizen.code, municipality: '0751', type: '' }
  assert.equal(await addSubscription(ownerPool, subscription, by()), false)
})
