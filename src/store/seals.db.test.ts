/**
 * Seals against whoever owns the database: each way to change the evidence, tried as the owner and
 * taken back, is found; what the chain alone cannot find is found by what was told elsewhere.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { timedId } from '#base/ids.ts'
import {
  checkSeals,
  readWitness,
  type Seal,
  type SealCheck,
  type SealFault,
  sealedColumns,
  tellSeal,
} from '#evidence/seal.ts'
import { buildHouse } from '#server/house.ts'
import { runTimeWork } from '#server/time-work.ts'
import { raiseFeedEpoch } from '#store/feed.ts'
import { codeOf } from '#store/outages.ts'
import type { Pool, Session } from '#store/pool.ts'
import { findLastSeal, readEvidence, sealEvidence } from '#store/seals.ts'
import { openTestDatabase } from '#test/database.ts'
import { until } from '#test/patience.ts'

const { pool, ownerPool } = await openTestDatabase()
const now = new Date('2026-03-02T09:00:00Z')
const clock = () => now

/** A row as a step writes it, in a transaction of its own; gives its id. */
async function happen(on: Session = pool): Promise<string> {
  const id = timedId(now, randomBytes)
  await on.script(
    `insert into audit (id, at, act, outcome, receipt, actor, authority, source, purpose, persons,
       incident_id, detail)
     values ('${id}', '${now.toISOString()}', 'validate', 'done', 0, 'W0000001', '0042',
       '192.0.2.7', 'an incident', array['0611923700', '0611923719'], 'domestic-move.x',
       '{"cause": "none"}')`,
  )
  return id
}

const told: Seal[] = []
const seal = () => sealEvidence(pool, clock, (each) => void told.push(each))

/** Once all can be: what is under way in another database of the server holds it up as well. */
async function sealWhole(rows: number): Promise<void> {
  await until('over everywhere', async () => {
    const { rows: held } = await ownerPool.script(
      `select from audit where epoch = (select epoch from feed_epoch)
         and xid >= pg_snapshot_xmin(pg_current_snapshot())`,
    )
    return held.length === 0
  })
  assert.equal(await seal(), rows)
}

// Three seals over twelve rows: what is tried is tried on the second.
const ids: string[] = []
for (let nth = 0; nth < 3; nth++) {
  for (let row = 0; row < 4; row++) ids.push(await happen())
  await sealWhole(4)
}
const [first, victim, other, , behind] = [ids[3], ids[4], ids[6], ids[7], ids[8]]
const witness = readWitness(told.map((each) => JSON.stringify(tellSeal(each))))

/** A transaction as a pool, so that what was tried can be taken back. */
const asPool = (session: Session): Pool => ({
  ...session,
  transaction: (work) => work(session),
  close: async () => {},
})

class TakenBack extends Error {}

/** The verdict after the owner has done that; nothing of it stays. */
async function after(
  deed: string | ((session: Session) => Promise<unknown>),
  kept: ReadonlyMap<number, string> = new Map(),
): Promise<SealCheck> {
  let verdict: SealCheck | undefined
  const tried = ownerPool.transaction(async (session) => {
    if (typeof deed === 'string') await session.script(deed)
    else await deed(session)
    verdict = await readEvidence(asPool(session), (s, r) =>
      checkSeals(s, r, { witness: kept, isOver: () => true }),
    )
    throw new TakenBack()
  })
  await assert.rejects(tried, TakenBack)
  assert.ok(verdict)
  return verdict
}

const kinds = (faults: readonly SealFault[]) => faults.map(({ kind, no }) => `${kind} ${no}`)

test('what nobody has changed agrees, also with what was told elsewhere', async () => {
  const verdict = await after('select 1', witness)
  assert.deepEqual(verdict, {
    ...{ faults: [], seals: 3, rows: 12, cleared: [], witnessed: 3 },
    unsealed: { rows: 0, since: undefined },
  })
  assert.deepEqual(await findLastSeal(pool), told.at(-1))
})

/** Another value of each column; what is sealed is every column that there is. */
const changes: { readonly [C in (typeof sealedColumns)[number]]: string } = {
  epoch: 'epoch + 1',
  xid: "'3'::xid8",
  id: "id || '0'",
  at: "at + interval '1 microsecond'",
  act: "'look-up'",
  outcome: "'denied'",
  receipt: 'receipt + 1',
  actor: 'null',
  authority: "'0043'",
  source: "source || ' '",
  purpose: "''",
  persons: 'persons[2:2] || persons[1:1]',
  incident_id: 'null',
  detail: `detail || '{"more": 1}'`,
}

