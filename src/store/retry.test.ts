/** When work is repeated, how often, and how long it waits. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unavailable } from '#base/outage.ts'
import { type RetryOptions, withRetry } from '#store/retry.ts'

function failing(code: string, times: number) {
  const calls = { count: 0 }
  const work = async () => {
    calls.count += 1
    if (calls.count <= times) throw Object.assign(new Error(`failed with ${code}`), { code })
    return calls.count
  }
  return { calls, work }
}

function options(waits: number[] = []): RetryOptions {
  const sleep = async (ms: number) => {
    waits.push(ms)
  }
  return { random: () => 0.5, sleep }
}

test('a serialization failure and a deadlock are repeated', async () => {
  assert.equal(await withRetry(failing('40001', 2).work, options()), 3)
  assert.equal(await withRetry(failing('40P01', 4).work, options()), 5)
})

test('the waits double', async () => {
  const waits: number[] = []
  await withRetry(failing('40001', 4).work, options(waits))
  assert.deepEqual(waits, [8, 16, 32, 64])
})

test('the fifth loss is an outage in which nothing happened', async () => {
  const { calls, work } = failing('40001', 99)
  await assert.rejects(withRetry(work, options()), (error) => {
    assert.ok(error instanceof Unavailable)
    assert.equal(error.outcome, 'nothing-happened')
    return true
  })
  assert.equal(calls.count, 5)
})

test('a duplicate key is repeated only on request, and stays itself in the end', async () => {
  const plain = failing('23505', 1)
  await assert.rejects(withRetry(plain.work, options()), { code: '23505' })
  assert.equal(plain.calls.count, 1)
  assert.equal(await withRetry(failing('23505', 1).work, { ...options(), onDuplicate: true }), 2)
  const always = withRetry(failing('23505', 99).work, { ...options(), onDuplicate: true })
  await assert.rejects(always, { code: '23505' })
})

test('any other error is thrown at once', async () => {
  const { calls, work } = failing('22012', 99)
  await assert.rejects(withRetry(work, options()), { code: '22012' })
  assert.equal(calls.count, 1)
})
