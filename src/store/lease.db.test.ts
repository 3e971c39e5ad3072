/** Of many processes one does the work at a time, and none of them can hold it up for ever. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { runLeased } from '#store/lease.ts'
import { openPool } from '#store/pool.ts'
import { openTestDatabase } from '#test/database.ts'

const { url } = await openTestDatabase()
const random = (bytes: number) => randomBytes(bytes)
const start = new Date('2026-03-29T00:59:30Z')
const later = (ms: number) => new Date(start.valueOf() + ms)
const minuteMs = 60_000

/** Each pool stands for a process; the last test closes them. */
const pools = Array.from({ length: 5 }, () => openPool(url, { max: 2 }))

function runAll(name: string, at: Date, work: () => Promise<void>) {
  const job = { name, everyMs: minuteMs }
  return Promise.all(pools.map((pool) => runLeased(pool, job, { at, random }, work)))
}

after(async () => {
  await Promise.all(pools.map((pool) => pool.close()))
})

test('of five processes at once one does the work', async () => {
  let runs = 0
  const work = async () => {
    runs += 1
  }
  const turns = await runAll('one', start, work)
  assert.equal(turns.filter((turn) => turn !== undefined).length, 1)
  assert.equal(runs, 1)
})

test('it is done again when its time has come, also over the change to summer time', async () => {
  let runs = 0
  const work = async () => {
    runs += 1
  }
  for (const seconds of [0, 30, 59]) await runAll('two', later(seconds * 1000), work)
  assert.equal(runs, 1)
  for (const seconds of [60, 90]) await runAll('two', later(seconds * 1000), work)
  assert.equal(runs, 2)
})

test('work that fails is tried again at once, and the failure is not swallowed', async () => {
  const job = { name: 'three', everyMs: minuteMs }
  const [pool, other] = pools
  assert.ok(pool && other)
  const failing = runLeased(pool, job, { at: start, random }, async () => {
    throw new Error('broken on purpose')
  })
  await assert.rejects(failing, /broken on purpose/)
  const turn = await runLeased(other, job, { at: start, random }, async () => 'done')
  assert.deepEqual(turn, { result: 'done' })
})

test('nobody begins while another works; who died holds it up until the lease ends', async () => {
  const job = { name: 'four', everyMs: minuteMs }
  const [dying, other] = pools
  assert.ok(dying && other)
  let wake = () => {}
  const asleep = new Promise<void>((resolve) => {
    wake = resolve
  })
  let begun = () => {}
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = runLeased(dying, job, { at: start, random }, async () => {
    begun()
    await asleep
    return 'slow'
  })
  await started
  const attempt = (at: Date) => runLeased(other, job, { at, random }, async () => 'other')
  assert.equal(await attempt(later(9 * minuteMs)), undefined)
  assert.deepEqual(await attempt(later(10 * minuteMs)), { result: 'other' })
  wake()
  assert.deepEqual(await slow, { result: 'slow' })
  // What came back late has given nothing back that is another's.
  assert.equal(await attempt(later(10 * minuteMs + 1)), undefined)
})
