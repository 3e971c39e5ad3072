/**
 * Slow and greedy connections: heads, bodies and readers that hardly move do not keep the others
 * from being served, and are closed when their time is up (A40). On this machine alone, bounded in
 * number and time; two limits at once would only hide each other, so each has its own.
 */

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { localListener, openListener } from '#http/listener.ts'
import { sized } from '#test/hostile/size.ts'
import { until } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({
  parts: { listener: { ...localListener, socketsPerSourceMax: 2_000 } },
})
const count = sized(200, 1_000)
const heldMs = sized(3_000, 60_000)
const askedMin = 6
const { host, port } = new URL(server.url)

type Slow = { readonly socket: Socket; readonly isClosed: () => boolean }

/** A connection that says the first part at once and then a sign now and then. */
function slow(to: number, first: string, sign: string): Slow {
  const socket = connect(to, '127.0.0.1')
  let closed = false
  const timer = setInterval(() => socket.write(sign), 500)
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
    clearInterval(timer)
  })
  socket.resume()
  socket.write(first)
  return { socket, isClosed: () => closed }
}

const line = (text: string) => `${text}\r\n`
const kinds: { readonly [what: string]: { readonly first: string; readonly sign: string } } = {
  'heads that never end': {
    first: line('GET /health/live HTTP/1.1') + line(`Host: ${host}`),
    sign: line('X-A: b'),
  },
  'bodies that never come': {
    first: `POST /api/v1/sessions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{`,
    sign: ' ',
  },
  'bodies in endless chunks': {
    first: `POST /api/v1/sessions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    sign: '1\r\n \r\n',
  },
  'readers that ask on and read nothing': {
    first: line('GET /api/v1/openapi.json HTTP/1.1') + line(`Host: ${host}`) + line(''),
    sign: line('GET /api/v1/openapi.json HTTP/1.1') + line(`Host: ${host}`) + line(''),
  },
}

/** How many of the questions of somebody else were answered meanwhile. */
async function askFor(ms: number): Promise<{ readonly asked: number; readonly served: number }> {
  const end = performance.now() + ms
  let asked = 0
  let served = 0
  // A slow machine asks on until it is enough to say something.
  while (performance.now() < end || asked < askedMin) {
    asked += 1
    const answer = await fetch(`${server.url}/health/live`).catch(() => undefined)
    if (answer?.status === 200) served += 1
    await wait(20)
  }
  return { asked, served }
}

for (const [what, { first, sign }] of Object.entries(kinds)) {
  test(`whoever else asks is served beside ${count} ${what}`, async () => {
    const held = Array.from({ length: count }, () => slow(Number(port), first, sign))
    try {
      for (const { socket } of held) socket.pause()
      const { asked, served } = await askFor(heldMs)
      assert.equal(served, asked)
    } finally {
      for (const { socket } of held) socket.destroy()
    }
  })
}

async function listening(app: Server): Promise<number> {
  app.listen(0, '127.0.0.1')
  await new Promise((resolve) => app.once('listening', resolve))
  return (app.address() as AddressInfo).port
}

/** Whether a connection whose head never ends is closed, within so many seconds. */
async function isEnded(app: Server, withinMs: number): Promise<boolean> {
  const to = await listening(app)
  const { socket, isClosed } = slow(to, line('GET / HTTP/1.1'), line('X-A: b'))
  const end = performance.now() + withinMs
  while (!isClosed() && performance.now() < end) await wait(50)
  socket.destroy()
  app.close()
  app.closeAllConnections()
  return isClosed()
}

test('a head that never ends is closed when its ten seconds are up, and not without the limit', async () => {
  const ours = openListener(localListener, (_, response) => void response.end(), {
    onRefused: () => {},
    onFault: () => {},
  })
  // The control: the same server of Node's own, with its limits away.
  const bare = createServer({ headersTimeout: 0, requestTimeout: 0 }, (_, response) => {
    response.end()
  })
  const [closed, open] = await Promise.all([isEnded(ours, 120_000), isEnded(bare, 15_000)])
  assert.deepEqual([closed, open], [true, false])
})

test('at the end of its share an address is turned away, and without a share it takes them all', async () => {
  const answer = (settings: typeof localListener) =>
    openListener(settings, (_, response) => void response.end(), {
      onRefused: () => {},
      onFault: () => {},
    })
  const openOf = async (app: Server, wanted: number) => {
    let met = 0
    app.on('connection', () => {
      met += 1
    })
    const to = await listening(app)
    const held = Array.from({ length: 60 }, () => slow(to, 'G', ''))
    const open = () => held.filter(({ isClosed }) => !isClosed()).length
    await until('met', () => met === held.length)
    await until('turned away', () => open() <= wanted)
    // Whoever else was turned away would hear of it by now.
    await wait(200)
    const left = open()
    for (const { socket } of held) socket.destroy()
    app.close()
    app.closeAllConnections()
    return left
  }
  assert.equal(await openOf(answer({ ...localListener, socketsPerSourceMax: 20 }), 20), 20)
  assert.equal(await openOf(answer({ ...localListener, socketsPerSourceMax: 500 }), 60), 60)
})