test('every column of the evidence is sealed', async () => {
  const { rows } = await ownerPool.script(
    `select attname as name from pg_attribute
     where attrelid = 'audit'::regclass and attnum > 0 and not attisdropped`,
  )
  assert.deepEqual(rows.map(({ name }) => name).sort(), [...sealedColumns].sort())
})

for (const [column, value] of Object.entries(changes)) {
  test(`a row whose ${column} was changed is found, and under which seal`, async () => {
    const { faults } = await after(`update audit set ${column} = ${value} where id = '${victim}'`)
    assert.ok(kinds(faults).includes('rows 2'), kinds(faults).join(', '))
  })
}

const copy = (id: string, xid: string) =>
  `insert into audit (id, xid, at, act, outcome, receipt, purpose)
   select '${id}', ${xid}, at, act, outcome, receipt, purpose from audit where id = '${victim}'`

const deeds: { readonly [what: string]: readonly [sql: string, ...found: string[]] } = {
  'a row that was removed': [`delete from audit where id = '${other}'`, 'rows 2'],
  'the first row of a seal, removed': [`delete from audit where id = '${victim}'`, 'rows 2'],
  'the last row of a seal, removed': [`delete from audit where id = '${first}'`, 'rows 1'],
  'a row that was put in': [copy('0', `(select xid from audit where id = '${victim}')`), 'rows 2'],
  'a row that was put in before all others': [copy('0', "'1'::xid8"), 'rows 1'],
  'two rows that changed places': [
    `update audit set xid = (select xid from audit a where a.id = case audit.id
       when '${victim}' then '${other}' else '${victim}' end)
     where id in ('${victim}', '${other}')`,
    'rows 2',
  ],
  'a row that went over to the next seal': [
    `update audit set xid = (select xid from audit where id = '${behind}') where id = '${victim}'`,
    ...['rows 2', 'rows 3'],
  ],
  'a seal that was removed': ['delete from audit_seal where no = 2', 'chain 3', 'rows 3'],
  'the first seal, removed': ['delete from audit_seal where no = 1', 'chain 2', 'rows 2'],
  'a seal that says less': ['update audit_seal set rows = 3 where no = 2', 'rows 2', 'head 2'],
  'a seal that says another time': [
    "update audit_seal set sealed_at = sealed_at + interval '1 ms' where no = 2",
    'head 2',
  ],
  'a seal with another digest': [
    "update audit_seal set digest = sha256('x') where no = 2",
    ...['rows 2', 'head 2'],
  ],
  'a seal with another head': [
    "update audit_seal set head = sha256('x') where no = 2",
    ...['head 2', 'chain 3'],
  ],
  'a seal that follows another one': [
    "update audit_seal set before = sha256('x') where no = 2",
    ...['chain 2', 'head 2'],
  ],
  'a seal with another number': ['update audit_seal set no = 7 where no = 3', 'chain 7', 'head 7'],
  'a seal that reaches less far': [
    `update audit_seal set (xid, id) = (select xid, id from audit where id = '${victim}')
     where no = 2`,
    ...['rows 2', 'head 2', 'rows 3'],
  ],
}

for (const [what, [sql, ...found]] of Object.entries(deeds)) {
  test(`${what} is found`, async () => {
    assert.deepEqual(kinds((await after(sql)).faults), found)
  })
}

test('the control: without seals the same changes are found by nobody', async () => {
  const changed = `delete from audit_seal; update audit set actor = null where id = '${victim}';
    delete from audit where id = '${other}'`
  const { faults, unsealed } = await after(changed)
  assert.deepEqual(faults, [])
  assert.equal(unsealed.rows, 11)
})

// What only a witness finds ---------------------------------------------------------------------

/** As only the owner can: everything is written anew, with digests and heads that agree. */
const writtenAnew = async (session: Session) => {
  await session.script(
    `delete from audit_seal; update audit set actor = null where id = '${victim}'`,
  )
  await session.script(`set local samspil.time = 'yes'`)
  // In one transaction nothing is below the horizon; of an earlier epoch all of it is.
  await session.script('update feed_epoch set epoch = 2')
  await sealEvidence(asPool(session), clock, () => {})
}
const cutOff = `delete from audit_seal where no = 3; delete from audit where xid >= (select xid from audit where id = '${behind}')`

test('AUD-5: evidence that was written anew is found by what was told elsewhere, and by nothing else', async () => {
  assert.deepEqual((await after(writtenAnew)).faults, [])
  const { faults } = await after(writtenAnew, witness)
  assert.ok(kinds(faults).includes('witness 1'))
})

test('a tail that was cut off, or an older state restored, is found in the same way', async () => {
  assert.deepEqual((await after(cutOff)).faults, [])
  const { faults, witnessed } = await after(cutOff, witness)
  assert.deepEqual(kinds(faults), ['missing 3'])
  assert.equal(witnessed, 2)
  const all = await after('delete from audit_seal; delete from audit', witness)
  assert.deepEqual(kinds(all.faults), ['missing 1', 'missing 2', 'missing 3'])
})

