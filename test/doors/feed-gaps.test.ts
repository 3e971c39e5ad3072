/**
 * A feed without gaps (A45): many write at once, some of it is taken back, and a receiver that
 * reads all the while is told of every event, and of each person's in their order.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { danishDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import { addSubscription } from '#store/feed.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { sized } from '#test/hostile/size.ts'
import { askUntil } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ persons: 300 })
const { ownerPool, pool, clock } = server
const writers = 16
const events = sized(2_000, 100_000)

const receiver = await server.newCode('receiver', '0011')
const by = { actor: 'test', purpose: 'test', now: clock(), random: randomBytes }
const { rows: towns } = await ownerPool.script(
  `select distinct municipality from person where municipality is not null`,
)
for (const { municipality } of towns) {
  const subscription = { personCode: receiver.code, municipality: String(municipality), type: '' }
  await addSubscription(ownerPool, subscription, by)
}
const token = await signOn(server, receiver)
const { rows: people } = await ownerPool.script(
  `select pnr, event_no from person where municipality is not null order by pnr limit 40`,
)
const last = new Map(people.map(({ pnr, event_no }) => [String(pnr), Number(event_no)]))
const numbers = [...last.keys()]

const today = danishDate(clock())

/** As a decision does: the next number of the person, which only one of several at once gets. */
async function write(nth: number, isTakenBack: boolean): Promise<string | undefined> {
  const pnr = numbers[nth % numbers.length] ?? ''
  for (;;) {
    const id = timedId(clock(), randomBytes)
    try {
      await pool.transaction(async (session) => {
        await session.script(
          `insert into event (pnr, event_no, id, kind, type, valid_from, recorded_at)
           select '${pnr}', max(event_no) + 1, '${id}', 'changed', 'N01', '${today}', now()
           from event where pnr = '${pnr}'`,
        )
        // So that others begin and end meanwhile.
        await pause(nth % 7)
        if (isTakenBack) throw new TakenBack()
      })
      return id
    } catch (error) {
      if (error instanceof TakenBack) return undefined
      if (!(error instanceof Error) || Reflect.get(error, 'code') !== '23505') throw error
    }
  }
}

class TakenBack extends Error {}

type Item = { readonly id: string; readonly pnr: string; readonly eventNo: number }
const told: Item[] = []
let cursor: string | undefined

async function read(): Promise<void> {
  const from = cursor === undefined ? '' : `&cursor=${cursor}`
  const { body, status } = await send(server, { path: `/api/v1/events?limit=500${from}`, token })
  assert.equal(status, 200)
  for (const each of listAt(body, 'items')) {
    const [id, pnr] = [textAt(each, 'id'), textAt(each, 'pnr')]
    told.push({ id, pnr, eventNo: Number(at(each, 'eventNo')) })
  }
  cursor = textAt(body, 'next')
}

test('of 2,000 events by 16 writers none is missed, and each person’s come in their order', async () => {
  const written: string[] = []
  let next = 0
  const writer = async () => {
    while (next < events) {
      const nth = next
      next += 1
      // One in twenty is taken back.
      const id = await write(nth, nth % 20 === 0)
      if (id !== undefined) written.push(id)
    }
  }
  let isWriting = true
  const reader = (async () => {
    while (isWriting) await read()
  })()
  await Promise.all(Array.from({ length: writers }, writer))
  isWriting = false
  await reader
  // What other databases of the server still write holds the feed back (D-3).
  await askUntil(read, () => told.length >= written.length)
  assert.deepEqual(new Set(told.map(({ id }) => id)), new Set(written))
  assert.equal(told.length, written.length, 'and none twice')
  for (const { pnr, eventNo } of told) {
    assert.equal(eventNo, (last.get(pnr) ?? 0) + 1, 'without a gap')
    last.set(pnr, eventNo)
  }
})
