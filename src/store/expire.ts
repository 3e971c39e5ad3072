/** Ends the conversations whose time is over; what is saved has no such limit. */

import { type Session, statement } from '#store/pool.ts'

const batch = 1000

const expire = statement(
  'incident-expire',
  `
with lapsed as (
  select id from incident
  where state in ('initiated', 'validated') and expires_at <= $1
  order by expires_at
  limit ${batch}
  for update skip locked
)
update incident i
set state = 'expired', version = i.version + 1, closed_at = i.expires_at
from lapsed where i.id = lapsed.id
`,
)

/** Gives how many it ended. Batch by batch, so that no step waits for it long. */
export async function expireLapsed(session: Session, now: Date): Promise<number> {
  for (let ended = 0; ; ) {
    const { count } = await session.run(expire, [now])
    ended += count
    if (count < batch) return ended
  }
}
