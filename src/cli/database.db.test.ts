/** What a command gets of a database: two roles, and no weak one. */

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { externalUrl, openDatabase } from '#cli/database.ts'
import { statement } from '#store/pool.ts'
import { openEmptyDatabase } from '#test/database.ts'

const beside = { use: 'beside', mayMake: false } as const

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
