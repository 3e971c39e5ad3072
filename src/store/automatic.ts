/**
 * Cases as policies see them: what they have not looked at, what was decided, what a look came to,
 * and the decision that no person makes.
 */

import { danishDate } from '#base/calendar.ts'
import type { ApprovingLook } from '#casework/policy.ts'
import type {
  CasePlace,
  KeptLook,
  OwnQuestion,
  PolicyStore,
  UnlookedCase,
} from '#casework/policy-ports.ts'
import type { Written } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { callerParameters, callerSql, callerStatement, timeStatement } from '#store/caller.ts'
import { decisionText, steppedBy, write, writtenBy } from '#store/casework.ts'
import { writeAlso } from '#store/hearing-rows.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { decisionRows } from '#store/person-rows.ts'
import type { Pool } from '#store/pool.ts'

/**
 * How many switches of the municipality's policies the last look at the case as it is now knew of.
 * A look under older ones is thereby known as such, whichever of the two was written first.
 */
const lookedUnder = 'coalesce(case when looked_version = version then looked_switches end, 0)'

const findUnlooked = timeStatement(
  'policy-unlooked',
  `
select id, code, saved_at as "savedAt", ${lookedUnder} as "lookedUnder" from incident
where authority = $1 and state = 'pending' and ${lookedUnder} < $3
  and code = any($2)
  and ($4::int is null or (${lookedUnder}, saved_at, id) > ($4, $5, $6))
order by ${lookedUnder}, saved_at, id
limit $7
`,
)

const findWaiting = callerStatement(
  'policy-waiting',
  `
with ${callerSql}
select id, code, saved_at as "savedAt" from incident
where authority = (select authority from caller) and state = 'pending' and code = any($4)
order by saved_at, id
limit $5
`,
)

const findDecided = callerStatement(
  'policy-decided',
  `
with ${callerSql}
select row_to_json(i) as incident from incident i
where i.authority = (select authority from caller) and i.decided_at >= $6 and i.code = any($4)
order by i.decided_at desc, i.id desc
limit $5
`,
)

/** Kept only for the version that was looked at; an answer that came meanwhile is not lost. */
const keepLook = timeStatement(
  'policy-look',
  `
with kept as (
  update incident set automatic = $3, looked_version = version, looked_switches = $5
  where id = $1 and version = $2 and state = 'pending'
  returning id
),
${auditInsert('kept', '$4')}
select count(*)::int as written from kept
`,
)

/** As a person's decision, and only while the policy is on in the version that decides. */
const decideAutomatically = timeStatement(
  'policy-decide',
  decisionText(
    steppedBy(
      ', automatic = $8, looked_version = n.version, automatic_on = $9::date',
      `
    and (
      select s.version from policy_switch s
      where s.municipality = n.authority and s.name = $10
      order by s.no desc limit 1) = $11`,
    ),
  ),
)

export function openAutomatic(
  pool: Pool,
): Pick<PolicyStore, 'unlooked' | 'waiting' | 'decided' | 'keep' | 'decide'> {
  return {
    unlooked: async ({ authority, codes, switches, after, limit }) => {
      const place = after ? [after.lookedUnder, after.savedAt, after.id] : [null, null, null]
      const values = [authority, codes, switches, ...place, limit]
      return (await pool.run(findUnlooked, values)).rows as readonly UnlookedCase[]
    },
    waiting: async (question) =>
      (await pool.run(findWaiting, ownValues(question))).rows as readonly CasePlace[],
    decided: async (question) => {
      const { rows } = await pool.run(findDecided, [...ownValues(question), question.since])
      return (rows as readonly { readonly incident: IncidentRow }[]).map(({ incident }) =>
        readIncidentRow(incident),
      )
    },
    keep: (record, kept, audit) => keep(pool, record, kept, audit),
    decide: async (record, changes, audit, also, look) => {
      const told = [...writeAlso(also, [record]), ...lookRows(look)]
      const rows = [...decisionRows(record, changes, audit), ...told]
      return writtenBy(await write(pool, decideAutomatically, record, audit, rows))
    },
  }
}

function ownValues({ asker, at, codes, limit }: OwnQuestion): readonly unknown[] {
  return [...callerParameters(asker.token ?? '', at, asker.source), codes, limit]
}

async function keep(
  pool: Pool,
  { id, version }: IncidentRecord,
  { look, switches }: KeptLook,
  audit: AuditRow,
): Promise<Written> {
  const values = [id, version, JSON.stringify(look), writeAuditRow(audit), switches]
  return writtenBy((await pool.run(keepLook, values)).rows[0])
}

/** The last parameters of the decision: the look, its Danish day, and the policy with its version. */
function lookRows(look: ApprovingLook): readonly (string | number)[] {
  return [JSON.stringify(look), danishDate(look.at), look.by.policy, look.by.version]
}
