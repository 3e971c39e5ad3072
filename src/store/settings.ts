/** What municipalities have set for themselves; the next step of every process reads it. */

import { type Random, timedId } from '#base/ids.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { isSettingName, type SettingName } from '#incident/situation.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { type Session, statement } from '#store/pool.ts'

export type SettingRow = {
  readonly municipality: string
  readonly name: SettingName
  readonly value: number
}

/** Who sets it, for the evidence. */
export type Setter = {
  readonly actor: string
  readonly purpose: string
  readonly now: Date
  readonly random: Random
}

const listStatement = statement(
  'settings-list',
  `
select municipality, name, value from municipality_setting
where $1::char(4) is null or municipality = $1
order by municipality, name
`,
)

/** Only for a municipality: a setting of another authority would be read by nobody. */
const setStatement = statement(
  'setting-set',
  `
with changed as (
  insert into municipality_setting (municipality, name, value)
  select y.code, $2, $3 from authority y where y.code = $1 and y.type = '05'
  on conflict (municipality, name) do update set value = excluded.value
  returning municipality
),
${auditInsert('changed', '$4')}
select count(*)::int as written from changed
`,
)

const unsetStatement = statement(
  'setting-unset',
  `
with changed as (
  delete from municipality_setting where municipality = $1 and name = $2 returning municipality
),
${auditInsert('changed', '$3')}
select count(*)::int as written from changed
`,
)

export async function listSettings(
  session: Session,
  municipality: string | undefined,
): Promise<readonly SettingRow[]> {
  const { rows } = await session.run(listStatement, [municipality ?? null])
  return rows.flatMap(({ municipality: code, name, value }) =>
    typeof name === 'string' && isSettingName(name)
      ? [{ municipality: String(code), name, value: Number(value) }]
      : [],
  )
}

/** False when there is no such municipality. */
export async function setSetting(
  session: Session,
  { municipality, name, value }: SettingRow,
  by: Setter,
): Promise<boolean> {
  const row = auditOf(by, { municipality, name, value })
  const { rows } = await session.run(setStatement, [municipality, name, value, row])
  return rows[0]?.['written'] === 1
}

/** False when it was not set. */
export async function unsetSetting(
  session: Session,
  { municipality, name }: Omit<SettingRow, 'value'>,
  by: Setter,
): Promise<boolean> {
  const row = auditOf(by, { municipality, name, value: 'preset' })
  const { rows } = await session.run(unsetStatement, [municipality, name, row])
  return rows[0]?.['written'] === 1
}

function auditOf({ actor, purpose, now, random }: Setter, detail: AuditRow['detail']): string {
  return writeAuditRow({
    id: timedId(now, random),
    at: now,
    act: 'setting-changed',
    outcome: 'done',
    receipt: 0,
    actor,
    purpose,
    persons: [],
    detail,
  })
}
