/** Log reviews as their reviewers and those who are asked find and change them; behind the wall. */

import { present } from '#base/assert.ts'
import type { AuditRow } from '#evidence/audit.ts'
import type {
  AskedPage,
  ReviewPage,
  ReviewStore,
  ReviewsPage,
  ReviewWritten,
  SeenLook,
} from '#review/ports.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { actorStatement, callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { handsOfTwo } from '#store/hands.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'
import {
  headJson,
  type LookRow,
  lookJson,
  type ReviewRow,
  readLookRow,
  readReviewRow,
  readWholeRow,
  type WholeRow,
  wholeJson,
} from '#store/review-rows.ts'

const listStatement = callerStatement(
  'reviews-list',
  `
with ${callerSql}
select ${pageHead},
  (select json_agg(${headJson} order by r.week desc)
    from (
      select v.* from log_review v join caller on v.authority = caller.authority
      where $4::text is null or v.week < $4 order by v.week desc limit $5
    ) r) as reviews
`,
)

const reviewStatement = callerStatement(
  'review-read',
  `
with ${callerSql}
select ${pageHead},
  (select ${wholeJson} from log_review r join caller on r.authority = caller.authority
    where r.week = $4) as whole,
  (select json_agg(o.code) from caller, codes_of_employee(caller.code) o) as "ownCodes"
`,
)

const askedStatement = callerStatement(
  'review-asked',
  `
with ${callerSql}
select ${pageHead},
  (select json_agg(${lookJson} order by l.asked_at desc, l.week, l.no)
    from (
      select k.* from reviewed_look k
      join caller on k.person_code = caller.code and k.authority = caller.authority
      where k.asked_at is not null order by k.asked_at desc limit $4
    ) l) as looks
`,
)

/** What lies further back is settled long since. */
const askedMax = 100

const place = 'l.authority = $1 and l.week = $2 and l.no = $3'
/**
 * Judged look-ups stand once somebody has signed. The review is another one by what is about to be
 * written: whoever signs at this moment waits for it, and has then seen another version.
 */
const openWhere = (may: string) => `open as (
  update log_review r set version = r.version + 1
  where r.authority = $1 and r.week = $2 and r.first_by is null
    and exists (select from reviewed_look l where ${place} and l.version = $6 and ${may})
  returning r.week
)`

const unanswered = 'l.answered_at is null and l.verdict is null'

const askStatement = actorStatement(
  'review-ask',
  `
with ${openWhere(unanswered)},
changed as (
  update reviewed_look l
  set asked_at = $4, asked_by = $5, question = $7, version = l.version + 1
  where ${place} and l.version = $6 and ${unanswered} and exists (select from open)
  returning l.no
),
${auditInsert('changed', '$8')}
select false as is_one, exists (select from changed) as changed
`,
  { audit: 8 },
)

const answerStatement = actorStatement(
  'review-answer',
  `
with changed as (
  update reviewed_look l set answered_at = $4, answer = $7, version = l.version + 1
  where ${place} and l.version = $6 and l.asked_at is not null and l.verdict is null
    and l.person_code = $5
  returning l.no
),
${auditInsert('changed', '$8')}
select false as is_one, exists (select from changed) as changed
`,
  { audit: 8 },
)

/** Whoever may hold the code that looked does not judge it (A43). */
const judgeStatement = actorStatement(
  'review-judge',
  `
with recursive ${handsOfTwo(`
    select l.person_code::text as asked_by, l.at as asked_at,
      $5::text as settled_by, $4::timestamptz as settled_at
    from reviewed_look l where ${place}`)},
${openWhere('not (select is_one from one_hand)')},
changed as (
  update reviewed_look l
  set judged_at = $4, judged_by = $5, verdict = $7, note = $8, version = l.version + 1
  where ${place} and l.version = $6 and exists (select from open)
  returning l.no
),
${auditInsert('changed', '$9')}
select (select is_one from one_hand) as is_one, exists (select from changed) as changed
`,
  { audit: 9 },
)

