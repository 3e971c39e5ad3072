/**
 * Notices: what the holders of person codes are told, written with the effect they tell of and read
 * in the order of the feed. Knows neither passwords nor why.
 */

import { isNoticeKind, type Notice, type NoticeKind, type NoticePlace } from '#access/notices.ts'
import { warnBeforeEndMs } from '#access/password-rules.ts'
import type { Caller } from '#access/security-groups.ts'
import { assert, present } from '#base/assert.ts'
import type { Asker } from '#casework/ports.ts'
import { callerParameters, callerSql, callerStatement, readCaller } from '#store/caller.ts'
import { type Row, type Session, statement } from '#store/pool.ts'

/**
 * A `with` part that tells of the person code in the row that `effect` gave, if `only` holds. It
 * has the id and the instant of the audit row in the parameter.
 */
export function noticeInsert(
  effect: string,
  audit: string,
  kind: NoticeKind,
  only = 'true',
): string {
  return `noticed as (
    insert into notice (id, at, person_code, kind)
    select ${audit}::jsonb ->> 'id', (${audit}::jsonb ->> 'at')::timestamptz, code, '${kind}'
    from ${effect} where ${only}
  )`
}

/** Tells of every password that ends within 14 days, and of those that have ended, once each. */
export async function noteEndingPasswords(session: Session, now: Date): Promise<number> {
  const soon = new Date(now.valueOf() + warnBeforeEndMs)
  const { rows } = await session.run(noteEndingStatement, [now, soon])
  return rows.length
}

/** The id is what makes it once: the code, the kind, and the end of this password. */
const noteEndingStatement = statement(
  'notice-password-ends',
  `insert into notice (id, at, person_code, kind, ends_at)
  select p.code || '.' || k.kind || '.' || extract(epoch from p.password_expires_at)::bigint,
    $1, p.code, k.kind, p.password_expires_at
  from person_code p
  cross join lateral (
    select case when p.password_expires_at > $1 then 'password-ends-soon' else 'password-ended' end
      as kind
  ) k
  where p.active and not p.one_time and p.password_expires_at <= $2
  on conflict (id) do nothing
  returning id`,
)

export type NoticeInquiry = {
  readonly asker: Asker
  readonly at: Date
  readonly after: NoticePlace
  readonly limit: number
}

export type NoticePage = {
  readonly caller: Caller | undefined
  readonly items: readonly Notice[]
  /** The one that is now. */
  readonly epoch: number
}

/** What follows the place, of the caller's own code and of those with the same holder. */
export async function listNotices(
  session: Session,
  { asker, at, after, limit }: NoticeInquiry,
): Promise<NoticePage> {
  const { rows } = await session.run(listStatement, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    after.epoch,
    after.xid,
    after.id,
    limit,
  ])
  const { caller, items, epoch } = present(rows[0], 'the row of a page') as Row & PageRow
  return {
    epoch,
    caller: caller ? readCaller(caller, asker) : undefined,
    items: (items ?? []).map(readNotice),
  }
}

type NoticeRow = {
  readonly id: string
  readonly epoch: number
  readonly xid: string
  readonly at: string
  readonly person_code: string
  readonly kind: string
  readonly ends_at: string | null
}
type PageRow = {
  readonly caller?: Row | null
  readonly items?: readonly NoticeRow[] | null
  readonly epoch: number
}

/**
 * Below the horizon alone: what is written now may be older than what is seen already (D-3). What
 * was written before a restore is settled.
 */
const listStatement = callerStatement(
  'notice-list',
  `with ${callerSql}
  select (select row_to_json(caller) from caller) as caller,
  (select epoch from feed_epoch) as epoch, (
    select json_agg(json_build_object('id', n.id, 'epoch', n.epoch, 'xid', n.xid::text, 'at', n.at,
      'person_code', n.person_code, 'kind', n.kind, 'ends_at', n.ends_at)
      order by n.epoch, n.xid, n.id)
    from (
      select notice.* from notice
      where person_code in (
          select theirs.code from person_code theirs, person_code mine, caller
          where mine.code = caller.code
            and (theirs.code = mine.code or theirs.holder = mine.holder))
        and (epoch, xid, id) > ($4::int, $5::text::xid8, $6)
        and (epoch, xid) <
          ((select epoch from feed_epoch), pg_snapshot_xmin(pg_current_snapshot()))
      order by epoch, xid, id
      limit $7
    ) n
  ) as items`,
)

function readNotice(row: NoticeRow): Notice {
  const { id, epoch, xid, kind } = row
  assert(isNoticeKind(kind), 'an unknown kind of notice is stored')
  return {
    place: { epoch, xid, id },
    at: new Date(row.at),
    personCode: row.person_code,
    kind,
    endsAt: row.ends_at === null ? undefined : new Date(row.ends_at),
  }
}
