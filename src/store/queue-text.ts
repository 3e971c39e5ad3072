/**
 * The SQL of the desk's queue: what waits with the caller's authority, chosen by indexes alone, and
 * what is told and counted of it. Parameters are numbered as `desk-queue.ts` gives them.
 */

import { type Claimed, foundMax, type QueueSort, waits } from '#casework/desk-ports.ts'
import { flags } from '#casework/flags.ts'
import { municipalSettings } from '#incident/situation.ts'
import { callerSql } from '#store/caller.ts'
import { pageHead } from '#store/page-head.ts'

export type Form = {
  readonly sort: QueueSort
  readonly byWords: boolean
  readonly withCounts: boolean
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

/**
 * What stands beside the cases. Each part is read when the first case asks for it, and kept as a
 * hash of what is in it: joined, it would cost twice as much, and also where nobody asks.
 */
const beside = `
repeated as materialized (select pnr from own_waiting group by pnr having count(*) > 1),
protected as materialized (
  select w.pnr from own_waiting w join person p on p.pnr = w.pnr
  -- As the index of these alone says it.
  where p.current -> 'protections' @> '[{"type": "0001"}]'
),
held as materialized (
  select c.incident_id, c.person_code, c.until from claim c
  where c.authority = (select authority from caller) and c.until > $2::timestamptz
)`

const isSimilar = 'w.pnr in (select pnr from repeated)'
const isProtected = 'w.pnr in (select pnr from protected)'
const isHeard = 'w.id in (select incident_id from own_awaited)'
const isUnanswered = `w.id in (
      select incident_id from own_awaited where deadline < $4::date)`

const waitsFor = (heard: string) => `case when w.state <> 'pending' then 'reporter'
      when ${heard} then 'hearing' else 'authority' end`

const isOverdue = (unanswered: string) => `(
      w.state = 'pending'
        and w.saved_at < $2::timestamptz - make_interval(days => ${serviceGoal})
      or coalesce(w.amend_by < $4::date, false)
      or ${unanswered})`

const claimed = `case
      when w.id in (
        select incident_id from held where person_code = (select code from caller)) then 'mine'
      when w.id in (select incident_id from held) then 'others' else 'free' end`

/** Of ISO 8859-1 beside A to Z, which are all that `lower` knows in the locale C. */
const capitals = 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ'
const inSmallLetters = (text: string) =>
  `lower(translate(${text}, '${capitals}', '${capitals.toLowerCase()}'))`

/** Each word with the roads that it is found in the name of, and whether an address may have it. */
const sought = `
sought as materialized (
  select s.*, s.roads <> '{}' or s.word ~ '^[0-9]' as is_of_address
  from (
    select s.word, array(
      select r.municipality || r.code from road r
      where r.municipality in (select municipality from own_waiting)
        and position(s.word in ${inSmallLetters('r.name')}) > 0) as roads
    from unnest($10::text[]) s (word)
  ) s
),`

/** Every word in name, number, id, road or house: nothing but what the queue and its cases show. */
const hasWords = `not exists (
      select from sought s
      where position(s.word in p.names || ' ' || w.pnr || ' ' || w.id) = 0
        and not (s.is_of_address and exists (
          select from unnest(w.addresses) a
          where w.municipality || left(a, 4) = any (s.roads)
            or position(s.word in lower(split_part(a, '-', 2))) > 0)))`

/**
 * Of all that waits, what `$5` to `$10` and `$15` choose; those that have the words are found once. One
 * expression: of several conditions PostgreSQL expects that they leave nothing.
 */
const chosenCases = (byWords: boolean) => `${beside},${byWords ? sought : ''}
chosen as ${byWords ? '' : 'not '}materialized (
  select w.* from own_waiting w ${byWords ? 'join person p on p.pnr = w.pnr' : ''}
  where case
    when $5::text is not null and $5 <> w.code then false
    when $6::text is not null and not case $6 when 'similar' then ${isSimilar}
      when 'protected' then ${isProtected} else $6 = any (w.flags) end then false
    when $7::text is not null and $7 <> ${waitsFor(isHeard)} then false
    when $8::text is not null and $8 <> ${claimed} then false
    when $9::boolean is not null and $9 <> ${isOverdue(isUnanswered)} then false
    when $15::text[] is not null and w.id <> all ($15) then false
    else ${byWords ? hasWords : '$10::text[] is null'} end
)`

const dated = `(
    select c.*, least(h.answer_by, c.amend_by) as due
    from chosen c left join (
      select incident_id, min(deadline) as answer_by from own_awaited group by incident_id
    ) h on h.incident_id = c.id)`

/** `$11` to `$13` are the place, `$14` how many. */
const pageOf = (sort: QueueSort) => `
page as materialized (
  select * from ${sort === 'deadline' ? dated : 'chosen'} w
  where ${
    sort === 'deadline'
      ? isBehind(sort, '$11::timestamptz', "coalesce($13::date, 'infinity'), $11, $12")
      : `${isBehind(sort, '$11::timestamptz', '$11, $12')} and $13::date is null`
  }
  order by ${orderOf(sort)}
  limit $14
)`

/**
 * The page, each case with its incident as the second wall lets it through. What is told of a case
 * is looked up for each that is shown: joined, their number is guessed, and all might be read.
 */
const items = (sort: QueueSort) => `(
    select json_agg(json_build_object('record', i.record, 'subject', s.current, 'due', w.due,
      'waitsFor', ${waitsFor('w.is_heard')}, 'isOverdue', ${isOverdue('w.is_unanswered')},
      'isSimilar', w.is_similar, 'claimBy', c.person_code, 'claimUntil', c.until)
      order by ${orderOf(sort)})
    from (
      select p.id, p.pnr, p.state, p.saved_at, p.amend_by, h.is_heard,
        least(h.answer_by, p.amend_by) as due,
        coalesce(h.answer_by < $4::date, false) as is_unanswered,
        exists (select from own_waiting o where o.pnr = p.pnr and o.id <> p.id) as is_similar
      from page p cross join lateral (
        select count(*) > 0 as is_heard, min(a.deadline) as answer_by
        from own_awaited a where a.incident_id = p.id) h
    ) w
    left join held c on c.incident_id = w.id
    join lateral (
      select row_to_json(n) as record from incident n where n.id = w.id limit 1) i on true
    join lateral (select p.current from person p where p.pnr = w.pnr limit 1) s on true)`

type Conditions = readonly (readonly [name: string, sql: string])[]
const flagConditions: Conditions = Object.keys(flags).map((flag) => [
  flag,
  flag === 'similar' || flag === 'protected' ? `is_${flag}` : `'${flag}' = any (flags)`,
])
const claims: readonly Claimed[] = ['mine', 'free', 'others']
const equals = (column: string, values: readonly string[]): Conditions =>
  values.map((value) => [value, `${column} = '${value}'`])

const countOf = (condition: string) => `count(*) filter (where ${condition})`
const listed = (prefix: string, conditions: Conditions) =>
  conditions.map(([name, sql]) => `${countOf(sql)} as ${prefix}_${name}`).join(', ')
const total = (column: string) => `coalesce(sum("${column}"), 0)`
const added = (prefix: string, names: readonly string[]) =>
  `json_build_object(${names.map((name) => `'${name}', ${total(`${prefix}_${name}`)}`).join(', ')})`

/** By type in one pass over what is judged once of each case. */
const counted = `,
judged as materialized (
  select w.code, w.flags, ${isSimilar} as is_similar, ${isProtected} as is_protected,
    ${waitsFor(isHeard)} as waits_for, ${claimed} as claimed,
    ${isOverdue(isUnanswered)} as is_overdue
  from chosen w
),
counted as (
  select code, ${countOf('true')} as all, ${countOf('is_overdue')} as overdue,
    ${listed('flag', flagConditions)},
    ${listed('waits', equals('waits_for', waits))},
    ${listed('claimed', equals('claimed', claims))}
  from judged
  group by code
)`

const counts = `(
    select json_build_object(
      'all', ${total('all')}, 'overdue', ${total('overdue')},
      'flags', ${added('flag', Object.keys(flags))},
      'waitsFor', ${added('waits', waits)},
      'claimed', ${added('claimed', claims)},
      'types', coalesce(json_object_agg(code, "all"), '{}'))
    from counted)`

/** Whom a search for words found, for the evidence. */
const found = `(
    select json_agg(f.pnr) from (select distinct pnr from chosen limit ${foundMax}) f)`

export const queueText = ({ sort, byWords, withCounts }: Form) => `
with ${callerSql},${chosenCases(byWords)},${pageOf(sort)}${withCounts ? counted : ''}
select ${pageHead}, ${items(sort)} as items${
  withCounts ? `, ${counts} as counts${byWords ? `, ${found} as found` : ''}` : ''
}
`
