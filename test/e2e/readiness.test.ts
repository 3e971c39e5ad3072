/**
 * Readiness: red while the database is away and green once it is back; red for good once an
 * invariant is broken, and then the process ends by itself.
 */

import assert from 'node:assert/strict'
import { createServer, connect as dial, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openPool } from '#store/pool.ts'
import { composeServer } from '#test/canaries/compose.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { signOn } from '#test/doors/talk.ts'
import { ended, start, urlOf, withVariables } from '#test/e2e/programs.ts'
import { until } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

// A real program, on a clock of its own, runs on the same database.
const server = await openTestServer({ clock: () => new Date() })
const { codes, scenario, ownerPool, databaseUrl } = server

async function readiness(url: string): Promise<number> {
  const answer = await fetch(`${url}/health/ready`)
  await answer.body?.cancel()
  return answer.status
}

/** Asked until it is so: the server asks its database at most once a second. */
function becomes(url: string, status: number): Promise<void> {
  return until(`${status} at ${url}`, async () => (await readiness(url).catch(() => 0)) === status)
}

/** A way to the database that can be cut and mended. */
async function openWay(to: URL) {
  let isCut = false
  const sockets = new Set<Socket>()
  const gate = createServer((near) => {
    if (isCut) return near.destroy()
    const far = dial(Number(to.port), to.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => [near, far].map((each) => each.destroy()))
    }
    return near.pipe(far).pipe(near)
  })
  await new Promise<void>((done) => gate.listen(0, '127.0.0.1', done))
  const address = gate.address()
  assert.ok(typeof address === 'object' && address !== null)
  const url = new URL(to)
  url.host = `127.0.0.1:${address.port}`
  // Else the driver goes by the socket in the file system.
  url.search = ''
  return {
    url: url.href,
    cut: () => {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      gate.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

test('while the database is away the server lives and is not ready, and is once it is back', async () => {
  const way = await openWay(new URL(databaseUrl))
  const pool = openPool(way.url, { connectTimeoutMs: 1_000 })
  const app = await composeServer({ pool, log: watchedLog(), clock: server.clock, version: 'test' })
  after(async () => {
    await app.close()
    await pool.close()
    way.close()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  await becomes(url, 200)
  way.cut()
  await becomes(url, 503)
  assert.equal((await fetch(`${url}/health/live`)).status, 200)
  way.mend()
  await becomes(url, 200)
})

/** A case whose data are no longer what was validated, as no program of ours writes it. */
async function brokenCase(): Promise<string> {
  const data = moveTo(emptyIn(server, '0751'))
  const token = await signOn(server, codes.citizen)
  const { id } = await beginPending(server, token, { pnr: scenario.ordinaryAdult, data })
  await ownerPool.script(`update incident set data_hash = 'another' where id = '${id}'`)
  return id
}

test('a broken invariant is answered as a fault, and the process ends to be started anew', async () => {
  const id = await brokenCase()
  const program = await withVariables({ DATABASE_URL: databaseUrl }, async () =>
    start('server', '--port', '0'),
  )
  const { child, printed } = program
  const url = await urlOf(program)
  await becomes(url, 200)
  const other = { ...server, url }
  const clerk = await signOn(other, codes.municipality)
  const end = ended(child)
  const answer = await step(other, clerk, `pending/${id}/approve`)
  assert.equal(answer.status, 500)
  assert.equal(await end, 70, printed())
  assert.match(printed(), /broken invariant/)
  assert.doesNotMatch(printed(), new RegExp(scenario.ordinaryAdult))
})

test('from then on it is not ready, as long as it still runs', async () => {
  const id = await brokenCase()
  const clerk = await signOn(server, codes.municipality)
  await becomes(server.url, 200)
  assert.equal((await step(server, clerk, `pending/${id}/approve`)).status, 500)
  assert.equal(await readiness(server.url), 503)
  await pause(1_100)
  assert.equal(await readiness(server.url), 503)
})
