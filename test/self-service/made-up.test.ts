/** Cookies that nobody was given cost the CPR server nothing, over real HTTP; those that were do. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openBetween } from '#test/self-service/between.ts'
import { openSite } from '#test/self-service/site.ts'

const between = await openBetween()
const site = await openSite({ cpr: between.cpr })
const url = await site.listen()
const { scenario } = site.server

/** What a browser with that cookie is answered, and how many calls it cost. */
async function ask(path: string, cookie: string, method: 'GET' | 'POST' = 'GET') {
  const before = between.came.length
  const own = { cookie, ...(method === 'POST' && { origin: 'https://site.example' }) }
  const answer = await fetch(`${url}${path}`, { method, headers: own, redirect: 'manual' })
  const { status, headers } = answer
  const body = (await answer.text()).replaceAll(/Reference: <strong>\w+/g, '')
  return { answered: [status, headers.get('location'), body], calls: between.came.length - before }
}

const paths = ['/en/', '/da/cases', '/en/addresses?municipality=0751&q=Test', '/da/nowhere']

test('a session that nobody was given is answered as none, and the CPR server is not asked', async () => {
  const given = await site.cookieOf(scenario.ordinaryAdult)
  const sealed = Buffer.from(given.slice('__Host-session='.length), 'base64url')
  const made = [
    'A'.repeat(43),
    randomBytes(32).toString('base64url'),
    randomBytes(sealed.length).toString('base64url'),
    ...[0, 11, 12, 27, 28, sealed.length - 1].map((at) =>
      Buffer.from(sealed.map((byte, place) => (place === at ? byte ^ 1 : byte))).toString(
        'base64url',
      ),
    ),
    sealed.subarray(0, -1).toString('base64url'),
  ]
  for (const path of paths) {
    const none = await ask(path, 'theme=dark')
    assert.equal(none.calls, 0, path)
    for (const value of made) {
      assert.deepEqual(await ask(path, `__Host-session=${value}`), none, `${path} ${value}`)
    }
  }
  for (const value of made) {
    const sent = await ask('/da/sign-out', `__Host-session=${value}`, 'POST')
    assert.deepEqual(sent, await ask('/da/sign-out', 'theme=dark', 'POST'))
    assert.equal(sent.calls, 0)
  }
  for (const path of paths) {
    assert.ok((await ask(path, given)).calls > 0, `the control: ${path} asks for who was given one`)
  }
})

test('nor by the cookie of a sign-in that was never begun, or of another place', async () => {
  const given = await site.cookieOf(scenario.ordinaryAdult)
  const elsewhere = given.replace('__Host-session=', '__Host-sign-in=')
  for (const cookie of ['theme=dark', `__Host-sign-in=${'A'.repeat(300)}`, elsewhere]) {
    const { answered, calls } = await ask('/sign-in/answer?code=x&state=y', cookie)
    assert.deepEqual([answered[0], calls], [403, 0], cookie)
  }
})

test('what the browser has of a session tells neither who it is nor what the server has', async () => {
  const cookies = [
    await site.cookieOf(scenario.ordinaryAdult),
    await site.cookieOf(scenario.ordinaryAdult),
  ]
  const [one = '', other = ''] = cookies.map((cookie) => cookie.slice('__Host-session='.length))
  const common = [...one].filter((letter, at) => letter === other[at]).length
  assert.ok(common < one.length / 4, 'two sessions of the same person look alike')
  for (const cookie of cookies) {
    const bytes = Buffer.from(cookie.slice('__Host-session='.length), 'base64url')
    assert.ok(!bytes.includes(scenario.ordinaryAdult) && !cookie.includes(scenario.ordinaryAdult))
  }
})
