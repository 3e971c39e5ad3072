/**
 * The SQL of the desk's queue: what waits with the caller's authority, chosen by an index alone,
 * and what is told of it. Parameters are numbered as `desk-queue.ts` gives them.
 */

import { type Claimed, flags, foundMax, type QueueSort, waits } from '#casework/desk-ports.ts'
import { municipalSettings } from '#incident/situation.ts'
import { callerSql } from '#store/caller.ts'
import { pageHead } from '#store/page-head.ts'

export type Form = {
  readonly sort: QueueSort
  /** Whether what is chosen, or its order, hangs on hearings. */
  readonly byHearings: boolean
  readonly byWords: boolean
}

/** What a page is in order of; where there is no deadline it comes last. */
const orders = {
  received: { keys: ['saved_at', 'id'], way: 'asc' },
  newest: { keys: ['saved_at', 'id'], way: 'desc' },
  deadline: { keys: ["coalesce(due, 'infinity'::date)", 'saved_at', 'id'], way: 'asc' },
} as const satisfies {
  readonly [S in QueueSort]: { readonly keys: readonly string[]; readonly way: 'asc' | 'desc' }
}

const orderOf = (sort: QueueSort) =>
  orders[sort].keys.map((key) => `${key} ${orders[sort].way}`).join(', ')

/** Behind the place in the parameters, if any; `place` names them as `keys` name the columns. */
const isBehind = (sort: QueueSort, savedAt: string, place: string) => `(${savedAt} is null
    or (${orders[sort].keys.join(', ')}) ${orders[sort].way === 'asc' ? '>' : '<'} (${place}))`

/** In days; of a caller's municipality, and preset for any other authority. */
export const serviceGoal = `(select coalesce((select s.value from municipality_setting s
    where s.municipality = (select authority from caller) and s.name = 'serviceGoalDays'),
    ${municipalSettings.serviceGoalDays.preset}))`

const withHearings = (from: string, hearings: string) => `
  select w.*, h.incident_id is not null as is_heard, h.due as answer_by
  from ${from} w left join ${hearings} h on h.incident_id = w.id`

/** Joined before anything is chosen: how many are left then is guessed too low for a good join. */
const waitingAndHeard = withHearings('own_waiting($2)', 'own_awaited_hearings()')
const firstAndHeard = withHearings('first', 'awaited_hearings((select array_agg(id) from first))')

/** `person_protected` is an index of these alone. */
const isProtected = `exists (
        select from person p
        where p.pnr = w.pnr and p.current -> 'protections' @> '[{"type": "0001"}]')`

/** Each word with the roads that it is found in the name of, and whether an address may have it. */
const sought = `
sought as materialized (
  select s.*, s.roads <> '{}' or s.word ~ '^[0-9]' as is_of_address
  from (
    select s.word, array(
      select r.municipality || r.code from road r
      where r.municipality in (select municipality from waiting)
        and position(s.word in lower(r.name)) > 0) as roads
    from unnest($10::text[]) s (word)
  ) s
)`

/** Every word in name, number, id, road or house: nothing but what the queue and its cases show. */
const hasWords = `
    and not exists (
      select from sought s
      where position(s.word in lower(concat_ws(' ', p.current #>> '{name,given}',
          p.current #>> '{name,middle}', p.current #>> '{name,surname}', w.pnr, w.id))) = 0
        and not (s.is_of_address and exists (
          select from unnest(w.addresses) a
          where w.municipality || left(a, 4) = any (s.roads)
            or position(s.word in lower(split_part(a, '-', 2))) > 0)))`

/** Of all that waits, what can be told without its hearings: `$5` to `$10` choose, `$8` aside. */
const chosenCases = ({ byHearings, byWords }: Omit<Form, 'sort'>) => `
waiting as materialized (${byHearings ? waitingAndHeard : 'select * from own_waiting($2)'}),
repeated as materialized (select pnr from waiting group by pnr having count(*) > 1),${
  byWords ? `${sought},` : ''
}
cases as (
  select w.*, w.pnr in (select pnr from repeated) as is_similar, case
      when w.claim_by is null then 'free'
      when w.claim_by = (select code from caller) then 'mine' else 'others' end as claimed
  from waiting w ${byWords ? 'join person p on p.pnr = w.pnr' : ''}
  where ($5::text is null or w.code = $5)
    and ($6::jsonb[] is null or w.marks @> any ($6) or w.warned && $7::int[])
    and ($9::text is null or case $9
      when 'similar' then w.pnr in (select pnr from repeated)
      when 'protected' then ${isProtected} end)${byWords ? hasWords : ' and $10::text[] is null'}
)`

