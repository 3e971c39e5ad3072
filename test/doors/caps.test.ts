/** How much one person code may have begun and waiting: large, and then at an end, for it alone (A39). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualLimits } from '#casework/house.ts'
import { countReports } from '#store/report-counts.ts'
import { begin, beginPending, initiate, step } from '#test/doors/incidents.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const limits = { ...usualLimits, openPerCodeMax: 3, pendingPerCodeMax: 1 }
const server = await openTestServer({ parts: { limits } })
const { clock, codes, pool, scenario } = server
const token = await signOn(server, codes.citizen)
const count = () => countReports(pool, clock())

test('a person code at its end begins no more, until some are ended; another is not held', async () => {
  const begun = []
  for (const pnr of [scenario.newcomer, scenario.child14, scenario.centenarian]) {
    begun.push(await begin(server, token, { pnr }))
  }
  await count()
  const over = await initiate(server, token, {})
  assert.deepEqual([over.status, receiptsOf(over.body)], [422, [9071]])
  const other = await initiate(server, await signOn(server, codes.municipality), {})
  assert.equal(other.status, 201, other.bytes.toString())
  for (const { id } of begun) await step(server, token, `incidents/${id}/cancel`)
  await count()
  const again = await initiate(server, token, {})
  assert.equal(again.status, 201, again.bytes.toString())
})

test('what waits for a decision is bounded the same way', async () => {
  await beginPending(server, token, { pnr: scenario.newcomer })
  await count()
  const over = await initiate(server, token, {})
  assert.deepEqual([over.status, receiptsOf(over.body)], [422, [9072]])
})

test('nothing is counted with a report: between two counts the limits stand as they were seen', async () => {
  const { rows } = await server.ownerPool.script(
    `select begun, waiting from report_count where person_code = '${codes.citizen.code}'`,
  )
  assert.equal(rows[0]?.['waiting'], 1)
})
