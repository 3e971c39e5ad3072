/**
 * Raw HTTP that proxies and servers read differently, on a real socket: none of it reaches a route
 * that it should not, none is answered with 5xx, and a plain request afterwards is served (A40).
 */

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Duplex } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { gctpPath } from '#gctp/values.ts'
import { localListener, openListener } from '#http/listener.ts'
import { askedInTime, assertNoGrowth } from '#test/hostile/measure.ts'
import { type RawReply, sendRaw } from '#test/http-raw.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const host = new URL(server.url).host

/** The lines of a head, ended as HTTP ends them. */
const head = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`
const get = (...more: readonly string[]) =>
  head('GET /health/live HTTP/1.1', `Host: ${host}`, ...more)
const post = (...more: readonly string[]) =>
  head(`POST ${gctpPath} HTTP/1.1`, `Host: ${host}`, ...more)
const many = (count: number) => Array.from({ length: count }, (_, nth) => `A${nth}: 1`)
/** A second request in the body or tail of a first, which must never be served by itself. */
const smuggled = head('GET /health/live HTTP/1.1', `Host: ${host}`, 'X-Smuggled: 1')

const chunkOf64KiB = `10000\r\n${'x'.repeat(65_536)}\r\n`

type Attack = { readonly bytes: string | Uint8Array; readonly statuses: readonly number[] }

/** Each with the answers that it may have. None at all: the connection is closed without a word. */
const attacks: { readonly [what: string]: Attack } = {
  'content-length and transfer-encoding': {
    bytes: `${post('Content-Length: 4', 'Transfer-Encoding: chunked')}5c\r\n${smuggled}`,
    statuses: [400],
  },
  'transfer-encoding and content-length': {
    bytes: `${post('Transfer-Encoding: chunked', 'Content-Length: 6')}0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  'a transfer-encoding that is none': {
    bytes: `${post('Transfer-Encoding: xchunked', 'Content-Length: 3')}abc`,
    statuses: [400],
  },
  'a transfer-encoding with a tab before it': {
    bytes: `${post('Transfer-Encoding:\tchunked, identity')}0\r\n\r\n`,
    statuses: [400],
  },
  'chunked twice': {
    bytes: `${post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    statuses: [400],
  },
  'chunked behind gzip': {
    bytes: `${post('Transfer-Encoding: gzip, chunked')}0\r\n\r\n`,
    statuses: [400, 415],
  },
  'identity before chunked': {
    bytes: `${post('Transfer-Encoding: identity, chunked')}0\r\n\r\n`,
    statuses: [400, 415],
  },
  'a space before the colon': {
    bytes: `${post('Transfer-Encoding : chunked')}0\r\n\r\n`,
    statuses: [400],
  },
  'two lengths that differ': {
    bytes: `${post('Content-Length: 3', 'Content-Length: 5')}abcde`,
    statuses: [400],
  },
  'two lengths that agree': {
    bytes: `${post('Content-Length: 3', 'Content-Length: 3')}abc`,
    statuses: [400],
  },
  'a list of lengths': { bytes: `${post('Content-Length: 3, 3')}abc`, statuses: [400] },
  'a length with a sign': { bytes: `${post('Content-Length: +3')}abc`, statuses: [400] },
  'a negative length': { bytes: post('Content-Length: -1'), statuses: [400] },
  'a length in hexadecimal': { bytes: `${post('Content-Length: 0x3')}abc`, statuses: [400] },
  'a length with a space in it': { bytes: `${post('Content-Length: 1 0')}abc`, statuses: [400] },
  'a length beyond all numbers': {
    bytes: post('Content-Length: 99999999999999999999999'),
    statuses: [400],
  },
  'a length beyond the limit': { bytes: post('Content-Length: 99999999'), statuses: [413] },
  'a line that ends with LF alone': {
    bytes: `GET /health/live HTTP/1.1\nHost: ${host}\n\n`,
    statuses: [400],
  },
  'a line that ends with CR alone': {
    bytes: `GET /health/live HTTP/1.1\rHost: ${host}\r\r`,
    statuses: [400],
  },
  'a folded header': { bytes: get('X: 1\r\n 2'), statuses: [400] },
  'a folded transfer-encoding': {
    bytes: `${post('Transfer-Encoding:\r\n chunked')}0\r\n\r\n`,
    statuses: [400],
  },
  'a blank line within the head of a name': { bytes: get(': x'), statuses: [400] },
  'no Host': { bytes: head('GET /health/live HTTP/1.1'), statuses: [400] },
  'an empty Host': { bytes: head('GET /health/live HTTP/1.1', 'Host:'), statuses: [421] },
  'two Hosts': { bytes: get('Host: other.example'), statuses: [400] },
  'two Hosts that agree': { bytes: get(`Host: ${host}`), statuses: [400] },
  "another server's Host": {
    bytes: head('GET /health/live HTTP/1.1', 'Host: other.example'),
    statuses: [421],
  },
  'a Host with a user': {
    bytes: head('GET /health/live HTTP/1.1', `Host: x@${host}`),
    statuses: [421],
  },
  'a Host that only begins like ours': {
    bytes: head('GET /health/live HTTP/1.1', 'Host: 127.0.0.1.other.example'),
    statuses: [421],
  },
  "another server's absolute target": {
    bytes: head('GET http://other.example/health/live HTTP/1.1', `Host: ${host}`),
    statuses: [400],
  },
  'our own absolute target': {
    bytes: head(`GET http://${host}/health/live HTTP/1.1`, `Host: ${host}`),
    statuses: [400],
  },
  'a target without a slash': {
    bytes: head('GET health/live HTTP/1.1', `Host: ${host}`),
    statuses: [400],
  },
  'a target of one star': { bytes: head('OPTIONS * HTTP/1.1', `Host: ${host}`), statuses: [400] },
  'a target with a fragment': {
    bytes: head('GET /health/live#x HTTP/1.1', `Host: ${host}`),
    statuses: [400],
  },
  'a target beyond ASCII': {
    bytes: Buffer.from(head('GET /health/live\u00ff HTTP/1.1', `Host: ${host}`), 'latin1'),
    statuses: [400],
  },
  'a target with NUL in percent': {
    bytes: head('GET /api/v1/incidents/%00 HTTP/1.1', `Host: ${host}`),
    statuses: [401, 404],
  },
  'a target that climbs': {
    bytes: head('GET /api/v1/docs/static/../../../../package.json HTTP/1.1', `Host: ${host}`),
    statuses: [400, 403, 404],
  },
  'a target that climbs in percent': {
    bytes: head('GET /api/v1/docs/static/..%2f..%2f..%2fpackage.json HTTP/1.1', `Host: ${host}`),
    statuses: [400, 403, 404],
  },
  'percent without digits': { bytes: head('GET /%zz HTTP/1.1', `Host: ${host}`), statuses: [400] },
  'no version': { bytes: 'GET /health/live\r\n\r\n', statuses: [400] },
  'HTTP/1.0': { bytes: head('GET /health/live HTTP/1.0', `Host: ${host}`), statuses: [400] },
  'HTTP/0.9 by number': {
    bytes: head('GET /health/live HTTP/0.9', `Host: ${host}`),
    statuses: [400],
  },
  'HTTP/1.2': { bytes: head('GET /health/live HTTP/1.2', `Host: ${host}`), statuses: [400] },
  'HTTP/2.0 by its first line': { bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: [400] },
  TRACE: { bytes: head('TRACE /health/live HTTP/1.1', `Host: ${host}`), statuses: [405] },
  'TRACE on the GCTP door': {
    bytes: head(`TRACE ${gctpPath} HTTP/1.1`, `Host: ${host}`),
    statuses: [405],
  },
  'a method of WebDAV': { bytes: head('PROPFIND / HTTP/1.1', `Host: ${host}`), statuses: [405] },
  'a method of nobody': { bytes: head('SMUGGLE / HTTP/1.1', `Host: ${host}`), statuses: [400] },
  'a method in small letters': {
    bytes: head('get /health/live HTTP/1.1', `Host: ${host}`),
    statuses: [400],
  },
  CONNECT: { bytes: head('CONNECT other.example:443 HTTP/1.1', `Host: ${host}`), statuses: [] },
  'an upgrade to a WebSocket': {
    bytes: head(
      ...['GET /none HTTP/1.1', `Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket'],
      ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'],
    ),
    statuses: [404],
  },
  'an expectation that nobody meets': {
    bytes: post('Expect: a-pony', 'Content-Length: 0'),
    statuses: [417],
  },
  'LF in the extension of a chunk': {
    bytes: `${post('Transfer-Encoding: chunked')}1;a\nb\r\nx\r\n0\r\n\r\n`,
    statuses: [400],
  },
  'a chunk longer than any number': {
    bytes: `${post('Transfer-Encoding: chunked')}FFFFFFFFFFFFFFFFF\r\nx`,
    statuses: [400],
  },
  'a chunk longer than its length says': {
    bytes: `${post('Transfer-Encoding: chunked')}1\r\nxx\r\n0\r\n\r\n`,
    statuses: [400],
  },
  'an extension of a chunk that never ends': {
    bytes: `${post('Transfer-Encoding: chunked')}1;${'a'.repeat(40_000)}`,
    statuses: [400, 413, 431],
  },
  'chunks beyond the limit of a body': {
    bytes: `${post('Transfer-Encoding: chunked')}${chunkOf64KiB.repeat(6)}0\r\n\r\n`,
    statuses: [413],
  },
  'a trailer that names a host': {
    bytes: `${post('Transfer-Encoding: chunked')}0\r\nHost: other.example\r\n\r\n`,
    statuses: [200, 400],
  },
  'NUL in a header': { bytes: get('X: a\u0000b'), statuses: [400] },
  'a control character in a header': { bytes: get('X: a\u0001b'), statuses: [400] },
  'a header name with a space': { bytes: get('X Y: 1'), statuses: [400] },
  'a header name beyond ASCII': { bytes: get('Xø: 1'), statuses: [400] },
  'a header of 20,000 characters': { bytes: get(`X: ${'a'.repeat(20_000)}`), statuses: [431] },
  '101 headers': { bytes: get(...many(100)), statuses: [431] },
  'five hundred headers': { bytes: get(...many(500)), statuses: [431] },
  'two authorizations': {
    bytes: get('Authorization: Bearer a', 'Authorization: Bearer b'),
    statuses: [400],
  },
  'a body that is packed': {
    bytes: `${post('Content-Encoding: gzip', 'Content-Length: 3')}abc`,
    statuses: [415],
  },
  'bytes of a TLS handshake': {
    bytes: Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3, 0, 0, 13, 10, 13, 10]),
    statuses: [400],
  },
}

function assertHarmless({ text, statuses }: RawReply): void {
  assert.ok(
    statuses.every((status) => status < 500),
    text,
  )
  assert.doesNotMatch(text, / at .*\.(ts|js):|node_modules|Error:/)
}

assert.ok(Object.keys(attacks).length >= 40)

for (const [what, { bytes, statuses }] of Object.entries(attacks)) {
  test(`refused, and nothing behind it served: ${what}`, async () => {
    const reply = await askedInTime(what, () => sendRaw(server.url, bytes))
    assertHarmless(reply)
    // One answer for one request: a second would be for what was smuggled.
    assert.ok(reply.statuses.length <= 1, reply.text)
    const [status] = reply.statuses
    const shown = `${status}: ${reply.text.slice(0, 300)}`
    assert.ok(status === undefined ? statuses.length === 0 : statuses.includes(status), shown)
    const after = await sendRaw(server.url, get('Connection: close'))
    assert.deepEqual(after.statuses, [200])
  })
}

test('all of them together grow the memory by less than 20 MB', async () => {
  await assertNoGrowth(() =>
    Promise.all(Object.values(attacks).map(({ bytes }) => sendRaw(server.url, bytes))),
  )
})

test('two requests sent at once are two, and both are served', async () => {
  const { statuses } = await sendRaw(server.url, get(), get('Connection: close'))
  assert.deepEqual(statuses, [200, 200])
})

test('a hundred headers are served', async () => {
  const { statuses } = await sendRaw(server.url, get(...many(98), 'Connection: close'))
  assert.deepEqual(statuses, [200])
})

test('a connection serves a thousand requests, and what is sent behind them is nobody’s', async () => {
  const { statuses } = await sendRaw(server.url, get().repeat(1_100))
  assert.equal(statuses.length, 1_000)
  assert.ok(statuses.every((status) => status === 200))
})

test('without the gate the same bytes reach a handler: the control', async (t) => {
  const reached: string[] = []
  const bare = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`)
    response.end()
  })
  t.after(() => bare.close())
  bare.listen(0, '127.0.0.1')
  await new Promise((resolve) => bare.once('listening', resolve))
  const url = `http://127.0.0.1:${(bare.address() as AddressInfo).port}`
  const known = [
    'two Hosts',
    "another server's absolute target",
    'TRACE',
    'five hundred headers',
    'HTTP/1.0',
  ]
  for (const what of known) {
    const before = reached.length
    await sendRaw(url, attacks[what]?.bytes ?? '')
    assert.ok(reached.length > before, `${what} reached no handler even without the gate`)
  }
})

