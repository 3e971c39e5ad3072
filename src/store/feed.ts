/** The feed as rows: a page below the horizon, and who has subscribed to what. */

import { present } from '#base/assert.ts'
import type { Random } from '#base/ids.ts'
import { timedId } from '#base/ids.ts'
import type { FeedEvent, FeedPlace, FindEvents } from '#search/events.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import { type Pool, type Row, type Session, statement } from '#store/pool.ts'

/** Where the person lives on a day, by what had been recorded with an event or before it. */
const livedOn = (day: string, comparison: '<=' | '<' = '<=') => `(
      select f.value ->> 'municipality' from fact f
      where f.pnr = s.pnr and f.kind = 'address' and f.event_no ${comparison} s.event_no
        and f.valid_from <= ${day} and (f.valid_to is null or f.valid_to > ${day})
      order by f.event_no desc, f.line desc limit 1)`
const recordedOn = "(s.recorded_at at time zone 'Europe/Copenhagen')::date"

/**
 * Whose business an event is: of the municipality where the person lives, and lived until then; of
 * the one where the person will live; and when that day comes, of the one that is left.
 */
const places = `array[
      ${livedOn(recordedOn)}, ${livedOn(recordedOn, '<')},
      ${livedOn(`greatest(s.valid_from, ${recordedOn})`)},
      case s.kind when 'in-effect' then ${livedOn('(s.valid_from - 1)')} end]`

/**
 * So many events are looked through, whoever they are about: a page costs the same for one small
 * municipality as for all of them. Below the horizon alone (D-3): what is being written now may
 * come before what is seen already. What was written before a restore bears the numbers of
 * another server, and is settled.
 */
const page = callerStatement(
  'event-feed',
  `
with ${callerSql},
seen as materialized (
  select e.* from event e
  where (e.epoch, e.xid, e.id) > ($4::int, $5::text::xid8, $6::text)
    and (e.epoch, e.xid) <
      ((select epoch from feed_epoch), pg_snapshot_xmin(pg_current_snapshot()))
    and exists (select from caller where security_group = 'receiver')
  order by e.epoch, e.xid, e.id
  limit $7
),
placed as (
  select s.*, ${places} as places
  from seen s where s.kind <> 'loaded'
)
select
  ${pageHead},
  (select epoch from feed_epoch) as epoch,
  (
    select json_agg(json_build_object(
      'epoch', p.epoch, 'xid', p.xid::text, 'id', p.id, 'pnr', p.pnr, 'eventNo', p.event_no,
      'kind', p.kind, 'type', p.type, 'recordedAt', p.recorded_at,
      'isProtected', (select n.current -> 'protections' @> '[{"type": "0001"}]'
        from person n where n.pnr = p.pnr)) order by p.epoch, p.xid, p.id)
    from placed p
    where exists (
      select from event_subscription b
      where b.person_code = (select code from caller)
        and b.municipality = any(p.places) and b.type in ('', p.type))
  ) as events,
  (
    select json_build_object('epoch', s.epoch, 'xid', s.xid::text, 'id', s.id)
    from seen s order by s.epoch desc, s.xid desc, s.id desc limit 1
  ) as reached
`,
)

type EventRow = FeedPlace &
  Omit<FeedEvent, 'place' | 'recordedAt'> & { readonly recordedAt: string }
type PageRow = PageHeadRow & {
  readonly events?: readonly EventRow[] | null
  readonly reached?: FeedPlace | null
  readonly epoch?: number
}

export function openFeed(pool: Pool): FindEvents {
  return async ({ asker, at, after, limit }) => {
    const parameters = callerParameters(asker.token ?? '', at, asker.source)
    const { epoch, xid, id } = after
    const { rows } = await pool.run(page, [...parameters, epoch, xid, id, limit])
    const row: Row & PageRow = present(rows[0], 'the row of a page')
    return {
      ...readPageHead(row, asker),
      events: (row.events ?? []).map(({ epoch: e, xid: x, id: own, recordedAt, ...event }) => ({
        ...event,
        place: { epoch: e, xid: x, id: own },
        recordedAt: new Date(recordedAt),
      })),
      reached: row.reached ?? undefined,
      epoch: present(row.epoch, 'the epoch of the feed'),
    }
  }
}

/**
 * After a backup was restored, as the owner: what was told since the backup is gone, and
 * transactions count from an earlier one. No place in a feed holds any longer, of events or of
 * notices, and nobody is signed on. Gives the epoch.
 */
export async function raiseFeedEpoch(owner: Session): Promise<number> {
  return Number((await owner.run(raise)).rows[0]?.['epoch'])
}

const raise = statement('feed-epoch-raise', 'select raise_feed_epoch() as epoch')

// Subscriptions -------------------------------------------------------------------------------

export type Subscription = {
  readonly personCode: string
  readonly municipality: string
  /** Empty for every type of event. */
  readonly type: string
}

export type Subscriber = {
  readonly actor: string
  readonly purpose: string
  readonly now: Date
  readonly random: Random
}

const listStatement = statement(
  'subscription-list',
  'select person_code, municipality, type from event_subscription order by 1, 2, 3',
)

/** Only for a receiver and a municipality that there are. */
const addStatement = statement(
  'subscription-add',
  `
with changed as (
  insert into event_subscription (person_code, municipality, type)
  select c.code, y.code, $3 from person_code c, authority y
  where c.code = $1 and c.security_group = 'receiver' and y.code = $2 and y.type = '05'
  on conflict do nothing
  returning person_code
),
${auditInsert('changed', '$4')}
select count(*)::int as written from changed
`,
)

const endStatement = statement(
  'subscription-end',
  `
with changed as (
  delete from event_subscription where person_code = $1 and municipality = $2 and type = $3
  returning person_code
),
${auditInsert('changed', '$4')}
select count(*)::int as written from changed
`,
)

export async function listSubscriptions(session: Session): Promise<readonly Subscription[]> {
  const { rows } = await session.run(listStatement)
  return rows.map(({ person_code: personCode, municipality, type }) => ({
    ...{ personCode: String(personCode), municipality: String(municipality), type: String(type) },
  }))
}

/** False when there is no such receiver or municipality, or it is subscribed to already. */
export function addSubscription(
  session: Session,
  subscription: Subscription,
  by: Subscriber,
): Promise<boolean> {
  return change(session, addStatement, subscription, by)
}

/** False when there was none. */
export function endSubscription(
  session: Session,
  subscription: Subscription,
  by: Subscriber,
): Promise<boolean> {
  return change(session, endStatement, subscription, by)
}

async function change(
  session: Session,
  sql: typeof addStatement,
  { personCode, municipality, type }: Subscription,
  { actor, purpose, now, random }: Subscriber,
): Promise<boolean> {
  const row = writeAuditRow({
    ...{ id: timedId(now, random), at: now, act: 'subscription-changed', outcome: 'done' },
    ...{ receipt: 0, actor, purpose, persons: [], detail: { personCode, municipality, type } },
  })
  const { rows } = await session.run(sql, [personCode, municipality, type, row])
  return rows[0]?.['written'] === 1
}
