/** The outbox of letters: a page of an authority's, what is due, and what became of each. */

import { present } from '#base/assert.ts'
import type { Delivery, DeliveryStore, Mail, openDeliveries } from '#casework/delivery.ts'
import type { LetterKind } from '#casework/hearings.ts'
import {
  type OutboxInquiry,
  type OutboxPage,
  type OutboxStore,
  settlings,
} from '#casework/outbox.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import {
  actorStatement,
  callerParameters,
  callerSql,
  callerStatement,
  timeStatement,
} from '#store/caller.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row } from '#store/pool.ts'

const findStatement = callerStatement(
  'outbox-find',
  `
with ${callerSql},
found as (
  select l.* from letter l join caller on caller.authority = l.authority
  where ($4::text is null or l.delivery = $4) and ($5::text is null or l.kind = $5)
    and ($6::char(10) is null or l.recipient = $6)
    and ($7::timestamptz is null or (l.at, l.id) < ($7, $8))
    and ($10::text[] is null or l.id = any ($10))
  order by l.at desc, l.id desc
  limit $9
)
select ${pageHead},
  (select json_agg(json_build_object('letter', to_jsonb(f),
      'recipient', (select p.current from person p where p.pnr = f.recipient))
      order by f.at desc, f.id desc)
    from found f) as items,
  (select json_object_agg(c.delivery, c.letters) from (
    select l.delivery, count(*)::int as letters from letter l join caller
      on caller.authority = l.authority
    where l.delivery in ('waiting', 'undeliverable', 'failed') group by l.delivery) c) as counts
`,
)

type LetterJson = {
  readonly id: string
  readonly at: string | Date
  readonly recipient: string
  readonly kind: LetterKind
  readonly incident_id: string | null
  readonly text_da: string
  readonly text_en: string
  readonly authority: string
  readonly delivery: Delivery
  readonly tries: number
  readonly settled_at: string | Date | null
  readonly settled_by: string | null
  readonly held_until: string | Date | null
  readonly held_by: string | null
}

type PageRow = PageHeadRow & {
  readonly items?:
    | readonly { readonly letter: LetterJson; readonly recipient: OpenPerson | null }[]
    | null
  readonly counts?: { readonly [delivery: string]: number } | null
}

async function find(pool: Pool, inquiry: OutboxInquiry): Promise<OutboxPage> {
  const { asker, at, before, delivery, kind, recipient, ids, limit } = inquiry
  const { rows } = await pool.run(findStatement, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    ...[delivery ?? null, kind ?? null, recipient ?? null],
    ...[before?.at ?? null, before?.id ?? null, limit, ids ?? null],
  ])
  const row: Row & PageRow = present(rows[0], 'a row')
  const count = (name: (typeof openDeliveries)[number]) => row.counts?.[name] ?? 0
  return {
    ...readPageHead(row, asker),
    items: (row.items ?? []).map(({ letter, recipient: person }) => ({
      mail: readMail(letter),
      recipient: person === null ? undefined : shut(person),
    })),
    counts: {
      waiting: count('waiting'),
      undeliverable: count('undeliverable'),
      failed: count('failed'),
    },
  }
}

function readMail(row: LetterJson): Mail {
  return {
    id: row.id,
    at: new Date(row.at),
    recipient: row.recipient,
    kind: row.kind,
    incidentId: row.incident_id ?? undefined,
    text: { da: row.text_da, en: row.text_en },
    authority: row.authority,
    delivery: row.delivery,
    tries: row.tries,
    settledAt: row.settled_at === null ? undefined : new Date(row.settled_at),
    settledBy: row.settled_by ?? undefined,
    held:
      row.held_until === null
        ? undefined
        : { until: new Date(row.held_until), by: row.held_by ?? undefined },
  }
}

/**
 * `due_at` of those that wait is when they may be tried again; of the others it says nothing. What
 * somebody else has in hand is left to them, and what waits in nobody's hands waits on.
 */
const settleStatement = actorStatement(
  'outbox-settle',
  `
with settled as (
  update letter set
    delivery = case when $2 = 'printing' then delivery else $2 end,
    tries = case when $2 = 'printing' then tries else 0 end,
    due_at = case when $2 = 'printing' then due_at end,
    settled_at = case when $2 = 'printed' then $3::timestamptz end,
    settled_by = case when $2 = 'printed' then $4 end,
    held_until = case when $2 = 'printing' then $8::timestamptz end,
    held_by = case when $2 = 'printing' then $4::char(8) end
  where id = any ($1::text[]) and authority = $5 and delivery = any ($6::text[])
    and (held_until is null or held_until <= $3 or held_by = $4::char(8))
    and ($2 <> 'waiting' or delivery <> 'waiting' or held_by = $4::char(8))
  returning id, recipient
),
noted as (
  select $7::jsonb || jsonb_build_object(
    'persons', coalesce(jsonb_agg(distinct recipient), '[]'),
    'detail', $7::jsonb -> 'detail'
      || jsonb_build_object('letters', coalesce(string_agg(id, ' ' order by id), ''))) as row
  from settled
),
${auditInsert('noted', 'noted.row')}
select id from settled
`,
  { audit: 7 },
)

const takeStatement = timeStatement(
  'outbox-take',
  `
with due as (
  select id from letter
  where delivery = 'waiting' and coalesce(due_at, at) <= $1
    and (held_until is null or held_until <= $1)
  order by coalesce(due_at, at), id limit $3
  for update skip locked
),
taken as (
  update letter l set held_until = $2, held_by = null from due where l.id = due.id
  returning l.*
)
select id, at, recipient, kind, incident_id, text_da, text_en, authority, delivery, tries,
  settled_at, settled_by, held_until, held_by, due_at
from taken order by coalesce(due_at, at), id
`,
)

/** What was handed over after it was held too long stays as noted, and both are on record. */
const triedStatement = timeStatement(
  'outbox-tried',
  `
with tried as (
  update letter set delivery = $2, tries = $3, due_at = $4, settled_at = $5, held_until = null
  where id = $1 and delivery = 'waiting' and held_by is null
  returning id
),
happened as (
  select id from tried
  union all
  select id from letter where id = $1 and $2 = 'delivered'
    and (delivery = 'printed' or held_by is not null)
),
${auditInsert('happened', '$6')}
select count(*)::int as written from tried
`,
)

export function openOutbox(pool: Pool): OutboxStore {
  return {
    find: (inquiry) => find(pool, inquiry),
    settle: async (ids, { to, at, by, authority, until }, audit) => {
      const values = [ids, to, at, by, authority, settlings[to], writeAuditRow(audit), until]
      const { rows } = await pool.run(settleStatement, values)
      return rows.map(({ id }) => String(id))
    },
  }
}

export function openDelivery(pool: Pool): DeliveryStore {
  return {
    take: async (at, until, limit) => {
      const { rows } = await pool.run(takeStatement, [at, until, limit])
      return (rows as readonly LetterJson[]).map(readMail)
    },
    tried: async ({ id, delivery, tries, settledAt }, dueAt, audit) => {
      const values = [id, delivery, tries, dueAt ?? null, settledAt ?? null, writeAuditRow(audit)]
      await pool.run(triedStatement, values)
    },
  }
}
