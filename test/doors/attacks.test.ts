/** Attacks of the threat model on both doors: replay, guessing, two readings. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wireNameOf } from '#gctp/incident-fields.ts'
import { writeSignOn } from '#gctp/write-request.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import { companions, fieldsOf, messagesFor } from '#test/doors/gctp-messages.ts'
import { begin, beginValidated, emptyIn, initiate, moveTo, step } from '#test/doors/incidents.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { at, listAt, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { sized } from '#test/hostile/size.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool } = server
const token = await signOn(server, codes.citizen)
const { keyOf, update } = messagesFor(server)
await ownerPool.script('update address set rooms = 9')

test('one save sent fifty times at once over both doors is one row and one receipt (A3, A4)', async () => {
  const { id, ts } = await beginValidated(server, token, { pnr: scenario.newcomer })
  const save = update({ action: 'GEM', ts, key: keyOf(scenario.newcomer) })
  const [json, gctp] = await Promise.all([
    Promise.all(Array.from({ length: 25 }, () => step(server, token, `incidents/${id}/save`))),
    Promise.all(Array.from({ length: 25 }, () => sendGctp(server, save, token))),
  ])
  assert.equal(new Set(json.map(({ bytes }) => bytes.toString())).size, 1)
  assert.equal(new Set(gctp.map(({ bytes }) => bytes.toString('latin1'))).size, 1)
  assert.equal(at(json[0]?.body, 'receipt', 'incident'), id)
  const { rows } = await ownerPool.script(
    `select count(*)::int as n from incident where pnr = '${scenario.newcomer}' and state = 'pending'`,
  )
  assert.equal(rows[0]?.['n'], 1)
})

test('a person can be the subject of twenty open conversations and no more (A38)', async () => {
  const pnr = scenario.centenarian
  for (let nth = 0; nth < 20; nth += 1) await begin(server, token, { pnr })
  const over = await initiate(server, token, { pnr })
  assert.deepEqual([over.status, receiptsOf(over.body)], [422, [9006]])
  await begin(server, token, { pnr: scenario.child14 })
})

test('six ways to fail a sign-on are answered with the same bytes (A12)', async () => {
  const made = `update person_code set`
  const { code: wrong } = codes.citizen
  const { code: locked, password: right } = codes.otherMunicipality
  const { code: inactive } = codes.office
  await ownerPool.script(`${made} active = false where code = '${inactive}'`)
  for (let guess = 0; guess < 5; guess += 1) {
    await sendGctp(server, writeSignOn({ userId: locked, password: 'Wrong1!aaaa' }))
  }
  const tries = [
    ['unknown', 'W9999999', 'Wrong1!aaaa'],
    ['wrong', wrong, 'Wrong1!aaaa'],
    ['locked', locked, 'Wrong1!aaaa'],
    ['locked, with the right password', locked, right],
    ['inactive', inactive, 'Wrong1!aaaa'],
    ['malformed', 'w1', 'Wrong1!aaaa'],
  ] as const
  const said = await Promise.all(
    tries.map(async ([, personCode, password]) => {
      const body = { personCode, password }
      const json = await send(server, { path: '/api/v1/sessions', body })
      const gctp = await sendGctp(server, writeSignOn({ userId: personCode, password }))
      const { date: _, ...headers } = json.headers
      return JSON.stringify([json.status, headers, json.bytes.toString(), gctp.bytes.toString()])
    }),
  )
  assert.equal(new Set(said).size, 1, said.join('\n'))
  assert.match(said[0] ?? '', /905/)
})

/** Printable Latin-1. The wire has forms of its own only for blanks at the ends and short numbers. */
const letters = fc.string({
  maxLength: 40,
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code < 0x7f || code > 0xa0)
    .map((code) => String.fromCodePoint(code)),
})
const naughty = fc
  .oneof(
    letters,
    fc.constantFrom(
      `' or 1=1 --`,
      '<x/>',
      '&amp;',
      ']]>',
      '%00',
      '{}',
      'null',
      '__proto__',
      '"',
      '=',
    ),
    fc.constantFrom('0012', '12', '12A', 'st', 'tv', 'c/o Ågård', '1'),
  )
  .map((text) => text.trim())
  .filter((text) => !/^\d{1,3}$/.test(text))
const somebody = fc.constantFrom(...scenario.familyOfFour, scenario.dead, '1208993701', 'x', '12')
const dwelling = moveTo(emptyIn(server, '0751'))
const sentMoves = fc.record({
  road: fc.oneof(fc.constant(dwelling['road'] ?? ''), naughty),
  house: fc.oneof(fc.constant(dwelling['house'] ?? ''), naughty),
  floor: fc.oneof(fc.constant(dwelling['floor'] ?? ''), naughty),
  door: fc.oneof(fc.constant(dwelling['door'] ?? ''), naughty),
  careOf: fc.oneof(fc.constant(''), naughty),
  companions: fc.array(somebody, { maxLength: 3 }),
})

test('both doors read the same data alike, and refuse them for the same reasons (A23)', async () => {
  const { id, ts } = await begin(server, token, { pnr: scenario.withPending })
  const { shape } = domesticMove
  const property = fc.asyncProperty(sentMoves, async ({ companions: along, ...texts }) => {
    const data = { ...texts, companions: along }
    const json = await step(server, token, `incidents/${id}/validate`, { data })
    const wire = Object.entries(texts).map(([name, text]) => [wireNameOf(shape, name), text])
    const sent = { fields: fieldsOf(Object.fromEntries(wire)), tables: companions(along) }
    const bytes = update({ action: 'VALIDER', ts, key: keyOf(scenario.withPending), data: sent })
    const gctp = await sendGctp(server, bytes, token)
    const over = JSON.stringify(data)
    assert.ok(json.status === 200 || json.status === 422, over)
    if (json.status === 200) assert.equal(gctp.receipt.number, 0, over)
    else {
      const refusals = listAt(json.body, 'refusals').map((each) => ({
        number: at(each, 'number'),
        field: wireNameOf(shape, String(at(each, 'field'))),
        text: at(each, 'text', 'da'),
      }))
      const details = gctp.receipt.details?.map(({ number, field, text }) => ({
        number,
        field,
        text,
      }))
      assert.deepEqual(details, refusals, over)
    }
  })
  await fc.assert(property, { numRuns: sized(250, 20_000), seed: 20_260_302 })
})
