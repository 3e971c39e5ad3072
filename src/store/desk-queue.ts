/**
 * The queue of the caller's authority: one page, or how many there are by each filter. The page in
 * the order of receipt reads no more cases than it shows, however many wait.
 */

import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import {
  type CountsPage,
  flags,
  foundMax,
  type QueueCounts,
  type QueueInquiry,
  type QueueItem,
  type QueuePage,
  waits,
} from '#casework/desk-ports.ts'
import { municipalSettings } from '#incident/situation.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { callerParameters, callerSql, callerStatement, readCaller } from '#store/caller.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'

const head = `
  (select row_to_json(caller) from caller) as caller,
  (select json_build_object('code', y.code, 'name', y.name, 'type', y.type)
    from authority y join caller on caller.authority = y.code) as authority`

/** Of its own authority, and waiting; what can be told from the incident and its claim alone. */
const plainly = `
  i.authority = (select authority from caller)
  and i.state in ('pending', 'returned', 'amended')
  and ($4::text is null or i.code = $4)
  and ($5::text[] is null
    or exists (select from jsonb_array_elements(i.marks) m where m ->> 'code' = any($5))
    or i.warned && $6::int[])
  and ($7::text is null or $7 = case
    when c.incident_id is null then 'free'
    when c.person_code = (select code from caller) then 'mine' else 'others' end)`

const claimed = `left join claim c
    on c.incident_id = i.id and c.authority = i.authority and c.until > $2::timestamptz`

const goal = `(select coalesce((select s.value from municipality_setting s
    where s.municipality = (select authority from caller) and s.name = 'serviceGoalDays'),
    ${municipalSettings.serviceGoalDays.preset}))`

/** What stands beside a case, of the cases in `cases`: the same of a page as of all. */
const told = `
heard as materialized (
  select h.incident_id, h.due from awaited_hearings((select array_agg(id) from cases)) h
),
told as (
  select i.*, p.current as subject, h.incident_id is not null as is_heard,
    least(h.due, (i.returned ->> 'by')::date) as due,
    case when i.state <> 'pending' then 'reporter'
      when h.incident_id is not null then 'hearing' else 'authority' end as waits_for,
    p.current -> 'protections' @> '[{"type": "0001"}]' as is_protected
  from cases i
  join person p on p.pnr = i.pnr
  left join heard h on h.incident_id = i.id
),
judged as (
  select t.*, coalesce(t.due < $8::date, false)
    or (t.state = 'pending' and t.saved_at < $2::timestamptz - make_interval(days => ${goal}))
    as is_overdue
  from told t
)`

const item = `json_build_object(
      'record', to_jsonb(j) - array['subject', 'is_heard', 'due', 'waits_for', 'is_protected',
        'is_overdue', 'is_similar', 'claim_by', 'claim_until'],
      'subject', j.subject, 'due', j.due, 'waitsFor', j.waits_for, 'isOverdue', j.is_overdue,
      'isSimilar', j.is_similar, 'claimBy', j.claim_by, 'claimUntil', j.claim_until)`

/** By index from the place on: few cases are read, and what stands beside them is looked up. */
function plainPage(isNewest: boolean): string {
  const [than, order] = isNewest ? ['<', 'desc'] : ['>', 'asc']
  return `
with ${callerSql},
cases as materialized (
  select i.*, c.person_code as claim_by, c.until as claim_until,
    exists (
      select from incident o
      where o.pnr = i.pnr and o.id <> i.id and o.authority = i.authority
        and o.state in ('pending', 'returned', 'amended')) as is_similar
  from incident i ${claimed}
  where ${plainly}
    and ($9::timestamptz is null or (i.saved_at, i.id) ${than} ($9, $10))
  order by i.saved_at ${order}, i.id ${order}
  limit $11
),
${told}
select ${head},
  (select json_agg(${item} order by j.saved_at ${order}, j.id ${order}) from judged j) as items
`
}

/** First by the index of what waits; counted by person only then. */
const allCases = `
own as materialized (
  select i.*, c.person_code as claim_by, c.until as claim_until
  from incident i ${claimed}
  where ${plainly}
),
cases as materialized (
  select o.*, count(*) over (partition by o.pnr) > 1 as is_similar from own o
)`

