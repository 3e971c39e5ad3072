/**
 * What shows a person to whoever works at an authority, as sights of a span: look-ups, reports that
 * were dropped, what was opened and searched at the desk, and decisions about oneself. Knows no
 * pattern.
 */

import type { Sight } from '#review/patterns.ts'
import type { Span } from '#review/ports.ts'
import { timeStatement } from '#store/caller.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'
import { givenSql, readReason } from '#store/reason.ts'
import { actIn } from '#store/review-rows.ts'

/**
 * So many at a time: each asks the cases and the evidence about the one who was looked at, some
 * milliseconds, and a statement has ten seconds.
 */
const batch = 200

/** What a case worker does with a case, beside looking at the person. */
const workActs = [
  ...['save', 'approve', 'reject', 'return', 'forward', 'undo', 'add-note'],
  'answer-hearing',
]
/** To take a case and to let go of it costs nothing: whoever only peeps at the desk could. */
const takingActs = ['claim', 'release']

/** A case of the authority, or one of those that there were between the two. */
const caseBetween = `(
  select case when bool_or(is_worked_on) then 'worked-on' when count(*) > 0 then 'authority'
    else 'none' end
  from cases_about(look.persons, $1, look.actor, $6::text[], look.at))`

/** What is known of the two, and of the cases between them; `look` is (id, at, actor, persons). */
const around = (connection = caseBetween) => `
cross join lateral (
  -- An old number leads to the one in force, and the evidence names both.
  select look.persons[cardinality(look.persons)] as pnr
) whose
left join person p on p.pnr = whose.pnr
left join employee e on e.person_code = look.actor
left join person ep on ep.pnr = e.pnr
cross join lateral (select ${connection} as connection) cases`

const columns = `look.id, look.place_id, look.case_id, look.at, look.place, look.act, look.actor,
  look.purpose, look.given, whose.pnr,
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
  select a.id, a.id as place_id, null as case_id, a.at, a.at as place, a.act, a.actor, a.purpose,
    ${givenSql} as given, a.persons
  from audit a
  where a.authority = $1 and a.at < $2 and (a.at, a.id) > ($3, $4)
    and a.act in ('look-up', 'search') and a.outcome = 'done' and a.persons <> '{}'
  order by a.at, a.id
  limit $5
) look ${around()}
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
  select i.id, i.id as place_id, null as case_id, i.initiated_at as at, i.closed_at as place,
    'initiate' as act, i.reported_by as actor, 'incident ' || i.id as purpose,
    'report' as given, array[i.pnr] as persons
  from incident i
  where i.reporting_authority = $1 and i.closed_at < $2 and (i.closed_at, i.id) > ($3, $4)
    and i.state in ('cancelled', 'expired')
  order by i.closed_at, i.id
  limit $5
) look ${around()}
order by look.place, look.id
`,
)

/** A case that was opened, or somebody who was looked for; as the index `audit_at_desk` has it. */
export const atDesk = `(a.act = 'read-case' and a.outcome = 'done'
      or a.act in ('list-queue', 'list-closed') and a.detail is not null)`

/** A search by words that shows more of them is a list, and no look at anybody. */
const shownMax = 5

/**
 * Of a case that was opened its subject, or who opened it where they are of the case themselves; of
 * a search by number who was looked for, of one by words each who was shown.
 */
const opened = timeStatement(
  'review-opened',
  `
select ${columns}
from (
  select page.id || coalesce('.' || whom.nth, '') as id, page.id as place_id,
    page.incident_id as case_id, page.at, page.at as place, page.act, page.actor, page.purpose,
    'case' as given,
    page.persons[1:1] as subject, array[whom.pnr] as persons
  from (
    select a.*
    from audit a
    where a.authority = $1 and a.at < $2 and (a.at, a.id) > ($3, $4) and ${atDesk}
      and a.persons <> '{}'
      and (a.act = 'read-case' or a.detail ->> 'search' = 'number'
        or a.detail ->> 'search' = 'words' and cardinality(a.persons) <= ${shownMax})
    order by a.at, a.id
    limit $5
  ) page
  left join employee own on own.person_code = page.actor
  cross join lateral (
    select case when own.pnr = any(page.persons) then own.pnr else page.persons[1] end as pnr,
      null::bigint as nth
    where page.act = 'read-case'
    union all
    select page.persons[1], null where page.detail ->> 'search' = 'number'
    union all
    select shown.pnr, shown.nth
    from unnest(page.persons) with ordinality shown (pnr, nth)
    where page.detail ->> 'search' = 'words'
  ) whom
) look ${around(`case
  when look.act <> 'read-case' then ${caseBetween}
  when has_worked_on(look.case_id, look.subject, look.actor, $6::text[]) then 'worked-on'
  else 'authority' end`)}
order by look.place, look.place_id, look.id
`,
)

const decideActs = ['approve', 'reject', 'return', 'forward', 'undo']

/** Whoever decides a case that they are of themselves; opened or not. */
const decidedOwn = timeStatement(
  'review-decided-own',
  `
select ${columns}
from (
  select a.id, a.id as place_id, a.incident_id as case_id, a.at, a.at as place, 'decide' as act,
    a.actor, a.purpose, 'case' as given, array[own.pnr] as persons
  from decided_about_oneself($1, $3, $2, $4::text[]) a
  join employee own on own.person_code = a.actor
) look ${around("'worked-on'")}
order by look.place, look.id
`,
)

/** All of them; one look at a case for all that a person code opens it in the span. */
export async function readSights(
  pool: Pool,
  authority: string,
  span: Span,
): Promise<readonly Sight[]> {
  const elsewhere = [...workActs, ...takingActs]
  const all = [
    ...(await sightsOf(pool, { sql: looked, work: elsewhere }, authority, span)),
    ...(await sightsOf(pool, { sql: dropped, work: elsewhere }, authority, span)),
    ...onceByCase(await sightsOf(pool, { sql: opened, work: workActs }, authority, span)),
    ...(await decidedOwnIn(pool, authority, span)),
  ]
  return all.map(({ sight }) => sight)
}

type Seen = { readonly sight: Sight; readonly caseId: string | undefined }

async function sightsOf(
  pool: Pool,
  { sql, work }: { readonly sql: Statement; readonly work: readonly string[] },
  authority: string,
  { from, until }: Span,
): Promise<readonly Seen[]> {
  const sights: Seen[] = []
  let [at, id]: readonly [unknown, string] = [from, '']
  for (;;) {
    const { rows } = await pool.run(sql, [authority, until, at, id, batch, work])
    sights.push(...rows.map(readSeen))
    const last = rows.at(-1)
    if (!last || rows.length < batch) return sights
    ;[at, id] = [last['place'], String(last['place_id'])]
  }
}

/** Few: all in one. */
async function decidedOwnIn(pool: Pool, authority: string, { from, until }: Span) {
  const { rows } = await pool.run(decidedOwn, [authority, until, from, decideActs])
  return rows.map(readSeen)
}

/** Opened ten times it is one look, the first. */
function onceByCase(seen: readonly Seen[]): readonly Seen[] {
  const known = new Set<string>()
  return seen.filter(({ sight, caseId }) => {
    if (sight.act !== 'read-case') return true
    const key = `${sight.personCode} ${caseId}`
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

function readSeen(row: Row): Seen {
  const caseId = row['case_id']
  return { sight: readSight(row), caseId: typeof caseId === 'string' ? caseId : undefined }
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
