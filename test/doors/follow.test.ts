/** What a citizen who follows an incident is told, from initiate until it has taken effect. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, date } from '#base/calendar.ts'
import { begin, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

let now = new Date('2026-03-02T09:00:00Z')
const server = await openTestServer({ clock: () => now })
const { codes, scenario } = server

test('a move ahead says what happens next at every step, and then that it has happened', async () => {
  const token = await signOn(server, codes.citizen)
  const clerk = await signOn(server, codes.municipality)
  const day = addDays(date('2026-03-02'), 14)
  const { id } = await begin(server, token, { pnr: scenario.ordinaryAdult, date: day })
  const path = `/api/v1/incidents/${id}`
  const follow = async (by: string) => {
    const { body } = await send(server, { path, token: by })
    const states = listAt(body, 'timeline').map((each) => at(each, 'state'))
    return { next: textAt(body, 'next', 'en'), states, actions: at(body, 'actions') }
  }
  const first = await follow(token)
  assert.match(first.next, /^Fill in/)
  assert.deepEqual([first.states, first.actions], [['initiated'], ['validate', 'cancel']])

  const data = moveTo(emptyIn(server, '0751'))
  await step(server, token, `incidents/${id}/validate`, { data })
  assert.match((await follow(token)).next, /^Save the report/)
  await step(server, token, `incidents/${id}/save`)
  const pending = await follow(token)
  assert.match(pending.next, /^Aarhus Kommune decides/)
  assert.deepEqual(pending.actions, ['withdraw'])
  assert.deepEqual((await follow(clerk)).actions, ['approve', 'reject', 'return', 'forward'])

  await step(server, clerk, `pending/${id}/approve`)
  const approved = await follow(token)
  assert.equal(approved.next, 'It takes effect on 16 March 2026')
  // The decision, and the letter that tells of it.
  const states = ['initiated', 'validated', 'pending', 'approved', 'approved']
  assert.deepEqual(approved.states, states)
  now = new Date(`${day}T00:00:00Z`)
  const later = await signOn(server, codes.citizen)
  assert.equal((await follow(later)).next, 'It has taken effect')
})