test('what was told elsewhere is read from any lines of JSON, the first word of each seal', () => {
  const [one] = told
  assert.ok(one)
  const log = JSON.stringify({ level: 30, ...tellSeal(one), msg: 'the evidence was sealed' })
  const later = JSON.stringify({ seal: 1, head: 'f'.repeat(64) })
  const noise = ['', 'no JSON', '7', 'null', '{"seal":"1"}', '{"seal":2,"head":"short"}']
  assert.deepEqual([...readWitness([...noise, log, later])], [[1, one.head]])
})

// Sealing ---------------------------------------------------------------------------------------

test('what is under way holds the seal back, so that nothing comes to stand before it', async () => {
  const early = Promise.withResolvers<void>()
  const isWritten = Promise.withResolvers<void>()
  const slow = pool.transaction(async (session) => {
    await happen(session)
    isWritten.resolve()
    await early.promise
  })
  await isWritten.promise
  await happen()
  assert.equal(await seal(), 0)
  early.resolve()
  await slow
  await sealWhole(2)
  assert.deepEqual((await after('select 1')).faults, [])
})

test('of two that seal at once one keeps its seal, and each row is under one', async () => {
  for (let row = 0; row < 5; row++) await happen()
  const atOnce = async () => {
    const sealed = await Promise.all([seal(), seal(), seal()])
    return sealed.reduce((sum, each) => sum + each, 0)
  }
  for (let sealed = 0; sealed < 5; ) sealed += await atOnce()
  const { faults, rows } = await after('select 1')
  assert.deepEqual([faults, rows], [[], 19])
})

test('after a restore the seals go on, though transactions count from an earlier one', async () => {
  await ownerPool.transaction(async (session) => void (await raiseFeedEpoch(session)))
  const id = await happen()
  // As in another cluster, which has counted less far.
  await ownerPool.script(`update audit set xid = '3' where id = '${id}'`)
  assert.equal(await seal(), 1)
  const { faults, unsealed } = await after('select 1')
  assert.deepEqual([faults, unsealed.rows], [[], 0])
})

test('a backlog is sealed in parts, so that a server that stops need not wait for all of it', async () => {
  await ownerPool.script(
    `insert into audit (id, at, act, outcome, receipt, purpose)
     select 'backlog-' || nth, now(), 'search', 'done', 0, 'a question'
     from generate_series(1, 2500) nth`,
  )
  const atMost = (seals: number) => sealEvidence(pool, clock, (each) => void told.push(each), seals)
  // Nothing at all before what is under way in other databases lets it.
  let sealed = 0
  while (sealed === 0) sealed = await atMost(1)
  assert.equal(sealed, 1000)
  assert.deepEqual([await atMost(1), await atMost(1), await atMost(1)], [1000, 500, 0])
  assert.deepEqual((await after('select 1')).faults, [])
})

test('the program changes and removes no seal, and makes one only as time passes', async () => {
  for (const sql of ['update audit_seal set rows = 1', 'delete from audit_seal']) {
    await assert.rejects(pool.script(sql), (error) => codeOf(error) === '42501', sql)
  }
  const made = `insert into audit_seal (no, sealed_at, before, epoch, xid, id, rows, digest, head)
    values (99, now(), sha256('a'), 9, '1', 'x', 1, sha256('b'), sha256('c'))`
  await assert.rejects(pool.script(made), (error) => codeOf(error) === '42501')
  assert.deepEqual((await pool.script('select * from audit_seal')).rows, [])
})

test('whoever controls the log may check, and whoever watches may keep what is told', async () => {
  const checked = await after(
    async (session) => {
      await session.script('set local role samspil_log')
    },
    readWitness([JSON.stringify(tellSeal(told[0] as Seal))]),
  )
  assert.deepEqual([checked.faults, checked.witnessed], [[], 1])
  const seen = await ownerPool.transaction(async (session) => {
    await session.script('set local role samspil_monitor')
    return findLastSeal(session)
  })
  assert.deepEqual(seen, told.at(-1))
})

test('a server seals by itself, and tells each seal', async () => {
  await happen()
  const heard: Seal[] = []
  const parts = { clock, random: randomBytes, rulesVersion: 'test', deliver: undefined }
  const house = buildHouse(pool, { ...parts, onSealed: (each) => void heard.push(each) })
  await runTimeWork(pool, house)
  while (heard.length === 0) await runTimeWork(pool, house)
  assert.deepEqual(heard.at(-1), await findLastSeal(pool))
})
