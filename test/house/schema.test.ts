/** The dump of the schema that people read is what the migrations make. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#store/migrate.ts'
import { dumpSchema } from '#store/schema-dump.ts'
import { openEmptyDatabase } from '#test/database.ts'
import { textOf } from '#test/house/tracked.ts'

test('sql/schema.sql is what the migrations add up to', async () => {
  const { pool } = await openEmptyDatabase()
  await migrate(pool)
  const [dump, written] = [await dumpSchema(pool), textOf('sql/schema.sql')]
  assert.equal(written, dump, 'write it anew with: node set-up/run.mjs test/write-schema.ts')
})