/**
 * The second name is another person's than the first; neither is put there twice. `$6` is the first
 * as it was seen: whose hand it is was judged of that one, and of none that came in between. `$7` is
 * the version that was seen, in which everything was judged: what is judged is never unjudged.
 */
const signStatement = actorStatement(
  'review-sign',
  `
with recursive ${handsOfTwo(`
    select r.first_by::text as asked_by, r.first_at as asked_at,
      $4::text as settled_by, $3::timestamptz as settled_at
    from log_review r where r.authority = $1 and r.week = $2 and r.first_by is not null`)},
changed as (
  update log_review r
  set first_by = coalesce(r.first_by, $4), first_at = coalesce(r.first_at, $3),
    second_by = case when r.first_by is not null then $4::char(8) end,
    second_at = case when r.first_by is not null then $3::timestamptz end
  where r.authority = $1 and r.week = $2 and r.second_by is null
    and r.first_by is not distinct from $6::char(8) and r.first_by is distinct from $4
    and not (select is_one from one_hand)
    and r.version = $7
    and not exists (select from reviewed_look l
      where l.authority = r.authority and l.week = r.week and l.verdict is null)
  returning r.week
),
${auditInsert('changed', '$5')}
select (select is_one from one_hand) as is_one, exists (select from changed) as changed
`,
  { audit: 5 },
)

export function openReviews(pool: Pool): ReviewStore {
  const change = async (sql: Statement, values: readonly unknown[]): Promise<ReviewWritten> => {
    const { rows } = await pool.run(sql, values)
    const { is_one: isOne, changed } = present(rows[0], 'the row of a change')
    if (changed === true) return 'written'
    return isOne === true ? 'own' : 'overtaken'
  }
  const ofLook = ({ authority, week, number, version }: SeenLook, { at, actor }: AuditRow) =>
    [authority, week, number, at, actor, version] as const
  return {
    list: async ({ asker, at, before, limit }) => {
      const row: Row & PageHeadRow & { readonly reviews?: readonly ReviewRow[] | null } =
        await readPage(pool, listStatement, [
          ...callerParameters(asker.token ?? '', at, asker.source),
          ...[before ?? null, limit],
        ])
      const reviews = (row.reviews ?? []).map(readReviewRow)
      return { ...readPageHead(row, asker), reviews } satisfies ReviewsPage
    },
    inquire: async ({ asker, at, week }) => {
      const row: Row &
        PageHeadRow & {
          readonly whole?: WholeRow | null
          readonly ownCodes?: readonly string[] | null
        } = await readPage(pool, reviewStatement, [
        ...callerParameters(asker.token ?? '', at, asker.source),
        week ?? null,
      ])
      const whole = row.whole ? readWholeRow(row.whole) : undefined
      const ownCodes = row.ownCodes ?? []
      return { ...readPageHead(row, asker), whole, ownCodes } satisfies ReviewPage
    },
    asked: async ({ asker, at }) => {
      const row: Row &
        PageHeadRow & { readonly looks?: readonly (LookRow & { week: string })[] | null } =
        await readPage(pool, askedStatement, [
          ...callerParameters(asker.token ?? '', at, asker.source),
          askedMax,
        ])
      return {
        ...readPageHead(row, asker),
        looks: (row.looks ?? []).map(readLookRow),
      } satisfies AskedPage
    },
    ask: (at, text, audit) =>
      change(askStatement, [...ofLook(at, audit), text, writeAuditRow(audit)]),
    answer: (at, text, audit) =>
      change(answerStatement, [...ofLook(at, audit), text, writeAuditRow(audit)]),
    judge: (at, { verdict, note }, audit) =>
      change(judgeStatement, [...ofLook(at, audit), verdict, note, writeAuditRow(audit)]),
    sign: ({ authority, week, version }, first, audit) =>
      change(signStatement, [
        ...[authority, week, audit.at, audit.actor, writeAuditRow(audit), first ?? null, version],
      ]),
  }
}

async function readPage(pool: Pool, sql: Statement, values: readonly unknown[]): Promise<Row> {
  return present((await pool.run(sql, values)).rows[0], 'the row of a page')
}
