/** What a store sends, and how many rows of each table that takes. It knows no statement. */

import assert from 'node:assert/strict'
import { present } from '#base/assert.ts'
import type { Pool, Statement } from '#store/pool.ts'

export type Sent = { readonly statement: Statement; readonly values: readonly unknown[] }

/** The one statement that a call of the store comes to. */
export async function sentBy(pool: Pool, call: (heard: Pool) => Promise<unknown>): Promise<Sent> {
  const sent: Sent[] = []
  await call({
    ...pool,
    run: (statement, values = []) => {
      sent.push({ statement, values })
      return pool.run(statement, values)
    },
  })
  assert.equal(sent.length, 1, 'one round trip')
  return present(sent[0], 'what was sent')
}

/** How many rows of a table one statement takes from it; an index that tells enough takes none. */
export async function rowsReadBy(
  pool: Pool,
  { statement, values }: Sent,
): Promise<{ readonly [table: string]: number }> {
  return pool.transaction(async (session) => {
    const taken = async () => {
      const { rows } = await session.script(`
        select relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as taken
        from pg_stat_xact_user_tables`)
      return rows.map((row) => [String(row['relname']), Number(row['taken'])] as const)
    }
    await session.script('set local enable_seqscan = off')
    const before = new Map(await taken())
    await session.run(statement, values)
    const after = await taken()
    return Object.fromEntries(after.map(([name, rows]) => [name, rows - (before.get(name) ?? 0)]))
  })
}
