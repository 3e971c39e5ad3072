/** The server that the tests of the client and of the programs stand on. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()

for (const [name, { code, password, authority }] of Object.entries(server.codes)) {
  test(`the person code of ${name} signs on and is of its authority`, async () => {
    const answer = await fetch(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ personCode: code, password }),
    })
    assert.equal(answer.status, 201)
    const body: unknown = await answer.json()
    assert.ok(typeof body === 'object' && body !== null && 'authority' in body)
    assert.equal(body.authority, authority)
  })
}

test('a server of its own has the named people and their town', async () => {
  assert.match(server.scenario.ordinaryAdult, /^\d{10}$/)
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  assert.ok(empty.length >= 2)
})
