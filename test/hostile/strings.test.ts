/**
 * Naughty strings, Unicode tricks and SQL in every text field of every type, through the codecs of
 * both doors, and in one type through the doors themselves: kept as it was written, or refused at
 * the field; never a fault, never run (A20, A24, A29, A48).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import { readIncidentData } from '#gctp/incident-fields.ts'
import type { Field, Shape } from '#incident/fields.ts'
import { type ReadResult, readData } from '#incident/read.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { isNameText } from '#register/name.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { messagesFor } from '#test/doors/gctp-messages.ts'
import { begin, step } from '#test/doors/incidents.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { storedIn } from '#test/doors/stored.ts'
import { at, listAt, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { injections, trace } from '#test/hostile/injections.ts'
import { naughty } from '#test/hostile/material.ts'
import { askedInTime, assertNoGrowth } from '#test/hostile/measure.ts'
import { validationWith } from '#test/hostile/messages.ts'
import { tricks } from '#test/hostile/tricks.ts'
import { until } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

const lines: string[] = []
const log = watchedLog((line) => void lines.push(line))
const server = await openTestServer({ parts: { log } })
const { codes, ownerPool, scenario } = server
const token = await signOn(server, codes.citizen)
const { keyOf } = messagesFor(server)

const singles = catalogue.flatMap(({ shape }) =>
  Object.entries(shape.fields)
    .filter(([, { kind }]) => kind !== 'persons')
    .map(([name, field]): readonly [Shape, string, Field] => [shape, name, field]),
)

/** What the field became, or that it was refused by its own name; else the test fails. */
function judged(read: ReadResult<unknown>, name: string, text: string): unknown {
  if (read.ok) return at(read.value, name)
  const own = read.refusals.find(({ field }) => field === name)
  if (own === undefined) return undefined
  assert.ok(own.number > 0 && own.text.da.length > 5 && own.text.en.length > 5, text)
  return 'refused'
}

test('the material is all there', () => {
  assert.ok(naughty.length > 480 && tricks.length >= 300 && injections.length >= 500)
  assert.ok(singles.length >= 40)
})

for (const [shape, name, field] of singles) {
  test(`${shape.name}.${name} keeps a naughty string unchanged or refuses it, by both doors alike`, () => {
    for (const text of [...naughty, ...tricks, ...injections]) {
      const json = judged(readData(shape, { [name]: text }), name, text)
      const fields = [{ name: field.wire, value: text === '' ? undefined : text }]
      const gctp = judged(readIncidentData(shape, { fields, tables: [] }), name, text)
      if (field.kind === 'text') {
        assert.ok(json === 'refused' || json === undefined || json === text.normalize('NFC'), text)
        assert.deepEqual(gctp, json, JSON.stringify(text))
      }
      if (tricks.includes(text)) assert.equal(json, 'refused', JSON.stringify(text))
    }
  })
}

test('three hundred tricks are refused as names, and what they imitate is not', () => {
  for (const trick of tricks) assert.equal(isNameText(trick.normalize('NFC'), 50), false, trick)
  for (const name of ['Anna Ågård', "O'Brien", 'Åse-Ærø Ø', 'Ÿ'.normalize('NFD').slice(0, 1)]) {
    assert.ok(isNameText(name, 50), name)
  }
})

const moveWith = (ts: string, careOf: string) =>
  validationWith(
    { service: 'FLYT-I', mk: '0042', ts, key: keyOf(scenario.newcomer) },
    { CONVN: careOf },
  )

const validated = (id: string, careOf: string) =>
  step(server, token, `incidents/${id}/validate`, { data: { careOf } })

test('both doors take every naughty string in a text, answer alike, and change nothing', async () => {
  const { id, ts } = await begin(server, token, { pnr: scenario.newcomer })
  const stored = await storedIn(ownerPool)
  for (const text of [...naughty, ...tricks.filter((_, nth) => nth % 5 === 0)]) {
    const asked = JSON.stringify(text)
    const json = await askedInTime(asked, () => validated(id, text))
    const shown = `${asked}: ${json.bytes.toString()}`
    assert.ok([400, 422].includes(json.status), shown)
    assert.doesNotMatch(shown, / at .*\.ts:|node_modules/)
    const gctp = await askedInTime(asked, () => sendGctp(server, moveWith(ts, text), token))
    assert.equal(gctp.status, 200)
    assert.ok(gctp.receipt.number !== 9004, gctp.bytes.toString('latin1'))
    const read = readXml(moveWith(ts, text), { namespace: 'http://www.cpr.dk' })
    if (isUnreadable(read) || json.status === 400) continue
    const ofField = (all: readonly unknown[], field: string) =>
      all.filter((each) => at(each, 'field') === field).map((each) => at(each, 'number'))
    const told = ofField(listAt(json.body, 'refusals'), 'careOf')
    assert.deepEqual(ofField(gctp.receipt.details ?? [], 'CONVN'), told, shown)
  }
  assert.deepEqual(await storedIn(ownerPool), stored)
})