/** What hangs on the hearings of the cases in `from`. */
const judged = (from: string) => `
told as (select w.*, least(w.answer_by, w.amend_by) as due from ${from} w),
judged as (
  select t.*,
    case when t.state <> 'pending' then 'reporter'
      when t.is_heard then 'hearing' else 'authority' end as waits_for,
    coalesce(t.due < $4::date, false)
      or (t.state = 'pending'
        and t.saved_at < $2::timestamptz - make_interval(days => ${serviceGoal}))
      as is_overdue
  from told t
)`

const ofClaims = '($8::text is null or w.claimed = $8)'

/** `$11` and `$12` choose by what hearings tell. */
const ofHearings = `($11::text is null or w.waits_for = $11)
    and ($12::boolean is null or w.is_overdue = $12)`

/**
 * The page, each case with its incident as the second wall lets it through. Looked up one by one:
 * joined, how many there are is guessed, and all incidents might be read for them.
 */
const pageOf = (part: string, sort: QueueSort) => `
select ${pageHead},
  (select json_agg(json_build_object(
      'record', i.record, 'subject', s.current, 'due', w.due, 'waitsFor', w.waits_for,
      'isOverdue', w.is_overdue, 'isSimilar', w.is_similar, 'claimBy', w.claim_by,
      'claimUntil', w.claim_until) order by ${orderOf(sort)})
    from ${part} w
    join lateral (select to_jsonb(n) as record from incident n where n.id = w.id limit 1) i on true
    join lateral (select p.current from person p where p.pnr = w.pnr limit 1) s on true) as items
`

/** `$13` to `$15` are the place, `$16` how many. */
export function pageText(form: Form): string {
  const { sort, byHearings } = form
  const place = sort === 'deadline' ? "coalesce($15::date, 'infinity'), $13, $14" : '$13, $14'
  const cut = (from: string) => `
  select * from ${from} w
  where ${isBehind(sort, '$13::timestamptz', place)}
    and ${ofClaims}
    and ${byHearings ? ofHearings : '$11::text is null and $12::boolean is null'}
    ${sort === 'deadline' ? '' : 'and $15::date is null'}
  order by ${orderOf(sort)}
  limit $16`
  const chosen = `
with ${callerSql},${chosenCases(form)},`
  return byHearings
    ? `${chosen}${judged('cases')},
page as (${cut('judged')}
)
${pageOf('page', sort)}`
    : `${chosen}
first as materialized (${cut('cases')}
),
heard as (${firstAndHeard}
),${judged('heard')}
${pageOf('judged', sort)}`
}

/** Empty for a flag that stands beside the case, not on it. */
export const marked = ({ marks, warnings }: (typeof flags)[keyof typeof flags]): string => {
  const codes = marks.map((mark) => `w.marks @> '[{"code": "${mark}"}]'`)
  const numbers = warnings.map((warning) => `${warning} = any (w.warned)`)
  return [...codes, ...numbers].join(' or ')
}

type Conditions = readonly (readonly [name: string, sql: string])[]
const flagConditions: Conditions = Object.entries(flags).map(([flag, row]) => [
  flag,
  marked(row) || (flag === 'protected' ? isProtected : `w.is_${flag}`),
])
const claims: readonly Claimed[] = ['mine', 'free', 'others']
const equals = (column: string, values: readonly string[]): Conditions =>
  values.map((value) => [value, `w.${column} = '${value}'`])

const countOf = (condition: string) => `count(*) filter (where ${condition})`
const listed = (prefix: string, conditions: Conditions) =>
  conditions.map(([name, sql]) => `${countOf(sql)} as ${prefix}_${name}`).join(', ')
const total = (column: string) => `coalesce(sum("${column}"), 0)`
const added = (prefix: string, names: readonly string[]) =>
  `json_build_object(${names.map((name) => `'${name}', ${total(`${prefix}_${name}`)}`).join(', ')})`

/** Whom a search for words found, for the evidence. */
const found = `select json_agg(f.pnr)
    from (select distinct unnest(persons) as pnr from counted limit ${foundMax}) f`

/** By type in one pass, and added up. */
export const countsText = (byWords: boolean) => `
with ${callerSql},${chosenCases({ byHearings: true, byWords })},${judged('cases')},
counted as (
  select w.code, ${countOf('true')} as all, ${countOf('w.is_overdue')} as overdue,
    ${listed('flag', flagConditions)},
    ${listed('waits', equals('waits_for', waits))},
    ${listed('claimed', equals('claimed', claims))}${byWords ? ', array_agg(w.pnr) as persons' : ''}
  from judged w
  where ${ofClaims} and ${ofHearings}
  group by w.code
)
select ${pageHead},
  (select json_build_object(
    'all', ${total('all')}, 'overdue', ${total('overdue')},
    'flags', ${added('flag', Object.keys(flags))},
    'waitsFor', ${added('waits', waits)},
    'claimed', ${added('claimed', claims)},
    'types', coalesce(json_object_agg(code, "all"), '{}'))
    from counted) as counts,
  ${byWords ? `(${found})` : "'[]'::json"} as found
`
