/** A CPR server that is asked too much: people are not signed out, and nothing is lost. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSite } from '#test/self-service/site.ts'

const budgets = { scale: 1, processes: 1 }
/** A minute that does not pass. */
const now = new Date()
const site = await openSite({ clock: () => now, parts: { budgets } })
const { scenario } = site.server
/** More lists than a person code may ask for in a minute. */
const listsMax = 600

test('when too much is asked the page says so, and the session goes on', async () => {
  const citizen = await site.as(scenario.ordinaryAdult)
  const whose = { pnr: scenario.withPending }
  for (let asked = 0; asked < listsMax + 50; asked += 50) {
    await Promise.all(Array.from({ length: 50 }, () => site.clients.json.own.cases(whose)))
  }
  const busy = await citizen.get('/en/cases')
  assert.equal(busy.status, 503)
  assert.match(busy.text, /Nothing that you have written is lost/)
  const start = await citizen.get('/en/report/domestic-move')
  assert.equal(start.status, 200, 'still signed in')
})