/** Road by road: joined, the roads of the whole municipality would be read for each case. */
const roadNames = `(
      select string_agg((
        select r.name from road r
        where r.municipality = j.municipality and r.code = split_part(a, '-', 1)::char(4)
      ) || ' ' || split_part(a, '-', 2), ' ')
      from unnest(j.addresses) a)`

const hay = `lower(concat_ws(' ', j.subject #>> '{name,given}', j.subject #>> '{name,middle}',
      j.subject #>> '{name,surname}', j.pnr, j.id, ${roadNames}))`

/** What must be looked up before it is known whether a case is among them. */
const chosen = (words: string) => `
  ($9::text is null or j.waits_for = $9)
  and ($10::boolean is null or j.is_overdue = $10)
  and ($11::text is null or case $11
    when 'similar' then j.is_similar when 'protected' then j.is_protected else true end)
  and (${words}::text[] is null or not exists (
    select from unnest(${words}::text[]) w where position(w in ${hay}) = 0))`

/** Where there is no deadline it comes last. */
const dueKey = "coalesce(j.due, 'infinity'::date)"

function wholePage(sort: QueueInquiry['sort']): string {
  const direction = sort === 'newest' ? 'desc' : 'asc'
  const [key, order] =
    sort === 'deadline'
      ? [`(${dueKey}, j.saved_at, j.id)`, `${dueKey}, j.saved_at, j.id`]
      : ['(j.saved_at, j.id)', `j.saved_at ${direction}, j.id ${direction}`]
  const from =
    sort === 'deadline'
      ? "(coalesce($15::date, 'infinity'::date), $13::timestamptz, $14)"
      : '($13::timestamptz, $14)'
  const than = sort === 'newest' ? '<' : '>'
  return `
with ${callerSql},
${allCases},
${told},
page as (
  select j.* from judged j
  where ${chosen('$12')}
    and ($13::timestamptz is null or ${key} ${than} ${from})
    ${sort === 'deadline' ? '' : 'and $15::date is null'}
  order by ${order}
  limit $16
)
select ${head},
  (select json_agg(${item} order by ${order}) from page j) as items
`
}

const pages: { readonly [S in 'plain' | 'plain-newest' | QueueInquiry['sort']]: Statement } = {
  plain: callerStatement('desk-page', plainPage(false)),
  'plain-newest': callerStatement('desk-page-newest', plainPage(true)),
  received: callerStatement('desk-search', wholePage('received')),
  newest: callerStatement('desk-search-newest', wholePage('newest')),
  deadline: callerStatement('desk-search-deadline', wholePage('deadline')),
}

const number = (condition: string) => `count(*) filter (where ${condition})::int`
const marked = ({ marks, warnings }: (typeof flags)[keyof typeof flags]) => {
  const codes = marks.map((mark) => `marks @> '[{"code": "${mark}"}]'`)
  const numbers = warnings.map((warning) => `${warning} = any(warned)`)
  return [...codes, ...numbers].join(' or ')
}
const flagConditions: readonly (readonly [string, string])[] = Object.entries(flags).map(
  ([flag, row]) => [flag, marked(row) || `is_${flag}`],
)
const listed = (pairs: readonly (readonly [string, string])[]) =>
  `json_build_object(${pairs.map(([name, sql]) => `'${name}', ${number(sql)}`).join(', ')})`

const countsStatement = callerStatement(
  'desk-counts',
  `
with ${callerSql},
${allCases},
${told},
chosen as materialized (
  select j.id, j.pnr, j.code, j.marks, j.warned, j.is_similar, j.is_protected, j.is_overdue,
    j.waits_for, case when j.claim_by is null then 'free'
      when j.claim_by = (select code from caller) then 'mine' else 'others' end as claimed
  from judged j where ${chosen('$12')}
)
select ${head},
  (select json_build_object(
    'all', count(*)::int, 'overdue', ${number('is_overdue')},
    'flags', ${listed(flagConditions)},
    'waitsFor', ${listed(waits.map((each) => [each, `waits_for = '${each}'`]))},
    'claimed', ${listed(['mine', 'free', 'others'].map((each) => [each, `claimed = '${each}'`]))},
    'types', (select coalesce(json_object_agg(code, cases), '{}')
      from (select code, count(*)::int as cases from chosen group by code) t))
    from chosen) as counts,
  (select json_agg(f.pnr) from (
    select distinct pnr from chosen where $12::text[] is not null limit ${foundMax}) f) as found
`,
)

