/**
 * Gives the log reviewers of a new sandbox a week to review: look-ups of the one that is over, each
 * pattern among them, and who uses the person codes. Written as evidence of that week, since nobody
 * looks anything up in the past; what is drawn of it is drawn as ever.
 */

import { createHash, randomBytes } from 'node:crypto'
import { readPersonCode } from '#access/person-code.ts'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import type { SandboxState } from '#cli/sandbox-state.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { drawReviews } from '#review/drawing.ts'
import { missesMax, withoutCaseMax } from '#review/patterns.ts'
import { spanOfWeek, weeksBefore } from '#review/week.ts'
import { auditRowsInsert, writeAuditRows } from '#store/audit.ts'
import { stateEmployee } from '#store/employees.ts'
import { type Pool, statement } from '#store/pool.ts'
import { openDraw } from '#store/review-draw.ts'

const town = '0751'
const [clerk, colleague] = ['W0000751', 'W0010751'] as const
const hourMs = 3_600_000

type Look = {
  readonly by: string
  readonly pnr: string | undefined
  readonly purpose: string
  /** Counted from the Monday of the week. */
  readonly hour: number
  readonly found?: false
}

/** Does nothing where a week is drawn already: a filling may be broken off. */
export async function makeLookUps(owner: Pool, state: SandboxState, now: Date): Promise<void> {
  const { rows } = await owner.run(whom, [town, Object.values(state.scenario).flat().map(String)])
  const [found] = rows
  if (!found || found['drawn'] === true) return
  const pnr = (name: string) => (typeof found[name] === 'string' ? found[name] : undefined)
  const many: readonly unknown[] = Array.isArray(found['many']) ? found['many'] : []
  await employ(owner, now, clerk, pnr('employee'))
  await employ(owner, now, colleague, pnr('colleague'))
  const looks: readonly Look[] = [
    ...many.map((each, nth) => ({
      ...{ by: clerk, pnr: String(each), purpose: 'Henvendelse på telefon' },
      hour: 24 * (nth % 5) + 9 + (nth % 6),
    })),
    { by: clerk, pnr: pnr('employee'), purpose: 'Prøver systemet', hour: 34 },
    { by: clerk, pnr: pnr('neighbour'), purpose: 'Henvendelse', hour: 35 },
    { by: clerk, pnr: pnr('namesake'), purpose: 'Henvendelse', hour: 58 },
    { by: clerk, pnr: pnr('colleague'), purpose: 'Kontrol af adresse', hour: 59 },
    { by: colleague, pnr: pnr('guarded'), purpose: 'Flytning', hour: 82 },
    { by: colleague, pnr: pnr('stranger'), purpose: 'Flytning', hour: 5 * 24 + 22 },
    ...Array.from({ length: missesMax }, () => ({
      ...{ by: colleague, pnr: undefined, purpose: 'Leder efter et nummer', hour: 84 },
      found: false as const,
    })),
  ]
  const [week] = weeksBefore(danishDate(new Date(now.valueOf() - hourMs)), 1)
  const monday = spanOfWeek(present(week, 'the week that is over')).from.valueOf()
  const evidence = looks.flatMap((look, nth) => evidenceOf(look, monday, nth))
  await owner.run(write, [writeAuditRows(evidence)])
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  await drawReviews({ clock: () => now, random: randomBytes, hash }, openDraw(owner))
}

/** Of whom the population has nobody, as a neighbour in a small one, there is no look. */
function evidenceOf(look: Look, monday: number, nth: number): readonly AuditRow[] {
  const { by, pnr, purpose, hour, found = true } = look
  if (found && pnr === undefined) return []
  const at = new Date(monday + hour * hourMs + nth * 1000)
  return [
    {
      ...{ id: timedId(at, randomBytes), at, act: 'look-up', actor: by, authority: town, purpose },
      outcome: found ? 'done' : 'refused',
      receipt: found ? 0 : 52,
      source: '127.0.0.1',
      persons: pnr === undefined ? [] : [pnr],
    },
  ]
}

async function employ(owner: Pool, now: Date, code: string, pnr: string | undefined) {
  const by = { actor: 'sandbox', purpose: 'a new sandbox', now }
  const personCode = present(readPersonCode(code), 'a person code of the sandbox')
  if (pnr !== undefined)
    await stateEmployee({ pool: owner, random: randomBytes }, personCode, pnr, by)
}

const write = statement(
  'sandbox-look-ups',
  `with ${auditRowsInsert('(select) as alone', 'true', '$1')} select 1`,
)

/** Somebody with a neighbour and a namesake where there is one, and others whom nothing names. */
const whom = statement(
  'sandbox-whom',
  `with town as (
     select p.pnr, a.road, substring(a.house from '^[0-9]+')::integer as number,
       p.current #>> '{name,surname}' as surname,
       p.current -> 'protections' @> '[{"type": "0001"}]' as guarded
     from person p join address a on a.key = p.address_key
     where p.municipality = $1 and p.status = '01' and p.pnr <> all ($2::text[])
       and a.house ~ '^[0-9]'
   ), plain as (
     select *, row_number() over (order by pnr) as nth from town where not guarded
   ), chosen as (
     select e.pnr, n.pnr as neighbour, s.pnr as namesake
     from plain e
     left join lateral (
       select o.pnr from plain o
       where o.road = e.road and abs(o.number - e.number) <= 10 and o.surname <> e.surname
       order by o.pnr limit 1
     ) n on true
     left join lateral (
       select o.pnr from plain o
       where o.surname = e.surname and o.road <> e.road order by o.pnr limit 1
     ) s on true
     order by (n.pnr is null)::integer + (s.pnr is null)::integer, e.pnr
     limit 1
   ), others as (
     select o.pnr, row_number() over (order by o.pnr) as nth
     from plain o, chosen c
     where o.pnr not in (c.pnr, coalesce(c.neighbour, ''), coalesce(c.namesake, ''))
   )
   select exists (select from log_review) as drawn, c.pnr as employee, c.neighbour, c.namesake,
     (select pnr from others where nth = 1) as colleague,
     (select pnr from others where nth = 2) as stranger,
     (select pnr from town where guarded order by pnr limit 1) as guarded,
     array(
       select pnr from others where nth between 3 and ${withoutCaseMax + 2} order by nth
     ) as many
   from chosen c`,
)
