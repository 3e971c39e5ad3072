/** Sealing and checking as an operator types the commands, against a real PostgreSQL. */

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { addEvidenceCommands, type ConnectEvidence } from '#cli/evidence.ts'
import { keepTime } from '#store/clock-mark.ts'
import { openTestDatabase } from '#test/database.ts'
import { askUntil, until } from '#test/patience.ts'
import { typed } from '#test/typed.ts'

const { pool, ownerPool } = await openTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'samspil-seals-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let now = new Date('2026-03-02T09:00:00Z')
const samspil = (line: string, onError = () => {}) =>
  typed(
    line.split(' '),
    (program, { write }) => {
      const connect: ConnectEvidence = async (_, to) => ({
        pool: to === 'seal' ? pool : ownerPool,
        close: async () => {},
      })
      addEvidenceCommands(program, connect, { clock: () => now, write, user: () => 'Karen' })
    },
    onError,
  )

async function happen(id: string): Promise<void> {
  await pool.script(`insert into audit (id, at, act, outcome, receipt, purpose)
    values ('${id}', '${now.toISOString()}', 'search', 'done', 0, 'a question')`)
}

/** The line that was printed, once what is under way in other databases lets it be sealed. */
async function sealed(): Promise<string> {
  const { out } = await askUntil(
    () => samspil('evidence seal'),
    (printed) => printed.out !== '',
  )
  return out
}

/** The lines of all that there is, once it is all sealed. */
async function sealedWhole(): Promise<string> {
  let lines = ''
  await until('sealed', async () => {
    lines += (await samspil('evidence seal')).out
    return (await samspil('evidence check')).out.includes(' 0 rows are not sealed yet')
  })
  return lines
}

/** As where a server runs, whose clock is right. */
async function clear(options = '') {
  await keepTime(pool, now)
  return samspil(`evidence clear${options}`)
}

const later = (from: Date, months: number, minutes = 0) =>
  new Date(new Date(from).setUTCMonth(from.getUTCMonth() + months) + minutes * 60_000)

test('before anything is sealed there is no head, and a check says how much is not', async () => {
  await happen('one')
  const { exitCode, err } = await samspil('evidence head')
  assert.equal(exitCode, 1)
  assert.match(err, /nothing is sealed yet/)
  now = new Date(now.valueOf() + 2 * 3_600_000)
  const { out } = await samspil('evidence check')
  assert.match(out, /^0 rows under 0 seals were read; 1 rows are not sealed yet\.$/m)
  assert.match(out, /^The oldest of these is of 2026-03-02T09:00:00\.000Z: does a server seal\?$/m)
})

test('what is printed is kept, and a check holds the evidence to it', async () => {
  const line = await sealed()
  assert.match(
    line,
    /^\{"seal":1,"sealedAt":"2026-03-02T11:00:00\.000Z","rows":1,"head":"[0-9a-f]{64}"\}\n$/,
  )
  assert.equal((await samspil('evidence head')).out, line)
  const file = join(folder, 'kept.jsonl')
  writeFileSync(file, `${line}{"level":30,"msg":"request"}\n`)
  const whole = await samspil(`evidence check --witness ${file}`)
  assert.match(whole.out, /^1 seals are as they were kept elsewhere\.\nEverything agrees\.$/m)
  assert.equal(whole.exitCode, 0)
  // As nobody but the owner can, and with everything that would tell.
  await ownerPool.script("delete from audit_seal; update audit set purpose = 'another'")
  await sealed()
  const alone = await samspil('evidence check')
  assert.match(alone.out, /^Without --witness, whoever owns the database could have/m)
  assert.match(alone.out, /^Everything agrees\.$/m)
  const found = await samspil(`evidence check --witness ${file}`)
  assert.equal(found.exitCode, 2)
  assert.match(found.out, /^CHANGED: seal 1 of \S+: it is not the one that was kept elsewhere\.$/m)
  assert.doesNotMatch(found.out, /agrees/)
})

test('a witness that tells of no seal is not taken for a good one', async () => {
  const file = join(folder, 'empty.jsonl')
  writeFileSync(file, '{"level":30,"msg":"request"}\n')
  const { exitCode, err } = await samspil(`evidence check --witness ${file}`)
  assert.equal(exitCode, 1)
  assert.match(err, /No line of it tells of a seal/)
})

