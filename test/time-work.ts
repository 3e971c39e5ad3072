/**
 * Keeps the server of a test from doing by itself, as time passes, what the test does and counts:
 * it holds the leases of that work for good. Knows what work there is, and none of it.
 */

import { timeWork } from '#server/time-work.ts'
import type { Pool } from '#store/pool.ts'

/** All of it, or that of these names; what is under way at that moment is finished. */
export async function holdTimeWork(
  owner: Pool,
  names: readonly string[] = timeWork.map(({ name }) => name),
): Promise<void> {
  const rows = names.map((name) => `('${name}', 'a test', '2100-01-01')`)
  await owner.script(
    `insert into job (name, holder, leased_until) values ${rows.join(', ')}
     on conflict (name) do update
     set holder = excluded.holder, leased_until = excluded.leased_until`,
  )
}

/** So that it can be taken up in turn, as though nobody ever had. */
export async function freeTimeWork(owner: Pool, name: string): Promise<void> {
  await owner.script(`delete from job where name = '${name}'`)
}
