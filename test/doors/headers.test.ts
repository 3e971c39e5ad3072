/** What every answer of the server has, whatever was asked, and what none of them has. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gctpPath } from '#gctp/values.ts'
import { fieldsOf, stamp } from '#test/doors/gctp-messages.ts'
import { at, type Reply, type Request, send, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const securityContact = 'mailto:security@samspil.example'
const server = await openTestServer({ parts: { securityContact } })
const token = await signOn(server, server.codes.municipality)

const noise = { bytes: Buffer.from('noise'), headers: { 'content-type': 'application/json' } }
const asked: readonly Request[] = [
  ...['/', '/health/live', '/health/ready', '/metrics', '/none', '/.well-known/security.txt'].map(
    (path) => ({ path }),
  ),
  ...['incidents/x', 'docs', 'openapi.json', 'incident-types', 'none', 'pending'].flatMap(
    (path) => [{ path: `/api/v1/${path}` }, { path: `/api/v1/${path}`, token }],
  ),
  { path: '/api/v1/sessions', ...noise },
  { path: '/api/v1/sessions', body: { personCode: 'x', password: 'x' } },
  { path: '/api/v1/persons/lookup', token, body: { pnr: server.scenario.dead, purpose: 'x' } },
  { path: gctpPath },
  { path: gctpPath, bytes: Buffer.from('noise') },
  { path: '/%zz' },
  { path: '/', headers: { host: 'other.example' } },
  { path: '/', headers: { 'transfer-encoding': 'gzip, chunked' } },
]

const replies: readonly (readonly [Request, Reply])[] = await Promise.all(
  asked.map(async (request) => [request, await send(server, request)] as const),
)

test('every answer has the headers that browsers and caches go by', () => {
  for (const [{ path }, { headers, status }] of replies) {
    const shown = `${path} ${status}`
    assert.equal(headers['x-content-type-options'], 'nosniff', shown)
    assert.equal(headers['referrer-policy'], 'no-referrer', shown)
    assert.equal(headers['cache-control'], 'no-store', shown)
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin', shown)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src '(none|self)'/, shown)
    assert.match(policy, /object-src 'none'/, shown)
    assert.match(policy, /frame-ancestors '(none|self)'/, shown)
    assert.match(policy, /base-uri '(none|self)'/, shown)
    assert.doesNotMatch(policy.split('style-src')[0] ?? '', /unsafe/, shown)
    for (const name of ['server', 'x-powered-by', 'strict-transport-security']) {
      assert.equal(headers[name], undefined, `${shown} ${name}`)
    }
  }
})

test('what a web page sends to the GCTP door is refused, with the cookie and without', async () => {
  const bytes = stamp(fieldsOf({ PNR: server.scenario.ordinaryAdult }))
  const sent = (headers: Record<string, string>) =>
    send(server, { path: gctpPath, bytes, headers: { cookie: `Token=${token}`, ...headers } })
  const own = await sent({})
  assert.equal(own.status, 200)
  assert.match(own.bytes.toString('latin1'), /<Praes /)
  const { origin } = new URL(server.url)
  for (const headers of [
    ...['https://elsewhere.example', 'null', origin].map((from) => ({ origin: from })),
    ...['cross-site', 'same-site', 'same-origin'].map((site) => ({ 'sec-fetch-site': site })),
  ]) {
    const reply = await sent({ ...headers, 'content-type': 'text/plain' })
    const shown = JSON.stringify(headers)
    assert.equal(reply.status, 403, shown)
    assert.match(reply.bytes.toString('latin1'), /Den er sendt fra en webside/, shown)
    assert.doesNotMatch(reply.bytes.toString('latin1'), /Rolle=/, shown)
  }
  const passer = await send(server, { path: gctpPath, headers: { 'sec-fetch-site': 'cross-site' } })
  assert.equal(passer.status, 405)
})

test('every body says its type and charset', () => {
  for (const [{ path }, { type, bytes, status }] of replies) {
    if (bytes.length === 0) continue
    assert.match(type, /^[a-z]+\/[a-z0-9+.-]+;.*charset=(utf-8|ISO-8859-1)/, `${path} ${status}`)
  }
})

test('no answer is for another origin, whatever origin asks', async () => {
  for (const request of asked) {
    const headers = { ...request.headers, origin: 'https://other.example' }
    const reply = await send(server, { ...request, headers })
    const names = Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))
    assert.deepEqual(names, [], request.path)
  }
  const preflight = await send(server, {
    ...{ method: 'OPTIONS', path: '/api/v1/sessions' },
    headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' },
  })
  assert.ok(preflight.status === 404 || preflight.status === 405)
})

test('nothing is written by GET: every route that has it answers a question', async () => {
  const { body } = await send(server, { path: '/api/v1/openapi.json' })
  const paths = Object.entries<object>(at(body, 'paths') as Readonly<Record<string, object>>)
  const gets = paths.filter(([, methods]) => 'get' in methods).map(([path]) => path)
  assert.ok(gets.length > 5)
  assert.deepEqual(
    gets.filter((path) =>
      /\/(save|cancel|validate|approve|reject|answer|claim|release)$/.test(path),
    ),
    [],
  )
})

test('no path or query of the contract takes a number of a person', async () => {
  const { body } = await send(server, { path: '/api/v1/openapi.json' })
  const paths = JSON.stringify(Object.keys(at(body, 'paths') ?? {}))
  assert.doesNotMatch(paths, /pnr|person\}/i)
  for (const methods of Object.values(at(body, 'paths') as Readonly<Record<string, object>>)) {
    for (const operation of Object.values<unknown>(methods as Readonly<Record<string, unknown>>)) {
      const parameters = JSON.stringify(at(operation, 'parameters') ?? [])
      assert.doesNotMatch(parameters, /"name":"(pnr|person|subject|token|password)"/)
    }
  }
})

test('no file of the repository is served, and no list of a folder', async () => {
  const wanted = ['.git/config', '.git/HEAD', 'package.json', 'src/server/app.ts', '.npmrc', 'sql']
  for (const path of wanted) {
    for (const place of ['/', '/api/v1/', '/api/v1/docs/static/']) {
      const reply = await send(server, { path: `${place}${path}` })
      assert.equal(reply.status, 404, `${place}${path}`)
    }
  }
})

test('security.txt says where to report, and for how long that holds (RFC 9116)', async () => {
  const reply = await send(server, { path: '/.well-known/security.txt' })
  assert.equal(reply.status, 200)
  const text = reply.bytes.toString()
  assert.match(
    text,
    /^Contact: mailto:security@samspil\.example\nExpires: \d{4}-\d\d-\d\dT[\d:.]+Z\n/,
  )
  const silent = await openTestServer()
  assert.equal((await send(silent, { path: '/.well-known/security.txt' })).status, 404)
})
