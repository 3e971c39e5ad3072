/** Where one is signed in: told for each browser, and ended for one or for all. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formsOf, openSite } from '#test/self-service/site.ts'

let ahead = 0
const began = Date.now()
const site = await openSite({ clock: () => new Date(began + ahead) })
const { scenario } = site.server
const minute = 60_000
const endings = (page: Parameters<typeof formsOf>[0]) =>
  formsOf(page).filter(({ to }) => /\/sign-ins\/.*\/end$/.test(to))

test('each sign-in is told with when it began and was last used; one or all can be ended', async () => {
  const pnr = scenario.ordinaryAdult
  const one = await site.as(pnr)
  ahead += 10 * minute
  const two = await site.as(pnr)
  const three = await site.as(pnr)
  const somebody = await site.as(scenario.newcomer)
  const page = await two.get('/en/sign-ins')
  assert.equal(page.status, 200)
  assert.equal(page.text.match(/This browser/g)?.length, 1)
  assert.equal(page.text.match(/Another browser/g)?.length, 2)
  assert.equal(page.text.match(/Begun .*? Last used /g)?.length, 3)
  const [other] = endings(page).slice(-1)
  const ended = await two.post(other?.to ?? '')
  assert.match((await two.get(ended.location)).text, /That browser is signed out/)
  assert.equal((await one.get('/en/powers')).status, 303, 'the one used least recently')
  assert.equal((await three.get('/en/powers')).status, 200)
  assert.equal((await two.post(other?.to ?? '')).status, 303, 'twice is once')
  await two.post('/en/sign-out')
  for (const each of [two, three]) assert.equal((await each.get('/en/powers')).status, 303)
  assert.equal((await somebody.get('/en/powers')).status, 200)
})

test('nobody ends the sign-in of another, and what is over is not told', async () => {
  const mine = await site.as(scenario.flatmates[0])
  const other = await site.as(scenario.flatmates[1])
  await site.as(scenario.flatmates[1])
  const [theirs] = endings(await other.get('/da/sign-ins'))
  assert.ok(theirs)
  await mine.post(theirs.to)
  assert.equal(endings(await other.get('/da/sign-ins')).length, 1)
  ahead += 20 * minute
  await other.get('/da/')
  ahead += 10 * minute
  assert.equal(endings(await other.get('/da/sign-ins')).length, 0)
})
