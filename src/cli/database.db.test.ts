/** What a command gets of a database: two roles, and no weak one. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '#cli/database.ts'
import { statement } from '#store/pool.ts'
import { openEmptyDatabase } from '#test/database.ts'

test('the program runs in a role that cannot change what was recorded', async () => {
  const { url } = await openEmptyDatabase()
  const before = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = url
  const database = await openDatabase(undefined, () => {})
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
    openDatabase(undefined, () => {}),
    /--data.*DATABASE_URL/,
  )
})
