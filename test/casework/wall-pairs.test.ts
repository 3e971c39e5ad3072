/**
 * A1: of all municipalities, a case worker of one at a case of another. Every way to read a case,
 * to decide it or to add to it gets through for the own one alone, with the first wall and without.
 */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { hashToken } from '#access/token.ts'
import { present } from '#base/assert.ts'
import { approve, reject } from '#casework/decide.ts'
import { addNote, readCase, readQueue } from '#casework/desk.ts'
import type { FirstWall } from '#casework/first-wall.ts'
import { follow, listPending } from '#casework/follow.ts'
import type { House } from '#casework/house.ts'
import type { Asker } from '#casework/ports.ts'
import { forward, returnForAmendment } from '#casework/turns.ts'
import { populated } from '#population/municipalities.ts'
import { openDesk } from '#store/desk.ts'
import { openStand, report } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { shareOf } from '#test/hostile/size.ts'

const stand = await openStand()
const { server, house } = stand
const { codes, scenario, ownerPool, pool } = server
const desk = openDesk(pool)
const noWall: FirstWall = { mayAct: () => true, mayFollow: () => true, mayHear: () => true }
const open: House = { ...house, firstWall: noWall }

const citizen = await stand.caller(codes.citizen)
const data = moveTo(emptyIn(server, '0751'))
const pending = await report(house, citizen, { pnr: scenario.ordinaryAdult, data })

/** One case worker, one token and one waiting case of each. */
const source = '127.0.0.1'
const codeOf = (authority: string) => `W09${authority.padStart(5, '0')}`
const idOf = (authority: string) => `flyt-i.${authority.padStart(26, '0')}`
const asker = (authority: string): Asker => ({ token: `token-${authority}`, source })
await ownerPool.script(
  populated
    .map((authority, index) => {
      const copy = { id: idOf(authority), ts: String(index).padStart(20, '0'), authority }
      const hash = hashToken(`token-${authority}`).toString('hex')
      const at = `'${stand.now().toISOString()}'::timestamptz`
      return `
        insert into person_code (code, security_group, authority, password_hash, one_time,
          password_set_at, password_expires_at, created_at)
        values ('${codeOf(authority)}', 'municipality', '${authority}', '$argon2id$x', false,
          ${at}, ${at} + interval '90 days', ${at});
        insert into token (hash, person_code, series, source, issued_at, expires_at)
        values ('\\x${hash}', '${codeOf(authority)}', 1, '${source}',
          ${at}, ${at} + interval '2 hours');
        insert into incident select n.* from incident i,
          jsonb_populate_record(i, '${JSON.stringify(copy)}') n where i.id = '${pending.record.id}';`
    })
    .join(''),
)
await ownerPool.script(`delete from incident where id = '${pending.record.id}'`)

const text = 'Prøve'
const ways = {
  read: (at: House, order: Order) => follow(at, order),
  'read whole': (at: House, order: Order) => readCase({ house: at, desk }, order),
  approve: (at: House, order: Order) => approve(at, order),
  reject: (at: House, order: Order) => reject(at, { ...order, reasonCode: 'DUPLICATE', text }),
  return: (at: House, order: Order) =>
    returnForAmendment(at, { ...order, fields: ['house'], text }),
  forward: (at: House, order: Order) => forward(at, { ...order, authority: '0101', text }),
  comment: (at: House, order: Order) => addNote({ house: at, desk }, { ...order, text }),
} as const
type Order = Parameters<typeof follow>[1]
const names = Object.keys(ways) as (keyof typeof ways)[]

const orderOf = (from: string, of: string): Order => ({
  ...{ asker: asker(from), type: pending.type },
  incident: { id: idOf(of) },
})

/** Pairs without chance, spread over all of them: each of the first with each of the second. */
function* pairs(count: number): Generator<readonly [from: string, of: string]> {
  const size = populated.length
  for (let nth = 0; nth < count; nth += 1) {
    const digest = createHash('sha256').update(String(nth)).digest()
    const from = digest.readUInt32BE(0) % size
    // Never itself.
    const of = (from + 1 + (digest.readUInt32BE(4) % (size - 1))) % size
    yield [present(populated[from], 'one'), present(populated[of], 'another')]
  }
}

async function registered(): Promise<string> {
  const { rows } = await ownerPool.script(
    `select md5(string_agg(to_jsonb(i)::text, ',' order by id)) as hash,
      (select count(*) from note) as notes from incident i`,
  )
  return JSON.stringify(rows[0])
}

const pairsTried = 2_000
const atOnce = 8

for (const [wall, at] of [
  ['with the first wall', house],
  ['without it', open],
] as const) {
  test(`A1: ${wall} nobody gets through to a case of another municipality`, async () => {
    const before = await registered()
    const all = [...pairs(pairsTried)]
    const work = async (first: number) => {
      for (let nth = first; nth < all.length; nth += atOnce) {
        const [from, of] = present(all[nth], 'a pair')
        // One way after the other, so that each meets some hundreds of pairs, or all of them.
        for (const name of shareOf(names, names.length, nth)) {
          const answer = await ways[name](at, orderOf(from, of))
          assert.equal(answer.kind, 'unknown', `${from} ${name} ${of}`)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, (_, nth) => work(nth)))
    assert.equal(await registered(), before)
  })

  test(`A1: ${wall} each lists its own case and no other`, async () => {
    for (const authority of populated) {
      const page = { asker: asker(authority), limit: 100 }
      const listed = await listPending(at, page)
      assert.ok(listed.kind === 'done')
      const first = { sort: 'received', after: undefined, withCounts: false } as const
      const order = { ...page, ...first, filter: { words: [] } }
      const queue = await readQueue({ house: at, desk }, order)
      assert.ok(queue.kind === 'done')
      for (const { items } of [listed, queue]) {
        assert.deepEqual(
          items.map(({ record }) => record.id),
          [idOf(authority)],
        )
      }
    }
  })
}

test('A1: the control: each gets through to its own case, in every way', async () => {
  for (const [nth, authority] of populated.entries()) {
    const rest = ['reject', 'return', 'forward', 'approve'] as const
    const last = rest[nth % rest.length] ?? 'reject'
    for (const name of ['read', 'read whole', 'comment', last] as const) {
      const answer = await ways[name](house, orderOf(authority, authority))
      assert.notEqual(answer.kind, 'unknown', `${authority} ${name}`)
      if (name !== 'approve' && name !== 'forward') assert.equal(answer.kind, 'done', name)
    }
  }
})
