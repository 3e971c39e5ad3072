/** Who is sent to sign in: every page that they are led back to is there. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openDesk } from '#desk/app.ts'
import { routes } from '#desk/paths.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { generousPages } from '#test/server.ts'

const desk = openDesk({
  // Nobody is signed in here, so it is never asked.
  ...{ cpr: 'http://127.0.0.1:9', origin: () => 'https://desk.example', log: watchedLog() },
  ...{ key: randomBytes(32), clock: () => new Date(), takesPasswords: true, limits: generousPages },
})

const headers = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
}

/** Where somebody who posts there is led to once they have signed in; empty for the cases. */
async function nextAfter(url: string): Promise<string | undefined> {
  const { statusCode, headers: given } = await desk.inject({ method: 'POST', url, headers })
  if (statusCode !== 303) return undefined
  const to = new URL(String(given.location), 'https://desk.example')
  return to.pathname === '/da/sign-in' ? (to.searchParams.get('next') ?? '') : undefined
}

test('what is posted after the end leads back to a page that is there, and never to nothing', async () => {
  const led = new Map<string, string>()
  for (const route of Object.values(routes)) {
    const url = route.replace(':language', 'da').replaceAll(/:\w+/g, 'x')
    const next = await nextAfter(`${url}?sort=newest`)
    if (next !== undefined && !url.endsWith('/sign-out')) led.set(url, next)
  }
  assert.ok(led.size > 18, [...led.keys()].join(' '))
  for (const [url, next] of led) {
    assert.notEqual((await desk.inject({ method: 'GET', url: next })).statusCode, 404, url)
    assert.match(next, /\?sort=newest$/)
  }
  assert.equal(led.get('/da/letters/print'), '/da/letters?sort=newest')
  assert.equal(led.get('/da/cases/x/history'), '/da/cases/x?sort=newest')
  assert.equal(led.get('/da/bulk/approve'), '/da/bulk?sort=newest')
  assert.equal(led.get('/da/reviews/x/x/judge'), '/da/reviews/x/x?sort=newest')
  assert.equal(led.get('/da/next'), '/da/?sort=newest')
})
