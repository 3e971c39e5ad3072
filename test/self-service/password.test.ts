/** The provider's password changes itself while the citizens' site runs, and nobody notices. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { passwordFile } from '#cli/password-file.ts'
import { openJson } from '#client/index.ts'
import { openSelfService } from '#self-service/app.ts'
import { openKeptClients } from '#self-service/clients.ts'
import { openSessions } from '#self-service/session.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { generousPages, openTestServer } from '#test/server.ts'
import { sealWith } from '#web/seal.ts'

const dayMs = 86_400_000
let now = Date.now()
const clock = () => new Date(now)
const server = await openTestServer({ clock })
const { code, password } = server.codes.citizen
const folder = mkdtempSync(join(tmpdir(), 'samspil-site-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'password')
const sealKey = randomBytes(32)
const pnr = server.scenario.ordinaryAdult

const kept = () => readFileSync(path, 'utf8').trim()

function openSite() {
  const account = { cpr: server.url, personCode: code }
  const clients = openKeptClients(account, passwordFile(path))
  const origin = () => 'https://site.example'
  const app = openSelfService({
    ...{ clients, origin, sealKey, clock, issuer: () => 'https://idp.example' },
    ...{ clientId: 'site', clientSecret: 'secret', levels: ['high'], isSandbox: false },
    log: watchedLog(),
    newReference: () => 'reference',
    isClosed: () => false,
    limits: generousPages,
  })
  return { app, sessions: openSessions(clients, sealWith(sealKey, randomBytes), clock) }
}

test('before day 90 the password is another one, and the site goes on with it', async () => {
  writeFileSync(path, password)
  const { app, sessions } = openSite()
  const pageOf = async () => {
    const cookie = await sessions.open({ pnr, name: 'Aksel Ærø' }, undefined)
    const page = await app.inject({ url: '/en/', headers: { cookie } })
    return [page.statusCode, page.body.includes('Aksel Ærø')]
  }
  assert.deepEqual(await pageOf(), [200, true])
  assert.equal(kept(), password, 'a fresh one stays')
  let days = 0
  // As in production: somebody comes each day.
  for (; days < 95; days += 1) {
    assert.deepEqual(await pageOf(), [200, true], `day ${days}`)
    if (kept() !== password) break
    now += dayMs
  }
  assert.ok(days >= 60 && days < 90, `changed on day ${days}`)
  const again = await openJson({ url: server.url, personCode: code, password: kept() }).signOn()
  assert.ok(again.ok, 'what is kept is what holds')
  const old = await openJson({ url: server.url, personCode: code, password }).signOn()
  assert.ok(!old.ok, 'and the old one is over')
  await app.close()
})

test('two processes that share the file change it once, and both go on', async () => {
  now += 80 * dayMs
  const before = kept()
  const sites = [openSite(), openSite()]
  const cookies = await Promise.all(
    sites.map(({ sessions }) => sessions.open({ pnr, name: 'Aksel Ærø' }, undefined)),
  )
  const pages = await Promise.all(
    sites.flatMap(({ app }) =>
      cookies.map((cookie) => app.inject({ url: '/en/', headers: { cookie } })),
    ),
  )
  assert.deepEqual(
    pages.map(({ statusCode, body }) => [statusCode, body.includes('Aksel Ærø')]),
    Array(4).fill([200, true]),
  )
  assert.notEqual(kept(), before)
  assert.doesNotMatch(kept(), /\n/)
  for (const { app } of sites) await app.close()
})

test('a site that nobody used for a year goes on, too', async () => {
  now += 365 * dayMs
  const before = kept()
  const { app, sessions } = openSite()
  const cookie = await sessions.open({ pnr, name: 'Aksel Ærø' }, undefined)
  assert.equal((await app.inject({ url: '/da/', headers: { cookie } })).statusCode, 200)
  assert.notEqual(kept(), before)
  await app.close()
})
