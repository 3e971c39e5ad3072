/** Deposits as rows: each read and each write one statement, and a sweep of what is over. */

import { assert, present } from '#base/assert.ts'
import type { Deposit, DepositKind, DepositPage, DepositStore } from '#casework/deposits.ts'
import type { Asker } from '#casework/ports.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import {
  callerParameters,
  callerSql,
  callerStatement,
  codeStatement,
  timeStatement,
} from '#store/caller.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'

/** `$1` to `$3` are the caller's, `$4` is the kind. What is over is gone before it is swept. */
const head = `
with ${callerSql},
own as not materialized (
  select d.* from deposit d
  where d.depositor = (select code from caller) and d.kind = $4 and d.expires_at > $2
)
select
  ${pageHead}`

const items = (where: string) => `${head},
  (
    select json_agg(json_build_object(
      'key', o.key, 'concerns', o.concerns, 'version', o.version,
      'content', encode(o.content, 'base64'),
      'storedAt', o.stored_at, 'expiresAt', o.expires_at) order by o.stored_at, o.key)
    from own o where ${where}
  ) as items
`
const byKey = callerStatement('deposit-by-key', items('o.key = $5'))
const byPerson = callerStatement('deposit-by-person', items('o.concerns @> array[$5]::char(10)[]'))

const place = callerStatement(
  'deposit-place',
  `${head},
  (select to_json(o.concerns) from own o where o.key = $5) as concerns,
  (
    select count(*)::int from own o
    where o.concerns @> array[$6]::char(10)[] and o.concerns[1] = $6::char(10)
  ) as "ofPerson",
  (
    select c.deposits from deposit_count c where c.depositor = (select code from caller)
  ) as "ofCaller"
`,
)

/** A new one begins at 1. `$8`: the version that must be there, 0 for none, null for either. */
const put = `with put as (
  insert into deposit as d
    (depositor, kind, key, concerns, version, content, stored_at, expires_at)
  select $1, $2, $3, $4::char(10)[], 1, $5, $6::timestamptz, $7::timestamptz
  where coalesce($8::int, 0) = 0 or exists (
    select from deposit e
    where e.depositor = $1 and e.kind = $2 and e.key = $3 and e.expires_at > $6)
  on conflict (depositor, kind, key) do update
  set concerns = excluded.concerns, version = d.version + 1, content = excluded.content,
    stored_at = excluded.stored_at, expires_at = excluded.expires_at
  where $8::int is null or d.version = $8 or ($8 = 0 and d.expires_at <= excluded.stored_at)
  returning version
)`
const putStatement = codeStatement('deposit-put', `${put} select version from put`, 1)
const putAudited = codeStatement(
  'deposit-put-audited',
  `${put}, ${auditInsert('put', '$9')} select version from put`,
  1,
)

const removal = (which: string) => `with removed as (
  delete from deposit where depositor = $1 and kind = $2 and ${which}
  returning key
)`
const counted = 'select count(*)::int as removed from removed'
const once = '(select from removed limit 1) as any_of_them'

function removalBy(name: string, which: string): readonly [bare: Statement, audited: Statement] {
  const audited = `${removal(which)}, ${auditInsert(once, '$4')} ${counted}`
  const bare = `${removal(which)} ${counted}`
  return [codeStatement(name, bare, 1), codeStatement(`${name}-audited`, audited, 1)]
}
const removeByKey = removalBy('deposit-remove', 'key = $3')
const removeByPerson = removalBy('deposit-remove-all', 'concerns @> array[$3]::char(10)[]')

export function openDeposits(pool: Pool): DepositStore {
  return {
    find: async (question) => {
      const { asker, at, kind } = question
      const [sql, value] =
        'key' in question ? [byKey, question.key] : [byPerson, question.concerns ?? null]
      const parameters = callerParameters(asker.token ?? '', at, asker.source)
      const { rows } = await pool.run(sql, [...parameters, kind, value])
      return readPage(present(rows[0], 'the row of a page'), kind, asker)
    },
    findPlace: async ({ asker, at, kind, key, owner }) => {
      const parameters = callerParameters(asker.token ?? '', at, asker.source)
      const { rows } = await pool.run(place, [...parameters, kind, key, owner ?? null])
      const row: Row & PlaceRow = present(rows[0], 'the row of a place')
      return {
        ...readPageHead(row, asker),
        concerns: row.concerns ?? undefined,
        ofPerson: row.ofPerson ?? 0,
        ofCaller: row.ofCaller ?? 0,
      }
    },
    put: async (
      depositor,
      { kind, key, concerns, content, storedAt, expiresAt },
      replaces,
      audit,
    ) => {
      const { rows } = await pool.run(audit ? putAudited : putStatement, [
        ...[depositor, kind, key, concerns, Buffer.from(content), storedAt, expiresAt],
        replaces ?? null,
        ...(audit ? [writeAuditRow(audit)] : []),
      ])
      const version = rows[0]?.['version']
      if (version === undefined) return 'overtaken'
      assert(typeof version === 'number', 'a version that is no number')
      return { version }
    },
    remove: async (depositor, which, audit) => {
      const [bare, audited] = 'key' in which ? removeByKey : removeByPerson
      const value = 'key' in which ? which.key : which.of
      const values = [depositor, which.kind, value, ...(audit ? [writeAuditRow(audit)] : [])]
      const { rows } = await pool.run(audit ? audited : bare, values)
      return Number(rows[0]?.['removed'] ?? 0)
    },
  }
}

type PlaceRow = PageHeadRow & {
  readonly concerns?: readonly string[] | null
  readonly ofPerson?: number
  readonly ofCaller?: number | null
}
type ItemRow = {
  readonly key: string
  readonly concerns: readonly string[]
  readonly version: number
  readonly content: string
  readonly storedAt: string
  readonly expiresAt: string
}

function readPage(
  row: Row & PageHeadRow & { readonly items?: readonly ItemRow[] | null },
  kind: DepositKind,
  asker: Asker,
): DepositPage {
  return {
    ...readPageHead(row, asker),
    items: (row.items ?? []).map(
      (item): Deposit => ({
        kind,
        key: item.key,
        concerns: item.concerns,
        version: item.version,
        content: Buffer.from(item.content, 'base64'),
        storedAt: new Date(item.storedAt),
        expiresAt: new Date(item.expiresAt),
      }),
    ),
  }
}

const batch = 1000

const sweep = timeStatement(
  'deposit-sweep',
  `
delete from deposit d
using (
  select depositor, kind, key from deposit
  where expires_at <= $1
  order by expires_at
  limit ${batch}
  for update skip locked
) over
where d.depositor = over.depositor and d.kind = over.kind and d.key = over.key
`,
)

const count = timeStatement(
  'deposit-count',
  `
insert into deposit_count as c (depositor, deposits, counted_at)
select p.code, count(d.key), $1
from person_code p left join deposit d on d.depositor = p.code
group by p.code
on conflict (depositor) do update
set deposits = excluded.deposits, counted_at = excluded.counted_at
`,
)

/** Clears away what is over, counts what is left, and gives how many it removed. */
export async function sweepDeposits(pool: Pool, at: Date): Promise<number> {
  let total = 0
  for (let removed = batch; removed === batch; total += removed) {
    removed = (await pool.run(sweep, [at])).count
  }
  await pool.run(count, [at])
  return total
}
