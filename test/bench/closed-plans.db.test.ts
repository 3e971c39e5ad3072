/** The list of what is done with, at any size: indexes tell and count it, whatever it is asked by. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { ClosedInquiry } from '#casework/closed.ts'
import { openAccess, signOn } from '#store/access.ts'
import { openClosed } from '#store/closed.ts'
import { fillQueue } from '#test/bench/desk-fill.ts'
import { rowsReadBy, sentBy } from '#test/bench/rows-read.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ persons: 1000 })
const { pool, ownerPool, codes, clock } = server
const { code: userId, password } = codes.municipality
await fillQueue(ownerPool, 4000)
/** A tenth of them in the own municipality; of those every seventh was withdrawn. */
await ownerPool.script(
  `update incident set closed_at = saved_at, flags = '{}',
     state = case when right(id, 6)::int % 7 = 0 then 'withdrawn' else 'approved' end,
     decided_at = case when right(id, 6)::int % 7 > 0 then saved_at end,
     decided_by = case when right(id, 6)::int % 7 > 0 then '${userId}' end`,
)
await ownerPool.script('vacuum analyze incident')
const shown = 20
const access = openAccess(pool, (bytes) => randomBytes(bytes))
const signed = await signOn(access, { userId, password, source: '127.0.0.1' }, clock())
assert.ok(signed.kind === 'signed-on')
const asker = { token: signed.token, source: '127.0.0.1' }

const inquiry: ClosedInquiry = {
  ...{ asker, at: clock(), pnr: undefined, isMine: false, ending: undefined, before: undefined },
  ...{ since: new Date(clock().valueOf() - 90 * 86_400_000), limit: shown, withCounts: true },
}

const pages: readonly (readonly [name: string, asked: Partial<ClosedInquiry>])[] = [
  ['of all', {}],
  ['of what one decided', { isMine: true }],
  ['of what was approved', { ending: 'approved' }],
  ['of what was withdrawn', { ending: 'withdrawn' }],
  ['of how none ended', { ending: 'rejected' }],
]

for (const [name, asked] of pages) {
  test(`the page ${name}, with its counts, reads no incident but those that it shows`, async () => {
    const sent = await sentBy(pool, (heard) => openClosed(heard).find({ ...inquiry, ...asked }))
    const { incident = 0 } = await rowsReadBy(pool, sent)
    assert.ok(incident <= shown, `${incident} incidents`)
  })
}

test('what is found of one person reads what is about that person alone', async () => {
  const { rows } = await ownerPool.script(
    `select pnr, count(*)::int as n from incident where authority = '0751'
     group by pnr order by n desc, pnr limit 1`,
  )
  const pnr = String(rows[0]?.['pnr'])
  const all = await ownerPool.script(`select count(*)::int as n from incident where pnr = '${pnr}'`)
  const sent = await sentBy(pool, (heard) =>
    openClosed(heard).find({ ...inquiry, pnr, since: undefined }),
  )
  const { incident = 0 } = await rowsReadBy(pool, sent)
  const about = Number(all.rows[0]?.['n'])
  // To find them, to list them in two ways, to count them, and to show them.
  assert.ok(incident > 0 && incident <= 8 * about, `${incident} incidents of ${about}`)
})

test('it is counted as it is', async () => {
  const { counts } = await openClosed(pool).find(inquiry)
  const { rows } = await ownerPool.script(
    `select state, count(*)::int as n from incident where authority = '0751'
     group by state order by state`,
  )
  const [approved, withdrawn] = rows.map(({ n }) => Number(n))
  assert.deepEqual(counts, { approved, rejected: 0, withdrawn })
  assert.equal((approved ?? 0) + (withdrawn ?? 0), 400)
})