type Named = { readonly code: string; readonly name: string; readonly type: string }
type Head = { readonly caller?: Row | null; readonly authority?: Named | null }
type ItemRow = {
  readonly record: IncidentRow
  readonly subject: OpenPerson
  readonly due: string | null
  readonly waitsFor: QueueItem['waitsFor']
  readonly isOverdue: boolean
  readonly isSimilar: boolean
  readonly claimBy: string | null
  readonly claimUntil: string | null
}

export async function findQueue(pool: Pool, inquiry: QueueInquiry): Promise<QueuePage> {
  const { asker, filter, sort, after, limit } = inquiry
  const place = [after?.savedAt ?? null, after?.id ?? null]
  const isPlain = sort !== 'deadline' && lookedUp(filter).every((value) => value === null)
  const { rows } = isPlain
    ? await pool.run(pages[sort === 'newest' ? 'plain-newest' : 'plain'], [
        ...plainValues(inquiry),
        ...place,
        limit,
      ])
    : await pool.run(pages[sort], [
        ...plainValues(inquiry),
        ...lookedUp(filter),
        ...place,
        sort === 'deadline' ? (after?.due ?? null) : null,
        limit,
      ])
  const row: Row & Head & { readonly items?: readonly ItemRow[] | null } = present(rows[0], 'a row')
  return { ...readHead(row, asker), items: (row.items ?? []).map(readItem) }
}

export async function countQueue(
  pool: Pool,
  inquiry: Omit<QueueInquiry, 'after' | 'limit' | 'sort'>,
): Promise<CountsPage> {
  const values = [...plainValues(inquiry), ...lookedUp(inquiry.filter)]
  const { rows } = await pool.run(countsStatement, values)
  const row: Row & Head & { readonly counts?: QueueCounts; readonly found?: string[] | null } =
    present(rows[0], 'a row')
  const counts = present(row.counts, 'the counts')
  return { ...readHead(row, inquiry.asker), counts, found: row.found ?? [] }
}

/** `$1` to `$8`. */
function plainValues({
  asker,
  at,
  today,
  filter,
}: Pick<QueueInquiry, 'asker' | 'at' | 'today' | 'filter'>): readonly unknown[] {
  const flag = filter.flag && flags[filter.flag]
  const isOfMarks = flag !== undefined && marked(flag) !== ''
  return [
    ...callerParameters(asker.token ?? '', at, asker.source),
    filter.code ?? null,
    isOfMarks ? flag.marks : null,
    isOfMarks ? flag.warnings : null,
    filter.claimed ?? null,
    today,
  ]
}

/** `$9` to `$12`: whom it waits for, whether it is overdue, a flag that no mark tells, words. */
function lookedUp({ waitsFor, overdue, flag, words }: QueueInquiry['filter']): readonly unknown[] {
  const isLookedUp = flag !== undefined && marked(flags[flag]) === ''
  return [
    waitsFor ?? null,
    overdue ?? null,
    isLookedUp ? flag : null,
    words.length > 0 ? words : null,
  ]
}

function readHead({ caller, authority }: Head, asker: QueueInquiry['asker']) {
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map(authority ? [[authority.code, authority]] : []),
  }
}

function readItem(row: ItemRow): QueueItem {
  const { record, subject, due, waitsFor, isOverdue, isSimilar, claimBy, claimUntil } = row
  return {
    record: readIncidentRow(record),
    subject: shut(subject),
    due: due === null ? undefined : date(due),
    waitsFor,
    isOverdue,
    isSimilar,
    claim:
      claimBy === null || claimUntil === null
        ? undefined
        : { personCode: claimBy, until: new Date(claimUntil) },
  }
}
