/** Writes sql/schema.sql anew from the migrations. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPool } from '#store/pool.ts'
import { dumpSchema } from '#store/schema-dump.ts'
import { root } from '#test/step.ts'
import { startTestServer, template, urlTo } from '#test/test-server.ts'

const server = await startTestServer()
try {
  const pool = openPool(urlTo(server.url, template), { max: 1 })
  writeFileSync(join(root, 'sql/schema.sql'), await dumpSchema(pool))
  await pool.close()
} finally {
  await server.stop()
}
