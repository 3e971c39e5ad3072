/**
 * Mutual TLS, and person codes that sign on by their own certificate alone: the real server with
 * certificates made on the spot, both doors by the SDK. A stranger's certificate is one that the
 * same authority has issued to another client.
 */

import assert from 'node:assert/strict'
import { randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { connect, type SecureVersion } from 'node:tls'
import { readFingerprint } from '#access/certificate.ts'
import { personCode } from '#access/person-code.ts'
import { present } from '#base/assert.ts'
import {
  fetchWithCertificate,
  type JsonClient,
  openGctp,
  openJson,
  Unavailable,
} from '#client/index.ts'
import { localListener } from '#http/listener.ts'
import { changePersonCode } from '#store/person-code-moves.ts'
import { issue, makeAuthority, type Pair } from '#test/certificates.ts'
import { openTestServer, type TestCode } from '#test/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'samspil-certificates-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const authority = await makeAuthority('Authority of the test')
const ca = authority.certificate.toString('pem')
const own = await issue(authority, 'server')
const [first, second, stranger] = await Promise.all(
  ['first', 'second', 'stranger'].map((name) => issue(authority, name)),
)
assert.ok(first && second && stranger)
const printOf = ({ certificate }: Pair) =>
  present(readFingerprint(new X509Certificate(certificate).fingerprint256), 'a fingerprint')

const tls = {
  certificate: write('cert.pem', own.certificate),
  key: write('key.pem', own.key),
  clientAuthority: write('clients.pem', ca),
}
const server = await openTestServer({ parts: { listener: { ...localListener, tls } } })
const url = server.url.replace('http:', 'https:')
const reachBy = ({ certificate, key }: Pair) => ({
  url,
  fetch: fetchWithCertificate({ certificate, key, authority: ca }),
})
const jsonBy = (pair: Pair, { code, password }: TestCode) =>
  openJson({ ...reachBy(pair), personCode: code, password })

async function tokenOf(client: JsonClient): Promise<string> {
  const signed = await client.signOn()
  assert.ok(signed.ok)
  return signed.value.token
}

const by = { actor: 'ole', purpose: 'test', now: server.clock() }
const list = (code: string, certificates: readonly string[]) =>
  changePersonCode(
    { pool: server.pool, random: (bytes) => randomBytes(bytes) },
    personCode(code),
    { certificates },
    by,
  )

const bound = await server.newCode('municipality', '0751')
const free = server.codes.otherMunicipality
await list(bound.code, [printOf(first), printOf(second)])

/** The causes of what was denied to the code, in their order. */
async function causesOf(code: string): Promise<readonly unknown[]> {
  const { rows } = await server.ownerPool.script(
    `select detail ->> 'cause' as cause from audit
     where actor = '${code}' and outcome = 'denied' order by epoch, xid`,
  )
  return rows.map(({ cause }) => cause)
}

test('a code signs on by each certificate that it lists, through both doors', async () => {
  for (const pair of [first, second]) {
    assert.equal((await jsonBy(pair, bound).signOn()).ok, true)
    const { code: userId, password } = bound
    const gctp = openGctp({ ...reachBy(pair), userId, password })
    assert.equal((await gctp.signOn()).ok, true)
    assert.equal((await gctp.signOff()).ok, true)
  }
})

test('by another one it is answered as a wrong password is, and nobody is locked out by that', async () => {
  const { code: userId, password } = bound
  for (let time = 0; time < 6; time++) {
    const answer = await jsonBy(stranger, bound).signOn()
    assert.ok(!answer.ok)
    assert.deepEqual(
      answer.problem.refusals.map(({ number }) => number),
      [905],
    )
  }
  const gctp = await openGctp({ ...reachBy(stranger), userId, password }).signOn()
  assert.ok(!gctp.ok && gctp.receipt.number === 905)
  const wrong = await jsonBy(stranger, { ...bound, password: 'Forkert-1' }).signOn()
  assert.ok(!wrong.ok && wrong.problem.status === 401)
  assert.deepEqual(new Set(await causesOf(bound.code)), new Set(['unlisted-certificate']))
  assert.equal((await jsonBy(first, bound).signOn()).ok, true)
})

test('nor is the password changed by another one', async () => {
  const { code: userId, password } = bound
  const gctp = openGctp({ ...reachBy(stranger), userId, password })
  const changed = await gctp.newPassword('Nyt-kodeord-77')
  assert.ok(!changed.ok && changed.receipt.number === 905)
})

test('the control: a code that lists none signs on by whichever certificate is shown', async () => {
  for (const pair of [first, stranger]) assert.equal((await jsonBy(pair, free).signOn()).ok, true)
})

test('a token opens by the certificate that it was given to, whether the code lists it or not', async () => {
  for (const code of [bound, free]) {
    const token = await tokenOf(jsonBy(first, code))
    const asked = (pair: Pair) => openJson({ ...reachBy(pair), token }).desk.counts()
    assert.equal((await asked(first)).ok, true, 'its own')
    for (const other of [second, stranger]) {
      const answer = await asked(other)
      assert.ok(!answer.ok && answer.problem.status === 401, 'a token of another certificate')
    }
  }
})

test('another list ends the tokens, and holds from then on', async () => {
  const code = await server.newCode('municipality', '0751')
  const client = jsonBy(first, code)
  const token = await tokenOf(client)
  await list(code.code, [printOf(second)])
  const kept = openJson({ ...reachBy(first), token })
  const answer = await kept.desk.counts()
  assert.ok(!answer.ok && answer.problem.status === 401)
  assert.equal((await client.signOn()).ok, false)
  assert.equal((await jsonBy(second, code).signOn()).ok, true)
})

test('without a certificate nothing is asked at all', async () => {
  const bare = openJson({ url, personCode: bound.code, password: bound.password })
  await assert.rejects(bare.signOn(), Unavailable)
})

type Asked = { readonly status: string; readonly session: Buffer; readonly again: boolean }

/** A raw question on a connection that may take up an earlier session. */
async function ask(pair: Pair, version: SecureVersion, session?: Buffer): Promise<Asked> {
  const { hostname: host, port } = new URL(url)
  const options = { host, port: Number(port), ca, cert: pair.certificate, key: pair.key }
  const bounds = { minVersion: version, maxVersion: version }
  const socket = connect({ ...options, ...bounds, ...(session && { session }) })
  const ticket = once(socket, 'session')
  const answered = once(socket, 'data')
  const body = JSON.stringify({ personCode: bound.code, password: bound.password })
  socket.write(
    `POST /api/v1/sessions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  )
  const status = String((await answered)[0]).slice(0, 12)
  const again = socket.isSessionReused()
  const [kept] = again ? [session] : await ticket
  socket.destroy()
  return { status, session: kept, again }
}

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`over ${version} a session that is taken up again has its own certificate`, async () => {
    const begun = await ask(first, version)
    assert.equal(begun.status, 'HTTP/1.1 201')
    const again = await ask(first, version, begun.session)
    assert.deepEqual([again.status, again.again], ['HTTP/1.1 201', true])
    const denied = await ask(stranger, version)
    assert.equal(denied.status, 'HTTP/1.1 401')
    const still = await ask(stranger, version, denied.session)
    assert.deepEqual([still.status, still.again], ['HTTP/1.1 401', true])
  })
}