function connectionsOf(listening: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    listening.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}

test('one address has its share of the connections, and no more', async (t) => {
  const settings = { ...localListener, socketsPerSourceMax: 3 }
  const refused: string[] = []
  const answer = openListener(settings, (_request, response) => void response.end('ok'), {
    onRefused: (name) => void refused.push(name),
    onFault: () => {},
  })
  t.after(() => answer.close())
  answer.listen(0, '127.0.0.1')
  await new Promise((resolve) => answer.once('listening', resolve))
  const url = `http://127.0.0.1:${(answer.address() as AddressInfo).port}`
  const asked = Array.from({ length: 5 }, () => sendRaw(url, get()))
  const replies = await Promise.all(asked)
  assert.equal(replies.filter(({ statuses }) => statuses[0] === 200).length, 3)
  assert.deepEqual(refused, ['sockets-of-source', 'sockets-of-source'])
  while ((await connectionsOf(answer)) > 0) await turn()
  const later = await sendRaw(url, get('Connection: close'))
  assert.deepEqual(later.statuses, [200])
})

/** A connection as if it came from there; loopback has one address of IPv6 alone. */
function connectionFrom(address: string): Duplex {
  const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  return Object.assign(socket, {
    remoteAddress: address,
    setTimeout: () => {},
    setNoDelay: () => {},
  })
}

