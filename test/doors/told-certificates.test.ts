/**
 * Certificates of clients as a reverse proxy tells them (RFC 9440), and what an attacker writes in
 * the same header. The tests are the proxy, or whoever is none: the server trusts another address.
 */

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as secureRequest } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { personCode } from '#access/person-code.ts'
import { writeSignOn } from '#gctp/write-request.ts'
import { fingerprintOf } from '#http/certificate.ts'
import { localListener } from '#http/listener.ts'
import type { ProxySettings } from '#http/source.ts'
import { changePersonCode } from '#store/person-code-moves.ts'
import { issue, makeAuthority, type Pair } from '#test/certificates.ts'
import { send, sendGctp, textAt } from '#test/doors/talk.ts'
import { openTestServer, type TestCode, type TestServer } from '#test/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'samspil-told-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const authority = await makeAuthority('Authority of the test')
const ca = authority.certificate.toString('pem')
const own = await issue(authority, 'server')
const [client, stranger] = [await issue(authority, 'client'), await issue(authority, 'stranger')]
const derOf = ({ certificate }: Pair) => new X509Certificate(certificate).raw
const told = (pair: Pair) => ({ 'client-cert': `:${derOf(pair).toString('base64')}:` })

const tls = {
  certificate: write('cert.pem', own.certificate),
  key: write('key.pem', own.key),
  clientAuthority: write('clients.pem', ca),
}
const [here, elsewhere] = [['127.0.0.1'], ['192.0.2.1']]
const header = 'x-forwarded-for'
const certificateHeader = 'client-cert'

async function open(proxy: ProxySettings, isSecure = false) {
  const listener = { ...localListener, proxy, ...(isSecure && { tls }) }
  const server = await openTestServer({ parts: { listener } })
  const bound = await server.newCode('municipality', '0751')
  await changePersonCode(
    { pool: server.pool, random: (bytes) => Buffer.alloc(bytes, 7) },
    personCode(bound.code),
    { certificates: [fingerprintOf(derOf(client))] },
    { actor: 'ole', purpose: 'test', now: server.clock() },
  )
  return { server, bound, free: server.codes.otherMunicipality }
}

const behind = await open({ proxies: here, header, certificateHeader })
const other = await open({ proxies: elsewhere, header, certificateHeader })

function signOn(
  { server }: { readonly server: TestServer },
  { code, password }: TestCode,
  headers: Readonly<Record<string, string>> = {},
) {
  const body = { personCode: code, password }
  return send(server, { path: '/api/v1/sessions', headers, body })
}

test('a code signs on by the certificate that the proxy tells, through both doors', async () => {
  const { server, bound } = behind
  assert.equal((await signOn(behind, bound, told(client))).status, 201)
  const message = writeSignOn({ userId: bound.code, password: bound.password })
  assert.equal((await sendGctp(server, message, undefined, told(client))).receipt.number, 900)
  for (const headers of [{}, told(stranger)]) {
    assert.equal((await signOn(behind, bound, headers)).status, 401)
    assert.equal((await sendGctp(server, message, undefined, headers)).receipt.number, 905)
  }
})

test('a token opens by the certificate that was told when it was given, and by no other', async () => {
  const { server, bound, free } = behind
  for (const code of [bound, free]) {
    const token = textAt((await signOn(behind, code, told(client))).body, 'token')
    const asked = async (headers: Readonly<Record<string, string>>) =>
      (await send(server, { path: '/api/v1/pending', token, headers })).status
    assert.equal(await asked(told(client)), 200)
    for (const headers of [{}, told(stranger)]) assert.equal(await asked(headers), 401)
  }
})

const spoilt: Readonly<Record<string, string>> = {
  'no certificate': ':AAAA:',
  'no byte sequence': derOf(client).toString('base64'),
  nothing: '',
  'two in one line': `${told(client)['client-cert']}, ${told(stranger)['client-cert']}`,
}
for (const [name, text] of Object.entries(spoilt)) {
  test(`a proxy that tells ${name} is refused, also for a code that lists none`, async () => {
    for (const code of [behind.bound, behind.free]) {
      const reply = await signOn(behind, code, { 'client-cert': text })
      assert.equal(reply.status, 400)
    }
  })
}

/** As raw bytes: a client of Node would make one line of two. */
function statusOfDoubled({ server }: { readonly server: TestServer }): Promise<string> {
  const { hostname, port, host } = new URL(server.url)
  const line = (pair: Pair) => `Client-Cert: ${told(pair)['client-cert']}\r\n`
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', reject).once('data', (bytes) => {
      socket.destroy()
      resolve(bytes.toString('latin1', 9, 12))
    })
    socket.write(
      `GET /api/v1/pending HTTP/1.1\r\nHost: ${host}\r\n${line(client)}${line(stranger)}\r\n`,
    )
  })
}

test('a header that stands twice is refused, whoever sends it', async () => {
  assert.equal(await statusOfDoubled(behind), '400')
  assert.equal(await statusOfDoubled(other), '400')
})

test('who is no proxy tells nothing, and neither does a proxy where none is to tell', async () => {
  for (const server of [other, await open({ proxies: here, header })]) {
    assert.equal((await signOn(server, server.bound, told(client))).status, 401)
    const token = textAt((await signOn(server, server.free, told(client))).body, 'token')
    // It was bound to none: what the header says has never been read.
    for (const headers of [{}, told(stranger), { 'client-cert': 'nonsense' }]) {
      const reply = await send(server.server, { path: '/api/v1/pending', token, headers })
      assert.equal(reply.status, 200)
    }
  }
})

/** Over a connection that itself shows a certificate. */
function signOnShowing(
  { server, bound }: { readonly server: TestServer; readonly bound: TestCode },
  shown: Pair,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const url = `${server.url.replace('http:', 'https:')}/api/v1/sessions`
  const body = JSON.stringify({ personCode: bound.code, password: bound.password })
  const pair = { ca, cert: shown.certificate, key: shown.key, agent: false }
  const more = { 'content-type': 'application/json', ...headers }
  return new Promise((resolve, reject) => {
    const asked = secureRequest(url, { ...pair, method: 'POST', headers: more })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.end(body)
  })
}

test('a client that shows its own certificate is known by that, whatever it says', async () => {
  const direct = await open({ proxies: elsewhere, header, certificateHeader }, true)
  assert.equal(await signOnShowing(direct, stranger, told(client)), 401)
  assert.equal(await signOnShowing(direct, client, told(stranger)), 201)
})

test('a proxy that shows its own certificate is not the client: what it tells counts, or nothing', async () => {
  const proxied = await open({ proxies: here, header, certificateHeader }, true)
  assert.equal(await signOnShowing(proxied, stranger, told(client)), 201)
  assert.equal(await signOnShowing(proxied, client, told(stranger)), 401)
  assert.equal(await signOnShowing(proxied, client, {}), 401)
})
