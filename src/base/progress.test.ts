/** The progress line, on a terminal and elsewhere. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProgress } from '#base/progress.ts'

function recorded(isTTY: boolean) {
  const written: string[] = []
  const time = { now: 5000 }
  const stream = { isTTY, write: (text: string) => written.push(text) }
  const progress = openProgress('Loading', { stream, clock: () => time.now })
  return { written, time, progress }
}

test('what is done within a second says nothing', () => {
  for (const isTTY of [true, false]) {
    const { written, time, progress } = recorded(isTTY)
    for (time.now = 5000; time.now < 6000; time.now += 50) progress.tell(time.now - 5000, 1000)
    progress.end()
    assert.deepEqual(written, [])
  }
})

test('a terminal shows one line that is drawn again and taken away at the end', () => {
  const { written, time, progress } = recorded(true)
  for (const at of [6000, 6050, 6100]) {
    time.now = at
    progress.tell(at - 6000, 200)
  }
  progress.end()
  assert.deepEqual(written, [
    '\r\u001b[2KLoading 0 % (0 of 200)',
    '\r\u001b[2KLoading 50 % (100 of 200)',
    '\r\u001b[2K',
  ])
})

test('elsewhere there is one line for each tenth', () => {
  const { written, time, progress } = recorded(false)
  for (let done = 0; done <= 100; done += 1) {
    time.now = 7000
    progress.tell(done, 100)
  }
  progress.end()
  assert.equal(written.length, 10)
  assert.equal(written[0], 'Loading 10 % (10 of 100)\n')
})
