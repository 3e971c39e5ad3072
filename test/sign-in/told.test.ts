/**
 * Guesses at the desk's form count where the person is, whom the desk tells of: a stranger locks no
 * case worker out at the desk's own address, and does not throttle it for all (A14, A16).
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { personCode } from '#access/person-code.ts'
import { openDesk } from '#desk/app.ts'
import { localListener } from '#http/listener.ts'
import { browserHeader } from '#http/source.ts'
import { openAccess } from '#store/access.ts'
import { changePersonCode } from '#store/person-code-moves.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { generousPages, openTestServer, type TestCode, type TestServer } from '#test/server.ts'

const office = '192.0.2.7'
const believing = (tellers: readonly string[]) => ({
  listener: { ...localListener, proxy: { ...localListener.proxy, tellers } },
})
const server = await openTestServer({ parts: believing(['127.0.0.1']) })
const { code, password } = server.codes.municipality

/** The desk's form, filled in from that address; where it sends whoever is let in. */
async function openForm(to: TestServer) {
  let origin = ''
  const app = openDesk({
    ...{ cpr: to.url, origin: () => origin, log: watchedLog(), takesPasswords: true },
    ...{ key: randomBytes(32), clock: to.clock },
    limits: { ...generousPages, proxy: { proxies: ['127.0.0.1'], header: 'x-forwarded-for' } },
  })
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  after(() => app.close())
  return async (from: string, tried: Pick<TestCode, 'code' | 'password'>) => {
    const body = new URLSearchParams({ 'person-code': tried.code, password: tried.password })
    const headers = { origin, 'x-forwarded-for': from }
    const answer = await fetch(`${origin}/en/sign-in`, {
      ...{ method: 'POST', redirect: 'manual', headers, body },
    })
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
    const page = () => fetch(`${origin}/en/access`, { headers: { cookie }, redirect: 'manual' })
    return { status: answer.status, text: await answer.text(), page }
  }
}

async function list(at: TestServer, sources: readonly string[], whose = code): Promise<void> {
  const by = { actor: 'Karen', purpose: 'a test', now: at.clock() }
  const tools = openAccess(at.ownerPool, randomBytes)
  await changePersonCode(tools, personCode(whose), { sources }, by)
}

const wrong = { code, password: 'Wrong1!aaaa' }

test('whatever strangers guess at the form, a case worker at a listed address is let in', async () => {
  await list(server, [office])
  const knock = await openForm(server)
  for (let nth = 0; nth < 12; nth += 1) {
    assert.equal((await knock(`198.51.100.${nth % 4}`, wrong)).status, 422)
  }
  assert.equal((await knock('198.51.100.1', { code, password })).status, 422, 'nor the right one')
  const signed = await knock(office, { code, password })
  assert.equal(signed.status, 303, signed.text)
  assert.equal((await signed.page()).status, 200, 'and the token is good at the desk')
})

test('from a listed address the fifth guess locks, as at every door', async () => {
  const colleague = server.codes.otherMunicipality
  await list(server, [office], colleague.code)
  const knock = await openForm(server)
  for (let nth = 0; nth < 5; nth += 1) {
    assert.equal((await knock(office, { ...wrong, code: colleague.code })).status, 422)
  }
  assert.equal((await knock(office, colleague)).status, 422)
})

test('a desk that is not listed, and everybody else, is not believed', async () => {
  const other = await openTestServer({ parts: believing(['192.0.2.250']) })
  const municipality = other.codes.municipality
  await list(other, [office], municipality.code)
  const knock = await openForm(other)
  assert.equal((await knock(office, municipality)).status, 422, 'it comes from the desk’s address')
  const forged = await fetch(`${other.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [browserHeader]: office },
    body: JSON.stringify({ personCode: municipality.code, password: municipality.password }),
  })
  assert.equal(forged.status, 401)
  // The control: where the desk's address stands for all, a stranger locks the code at the fifth.
  await list(other, ['127.0.0.1'], municipality.code)
  assert.equal((await knock(office, municipality)).status, 303)
  for (let nth = 0; nth < 5; nth += 1) {
    await knock('198.51.100.1', { ...wrong, code: municipality.code })
  }
  assert.equal((await knock(office, municipality)).status, 422, 'locked out')
})

test('what a believed desk tells must be an address', async () => {
  for (const told of ['', 'nobody', '192.0.2.7, 192.0.2.8', '[::1']) {
    const answer = await fetch(`${server.url}/api/v1/catalogue`, {
      headers: { [browserHeader]: told },
    })
    assert.equal(answer.status, 400, told)
  }
})
