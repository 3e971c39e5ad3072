/**
 * What the review of a week is drawn from, and keeping it: on nobody's behalf, of one authority
 * after the other. Knows no pattern.
 */

import { danishDate, date } from '#base/calendar.ts'
import { isSettingName, type MunicipalSettings } from '#incident/situation.ts'
import type { Misses } from '#review/draw.ts'
import { missesMax } from '#review/patterns.ts'
import type { DrawStore, Undrawn } from '#review/ports.ts'
import { readWeek, weekAfter, weekOf } from '#review/week.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { timeStatement } from '#store/caller.ts'
import type { Pool, Row } from '#store/pool.ts'
import { givenSql, readReason } from '#store/reason.ts'
import { actIn } from '#store/review-rows.ts'
import { atDesk, readSights } from '#store/review-sights.ts'

/** Who has employees that read persons: municipalities and the CPR Office. */
const undrawn = timeStatement(
  'review-undrawn',
  `
select y.code as authority, u.week as until,
  case when u.week is null then least(
    (select a.at from audit a where a.authority = y.code and a.act in ('look-up', 'search')
      order by a.at limit 1),
    (select a.at from audit a where a.authority = y.code and ${atDesk} order by a.at limit 1),
    (select i.closed_at from incident i
      where i.reporting_authority = y.code and i.state in ('cancelled', 'expired')
      order by i.closed_at limit 1)) end as first_at,
  (select json_agg(r.week) from log_review r
    where r.authority = y.code and r.week > coalesce(u.week, '')) as drawn,
  (select json_object_agg(s.name, s.value) from municipality_setting s
    where s.municipality = y.code) as settings
from authority y
left join drawn_until u on u.authority = y.code
where y.type in ('05', '39') and (u.week is null or u.week < $1)
order by u.week nulls first, y.code
`,
)

/** It never goes back: another process may have come further. */
const settle = timeStatement(
  'review-settle',
  `
insert into drawn_until as u (authority, week) values ($1, $2)
on conflict (authority) do update set week = excluded.week where u.week < excluded.week
`,
)

/** Of many that found nobody the first ones are shown. */
const missesShown = 5

const misses = timeStatement(
  'review-misses',
  `
select a.actor, count(*)::int as count,
  (array_agg(json_build_object('id', a.id, 'at', a.at, 'act', a.act, 'purpose', a.purpose,
    'given', ${givenSql}, 'pnr', a.persons[1]) order by a.at, a.id))[1:${missesShown}] as some
from audit a
where a.authority = $1 and a.at >= $2 and a.at < $3 and a.act in ('look-up', 'search')
  and a.outcome = 'refused' and a.actor is not null
group by a.actor, date_trunc('hour', a.at)
having count(*) >= ${missesMax}
order by a.actor, min(a.at)
`,
)

const keep = timeStatement(
  'review-keep',
  `
with kept as (
  insert into log_review (authority, week, seed, sample_min, sample_percent, total, tallies,
    unnamed, drawn_at, due)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict do nothing
  returning authority, week
),
looks as (
  insert into reviewed_look (authority, week, no, look_id, at, act, person_code, purpose, given,
    pnr, connection, patterns, by_chance)
  select k.authority, k.week, d.no, d.look_id, d.at, d.act, d.person_code, d.purpose, d.given,
    d.pnr, d.connection, d.patterns, d.by_chance
  from kept k, jsonb_populate_recordset(null::reviewed_look, $11) d
),
${auditInsert('kept', '$12')}
select count(*)::int as kept from kept
`,
)

export function openDraw(pool: Pool): DrawStore {
  return {
    undrawn: async (last) => {
      const { rows } = await pool.run(undrawn, [last])
      return rows.flatMap((row) => readUndrawn(row) ?? [])
    },
    settle: async (authority, week) => {
      await pool.run(settle, [authority, week])
    },
    sights: (authority, span) => readSights(pool, authority, span),
    misses: async (authority, { from, until }) => {
      const { rows } = await pool.run(misses, [authority, from, until])
      return rows.map(readMisses)
    },
    keep: async ({ authority, week, seed, settings, drawnAt, due, draw }, audit) => {
      const looks = draw.looks.map((look, nth) => ({
        ...{ no: nth + 1, look_id: look.id, at: look.at.toISOString(), act: look.act },
        ...{ person_code: look.personCode, purpose: look.purpose, given: look.given ?? null },
        pnr: look.pnr ?? null,
        ...{ connection: look.connection, patterns: look.patterns, by_chance: look.isByChance },
      }))
      const { sampleMin, samplePercent } = settings
      const { rows } = await pool.run(keep, [
        ...[authority, week, seed, sampleMin, samplePercent, draw.total],
        ...[JSON.stringify(draw.tallies), draw.unnamed, drawnAt, due],
        ...[JSON.stringify(looks), writeAuditRow(audit)],
      ])
      return rows[0]?.['kept'] === 1
    },
  }
}

/** Undefined where nobody has looked anybody up yet. */
function readUndrawn({ authority, until, first_at: first, drawn, settings }: Row) {
  const left = typeof until === 'string' ? readWeek(until) : undefined
  const from = left ? weekAfter(left) : first instanceof Date && weekOf(danishDate(first))
  if (!from) return undefined
  const there: readonly unknown[] = Array.isArray(drawn) ? drawn : []
  return {
    authority: String(authority),
    from,
    drawn: there.flatMap((week) => readWeek(String(week)) ?? []),
    settings: settingsIn(settings),
  } satisfies Undrawn
}

type MissedRow = {
  readonly id: string
  readonly at: string
  readonly act: string
  readonly purpose: string
  readonly given: string | null
  readonly pnr: string | null
}

function readMisses({ actor, count, some }: Row): Misses {
  const rows: readonly MissedRow[] = Array.isArray(some) ? some : []
  return {
    personCode: String(actor),
    count: Number(count),
    some: rows.map(({ id, at, act, pnr, ...why }) => ({
      ...{ id, ...readReason(why), at: new Date(at), act: actIn(act) },
      pnr: pnr ?? undefined,
    })),
  }
}

function settingsIn(value: unknown): Partial<MunicipalSettings> {
  const given = Object.entries(value ?? {}).filter(([name]) => isSettingName(name))
  return Object.fromEntries(given.map(([name, each]) => [name, Number(each)]))
}

const overdue = timeStatement(
  'review-overdue',
  'select count(*)::int as overdue from log_review where second_by is null and due <= $1',
)

/** How many reviews are overdue, over all authorities: a number for those who operate. */
export async function countOverdue(pool: Pool, today: string): Promise<number> {
  const { rows } = await pool.run(overdue, [date(today)])
  return Number(rows[0]?.['overdue'] ?? 0)
}
