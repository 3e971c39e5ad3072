/** The figures of a team in one statement: numbers, and nobody's name. Knows no page. */

import { present } from '#base/assert.ts'
import { addDays, danishMidnight } from '#base/calendar.ts'
import type { Figures, FiguresInquiry, FiguresPage } from '#casework/desk-ports.ts'
import { callerParameters, callerSql, callerStatement, readCaller } from '#store/caller.ts'
import type { Pool, Row } from '#store/pool.ts'
import { serviceGoal } from '#store/queue-text.ts'

/** How far the deadlines are told: as long as most of them are given, so that today's count. */
const daysAhead = 14

/** Which of the spans of days so many are within. */
const spanOf = (days: string) =>
  `width_bucket((${days})::double precision, array[1, 3, 7, 14, 28]::double precision[])`

const countOf = (condition: string) => `(count(*) filter (where ${condition}))::int`
/** A person code decides by hand, anything else that decides is a policy. */
const isAutomatic = "decided_by !~ '^W[0-9]{7}$'"

/** By index over the days that are asked about; what waits is counted by its age. */
const figuresStatement = callerStatement(
  'desk-figures',
  `
with ${callerSql},
received as materialized (
  select (i.saved_at at time zone 'Europe/Copenhagen')::date as day, count(*)::int as cases
  from own_saved i
  where i.saved_at >= $4::timestamptz
  group by 1
),
ended as materialized (
  select (i.decided_at at time zone 'Europe/Copenhagen')::date as day, i.state, i.decided_by,
    extract(epoch from i.decided_at - i.saved_at) / 3600 as hours
  from own_saved i
  where i.decided_at >= $4::timestamptz
),
span as materialized (
  select * from (values (0, '0'), (1, '1-2'), (2, '3-6'), (3, '7-13'), (4, '14-27'), (5, '28+'))
    s(bucket, days)
),
waiting as materialized (
  select ${spanOf('extract(epoch from $2::timestamptz - i.saved_at) / 86400')} as bucket,
    count(*)::int as cases
  from own_waiting i
  group by 1
),
goal as materialized (select ${serviceGoal} as days),
sent as materialized (
  select l.kind, count(*)::int as letters
  from letter l
  where l.authority = (select authority from caller) and l.at >= $4::timestamptz
    and l.kind in ('hearing-reminder', 'protection-ends')
  group by 1
),
due as materialized (
  select u.day, ${countOf("u.kind = 'hearing'")} as hearings,
    ${countOf("u.kind = 'amendment'")} as amendments
  from (
    select min(h.deadline) as day, 'hearing' as kind from own_awaited h
    where h.incident_id in (select id from own_waiting)
    group by h.incident_id
    union all
    select w.amend_by, 'amendment' from own_waiting w where w.amend_by is not null
  ) u
  group by u.day
)
select
  (select row_to_json(caller) from caller) as caller,
  (select json_build_object('code', y.code, 'name', y.name, 'type', y.type)
    from authority y join caller on caller.authority = y.code) as authority,
  json_build_object(
    'inflow', (select json_agg(json_build_object('day', d.day::date,
        'received', coalesce(r.cases, 0),
        'decided', coalesce(e.cases, 0), 'automatic', coalesce(e.automatic, 0)) order by d.day)
      from generate_series($5::date, $6::date, interval '1 day') d(day)
      left join received r on r.day = d.day::date
      left join (
        select day, count(*)::int as cases, ${countOf(isAutomatic)} as automatic
        from ended group by day
      ) e on e.day = d.day::date),
    'age', (select json_agg(json_build_object('days', s.days, 'cases', coalesce(w.cases, 0))
        order by s.bucket)
      from span s left join waiting w on w.bucket = s.bucket),
    'toDecision', (select json_agg(json_build_object('days', s.days, 'cases', coalesce(e.cases, 0))
        order by s.bucket)
      from span s left join (
        select ${spanOf('hours / 24')} as bucket, count(*)::int as cases from ended group by 1
      ) e on e.bucket = s.bucket),
    'outcomes', (select coalesce(json_object_agg(o.state, o.cases), '{}')
      from (select state, count(*)::int as cases from ended group by state) o),
    'automatic', (select ${countOf(isAutomatic)} from ended),
    'hoursToDecision', (select json_build_object(
        'median', round(percentile_cont(0.5) within group (order by hours)::numeric, 1),
        'p90', round(percentile_cont(0.9) within group (order by hours)::numeric, 1))
      from ended),
    'clocks', json_build_object(
      'goalDays', (select days from goal),
      'withinGoal', (select count(*)::int from ended where hours <= (select days from goal) * 24),
      'reminded', json_build_object(
        'hosts', coalesce((select letters from sent where kind = 'hearing-reminder'), 0),
        'protected', coalesce((select letters from sent where kind = 'protection-ends'), 0)),
      'deadlines', (select json_agg(json_build_object('day', d.day::date,
          'hearings', coalesce(u.hearings, 0), 'amendments', coalesce(u.amendments, 0))
          order by d.day)
        from generate_series($6::date, $6::date + ${daysAhead}, interval '1 day') d(day)
        left join due u on u.day = d.day::date)
    )) as figures
`,
  { isPlannedOnce: true },
)

type FiguresRow = {
  readonly caller?: Row | null
  readonly authority?: {
    readonly code: string
    readonly name: string
    readonly type: string
  } | null
  readonly figures?: Figures
}

export async function findFigures(pool: Pool, inquiry: FiguresInquiry): Promise<FiguresPage> {
  const { asker, at, today, days } = inquiry
  const first = addDays(today, 1 - days)
  const values = [danishMidnight(first), first, today]
  const parameters = callerParameters(asker.token ?? '', at, asker.source)
  const { rows } = await pool.run(figuresStatement, [...parameters, ...values])
  const { caller, authority, figures }: Row & FiguresRow = present(rows[0], 'a row')
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map(authority ? [[authority.code, authority]] : []),
    figures: present(figures, 'the figures'),
  }
}