test('all of them together grow the memory by less than 20 MB', async () => {
  const { id, ts } = await begin(server, token, { pnr: scenario.newcomer })
  await assertNoGrowth(async () => {
    for (const text of naughty) {
      await validated(id, text)
      await sendGctp(server, moveWith(ts, text), token)
    }
  })
})

test('SQL in every text of every body is a text, or no text of ours', async () => {
  const stored = await storedIn(ownerPool)
  const { id } = await begin(server, token, { pnr: scenario.centenarian })
  const before = await storedIn(ownerPool)
  const clerk = await signOn(server, codes.municipality)
  const date = danishDate(server.clock())
  const asks: readonly ((text: string) => readonly [string, unknown])[] = [
    (text) => ['sessions', { personCode: text, password: text }],
    (text) => ['password', { personCode: text, password: text, newPassword: text }],
    (text) => ['incidents', { type: text, pnr: text, date: text, municipality: text }],
    (text) => [
      'incidents',
      { type: 'domestic-move', pnr: scenario.dead, date, municipality: text },
    ],
    (text) => [`incidents/${id}/validate`, { data: { careOf: text, road: text, house: text } }],
    (text) => [`incidents/${id}/validate`, { data: { [text]: text } }],
    (text) => [`incidents/${encodeURIComponent(text)}/validate`, { data: {} }],
    (text) => [`pending/${id}/reject`, { reasonCode: text, text, persons: [text] }],
    (text) => ['persons/lookup', { pnr: text, purpose: text }],
    (text) => ['persons/lookup', { pnr: scenario.dead, purpose: text, asValidOn: text }],
    (text) => ['hearings/lookup', { pnr: text }],
  ]
  const picked = injections.filter((_, nth) => nth % 7 === 0 || nth > injections.length - 40)
  for (const text of picked) {
    for (const ask of asks) {
      const [path, body] = ask(text)
      const reply = await step(server, clerk, path, body)
      assert.ok(reply.status < 500, `${path} ${JSON.stringify(body)}: ${reply.bytes.toString()}`)
    }
    const path = `/api/v1/addresses/roads?municipality=0751&name=${encodeURIComponent(text)}`
    assert.ok((await send(server, { path, token: clerk })).status < 500, text)
    const gctp = await sendGctp(
      server,
      moveWith(text.replaceAll('"', ''), text),
      text.replace(/\W/g, 'x'),
    )
    assert.equal(gctp.status, 200)
    assert.notEqual(gctp.receipt.number, 9004, text)
  }
  assert.deepEqual(await storedIn(ownerPool), before)
  const { rows } = await ownerPool.script(`select to_regclass('${trace}') is null as clean`)
  assert.equal(rows[0]?.['clean'], true)
  assert.ok(Object.keys(stored).length > 10)
})

const lineNames = ['level', 'time', 'pid', 'hostname', 'msg']
const requestNames = ['reqId', 'method', 'route', 'status', 'ms']

/** Whether a line tells of a request: of the rest, a server without faults says this alone. */
const isOfRequest = (line: string) => at(JSON.parse(line), 'msg') !== 'the evidence was sealed'

test('the log has one line of printable ASCII a request, whatever the requests hold (A24)', async () => {
  lines.length = 0
  let asked = 0
  for (const text of [...naughty, ...tricks, 'a\r\nb', '\u001b[31m', '\u2028', '{"level":60}']) {
    const header = Buffer.from(text)
      .toString('latin1')
      .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    const path = `/api/v1/incidents/${encodeURIComponent(text.toWellFormed()).slice(0, 1_000)}`
    const reply = await send(server, { path, headers: { 'user-agent': header }, token })
    assert.ok(reply.status < 500)
    asked += 1
  }
  const told = () => lines.filter(isOfRequest)
  await until('told of', () => told().length >= asked)
  assert.equal(told().length, asked)
  for (const line of lines) assert.match(line, /^[\x20-\x7e]+\n$/)
  for (const line of told()) {
    const said: unknown = JSON.parse(line)
    const names = at(said, 'msg') === 'refused' ? ['reason'] : requestNames
    assert.deepEqual(Object.keys(said ?? {}).sort(), [...lineNames, ...names].sort())
    const { time, reqId, ...rest } = said as Readonly<Record<string, unknown>>
    assert.ok(time !== undefined && (reqId !== undefined || 'reason' in rest))
    assert.doesNotMatch(JSON.stringify(rest), /\d{6}-?\d{4}|192\.|127\.|W\d{7}/)
  }
})

test('a problem that is refused says its receipt, also when what it was about cannot be shown', async () => {
  const reply = await step(server, token, 'incidents', { type: '\u202e', pnr: '\u0000' })
  assert.equal(reply.status, 400)
  assert.ok(receiptsOf(reply.body).length > 0)
})
