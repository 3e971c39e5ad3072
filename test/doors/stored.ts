/** What a database holds, as one text to compare: a refused request must not change it (I-24). */

import { createHash } from 'node:crypto'
import type { Pool } from '#store/pool.ts'

/** Evidence, its seals, tokens, counters, the clock's mark and whose turn it is change at any time. */
const passedOver = [
  'audit',
  'audit_seal',
  'token',
  'stray_attempt',
  'clock_mark',
  'job',
  'source_miss',
  'deposit_count',
  'report_count',
]

/** Columns that a refused step may move: the count of steps and attempts, the time of the last. */
const volatile = [
  'version',
  'expires_at',
  'tried_in_a_row',
  'wrong_in_a_row',
  'last_sign_on_at',
  'warned',
]

/** By table, a hash of its rows in an order of their own. */
export async function storedIn(owner: Pool): Promise<Readonly<Record<string, string>>> {
  const { rows } = await owner.script(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' order by table_name`,
  )
  const tables = rows.map(({ name }) => String(name)).filter((name) => !passedOver.includes(name))
  const columns = volatile.map((column) => `'${column}'`).join(', ')
  const parts = tables.map(
    (name) =>
      `select '${name}' as name, coalesce(string_agg(line, E'\\n' order by line), '') as lines
       from (select (to_jsonb(t) - array[${columns}])::text as line from ${name} t) l`,
  )
  const found = await owner.script(parts.join('\nunion all\n'))
  return Object.fromEntries(found.rows.map(({ name, lines }) => [String(name), hashOf(lines)]))
}

function hashOf(lines: unknown): string {
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex')
}

/** How many rows of evidence there are of what somebody asked; the server's own work has no actor. */
export async function auditCount(owner: Pool): Promise<number> {
  const { rows } = await owner.script(
    'select count(*)::int as count from audit where actor is not null',
  )
  return Number(rows[0]?.['count'])
}
