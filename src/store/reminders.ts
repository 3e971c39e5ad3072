/**
 * What is written when a day has come: hearings that nobody answered in time, and protections that
 * are about to lapse. Each is one guarded write, so that any number of processes write it once.
 */

import { addDays, type PlainDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import { type AfterDeadline, afterDeadline, type Moment } from '#casework/hearings.ts'
import { endingLetter } from '#casework/letters.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { type MunicipalSettings, nationalSettings } from '#incident/situation.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { timeStatement } from '#store/caller.ts'
import { takeEffect } from '#store/effects.ts'
import {
  type HearingRow,
  letterColumns,
  letterOnce,
  readHearingRow,
  sender,
  writeLetter,
} from '#store/hearing-rows.ts'
import { moveHearingByTime } from '#store/hearings.ts'
import type { Pool } from '#store/pool.ts'

const batch = 200
/** PROT-1: so many days before it lapses the person is reminded. */
const remindDaysAhead = 30

/** The host who lives there by now: an address of the incident, and alive in Denmark. */
const findOverdue = timeStatement(
  'hearings-overdue',
  `
select json_agg(json_build_object(
  'hearing', row_to_json(h), 'reporter', i.pnr,
  'livesThere', h.kind <> 'host' or exists (
    select from person p
    where p.pnr = h.asked and p.status in ('01', '03', '05', '07')
      and p.address_key = any(array(select i.municipality || '-' || unnest(i.addresses)))),
  'settings', (
    select json_object_agg(s.name, s.value)
    from municipality_setting s where s.municipality = i.municipality))
  order by h.deadline, h.id) as overdue
from (
  select * from hearing
  where deadline < $1::date and answered_at is null and given_up_at is null
    and ($2::text is null or (deadline, id) > ($3::date, $2))
    and exists (select from incident w where w.id = incident_id and w.state = 'pending')
  order by deadline, id
  limit ${batch}
) h
join incident i on i.id = h.incident_id
`,
)

type OverdueRow = {
  readonly hearing: HearingRow
  readonly reporter: string
  readonly livesThere: boolean
  readonly settings: Partial<MunicipalSettings> | null
}

export type HearingTally = { readonly reminded: number; readonly givenUp: number }

/** Reminds of, or gives up, every hearing whose deadline has passed (DESK-1, DESK-2). */
export async function passDeadlines(pool: Pool, moment: Moment): Promise<HearingTally> {
  const tally = { reminded: 0, givenUp: 0 }
  let last: HearingRow | undefined
  for (;;) {
    const rows = await overdueBehind(pool, moment, last)
    for (const row of rows) {
      const act = await passOne(pool, moment, row)
      if (act === 'hearing-reminded') tally.reminded += 1
      if (act === 'hearing-given-up') tally.givenUp += 1
    }
    last = rows.at(-1)?.hearing
    if (rows.length < batch) return tally
  }
}

/**
 * Read again once those who were asked are up to date: a host may have moved out this morning, and
 * another process may have written that down after this one looked.
 */
async function overdueBehind(
  pool: Pool,
  moment: Moment,
  last: HearingRow | undefined,
): Promise<readonly OverdueRow[]> {
  const values = [moment.today, last?.id ?? null, last?.deadline ?? null]
  const find = async () => {
    const { rows } = await pool.run(findOverdue, values)
    return (rows[0]?.['overdue'] ?? []) as readonly OverdueRow[]
  }
  const found = await find()
  if (found.length === 0) return found
  await takeEffect(
    pool,
    moment,
    found.flatMap(({ hearing }) => hearing.asked ?? []),
  )
  return find()
}

async function passOne(
  pool: Pool,
  moment: Moment,
  { hearing: row, reporter, livesThere, settings }: OverdueRow,
): Promise<AfterDeadline['act'] | undefined> {
  const hearing = readHearingRow(row)
  const {
    act,
    hearing: after,
    letters,
  } = afterDeadline(
    {
      hearing,
      about: { incidentId: hearing.incidentId, reporter },
      settings: { ...nationalSettings, ...settings },
      livesThere,
    },
    moment,
  )
  const persons = [reporter, ...(hearing.asked === undefined ? [] : [hearing.asked])]
  const audit: AuditRow = {
    id: timedId(moment.at, moment.random),
    at: moment.at,
    act,
    outcome: 'done',
    receipt: 0,
    purpose: 'a deadline has passed',
    persons,
    incidentId: hearing.incidentId,
  }
  const written = await moveHearingByTime(pool, hearing, after, audit, letters)
  return written === 'written' ? act : undefined
}

// Protections -----------------------------------------------------------------------------------

const findEnding = timeStatement(
  'protections-ending',
  `
select p.pnr, p.protected_until from person p
where p.protected_until <= $1::date and p.status not in ('30', '50', '60', '90')
  and not exists (
    select from letter l
    where l.recipient = p.pnr and l.kind = 'protection-ends' and l.concerns = p.protected_until)
order by p.protected_until, p.pnr
limit ${batch}
`,
)

/** One letter for each person and day: of several at once the unique index lets one through. */
const writeEnding = timeStatement(
  'protection-ends',
  `
with written as (
  insert into letter (${letterColumns.join(', ')}, authority)
  select ${letterColumns.map((column) => `l.${column}`).join(', ')},
    ${sender}
  from jsonb_populate_record(null::letter, $1) l
  ${letterOnce}
  returning id
),
${auditInsert('written', '$2')}
select count(*)::int as written from written
`,
)

type EndingRow = { readonly pnr: string; readonly protected_until: PlainDate }

/** Reminds of every protection that lapses within 30 days, and gives how many it reminded of. */
export async function remindOfProtections(pool: Pool, moment: Moment): Promise<number> {
  const { at, today, random } = moment
  for (let count = 0; ; ) {
    const { rows } = await pool.run(findEnding, [addDays(today, remindDaysAhead)])
    for (const { pnr, protected_until: until } of rows as readonly EndingRow[]) {
      const letter = endingLetter(pnr, until, moment)
      const audit: AuditRow = {
        id: timedId(at, random),
        at,
        act: 'protection-reminded',
        outcome: 'done',
        receipt: 0,
        purpose: 'a protection ends',
        persons: [pnr],
      }
      const written = await pool.run(writeEnding, [
        JSON.stringify(writeLetter(letter)),
        writeAuditRow(audit),
      ])
      count += written.rows[0]?.['written'] === 1 ? 1 : 0
    }
    if (rows.length < batch) return count
  }
}
