/** `samspil self-service` as an operator starts it: settings, the file that closes it, its password. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readKey } from '#cli/desk-command.ts'
import { openClients } from '#self-service/clients.ts'
import { openSessions } from '#self-service/session.ts'
import { ended, newFolder, start, urlOf, withVariables } from '#test/e2e/programs.ts'
import { newPassword, openTestServer, unusedUrl } from '#test/server.ts'
import { sealWith } from '#web/seal.ts'

// A real program, on a clock of its own, runs on the same database.
const server = await openTestServer({ clock: () => new Date() })
const { code, password } = server.codes.citizen
const folder = newFolder()
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
const secret = `canary-${randomBytes(12).toString('hex')}`
const closed = join(folder, 'closed')
const passwordFile = file('password', password)
const whole = {
  SAMSPIL_CPR: server.url,
  SAMSPIL_SELF_SERVICE_ORIGIN: 'https://selvbetjening.example',
  SAMSPIL_PROXIES: '127.0.0.1',
  SAMSPIL_SELF_SERVICE_KEY_FILE: file('key', randomBytes(32).toString('hex')),
  SAMSPIL_SELF_SERVICE_PERSON_CODE: code,
  SAMSPIL_SELF_SERVICE_PASSWORD_FILE: passwordFile,
  SAMSPIL_SELF_SERVICE_ISSUER: await unusedUrl(),
  SAMSPIL_SELF_SERVICE_CLIENT: 'site',
  SAMSPIL_SELF_SERVICE_CLIENT_SECRET_FILE: file('secret', secret),
  SAMSPIL_SELF_SERVICE_CLOSED_FILE: closed,
}

/** Of a session that another process of this site has opened, while the CPR server was there. */
async function givenCookie(): Promise<string> {
  const clients = openClients({ cpr: server.url, personCode: code }, () => password)
  const key = readKey(whole.SAMSPIL_SELF_SERVICE_KEY_FILE)
  const sessions = openSessions(clients, sealWith(key, randomBytes), server.clock)
  const who = { pnr: server.scenario.ordinaryAdult, name: 'Aksel Ærø' }
  return (await sessions.open(who, undefined)).split(';')[0] ?? ''
}

function without(variables: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([each]) => each !== name))
}

function begun(variables: Record<string, string>) {
  return withVariables(variables, async () => start('self-service', '--port', '0'))
}

async function opened(variables: Record<string, string>) {
  const program = await begun(variables)
  return { ...program, url: await urlOf(program) }
}

test('it says all that is missing, or is no setting, and does not start', async () => {
  for (const [variables, said] of [
    [{}, /SAMSPIL_CPR, SAMSPIL_SELF_SERVICE_ORIGIN, .*_KEY_FILE, .*_CLIENT_SECRET$/m],
    [without(whole, 'SAMSPIL_PROXIES'), /Set SAMSPIL_PROXIES to the proxy/],
    [{ ...whole, SAMSPIL_SELF_SERVICE_COLOUR: 'red' }, /_COLOUR is no setting/],
    [{ ...whole, SAMSPIL_SELF_SERVICE_PERSON_CODE: 'me' }, /_PERSON_CODE must be W and seven/],
    [{ ...whole, SAMSPIL_SELF_SERVICE_PASSWORD_FILE: file('bad', newPassword()) }, /905/],
    [{ ...whole, SAMSPIL_SELF_SERVICE_PASSWORD_FILE: join(folder, 'none') }, /none/],
  ] as const) {
    const { child, printed } = await begun(variables)
    await ended(child)
    assert.notEqual(child.exitCode, 0, printed())
    assert.match(printed(), said)
    assert.ok(!printed().includes(secret))
  }
})

test('it serves, closes and opens again by a file, and ends when it is told', async () => {
  const { url, child, printed } = await opened(whole)
  const page = () => fetch(`${url}/en/`)
  const first = await page()
  assert.equal(first.status, 200, printed())
  assert.match(first.headers.get('strict-transport-security') ?? '', /max-age/)
  const text = await first.text()
  assert.doesNotMatch(text, /Sandbox/)
  const style = /href="(\/assets\/[^"]+samspil\.css)"/.exec(text)?.[1] ?? ''

  writeFileSync(closed, '')
  const shut = await page()
  assert.equal(shut.status, 503)
  assert.ok(Number(shut.headers.get('retry-after')) > 0)
  assert.match(await shut.text(), /Closed for maintenance/)
  assert.equal((await fetch(`${url}${style}`)).status, 200, 'that page is dressed, too')
  const sent = await fetch(`${url}/en/report/domestic-move`, {
    method: 'POST',
    headers: { origin: whole.SAMSPIL_SELF_SERVICE_ORIGIN },
  })
  assert.equal(sent.status, 503)
  rmSync(closed)
  assert.equal((await page()).status, 200)

  assert.equal((await fetch(`${url}/en/sign-in`)).status, 503, 'nobody answers at the issuer')
  child.kill('SIGTERM')
  await ended(child)
  assert.equal(child.exitCode, 0, printed())
  assert.equal(readFileSync(passwordFile, 'utf8'), password, 'a fresh password stays')
  for (const canary of [secret, password]) assert.ok(!printed().includes(canary))
})

test('without the CPR server it starts and says so on its pages', async () => {
  const { url, child, printed } = await opened({ ...whole, SAMSPIL_CPR: await unusedUrl() })
  assert.match(printed(), /does not answer/)
  const page = await fetch(`${url}/en/`, { headers: { cookie: await givenCookie() } })
  assert.equal(page.status, 503)
  assert.match(await page.text(), /CPR does not answer right now/)
  child.kill('SIGTERM')
  await ended(child)
})
