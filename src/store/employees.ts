/**
 * Who uses a person code, as the administrator of the code has stated it: for the patterns of log
 * reviews, and where two persons are asked for. Nothing here ever answers a number. Knows no
 * pattern.
 */

import type { PersonCode } from '#access/person-code.ts'
import { auditInsert } from '#store/audit.ts'
import { actorStatement } from '#store/caller.ts'
import { type Administrator, administrationAudit, type Tools } from '#store/person-codes.ts'

/** Undefined takes it back. False where there is no such code that is in use. */
export async function stateEmployee(
  tools: Pick<Tools, 'pool' | 'random'>,
  code: PersonCode,
  pnr: string | undefined,
  by: Administrator,
): Promise<boolean> {
  const persons = pnr === undefined ? [] : [pnr]
  const said = { stated: pnr !== undefined }
  const audit = administrationAudit(tools, 'employee-stated', code, by, said, persons)
  const values = [code, pnr ?? null, by.actor, by.now, audit]
  const { rows } = await tools.pool.run(stateStatement, values)
  return rows[0]?.['stated'] === true
}

/** By parameters and not by `excluded`, which only who may read the numbers may name. */
const stateStatement = actorStatement(
  'employee-state',
  `
with code as (
  select code from person_code where code = $1 and retired_at is null
),
gone as (
  delete from employee e using code where e.person_code = code.code and $2::text is null
),
stated as (
  insert into employee (person_code, pnr, stated_by, stated_at)
  select code, $2, $3, $4 from code where $2::text is not null
  on conflict (person_code) do update
  set pnr = $2, stated_by = $3, stated_at = $4
),
${auditInsert('code', '$5')}
select exists (select from code) as stated
`,
  { audit: 5 },
)
