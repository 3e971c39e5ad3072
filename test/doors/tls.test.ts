/** TLS with certificates made on the spot: own, of clients, and renewed while the server runs. */

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Server, ServerResponse } from 'node:http'
import { createServer, request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import { localListener, openListener } from '#http/listener.ts'
import { readTls, renewTls } from '#http/tls.ts'
import { issue, makeAuthority, type Pair } from '#test/certificates.ts'
import { openTestServer } from '#test/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'samspil-tls-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
  return path
}

const authority = await makeAuthority('Authority of the test')
const ca = authority.certificate.toString('pem')
const first = await issue(authority, 'first')
const files = {
  certificate: write('cert.pem', first.certificate),
  key: write('key.pem', first.key),
}

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, unknown>> }

function ask(url: string, more: Partial<Pair> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { certificate: cert, key } = more
    const asked = request(`${url}/health/live`, { ca, agent: false, ...(cert && { cert, key }) })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      answer.resume()
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
    })
    asked.end()
  })
}

/** The serial number of the certificate that the server shows. */
function shownBy(url: string, version?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(url)
    const bound = version && { minVersion: version, maxVersion: version }
    const socket: TLSSocket = connect({ host, port: Number(port), ca, ...bound }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

const serve = async (tls: typeof files & { readonly clientAuthority?: string }) => {
  const server = await openTestServer({ parts: { listener: { ...localListener, tls } } })
  return server.url.replace('http:', 'https:')
}

const url = await serve(files)

test('over TLS it is answered, and a browser is told to insist on it', async () => {
  const { status, headers } = await ask(url)
  assert.equal(status, 200)
  assert.match(String(headers['strict-transport-security']), /^max-age=\d{8}; includeSubDomains$/)
})

test('plain HTTP on the same port is not answered', async () => {
  await assert.rejects(fetch(url.replace('https:', 'http:')))
})

test('TLS 1.2 and 1.3 are spoken, and nothing older', async () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) assert.ok(await shownBy(url, version))
  await assert.rejects(shownBy(url, 'TLSv1.1'))
})

test('with an authority for clients, only one with a certificate of it is answered', async () => {
  const strict = await serve({ ...files, clientAuthority: write('clients.pem', ca) })
  await assert.rejects(ask(strict))
  const stranger = await issue(await makeAuthority('Another authority'), 'stranger')
  await assert.rejects(ask(strict, stranger))
  const client = await issue(authority, 'client')
  assert.equal((await ask(strict, client)).status, 200)
})

test('a renewed certificate is used from the next connection on; a broken one is not', async (t) => {
  const own = {
    certificate: write('own.pem', first.certificate),
    key: write('own-key.pem', first.key),
  }
  const settings = { ...localListener, tls: own }
  const answer = openListener(settings, (_request, response) => void response.end(), {
    onRefused: () => {},
    onFault: () => {},
  })
  assert.ok('setSecureContext' in answer)
  const faults: unknown[] = []
  const renewal = renewTls(answer as Parameters<typeof renewTls>[0], own, (error) =>
    faults.push(error),
  )
  t.after(() => {
    renewal.stop()
    answer.close()
  })
  answer.listen(0, '127.0.0.1')
  await new Promise((resolve) => answer.once('listening', resolve))
  const address = answer.address()
  assert.ok(typeof address === 'object' && address !== null)
  const at = `https://127.0.0.1:${address.port}`
  const before = await shownBy(at)
  assert.equal(renewal.look(), false)
  const second = await issue(authority, 'second')
  write('own.pem', second.certificate)
  assert.equal(renewal.look(), false, 'a certificate was taken without its key')
  assert.equal(faults.length, 1)
  assert.equal(await shownBy(at), before)
  write('own-key.pem', second.key)
  assert.equal(renewal.look(), true)
  assert.notEqual(await shownBy(at), before)
})

test('a key that does not fit its certificate, or is not there, fails the start', async () => {
  const other = await issue(authority, 'other')
  const wrong = { ...files, key: write('wrong.pem', other.key) }
  assert.throws(() => readTls(wrong))
  assert.throws(() => readTls({ ...files, key: join(folder, 'none.pem') }))
  assert.ok(readTls(files).cert.length > 0)
})

test('who connects and never shakes hands is cut off after ten seconds, and not without the limit', async () => {
  const respond = (_request: unknown, response: ServerResponse) => void response.end()
  const watch = { onRefused: () => {}, onFault: () => {} }
  const ours = openListener({ ...localListener, tls: files }, respond, watch)
  // The control: the same server of Node's own, which waits two minutes.
  const bare = createServer(readTls(files), respond)
  const isClosed = async (server: Server, withinMs: number) => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const socket = connectPlain(address.port, '127.0.0.1').on('error', () => {})
    // The first two bytes of a handshake.
    socket.resume().write(Buffer.from([0x16, 0x03]))
    const closed = once(socket, 'close').then(() => true)
    const answer = await Promise.race([closed, wait(withinMs, false, { ref: false })])
    socket.destroy()
    server.close()
    return answer
  }
  assert.deepEqual(await Promise.all([isClosed(ours, 120_000), isClosed(bare, 13_000)]), [
    true,
    false,
  ])
})
