/**
 * Ends conversations whose time is over (A38). Steps judge the time themselves, so this writes
 * down what already holds; many processes may do it at once.
 */

import { type Pool, statement } from '#store/pool.ts'

const batch = 1000

/** The version is raised, so that a step which looked before is overtaken and looks again. */
const expire = statement(
  'incident-expire',
  `
update incident i
set state = 'expired', version = i.version + 1, closed_at = i.expires_at
from (
  select id from incident
  where state in ('initiated', 'validated') and expires_at <= $1
  order by expires_at
  limit ${batch}
  for update skip locked
) due
where i.id = due.id
`,
)

/** Gives how many it ended. */
export async function expireConversations(pool: Pool, at: Date): Promise<number> {
  for (let total = 0; ; ) {
    const { count } = await pool.run(expire, [at])
    total += count
    if (count < batch) return total
  }
}
