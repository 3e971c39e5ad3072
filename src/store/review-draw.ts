/**
 * What the review of a week is drawn from, and keeping it: on nobody's behalf, of one authority
 * after the other. Knows no pattern.
 */

import { danishDate, date } from '#base/calendar.ts'
import { isSettingName, type MunicipalSettings } from '#incident/situation.ts'
import type { Misses } from '#review/draw.ts'
import { missesMax, type Sight } from '#review/patterns.ts'
import type { DrawStore, Span, Undrawn } from '#review/ports.ts'
import { readWeek, weekAfter, weekOf } from '#review/week.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { timeStatement } from '#store/caller.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'
import { givenSql, readReason } from '#store/reason.ts'
import { actIn } from '#store/review-rows.ts'

/** Who has employees that read persons: municipalities and the CPR Office. */
const undrawn = timeStatement(
  'review-undrawn',
  `
select y.code as authority, u.week as until,
  case when u.week is null then least(
    (select a.at from audit a where a.authority = y.code and a.act in ('look-up', 'search')
      order by a.at limit 1),
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

/**
 * So many at a time: each asks the cases and the evidence about the one who was looked at, some
 * milliseconds, and a statement has ten seconds.
 */
const batch = 200

/** What a case worker does with a case, beside looking at the person. */
const workActs = [
  ...['save', 'approve', 'reject', 'return', 'forward', 'undo', 'claim', 'release', 'add-note'],
  ...['read-case', 'answer-hearing'],
]

/** What is known of the two, and of the cases between them; `look` is (id, at, actor, persons). */
const around = `
cross join lateral (
  -- An old number leads to the one in force, and the evidence names both.
  select look.persons[cardinality(look.persons)] as pnr
) whose
left join person p on p.pnr = whose.pnr
left join employee e on e.person_code = look.actor
left join person ep on ep.pnr = e.pnr
cross join lateral (
  select case when bool_or(is_worked_on) then 'worked-on' when count(*) > 0 then 'authority'
    else 'none' end as connection
  from cases_about(look.persons, $1, look.actor, $6::text[], look.at)
) cases`

const columns = `look.id, look.at, look.place, look.act, look.actor, look.purpose, look.given, whose.pnr,
  p.address_key, p.current #>> '{name,surname}' as surname,
  coalesce(p.current -> 'protections' @> '[{"type": "0001"}]', false) as is_protected,
  exists (
    select from employee c join person_code o on o.code = c.person_code
    where c.pnr = whose.pnr and o.authority = $1 and c.pnr is distinct from e.pnr
  ) as is_colleague,
  e.pnr as employee_pnr, ep.address_key as employee_address_key,
  ep.current #>> '{name,surname}' as employee_surname, cases.connection`

const looked = timeStatement(
  'review-looked',
  `
select ${columns}
from (
  select a.id, a.at, a.at as place, a.act, a.actor, a.purpose, ${givenSql} as given, a.persons
  from audit a
  where a.authority = $1 and a.at < $2 and (a.at, a.id) > ($3, $4)
    and a.act in ('look-up', 'search') and a.outcome = 'done' and a.persons <> '{}'
  order by a.at, a.id
  limit $5
) look ${around}
order by look.place, look.id
`,
)

/**
 * A report that was begun has shown the person, and leaves no case when it is not saved: a look of
 * the week in which that came out, for it may be kept alive past the end of the one before.
 */
const dropped = timeStatement(
  'review-dropped',
  `
select ${columns}
from (
  select i.id, i.initiated_at as at, i.closed_at as place, 'initiate' as act,
    i.reported_by as actor, 'incident ' || i.id as purpose, 'report' as given,
    array[i.pnr] as persons
  from incident i
  where i.reporting_authority = $1 and i.closed_at < $2 and (i.closed_at, i.id) > ($3, $4)
    and i.state in ('cancelled', 'expired')
  order by i.closed_at, i.id
  limit $5
) look ${around}
order by look.place, look.id
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
    sights: async (authority, span) => [
      ...(await sightsOf(pool, looked, authority, span)),
      ...(await sightsOf(pool, dropped, authority, span)),
    ],
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

async function sightsOf(
  pool: Pool,
  sql: Statement,
  authority: string,
  { from, until }: Span,
): Promise<readonly Sight[]> {
  const sights: Sight[] = []
  let [at, id]: readonly [unknown, string] = [from, '']
  for (;;) {
    const { rows } = await pool.run(sql, [authority, until, at, id, batch, workActs])
    sights.push(...rows.map(readSight))
    const last = rows.at(-1)
    if (!last || rows.length < batch) return sights
    ;[at, id] = [last['place'], String(last['id'])]
  }
}

function readSight(row: Row): Sight {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : undefined)
  const employee = text('employee_pnr')
  const { at, connection } = row
  if (!(at instanceof Date)) throw new Error('Cannot read a look-up without its instant')
  return {
    id: String(row['id']),
    at,
    act: actIn(String(row['act'])),
    personCode: String(row['actor']),
    ...readReason(row),
    person: {
      pnr: String(row['pnr']),
      surname: text('surname'),
      addressKey: text('address_key'),
      isProtected: row['is_protected'] === true,
      isColleague: row['is_colleague'] === true,
    },
    employee:
      employee === undefined
        ? undefined
        : {
            pnr: employee,
            surname: text('employee_surname'),
            addressKey: text('employee_address_key'),
          },
    connection: connection === 'worked-on' || connection === 'authority' ? connection : 'none',
  }
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
