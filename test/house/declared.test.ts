/** Every route of both doors says who may, what for, what is answered and how often. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { openToAll } from '#access/declaration.ts'
import { rights } from '#access/rights.ts'
import { demandDeclarations } from '#server/declared.ts'
import { matrixRows } from '#test/doors/matrix-rows.ts'
import { callsOf, readCalls } from '#test/house/calls.ts'

const calls = await readCalls()

test('a server with a route that declares nothing does not start', async () => {
  for (const [config, starts] of [
    [{ declaration: openToAll }, true],
    [{ calls: { one: openToAll } }, true],
    [{}, false],
  ] as const) {
    const bare = fastify()
    demandDeclarations(bare)
    bare.get('/somewhere', { config }, async () => ({}))
    const started = await bare.ready().then(
      () => true,
      () => false,
    )
    assert.equal(started, starts)
    await bare.close()
  }
})

test('the server starts, and both doors are among what it declares', () => {
  const urls = new Set(calls.map(({ url }) => url))
  for (const url of ['/api/v1/incidents', '/cpr-online-gctp/gctp', '/health/ready']) {
    assert.ok(urls.has(url), url)
  }
})

test('what is open to all answers no personal data', () => {
  for (const { url, declaration } of calls) {
    const { policy, fields } = declaration
    if (typeof policy === 'string') assert.equal(fields, 'nothing', url)
  }
})

test('every right of the table opens a call', () => {
  const asked = new Set<string>(calls.flatMap(({ declaration: { policy } }) => [policy].flat()))
  for (const right of Object.keys(rights)) assert.ok(asked.has(right), right)
})

test('every call has its row in the matrix of rights, and every row its call', () => {
  const names = callsOf(calls).map(({ name }) => name)
  assert.deepEqual(Object.keys(matrixRows('0')).toSorted(), [...new Set(names)].toSorted())
})
