/** The desk's first page reads the cases it shows, by the index of what waits: not all there are. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import type { QueueFilter } from '#casework/desk-ports.ts'
import { openAccess, signOn } from '#store/access.ts'
import { openDesk } from '#store/desk.ts'
import type { Pool, Statement } from '#store/pool.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ persons: 1000 })
const { pool, ownerPool, codes, clock } = server
await ownerPool.script('analyze')
const { code: userId, password } = codes.municipality
const knock = { userId, password, source: '127.0.0.1' }
const access = openAccess(pool, (bytes) => randomBytes(bytes))
const signed = await signOn(access, knock, clock())
assert.ok(signed.kind === 'signed-on')
const asker = { token: signed.token, source: knock.source }

/** What the store sends for a first page. */
async function sentFor(filter: QueueFilter): Promise<readonly [Statement, number]> {
  const sent: (readonly [Statement, number])[] = []
  const heard: Pool = {
    ...pool,
    run: (statement, values = []) => {
      sent.push([statement, values.length])
      return pool.run(statement, values)
    },
  }
  const at = clock()
  const inquiry = { asker, at, today: danishDate(at), after: undefined, limit: 51 }
  await openDesk(heard).queue({ ...inquiry, filter, sort: 'received' })
  const [first] = sent
  assert.ok(first && sent.length === 1, 'one round trip')
  return first
}

async function planOf([{ text }, values]: readonly [Statement, number]): Promise<string> {
  return ownerPool.transaction(async (session) => {
    await session.script('set local plan_cache_mode = force_generic_plan')
    await session.script('set local enable_seqscan = off')
    await session.script(`prepare looked_at as ${text}`)
    const nulls = Array.from({ length: values }, () => 'null').join(', ')
    const { rows } = await session.script(`explain (costs off) execute looked_at(${nulls})`)
    await session.script('deallocate looked_at')
    return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
  })
}

for (const [name, filter] of [
  ['unfiltered', { words: [] }],
  ['of a flag that marks tell', { words: [], flag: 'late' }],
  ['of what nobody has claimed', { words: [], claimed: 'free' }],
] as const) {
  test(`the first page, ${name}, is found in order by the index of what waits`, async () => {
    const plan = await planOf(await sentFor(filter))
    assert.match(plan, /Index Scan using incident_waiting on incident i\n\s+Index Cond: /)
    assert.match(plan, /Limit/)
    const whole = plan
      .split('\n')
      .filter((line) => /Seq Scan on (incident|person|hearing)/.test(line))
    assert.deepEqual(whole, [], plan)
  })
}
