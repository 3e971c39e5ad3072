/** What is left afterwards over the JSON door: of refused data, of time that is over, of guesses. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginValidated, moveTo, step } from '#test/doors/incidents.ts'
import { auditCount } from '#test/doors/stored.ts'
import { at, listAt, send, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes } = server
const token = await signOn(server, codes.citizen)
const validated = await beginValidated(server, token, { pnr: scenario.newcomer })

test('data that are refused, or stopped by a warning, leave nothing of earlier ones to save', async () => {
  const bad = await step(server, token, `incidents/${validated.id}/validate`, { data: {} })
  assert.equal(at(bad.body, 'state'), 'initiated')
  assert.equal((await step(server, token, `incidents/${validated.id}/save`)).status, 409)

  const crowded = server.addresses.find(
    (each) => each.municipality === '0751' && each.residents >= 4,
  )
  const begun = await beginValidated(server, token, { pnr: scenario.noFixedAddress })
  assert.ok(crowded, 'a dwelling with many residents')
  const before = await server.ownerPool.script(
    `update address set rooms = 1 where key like '0751-${crowded.road}-${crowded.house}-%'`,
  )
  assert.ok(before.count > 0)
  const warned = await step(server, token, `incidents/${begun.id}/validate`, {
    data: moveTo(crowded),
  })
  assert.equal(warned.status, 422)
  assert.deepEqual(
    listAt(warned.body, 'refusals').map((each) => at(each, 'severity')),
    ['warning'],
  )
  assert.equal(at(warned.body, 'state'), 'initiated')
  assert.equal((await step(server, token, `incidents/${begun.id}/save`)).status, 409)
})

test('a conversation whose time is over is unknown to every step, and shown as expired', async () => {
  const begun = await beginValidated(server, token, { pnr: scenario.flatmates[0] })
  await server.ownerPool.script(
    `update incident set expires_at = '${server.clock().toISOString()}' where id = '${begun.id}'`,
  )
  const rows = await auditCount(server.ownerPool)
  for (const action of ['save', 'cancel']) {
    const reply = await step(server, token, `incidents/${begun.id}/${action}`)
    assert.deepEqual([reply.status, at(reply.body, 'receipt')], [404, 9003])
  }
  const shown = await send(server, { path: `/api/v1/incidents/${begun.id}`, token })
  assert.equal(at(shown.body, 'state'), 'expired')
  assert.deepEqual(at(shown.body, 'actions'), [])
  assert.equal(await auditCount(server.ownerPool), rows + 3)
})

test('a fifth of parallel guesses locks, and the right password is refused as the wrong one', async () => {
  const { code, password } = codes.otherMunicipality
  const guess = (guessed: string) =>
    send(server, { path: '/api/v1/sessions', body: { personCode: code, password: guessed } })
  const wrong = await Promise.all(Array.from({ length: 8 }, (_, n) => guess(`Wrong${n}!aaaa`)))
  const right = await guess(password)
  const bytes = new Set([...wrong, right].map((reply) => reply.bytes.toString()))
  assert.equal(bytes.size, 1)
  assert.deepEqual([right.status, at(right.body, 'receipt')], [401, 905])
})
