/**
 * The desk's pages at any size: whatever the order and the filter, what waits is chosen by an index
 * alone, and no incident is read but those that are shown and what waits about the same persons.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import type { QueueFilter, QueueInquiry } from '#casework/desk-ports.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { openAccess, signOn } from '#store/access.ts'
import { openDesk } from '#store/desk.ts'
import { fillQueue } from '#test/bench/desk-fill.ts'
import { rowsReadBy, type Sent, sentBy } from '#test/bench/rows-read.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ persons: 1000 })
const { pool, ownerPool, codes, clock } = server
/** A tenth of them of the own municipality: more than any page shows. */
await fillQueue(ownerPool, 4000)
const shown = 20
const { code: userId, password } = codes.municipality
const knock = { userId, password, source: '127.0.0.1' }
const access = openAccess(pool, (bytes) => randomBytes(bytes))
const signed = await signOn(access, knock, clock())
assert.ok(signed.kind === 'signed-on')
const asker = { token: signed.token, source: knock.source }

type Asked = Pick<QueueInquiry, 'filter'> &
  Partial<Pick<QueueInquiry, 'sort' | 'limit' | 'withCounts'>>

/** What the store sends for a first page, and to count what is on all of them. */
function sentFor(asked: Asked): Promise<Sent> {
  const at = clock()
  const inquiry = { asker, at, today: danishDate(at), after: undefined, limit: shown }
  const usual = { sort: 'received', withCounts: false } as const
  return sentBy(pool, (heard) => openDesk(heard).queue({ ...inquiry, ...usual, ...asked }))
}

const none: QueueFilter = { words: [] }

const pages: readonly (readonly [name: string, asked: Asked])[] = [
  ['in the order of receipt', { filter: none }],
  ['by deadline', { filter: none, sort: 'deadline' }],
  ['newest first', { filter: none, sort: 'newest' }],
  ['of one type', { filter: { ...none, code: 'FLYT-I' } }],
  ['of a flag that marks tell', { filter: { ...none, flag: 'late' } }],
  ['of a flag that is looked up', { filter: { ...none, flag: 'similar' } }],
  ['of the protected', { filter: { ...none, flag: 'protected' } }],
  ['of those who are heard', { filter: { ...none, waitsFor: 'hearing' } }],
  ['of what is overdue', { filter: { ...none, overdue: true } }],
  ['of what is claimed', { filter: { ...none, claimed: 'mine' } }],
  ['of words', { filter: { words: ['jensen', '1'] } }],
]

/** The incident itself, and the four that wait about each person; one row more ends a page. */
const readsEach = 5

for (const [name, asked] of pages) {
  test(`the first page ${name} reads no incident but those that it shows`, async () => {
    const { incident = 0, hearing = 0 } = await rowsReadBy(pool, await sentFor(asked))
    assert.ok(incident <= readsEach * (shown + 1), `${incident} incidents`)
    assert.equal(hearing, 0, 'hearings')
  })
}

test('the counts by every filter read no incident at all', async () => {
  const { incident = 0, hearing = 0 } = await rowsReadBy(
    pool,
    await sentFor({ filter: none, withCounts: true, limit: 0 }),
  )
  assert.deepEqual({ incident, hearing }, { incident: 0, hearing: 0 })
})

test('how many wait elsewhere does not matter: only what waits here is looked at', async () => {
  const { rows } = await ownerPool.script(`
    select count(*)::int as all, count(*) filter (where authority = '0751')::int as own
    from incident where state = 'pending'`)
  assert.deepEqual(rows[0], { all: 4000, own: 400 })
})

/** PostgreSQL takes no index entry of more than a third of its page (its manual, B-tree limits). */
const entryMax = 2704
/** Address, numbers and names beside the marks, at their longest and then some. */
const besideMarks = 1000

test('all the marks that a case of any type can have find room in the index of what waits', () => {
  for (const { shape, traits } of catalogue) {
    const marks = traits['marks']
    const texts = marks && 'options' in marks ? Object.entries(marks.options) : []
    const all = JSON.stringify(texts.map(([code, text]) => ({ code, text })))
    assert.ok(Buffer.byteLength(all) < entryMax - besideMarks, shape.code)
  }
})
