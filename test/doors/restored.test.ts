/**
 * After a restore on another server, whose transactions count from the start: nothing of before is
 * withheld, nothing of after is passed over, no place of before holds, and nobody is signed on.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { addSubscription, raiseFeedEpoch } from '#store/feed.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, type Reply, send, signOn, textAt } from '#test/doors/talk.ts'
import { askUntil } from '#test/patience.ts'
import { newPassword, openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool, clock } = server
const receiver = await server.newCode('receiver', '0011')
const by = () => ({ actor: 'test', purpose: 'test', now: clock(), random: randomBytes })
const subscription = { personCode: receiver.code, municipality: '0751', type: '' }
await addSubscription(ownerPool, subscription, by())

class TakenBack extends Error {}

async function move(pnr: string, nth: number): Promise<void> {
  const data = moveTo(emptyIn(server, '0751', nth))
  const { id } = await beginPending(server, await signOn(server, codes.citizen), { pnr, data })
  const clerk = await signOn(server, codes.municipality)
  assert.equal((await step(server, clerk, `pending/${id}/approve`)).status, 200)
}

type Feed = { readonly path: string; readonly place: string; readonly name: string }
const events: Feed = { path: '/api/v1/events', place: 'cursor', name: 'pnr' }
const notices: Feed = { path: '/api/v1/notices', place: 'after', name: 'kind' }

function ask({ path, place }: Feed, token: string, from: string): Promise<Reply> {
  return send(server, { path: `${path}?limit=2&${from && `${place}=${from}`}`, token })
}

/** All from a place on, page by page, and the place reached. */
async function told(feed: Feed, token: string, from = '') {
  const names: string[] = []
  for (let next = from; ; ) {
    const { body, status } = await ask(feed, token, next)
    assert.equal(status, 200)
    names.push(...listAt(body, 'items').map((each) => textAt(each, feed.name)))
    const reached = textAt(body, 'next')
    if (reached === next) return { names, reached }
    next = reached
  }
}

/** Asked again where it comes short: other files' transactions hold the horizon back (D-3). */
function toldAll(feed: Feed, token: string, count: number, from = '') {
  return askUntil(
    () => told(feed, token, from),
    ({ names }) => names.length >= count,
  )
}

const [first, second] = scenario.flatmates
const third = scenario.ordinaryAdult
await move(first, 0)
await move(second, 1)
const before = await signOn(server, receiver)
const oldEvents = await toldAll(events, before, 2)
const oldNotices = await toldAll(notices, before, 1)

/** The same place as a server told it that knew no epoch of notices. */
const [, , ...earlier] = Buffer.from(oldNotices.reached, 'base64url').toString().split(' ')
const earlierPlace = Buffer.from(earlier.join(' ')).toString('base64url')
const [noticesAfter, noticesFromEmpty] = await Promise.all(
  [earlierPlace, Buffer.from('0 ').toString('base64url')].map((from) =>
    told(notices, before, from),
  ),
)
// As another server wrote it, which had counted further than this one has.
for (const table of ['event', 'notice']) {
  await ownerPool.script(
    `update ${table} set xid = (xid::text::bigint + 1000000000000)::text::xid8`,
  )
}
assert.deepEqual((await told(events, before)).names, [], 'the horizon withholds it')
const epoch = await raiseFeedEpoch(ownerPool)
const { rows: minutes } = await ownerPool.script(
  'select floor(extract(epoch from now()) / 60)::int as minute',
)
const token = await signOn(server, receiver)

test('the epoch is that of the minute, and who had signed on signs on anew', async () => {
  const past = Number(minutes[0]?.['minute']) - epoch
  assert.ok(past >= -1 && past <= 1, `${past} minutes ago`)
  assert.equal((await ask(events, before, '')).status, 401)
})

test('a place of before is answered “begin anew”, of events and of notices', async () => {
  for (const [feed, { reached }] of [
    [events, oldEvents],
    [notices, oldNotices],
    [notices, { reached: earlierPlace }],
  ] as const) {
    const { status, body } = await ask(feed, token, reached)
    assert.deepEqual([status, at(body, 'receipt')], [409, 9063], feed.path)
  }
})

test('a place of notices that names no epoch held until then', () => {
  assert.deepEqual(noticesAfter, { names: [], reached: oldNotices.reached })
  assert.deepEqual(noticesFromEmpty?.names, oldNotices.names)
})

test('the next restore has a higher epoch, also within the same minute', async () => {
  const inVain = ownerPool.transaction(async (session) => {
    assert.ok((await raiseFeedEpoch(session)) > epoch)
    throw new TakenBack()
  })
  await assert.rejects(inVain, TakenBack)
})

test('from the start on all of before is told, and then what happens after', async () => {
  const again = await toldAll(events, token, 2)
  assert.deepEqual(again.names, [first, second])
  await move(third, 2)
  const more = await toldAll(events, token, 1, again.reached)
  assert.deepEqual(more.names, [third], 'and of a place of after the restore')
  assert.deepEqual((await told(events, token)).names, [first, second, third])
})

test('so are notices', async () => {
  const again = await toldAll(notices, token, oldNotices.names.length)
  assert.deepEqual(again.names, oldNotices.names)
  const { code: personCode, password } = receiver
  const body = { personCode, password, newPassword: newPassword() }
  const changed = await send(server, { path: '/api/v1/password', body })
  assert.equal(changed.status, 200)
  const anew = await signOn(server, { ...receiver, password: body.newPassword })
  const more = await toldAll(notices, anew, 1, again.reached)
  assert.deepEqual(more.names, ['password-changed'])
})
