/**
 * The end of a program on a signal: what is under way is finished and stays, what comes after it
 * over an open connection is told to come again, and nobody is sent to what is about to stop.
 */

import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { gctpPath } from '#gctp/values.ts'
import { statement } from '#store/pool.ts'
import { beginPending, beginValidated, emptyIn, moveTo } from '#test/doors/incidents.ts'
import { signOn } from '#test/doors/talk.ts'
import { ended, start, urlOf, withVariables } from '#test/e2e/programs.ts'
import { until } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

// A real program, on a clock of its own, runs on the same database.
const server = await openTestServer({ clock: () => new Date() })
const { codes, ownerPool, databaseUrl } = server

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url, { headers: { connection: 'close' } }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.status ?? 0
}

/** `samspil server` on the database of this file. */
async function startServer(variables: Readonly<Record<string, string>> = {}) {
  const settings = { DATABASE_URL: databaseUrl, ...variables }
  const program = await withVariables(settings, async () => start('server', '--port', '0'))
  const url = await urlOf(program)
  await until('ready', async () => (await statusOf(`${url}/health/ready`)) === 200)
  return { ...program, url }
}

/** A connection that is kept, and everything that came back on it. */
async function openTalk(url: string) {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('data', (bytes) => (heard += bytes.toString('latin1'))).on('error', () => {})
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  await new Promise<void>((done) => socket.once('connect', () => done()))
  /** A request but for the end of its head, which `finish` sends. */
  const begin = (path: string, token: string) =>
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-length: 0\r\n` +
        `authorization: Bearer ${token}\r\ncookie: Token=${token}\r\n`,
    )
  const finish = () => socket.write('\r\n')
  const post = (path: string, token: string) => {
    begin(path, token)
    finish()
  }
  return { begin, finish, post, closed, heard: () => heard }
}

/** As long as `work` goes on nobody else changes the incident. */
async function whileHeld(id: string, work: () => Promise<void>): Promise<void> {
  await ownerPool.transaction(async (session) => {
    await session.run(statement('test-hold', 'select 1 from incident where id = $1 for update'), [
      id,
    ])
    await work()
  })
}

const waiting = statement(
  'test-waiting',
  `select count(*)::int as n from pg_stat_activity
   where wait_event_type = 'Lock' and datname = current_database()`,
)

test('a save under way when the server is told to stop is finished, acknowledged and kept', async () => {
  const { url, child, printed } = await startServer()
  const token = await signOn(server, codes.citizen)
  const { id } = await beginValidated(server, token)
  const saver = await openTalk(url)
  const late = [await openTalk(url), await openTalk(url)] as const
  late[0].begin(`/api/v1/incidents/${id}/cancel`, token)
  late[1].begin(gctpPath, token)
  await whileHeld(id, async () => {
    saver.post(`/api/v1/incidents/${id}/save`, token)
    await until('under way', async () => (await ownerPool.run(waiting)).rows[0]?.['n'] === 1)
    child.kill('SIGTERM')
    await until('closed to others', async () => (await statusOf(`${url}/health/live`)) === 0)
    for (const { finish, closed } of late) {
      finish()
      await closed
    }
    assert.equal(saver.heard(), '', 'it waits')
  })
  await saver.closed
  assert.equal(await ended(child), 0, printed())
  assert.match(printed(), /stopping \(SIGTERM\): once what is under way is finished/)

  assert.match(saver.heard(), /^HTTP\/1\.1 200 /)
  assert.match(saver.heard(), /"state":"pending"/)
  for (const { heard } of late) {
    assert.match(heard(), /^HTTP\/1\.1 503 /)
    assert.match(heard(), /^retry-after: 1\r$/im)
    assert.match(heard(), /^connection: close\r$/im)
    assert.match(heard(), /9094/)
  }
  const { rows } = await ownerPool.script(`select state from incident where id = '${id}'`)
  assert.deepEqual(rows, [{ state: 'pending' }])
})

test('for as long as the setting says it still takes requests, and is not ready any more', async () => {
  const { url, child, printed } = await startServer({ SAMSPIL_STOP_DELAY: '600' })
  child.kill('SIGTERM')
  await until('not ready', async () => (await statusOf(`${url}/health/ready`)) === 503)
  const answer = await fetch(`${url}/api/v1/incident-types`)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('connection'), 'close')
  await answer.body?.cancel()
  child.kill('SIGTERM')
  await ended(child)
  assert.equal(child.signalCode, 'SIGTERM', printed())
})

test('a second signal ends the program at once, also one of the other kind', async () => {
  for (const [one, other] of [
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
  ] as const) {
    const { url, child, printed } = await startServer({ SAMSPIL_STOP_DELAY: '600' })
    child.kill(one)
    await until('not ready', async () => (await statusOf(`${url}/health/ready`)) === 503)
    child.kill(other)
    // Not to wait for it: without the guard it would go on for as long as the setting says.
    const isOver = () => child.exitCode !== null || child.signalCode !== null
    await until(`ended by ${other}`, isOver).finally(() => child.kill('SIGKILL'))
    assert.equal(child.signalCode, other, printed())
  }
})

test('what is decided at the moment of the signal is either whole or has not happened', async () => {
  const { url, child, printed } = await startServer()
  const token = await signOn(server, codes.citizen)
  const clerk = await signOn(server, codes.municipality)
  const { id } = await beginPending(server, token, {
    pnr: server.scenario.flatmates[0],
    data: moveTo(emptyIn(server, '0751', 1)),
  })
  const talk = await openTalk(url)
  talk.post(`/api/v1/pending/${id}/approve`, clerk)
  child.kill('SIGTERM')
  await talk.closed
  assert.equal(await ended(child), 0, printed() + talk.heard())
  const { rows } = await ownerPool.script(
    `select i.state, (select count(*)::int from event e where e.incident_id = i.id) as events
     from incident i where id = '${id}'`,
  )
  const isDone = talk.heard().startsWith('HTTP/1.1 200 ')
  const whole = isDone ? { state: 'approved', events: 1 } : { state: 'pending', events: 0 }
  assert.deepEqual(rows, [whole], talk.heard())
})