test('the owner clears away what is over its time: seals stay, a check says so, and it is on record', async () => {
  const rowsOf = async (sql: string) => (await ownerPool.script(sql)).rows
  await ownerPool.script('delete from audit_seal; delete from audit')
  const kinds = ['search', 'approve', 'person-code-reset', 'search']
  const values = kinds.map(
    (act, nth) =>
      `('kept-${nth}', '${now.toISOString()}', '${act}', 'done', 0, 'x', '{0611923700}')`,
  )
  await pool.script(
    `insert into audit (id, at, act, outcome, receipt, purpose, persons) values ${values.join()}`,
  )
  const witness = join(folder, 'told.jsonl')
  writeFileSync(witness, await sealedWhole())
  const check = () => samspil(`evidence check --witness ${witness}`)
  const left = async () =>
    (await rowsOf(`select id from audit where id like 'kept-%' order by id`)).map(({ id }) => id)
  const begun = now
  now = new Date(new Date(begun).setUTCMonth(begun.getUTCMonth() + 24) - 1)
  assert.equal((await clear()).out, 'Nothing is over its time.\n')
  assert.equal((await left()).length, 4)
  now = new Date(now.valueOf() + 1)
  const { out } = await clear(' --by Karen --reason yearly')
  assert.equal(
    out,
    'Seals 1 to 1: 2 rows cleared away, reads and sign-ons of more than 24 months ago.\n',
  )
  assert.deepEqual(await left(), ['kept-1', 'kept-2'])
  const stays = await rowsOf('select * from audit_cleared')
  assert.equal(stays.length, 2)
  assert.ok(!JSON.stringify(stays).includes('0611923700'))
  const [told] = await rowsOf(
    `select actor, purpose, persons, detail from audit where act = 'evidence-cleared'`,
  )
  assert.deepEqual(told, {
    ...{ actor: 'Karen', purpose: 'yearly', persons: [] },
    detail: { keeping: 'read', first: 1, last: 1, rows: 2 },
  })
  const checked = await check()
  assert.match(checked.out, /^4 rows under 1 seals were read; 1 rows are not sealed yet\.$/m)
  assert.match(checked.out, /^Cleared away under seals 1 to 1: 2 of 4 rows\.$/m)
  assert.match(checked.out, /^Everything agrees\.$/m)
  // Once is enough, and the clearing itself is sealed as everything is.
  assert.equal((await clear()).out, 'Nothing is over its time.\n')
  await sealedWhole()
  now = new Date(new Date(begun).setUTCMonth(begun.getUTCMonth() + 60))
  assert.match((await clear()).out, /^Seals 1 to 1: 1 rows.*60 months/)
  assert.deepEqual(await left(), ['kept-2'])
  assert.match((await check()).out, /^Everything agrees\.$/m)
})

test('by a clock that is ahead of what the servers have shown nothing is cleared away', async () => {
  const right = now
  await happen('young')
  await sealedWhole()
  await keepTime(pool, now)
  now = later(right, 120)
  const { exitCode, err } = await samspil('evidence clear')
  assert.equal(exitCode, 1)
  assert.match(err, /more than a day ahead/)
  const { rows } = await ownerPool.script(`select id from audit where id in ('young', 'kept-2')`)
  assert.equal(rows.length, 2)
  now = right
})

test('a seal of a clock that was ahead holds up those behind it, and no row goes early', async () => {
  const begun = now
  for (const [id, minutes] of [
    ['plain', 0],
    ['ahead', 60],
    ['behind', 1],
  ] as const) {
    now = later(begun, 0, minutes)
    await happen(id)
    await sealedWhole()
  }
  const left = async () => {
    const { rows } = await ownerPool.script(
      `select id from audit where id in ('plain', 'ahead', 'behind') order by at`,
    )
    return rows.map(({ id }) => id)
  }
  now = later(begun, 24, 2)
  await clear()
  assert.deepEqual(await left(), ['behind', 'ahead'])
  assert.match((await samspil('evidence check')).out, /^Everything agrees\.$/m)
  now = later(begun, 24, 61)
  await clear()
  assert.deepEqual(await left(), [])
  assert.match((await samspil('evidence check')).out, /^Everything agrees\.$/m)
})

test('what the owner removes by hand and calls cleared away is found', async () => {
  await happen('fresh')
  await sealedWhole()
  await ownerPool.script(`insert into audit_cleared (epoch, xid, id, act, digest, cleared_at)
    select epoch, xid, id, act, sha256('x'), now() from audit where id = 'fresh';
    delete from audit where id = 'fresh'`)
  const forged = await samspil('evidence check')
  assert.equal(forged.exitCode, 2)
  assert.match(
    forged.out,
    /CHANGED: seal \d+ of \S+: rows that it vouches for were cleared away before/,
  )
  assert.match(forged.out, /CHANGED: seal \d+ of \S+: rows were changed, removed or added/)
})

test('no program clears evidence away, nor writes what stays of it', async () => {
  for (const sql of [
    'delete from audit',
    'delete from audit_cleared',
    'insert into audit_cleared select * from audit_cleared',
    'update audit_cleared_until set no = 0',
  ]) {
    await assert.rejects(pool.script(sql), /permission denied/, sql)
  }
})
