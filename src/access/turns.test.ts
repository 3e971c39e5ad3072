/** Turns: one at a time for a key, in order, whatever the work does. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Turns } from '#access/turns.ts'

test('work for one key runs one at a time, in the order of asking', async () => {
  const turns = new Turns()
  const seen: string[] = []
  const work = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`)
    await wait(ms)
    seen.push(`${name} ends`)
  }
  await Promise.all([turns.take('a', work('first', 5)), turns.take('a', work('second', 0))])
  assert.deepEqual(seen, ['first begins', 'first ends', 'second begins', 'second ends'])
})

test('another key does not wait', async () => {
  const turns = new Turns()
  let open = () => {}
  const first = turns.take('a', () => new Promise<void>((resolve) => (open = resolve)))
  assert.equal(await turns.take('b', async () => 'done'), 'done')
  open()
  await first
})

test('work that fails fails alone', async () => {
  const turns = new Turns()
  const failing = turns.take('a', async () => Promise.reject(new Error('no')))
  const next = turns.take('a', async () => 'done')
  await assert.rejects(failing, /no/)
  assert.equal(await next, 'done')
})
