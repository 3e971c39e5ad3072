/** Policies of municipalities: versions and switches, which are only ever added. */

import { present } from '#base/assert.ts'
import type { Policy, PolicyOn, PolicySwitch, PolicyVersion } from '#casework/policy.ts'
import type {
  PolicyHistory,
  PolicyInquiry,
  PolicyPage,
  PolicyStore,
} from '#casework/policy-ports.ts'
import type { Written } from '#casework/ports.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { openAutomatic } from '#store/automatic.ts'
import {
  actorStatement,
  callerParameters,
  callerSql,
  callerStatement,
  readCaller,
  timeStatement,
} from '#store/caller.ts'
import { isDuplicate } from '#store/outages.ts'
import { type Pool, type Row, type Statement, statement } from '#store/pool.ts'

const versionJson = `json_build_object('municipality', v.municipality, 'version', v.version,
  'policy', v.document, 'madeAt', v.made_at, 'madeBy', v.made_by)`
const switchJson = `json_build_object('no', s.no, 'version', s.version,
  'samplePercent', s.sample_percent, 'at', s.at, 'by', s.by_whom)`

const allOf = statement(
  'policies-of',
  `
select json_agg(json_build_object(
  'name', p.name,
  'versions', (
    select json_agg(${versionJson} order by v.version desc)
    from policy_version v where v.municipality = $1 and v.name = p.name),
  'switches', (
    select json_agg(${switchJson} order by s.no desc)
    from policy_switch s where s.municipality = $1 and s.name = p.name))
  order by p.name) as policies
from (select distinct name from policy_version where municipality = $1) p
`,
)

/** With a name all its versions and switches, and without one the latest of each policy. */
const policyPage = callerStatement(
  'policy-page',
  `
with ${callerSql}
select
  (select row_to_json(caller) from caller) as caller,
  (select json_build_object('code', y.code, 'name', y.name, 'type', y.type)
    from authority y join caller on caller.authority = y.code) as authority,
  (
    select json_agg(json_build_object(
      'name', p.name,
      'versions', (
        select json_agg(${versionJson} order by v.version desc)
        from policy_version v
        where v.municipality = caller.authority and v.name = p.name
          and ($4::text is not null or v.version = p.latest)),
      'switches', (
        select json_agg(${switchJson} order by s.no desc)
        from policy_switch s
        where s.municipality = caller.authority and s.name = p.name
          and ($4::text is not null or s.no = (
            select max(o.no) from policy_switch o
            where o.municipality = s.municipality and o.name = s.name))))
      order by p.name)
    from caller, lateral (
      select name, max(version) as latest from policy_version
      where municipality = caller.authority and ($4::text is null or name = $4)
      group by name
    ) p
  ) as policies,
  (select json_agg(o.code) from caller, codes_of_employee(caller.code) o) as "ownCodes"
`,
)

const writeVersion = actorStatement(
  'policy-write',
  `
with written as (
  insert into policy_version (municipality, name, version, document, made_at, made_by)
  values ($1, $2, $3, $4, $5, $6)
  returning name
),
${auditInsert('written', '$7')}
select count(*)::int as written from written
`,
  { audit: 7 },
)

const turnPolicy = actorStatement(
  'policy-turn',
  `
with turned as (
  insert into policy_switch (municipality, name, no, version, sample_percent, at, by_whom)
  values ($1, $2, $3, $4, $5, $6, $7)
  returning version
),
${auditInsert('turned', '$8')}
select count(*)::int as written from turned
`,
  { audit: 8 },
)

const findOn = timeStatement(
  'policy-on',
  `
select s.municipality, s.version, s.sample_percent as "samplePercent", v.document as policy,
  (select count(*)::int from policy_switch c where c.municipality = s.municipality) as switches
from (
  select distinct on (municipality, name) municipality, name, version, sample_percent
  from policy_switch
  order by municipality, name, no desc
) s
join policy_version v
  on v.municipality = s.municipality and v.name = s.name and v.version = s.version
order by s.municipality, s.name
`,
)

export function openPolicies(pool: Pool): PolicyStore {
  return {
    ...openAutomatic(pool),
    inquire: (inquiry) => findPolicies(pool, inquiry),
    write: ({ municipality, version, policy, madeAt, madeBy }, audit) =>
      add(pool, writeVersion, audit, [
        ...[municipality, policy.name, version, JSON.stringify(policy), madeAt, madeBy],
      ]),
    turn: ({ municipality, name }, to, audit) => {
      const { no, version, samplePercent, at, by } = to
      const row = [municipality, name, no, version ?? null, samplePercent ?? null, at, by]
      return add(pool, turnPolicy, audit, row)
    },
    on: async () => (await pool.run(findOn)).rows as readonly PolicyOn[],
  }
}

/** Somebody else may have taken the number in the meantime. */
async function add(
  pool: Pool,
  sql: Statement,
  audit: AuditRow,
  values: readonly unknown[],
): Promise<Written> {
  try {
    await pool.run(sql, [...values, writeAuditRow(audit)])
    return 'written'
  } catch (error) {
    if (isDuplicate(error)) return 'overtaken'
    throw error
  }
}

type Named = { readonly code: string; readonly name: string; readonly type: string }
type VersionRow = Omit<PolicyVersion, 'madeAt' | 'policy'> & {
  readonly madeAt: string
  readonly policy: Policy
}
type SwitchRow = {
  readonly no: number
  readonly version: number | null
  readonly samplePercent: number | null
  readonly at: string
  readonly by: string
}
type PageRow = {
  readonly caller?: Row | null
  readonly authority?: Named | null
  readonly policies?:
    | readonly {
        readonly name: string
        readonly versions: readonly VersionRow[]
        readonly switches: readonly SwitchRow[] | null
      }[]
    | null
  readonly ownCodes?: readonly string[] | null
}

async function findPolicies(pool: Pool, inquiry: PolicyInquiry): Promise<PolicyPage> {
  const { asker, at, name } = inquiry
  const { rows } = await pool.run(policyPage, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    name ?? null,
  ])
  const { caller, authority, policies, ownCodes }: Row & PageRow = present(
    rows[0],
    'the row of a page',
  )
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map(authority ? [[authority.code, authority]] : []),
    policies: (policies ?? []).map(readHistory),
    ownCodes: ownCodes ?? [],
  }
}

/** Every policy of a municipality with its history, for its operator. */
export async function readPolicies(
  pool: Pool,
  municipality: string,
): Promise<readonly PolicyHistory[]> {
  const { rows } = await pool.run(allOf, [municipality])
  const { policies }: Row & Pick<PageRow, 'policies'> = present(rows[0], 'the row of a list')
  return (policies ?? []).map(readHistory)
}

function readHistory({
  name,
  versions,
  switches,
}: NonNullable<PageRow['policies']>[number]): PolicyHistory {
  return {
    name,
    versions: versions.map((each) => ({ ...each, madeAt: new Date(each.madeAt) })),
    switches: (switches ?? []).map(readSwitch),
  }
}

function readSwitch({ no, version, samplePercent, at, by }: SwitchRow): PolicySwitch {
  return {
    no,
    version: version ?? undefined,
    samplePercent: samplePercent ?? undefined,
    at: new Date(at),
    by,
  }
}
