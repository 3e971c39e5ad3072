/** Days and instants in words: Danish and English, and by the clock in Denmark. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayClock, sayDay, sayInstant, sayShortDay, sayShortInstant } from '#base/day-words.ts'

const summer = new Date('2026-07-01T22:30:00Z')

test('a day is the same day everywhere', () => {
  assert.deepEqual(sayDay('2026-03-01'), { da: '1. marts 2026', en: '1 March 2026' })
  assert.deepEqual(sayShortDay('2026-12-10'), { da: '10. dec. 2026', en: '10 Dec 2026' })
})

test('an instant is told by the clock in Denmark, summer time with it', () => {
  assert.deepEqual(sayInstant(summer), {
    da: '2. juli 2026 kl. 00.30',
    en: '2 July 2026 at 00:30',
  })
  assert.deepEqual(sayShortInstant(summer), { da: '2. jul. 2026, 00.30', en: '2 Jul 2026, 00:30' })
  assert.deepEqual(sayClock(summer), { da: '00.30', en: '00:30' })
})
