/** What a command gets of a database: two roles, and no weak one. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { externalUrl, openDatabase, openEvidence } from '#cli/database.ts'
import { checkSeals } from '#evidence/seal.ts'
import { type Pool, statement } from '#store/pool.ts'
import { findLastSeal, readEvidence, sealEvidence } from '#store/seals.ts'
import { openEmptyDatabase, openTestDatabase } from '#test/database.ts'

const beside = { use: 'beside', needs: 'samspil_admin' } as const

test('the program runs in a role that cannot change what was recorded', async () => {
  const { url } = await openEmptyDatabase()
  const before = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = url
  const use = { use: 'sandbox', mayMake: true } as const
  const database = await openDatabase(undefined, () => {}, use)
  try {
    const who = statement('who', 'select current_user as who')
    assert.equal((await database.app.run(who)).rows[0]?.['who'], 'samspil_app')
    for (const table of ['fact', 'event', 'audit']) {
      await assert.rejects(database.app.script(`delete from ${table}`), /permission denied/)
      await assert.rejects(database.app.script(`update ${table} set pnr = pnr`), /denied|not exist/)
    }
    assert.notEqual((await database.owner.run(who)).rows[0]?.['who'], 'samspil_app')
  } finally {
    await database.close()
    if (before === undefined) delete process.env['DATABASE_URL']
    else process.env['DATABASE_URL'] = before
  }
})

test('without a folder and a URL it says what to name', async () => {
  await assert.rejects(
    openDatabase(undefined, () => {}, beside),
    /--data.*DATABASE_URL/,
  )
})

async function withUrl(url: string, work: () => Promise<void>): Promise<void> {
  const before = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = url
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env['DATABASE_URL']
    else process.env['DATABASE_URL'] = before
  }
}

test('a folder and a URL at once are refused: a lock would hit the wrong one', async () => {
  const { url } = await openEmptyDatabase()
  await withUrl(url, async () => {
    await assert.rejects(
      openDatabase('somewhere', () => {}, beside),
      /Both --data and DATABASE_URL/,
    )
  })
})

test('a command that administers does not migrate: it says what to do', async () => {
  const { url, pool } = await openEmptyDatabase()
  await withUrl(url, async () => {
    await assert.rejects(
      openDatabase(undefined, () => {}, beside),
      /older than this program: run samspil migrate/,
    )
  })
  const { rows } = await pool.script(`select to_regclass('migration') is null as untouched`)
  assert.equal(rows[0]?.['untouched'], true)
})

test('a database that the folder did not fill is refused before it is migrated', async () => {
  const { url, pool } = await openEmptyDatabase()
  await pool.script('create table precious (id int)')
  const use = { use: 'sandbox', mayMake: true } as const
  await withUrl(url, async () => {
    await assert.rejects(
      openDatabase(undefined, () => {}, use),
      /is in use/,
    )
  })
  const tables = `select count(*)::int as n from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`
  assert.deepEqual((await pool.script(tables)).rows, [{ n: 1 }])
})

test('an empty URL is none, and another text than an address is refused', async () => {
  await withUrl(' ', async () => assert.equal(externalUrl(), undefined))
  await withUrl('nonsense', async () => assert.throws(externalUrl, /must be an address/))
})

test('a folder without a sandbox is not made into one by a command beside it', async () => {
  const folder = `${process.cwd()}/no-such-folder`
  await assert.rejects(
    openDatabase(folder, () => {}, beside),
    /There is no sandbox in/,
  )
  assert.ok(!existsSync(folder))
})

/** A login that is a member of a role, and nothing more. */
async function withMember(role: string, work: (name: string) => Promise<void>): Promise<void> {
  const name = `member_${randomBytes(6).toString('hex')}`
  const password = randomBytes(12).toString('hex')
  await ownerPool.script(`create role ${name} login in role ${role} password '${password}'`)
  const login = new URL(ownerUrl)
  login.username = name
  login.password = password
  try {
    await withUrl(login.href, () => work(name))
  } finally {
    await ownerPool.script(`drop role ${name}`)
  }
}

const { pool, ownerPool, ownerUrl } = await openTestDatabase()

async function evidence<T>(to: 'read' | 'seal', work: (on: Pool) => Promise<T>): Promise<T> {
  const opened = await openEvidence(undefined, () => {}, to)
  try {
    return await work(opened.pool)
  } finally {
    await opened.close()
  }
}

test('evidence is read in the roles that the guide names, and sealed as the program alone', async () => {
  await pool.script(`insert into audit (id, at, act, outcome, receipt, purpose)
    values ('one', now(), 'search', 'done', 0, 'a question')`)
  const seal = (on: Pool) =>
    sealEvidence(
      on,
      () => new Date(),
      () => {},
    )
  const head = () => evidence('read', findLastSeal)
  const check = () =>
    evidence('read', (on) => readEvidence(on, (s, r) => checkSeals(s, r, { isOver: () => true })))
  await withMember('samspil_app', async () => {
    // Once what is under way in other databases lets it.
    while ((await evidence('seal', seal)) === 0);
  })
  await withMember('samspil_monitor', async () => {
    assert.equal((await head())?.no, 1)
    await assert.rejects(check, /permission denied for table audit/)
  })
  await withMember('samspil_log', async (name) => {
    assert.equal((await head())?.no, 1)
    const { faults, rows, seals } = await check()
    assert.deepEqual([faults, rows, seals], [[], 1, 1])
    await assert.rejects(evidence('seal', seal), {
      name: 'WrongRole',
      message: `DATABASE_URL logs in as ${name}, which may not do this: name samspil_app in it`,
    })
  })
  await withMember('samspil_admin', async () => {
    await assert.rejects(head, /permission denied for table audit_seal/)
    await (await openDatabase(undefined, () => {}, beside)).close()
  })
  await withMember('samspil_log', async () => {
    await assert.rejects(
      openDatabase(undefined, () => {}, beside),
      /name samspil_admin in it/,
    )
  })
})
