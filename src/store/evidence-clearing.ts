/**
 * Clears evidence away when its time is over, as the owner of the database: seals stay, and of each
 * row what its seal vouched for. Seal after seal, each once for each time limit.
 */

import { keptSince } from '#access/time-limits.ts'
import { present } from '#base/assert.ts'
import { type Random, timedId } from '#base/ids.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { actsOf, findKeeping } from '#evidence/keeping.ts'
import { type Place, type Seal, whatStays } from '#evidence/seal.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { timeStatement } from '#store/caller.ts'
import type { Pool, Session } from '#store/pool.ts'
import { evidenceOrder, readSeal, readSealedRow, sealedRowColumns } from '#store/seals.ts'

/** Who clears away and why, for the evidence of it. */
export type Clearing = {
  readonly at: Date
  readonly random: Random
  readonly by: string
  readonly reason: string
}

/** What was cleared away under some seals that follow each other. */
export type ClearedSeals = {
  readonly keeping: ClearedKeeping
  readonly first: number
  readonly last: number
  readonly rows: number
}

const clearedKeepings = ['read', 'change'] as const
type ClearedKeeping = (typeof clearedKeepings)[number]

/** Of one transaction: what is read at once is held in memory. A seal has a thousand at most. */
const rowsMax = 5_000
const sealsMax = 500

/** Whoever else clears at the same time waits here, and goes on behind it. */
const comeTo = timeStatement(
  'evidence-come-to',
  'select no from audit_cleared_until where keeping = $1 for update',
)

/** The seal that was come to, and those behind it. */
const nextSeals = timeStatement(
  'evidence-next-seals',
  `
select * from audit_seal
where no between $1::bigint and $1::bigint + ${sealsMax}
order by no
`,
)

const rowsUnder = timeStatement(
  'evidence-rows-under',
  `
select ${sealedRowColumns}
from audit a
where (a.epoch, a.xid, a.id collate "C") > ($1, $2::text::xid8, $3)
  and (a.epoch, a.xid, a.id collate "C") <= ($4, $5::text::xid8, $6)
  and a.act = any($7::text[])
order by ${evidenceOrder}
`,
)

const clearRows = timeStatement(
  'evidence-clear',
  `
with come as (
  update audit_cleared_until set no = $2 where keeping = $1
), gone as (
  delete from audit where id = any($3::text[]) returning epoch, xid, id, act
), kept as (
  insert into audit_cleared (epoch, xid, id, act, digest, cleared_at)
  select g.epoch, g.xid, g.id, g.act, decode(d.digest, 'hex'), $5
  from gone g join unnest($3::text[], $4::text[]) d (id, digest) on d.id = g.id
  returning id
), counted as (
  select count(*)::int as rows from kept having count(*) > 0
), ${auditInsert('counted', '$6')}
select rows from counted
`,
)

/** Whether a row of evidence, sealed then, is kept too long by now. A seal is made after its rows. */
export function isEvidenceOver(act: string, sealedAt: Date, now: Date): boolean {
  const keeping = findKeeping(act)
  if (keeping === undefined || keeping === 'code') return false
  return sealedAt <= keptSince(`${keeping}-log`, now)
}

/** A server says every few seconds how far its clock has come; a longer standstill is rare. */
const aheadMaxMs = 86_400_000

/** How far the clocks of the servers have come. */
const clockMark = timeStatement('evidence-clock-mark', 'select reached from clock_mark')

/**
 * Clears away what is due, and tells of each part once it is done. A clock that is ahead would call
 * everything old, and nothing brings it back: so what the servers' clocks have shown has to agree.
 */
export async function clearEvidence(
  pool: Pool,
  clearing: Clearing,
  tell: (cleared: ClearedSeals) => void,
): Promise<'done' | 'clock-ahead'> {
  const reached = (await pool.run(clockMark, [])).rows[0]?.['reached']
  const known = reached instanceof Date ? reached.valueOf() : 0
  if (clearing.at.valueOf() - known > aheadMaxMs) return 'clock-ahead'
  for (const keeping of clearedKeepings) {
    for (;;) {
      const cleared = await pool.transaction((session) => clearPart(session, keeping, clearing))
      if (!cleared) break
      if (cleared.rows > 0) tell(cleared)
    }
  }
  return 'done'
}

/** Undefined when no seal is left that is old enough. */
async function clearPart(
  session: Session,
  keeping: ClearedKeeping,
  clearing: Clearing,
): Promise<ClearedSeals | undefined> {
  const come = Number(present((await session.run(comeTo, [keeping])).rows[0]?.['no'], 'a place'))
  const since = keptSince(`${keeping}-log`, clearing.at)
  const next = (await session.run(nextSeals, [come])).rows.map(readSeal)
  // Up to the first that is not due, though a later one were: a clock was ahead for a while.
  const young = next.findIndex(({ no, sealedAt }) => no > come && sealedAt > since)
  const due = young < 0 ? next : next.slice(0, young)
  const seals = firstOf(due.filter(({ no }) => no > come))
  const [first, last] = [seals.at(0), seals.at(-1)]
  if (!first || !last) return undefined
  const { epoch, xid, id } = come === 0 ? beginning : present(next[0], 'a seal').reached
  const to = last.reached
  const acts = actsOf(keeping)
  const under = [epoch, xid, id, to.epoch, to.xid, to.id, acts]
  const rows = (await session.run(rowsUnder, under)).rows.map(readSealedRow)
  const cleared = { keeping, first: first.no, last: last.no, rows: rows.length }
  const stays = rows.map(whatStays)
  const audit = evidenceOf(cleared, clearing)
  await session.run(clearRows, [
    ...[keeping, last.no, stays.map(({ place }) => place.id)],
    ...[stays.map(({ digest }) => digest), clearing.at, writeAuditRow(audit)],
  ])
  return cleared
}

const beginning: Place = { epoch: 0, xid: '0', id: '' }

/** As many as have together no more rows than are read at once. */
function firstOf(seals: readonly Seal[]): readonly Seal[] {
  let sum = 0
  return seals.filter(({ rows }) => {
    sum += rows
    return sum <= rowsMax
  })
}

function evidenceOf(
  { keeping, first, last, rows }: ClearedSeals,
  { at, random, by, reason }: Clearing,
): AuditRow {
  return {
    ...{ id: timedId(at, random), at, act: 'evidence-cleared', outcome: 'done', receipt: 0 },
    ...{ actor: by, purpose: reason, persons: [], detail: { keeping, first, last, rows } },
  }
}
