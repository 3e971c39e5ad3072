/** Pages that nobody plans to see: unknown people, odd addresses, signing in again, a closed site. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { openSite } from '#test/self-service/site.ts'

let isClosed = false
const site = await openSite({ isClosed: () => isClosed })
const { scenario } = site.server
const nobody = present(fictionalPnr(date('1979-03-02'), 'M', 9), 'a number that nobody has')

test('who is not registered is told so, on every page of their own', async () => {
  const citizen = await site.as(nobody, 'Niels Ny')
  for (const path of ['', 'cases', 'letters', 'who-looked', 'powers', 'children']) {
    assert.equal((await citizen.get(`/en/${path}`)).status, 200, path)
  }
  const data = await citizen.get('/en/my-data')
  assert.equal(data.status, 200)
  assert.match(data.text, /Nothing is registered about Niels Ny/)
  const begun = await citizen.post('/en/report/marketing-protection')
  assert.equal(begun.status, 303)
})

test('whoever is signed in can sign out from a page that does not exist, and nobody else', async () => {
  const citizen = await site.as(scenario.ordinaryAdult)
  const lost = await citizen.get('/da/nowhere')
  assert.equal(lost.status, 404)
  assert.match(lost.body, /action="\/da\/sign-out"/)
  const stranger = await site.stranger.get('/da/nowhere')
  assert.equal(stranger.status, 404)
  assert.doesNotMatch(stranger.body, /sign-out/)
})

test('a question that is asked twice, or is none, is no fault of ours', async () => {
  const citizen = await site.as(scenario.ordinaryAdult)
  for (const path of [
    '/en/addresses?municipality=0751&q=aa&q=bb',
    '/en/addresses?municipality=0751&municipality=0851&q=aa',
    '/en/addresses?q[]=a&__proto__=1',
    '/en/my-data?on-day=1&on-day=x',
    '/en/cases?deleted=1&deleted=2',
    '/en/report/domestic-move?for=a&for=b',
    '/en/powers?given&given',
  ]) {
    assert.ok((await citizen.get(path)).status < 500, path)
  }
  assert.ok((await site.stranger.get('/en/?cancelled&cancelled')).status < 500)
})

test('for whom a page is survives that one has to sign in again', async () => {
  const key = 'A'.repeat(24)
  const { location } = await site.stranger.get(`/en/report/domestic-move?for=${key}&x=1`)
  const to = new URL(location, 'https://x.example').searchParams.get('to')
  assert.equal(to, `/en/report/domestic-move?for=${key}`)
})

test('a post of somebody whose session is over says so and does nothing', async () => {
  const { status, location } = await site.stranger.post('/da/report/domestic-move')
  assert.deepEqual([status, location], [303, '/da/expired'])
  const page = await site.stranger.get(location)
  assert.match(page.text, /Du er logget af/)
})

test('while the site is closed every page and every form says so, and it opens as it was', async () => {
  const citizen = await site.as(scenario.ordinaryAdult)
  const begun = await citizen.post('/da/report/domestic-move')
  isClosed = true
  for (const page of [
    await citizen.get('/da/'),
    await citizen.get(begun.location),
    await citizen.get('/da/nowhere'),
    await citizen.post('/da/sign-out'),
    await site.stranger.get('/da/sign-in'),
  ]) {
    assert.equal(page.status, 503)
    assert.match(page.text, /Lukket for vedligeholdelse/)
    assert.ok(Number(page.headers['retry-after']) > 0)
  }
  isClosed = false
  assert.equal((await citizen.get(begun.location)).status, 200)
})
