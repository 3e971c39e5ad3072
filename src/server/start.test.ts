/** What the server says of itself while it starts, without a database. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import { composeServer } from '#server/compose.ts'
import { openPool } from '#store/pool.ts'

test('starting the server brings no warning of Node or of a library', async () => {
  const warnings: string[] = []
  const hear = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`)
  process.on('warning', hear)
  const pool = openPool('postgres://nobody@127.0.0.1:1/nothing')
  const log = pino({ level: 'silent' })
  const app = await composeServer({ pool, log, clock: () => new Date(), version: 'test' })
  try {
    await app.ready()
    await turn()
    assert.deepEqual(warnings, [])
  } finally {
    process.removeListener('warning', hear)
    await app.close()
    await pool.close()
  }
})