test('the addresses of one network of IPv6 have one share together', (t) => {
  const refused: string[] = []
  const settings = { ...localListener, socketsPerSourceMax: 2 }
  const answer = openListener(settings, (_request, response) => void response.end('ok'), {
    onRefused: (name) => void refused.push(name),
    onFault: () => {},
  })
  const open = (address: string) => {
    const socket = connectionFrom(address)
    t.after(() => socket.destroy())
    answer.emit('connection', socket)
    return !socket.destroyed
  }
  const taken = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1'].map(open)
  assert.deepEqual(taken, [true, true, false, true])
  assert.deepEqual(refused, ['sockets-of-source'])
})

test('what is expected of us beside 100-continue is refused as the rest is, and counted', async (t) => {
  const refused: string[] = []
  const answer = openListener(localListener, (_request, response) => void response.end('ok'), {
    onRefused: (name) => void refused.push(name),
    onFault: () => {},
  })
  t.after(() => answer.close())
  answer.listen(0, '127.0.0.1')
  await new Promise((resolve) => answer.once('listening', resolve))
  const url = `http://127.0.0.1:${(answer.address() as AddressInfo).port}`
  const { statuses, text } = await sendRaw(url, get('Expect: 200-maybe'))
  assert.deepEqual([statuses, refused], [[417], ['expect']])
  assert.match(text, /x-content-type-options: nosniff/i)
  const usual = await sendRaw(url, get('Connection: close'))
  assert.deepEqual(usual.statuses, [200])
})
