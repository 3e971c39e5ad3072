/**
 * No statement of a step may grow with the register: with the plan that serves all values, every
 * table is reached by an index and a condition on it. What is looked at is what the steps sent.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { openAccess, signOn } from '#store/access.ts'
import type { Statement } from '#store/pool.ts'
import { steps } from '#test/bench/incident.ts'
import { caseworkLane } from '#test/bench/raw.ts'
import { openTestServer, type TestCode } from '#test/server.ts'

// So many that reading all of them is seen to cost more, and counted as autovacuum will.
const server = await openTestServer({ persons: 3000 })
await server.ownerPool.script('analyze')
const today = danishDate(server.clock())

/** One row, ever. */
const tiny = ['clock_mark']

async function tokenOf({ code, password }: TestCode): Promise<string> {
  const access = openAccess(server.pool, (bytes) => randomBytes(bytes))
  const knock = { userId: code, password, source: '127.0.0.1' }
  const signed = await signOn(access, knock, server.clock())
  assert.ok(signed.kind === 'signed-on')
  return signed.token
}

async function recordIncident() {
  const { citizen, municipality } = server.codes
  const tokens = {
    reporter: await tokenOf(citizen),
    reporterAuthority: citizen.authority,
    municipalities: { [municipality.authority]: await tokenOf(municipality) },
  }
  const home = municipality.authority
  const empty = server.addresses.find((each) => each.municipality === home && !each.residents)
  const { road, house, floor, door } = present(empty, 'an empty address')
  const pnr = server.scenario.ordinaryAdult
  const { run } = caseworkLane(server.pool, tokens, today)
  return run({ pnr, municipality: home, to: { road, house, floor, door } })
}

const { recorded } = await recordIncident()

/** The generic plan, for values that are not known, where reading a whole table is the last resort. */
function planOf({ text }: Statement, values: number): Promise<string> {
  return server.ownerPool.transaction(async (session) => {
    await session.script('set local plan_cache_mode = force_generic_plan')
    await session.script('set local enable_seqscan = off')
    await session.script(`prepare looked_at as ${text}`)
    const nulls = Array.from({ length: values }, () => 'null').join(', ')
    const { rows } = await session.script(`explain (costs off) execute looked_at(${nulls})`)
    await session.script('deallocate looked_at')
    return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
  })
}

/** Lines of a plan that read a table as a whole, or an index from end to end. */
function wholeReads(plan: string): readonly string[] {
  const lines = plan.split('\n')
  return lines.filter((line, at) => {
    if (/Seq Scan on (\w+)/.test(line)) return !tiny.some((table) => line.includes(` ${table}`))
    const isIndex = /Index (Only )?Scan (using|on) \w+/.test(line)
    return isIndex && !lines[at + 1]?.includes('Index Cond:')
  })
}

test('a plan that reads a whole table or index is recognised as one', async () => {
  const whole = { name: 'whole', text: 'select count(*) from person where status = $1' }
  assert.notDeepEqual(wholeReads(await planOf(whole, 1)), [])
})

for (const [at, step] of steps.entries()) {
  for (const { statement, values } of recorded[at] ?? []) {
    test(`to ${step}, ${statement.name} reaches every table by an index`, async () => {
      assert.deepEqual(wholeReads(await planOf(statement, values.length)), [])
    })
  }
}

test('a step is at most two round trips, one to read and one to write', () => {
  assert.deepEqual(
    recorded.map((sent) => sent.length),
    [2, 2, 2, 2],
  )
})
