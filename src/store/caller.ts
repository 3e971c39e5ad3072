/**
 * Who is calling, by the token, and on whose behalf a statement therefore reads and writes: a lead
 * in front of the statement tells PostgreSQL, whose row-level security is the second wall (decision
 * 0023). One round trip, nothing left in the session. Knows no step.
 */

import { type Caller, isSecurityGroup } from '#access/security-groups.ts'
import { hashToken } from '#access/token.ts'
import { assert } from '#base/assert.ts'
import type { Asker } from '#casework/ports.ts'
import { type Lead, type Row, type Session, type Statement, statement } from '#store/pool.ts'

const setCaller = `set_config('samspil.person_code', person_code.code, true),
  set_config('samspil.group', person_code.security_group, true),
  set_config('samspil.authority', person_code.authority, true)`

/**
 * Judges the token of `$1` to `$3` once, for the statement and for row-level security. Lock, reset,
 * change of password and disabling have raised the series, so what they ended stays ended when they
 * are undone. `$4` is the person whom a provider vouches for, if any.
 */
const byToken = (more = '') => `
select ${setCaller},${more}
  set_config('samspil.password_end',
    case when token.federated then '' else person_code.password_expires_at::text end, true),
  set_config('samspil.vouched', coalesce($4, ''), true)
from token
join person_code on person_code.code = token.person_code and person_code.series = token.series
cross join clock_mark
where token.hash = $1 and token.source = $3 and token.ended_at is null
  and token.expires_at > greatest($2::timestamptz, clock_mark.reached)
  and person_code.active and person_code.locked_at is null
  -- What an identity opened does not hang on the password.
  and (token.federated or (not person_code.one_time
    and person_code.password_expires_at > greatest($2::timestamptz, clock_mark.reached)))
`

/** By the actor of an audit row; the incident that it names may be seen when it was written. */
const byActor = `
select ${setCaller}, set_config('samspil.vouched', coalesce($3, ''), true),
  set_config('samspil.written', coalesce($2, ''), true)
from person_code where code = $1
`

const byTime = `select set_config('samspil.time', 'yes', true)`

/**
 * One row `caller` (code, security_group, authority, password_expires_at) when the token opened
 * anything, else none.
 * For statements of `callerStatement` alone: there the token is the first three parameters.
 */
export const callerSql = `caller as (
  select current_setting('samspil.person_code', true) as code,
    current_setting('samspil.group', true) as security_group,
    current_setting('samspil.authority', true)::char(4) as authority,
    nullif(current_setting('samspil.password_end', true), '')::timestamptz as password_expires_at
  where current_setting('samspil.person_code', true) <> ''
    and $1::bytea is not null and $2::timestamptz is not null and $3::text is not null
)`

const leads = {
  usual: { name: 'lead-by-token', text: byToken() },
  /** PostgreSQL plans a long statement anew each time, where a plan for all values seems dearer. */
  plannedOnce: {
    name: 'lead-by-token-planned-once',
    text: byToken(` set_config('plan_cache_mode', 'force_generic_plan', true),`),
  },
}

/**
 * A statement on behalf of a caller: its first three parameters are the token's, and `callerSql`
 * tells who that is. `vouched` is the parameter with the number of the person that a provider has
 * signed on, whose own incidents it may see. `isPlannedOnce` where planning would cost more than a
 * plan for the values at hand gains.
 */
export function callerStatement(
  name: string,
  text: string,
  options: { readonly vouched?: number; readonly isPlannedOnce?: boolean } = {},
): Statement {
  const { vouched, isPlannedOnce = false } = options
  const values: Lead['values'] = ([hash, at, source, ...more]) => {
    assert(hash instanceof Buffer && at instanceof Date && typeof source === 'string', 'no token')
    return [hash, at.toISOString(), source, textIn([hash, at, source, ...more], vouched)]
  }
  return statement(name, text, { ...leads[isPlannedOnce ? 'plannedOnce' : 'usual'], values })
}

/**
 * A write on behalf of the actor of the audit row in a parameter. `vouched` as above. An actor that
 * is no person code, as time is, sees and writes nothing behind the wall.
 */
export function actorStatement(
  name: string,
  text: string,
  { audit, vouched }: { readonly audit: number; readonly vouched?: number },
): Statement {
  const values: Lead['values'] = (sent) => {
    const row = sent[audit - 1]
    assert(typeof row === 'string', 'an audit row is JSON')
    const { actor = null, incident_id: incident = null }: AuditJson = JSON.parse(row)
    return [actor, incident, textIn(sent, vouched)]
  }
  return statement(name, text, { name: 'lead-by-actor', text: byActor, values })
}

/** The same for one who leaves no evidence each time: the person code is a parameter itself. */
export function codeStatement(name: string, text: string, code: number): Statement {
  const values: Lead['values'] = (sent) => [textIn(sent, code), null, null]
  return statement(name, text, { name: 'lead-by-actor', text: byActor, values })
}

type AuditJson = { readonly actor?: string | null; readonly incident_id?: string | null }

/** What is done as time passes, on nobody's behalf and about everybody. Never for a request. */
export function timeStatement(name: string, text: string): Statement {
  return statement(name, text, { name: 'lead-by-time', text: byTime, values: () => [] })
}

function textIn(values: readonly unknown[], parameter: number | undefined): string | null {
  const value = parameter === undefined ? undefined : values[parameter - 1]
  return typeof value === 'string' ? value : null
}

/** The values of `$1` to `$3`. Any text may come as a token; what we never issued finds nobody. */
export function callerParameters(
  token: string,
  now: Date,
  source: string,
): readonly [Buffer, Date, string] {
  return [hashToken(token), now, source]
}

/**
 * The caller in a row that has the columns of `caller`; undefined when they are null. Tells the
 * door who it is, for its budget, and when the password ends, so that it can warn in every answer.
 */
export function readCaller(
  row: Row | undefined,
  { onPasswordEnd, onCaller }: Pick<Asker, 'onPasswordEnd' | 'onCaller'>,
): Caller | undefined {
  if (row === undefined || row['code'] === null) return undefined
  const { code, security_group: group, authority, password_expires_at: end } = row
  assert(typeof code === 'string' && typeof authority === 'string', 'a caller without a code')
  assert(typeof group === 'string' && isSecurityGroup(group), 'a caller of an unknown group')
  // A text where PostgreSQL wrote the row as JSON.
  if (end instanceof Date || typeof end === 'string') onPasswordEnd?.(new Date(end))
  onCaller?.(code)
  return { personCode: code, group, authority }
}

/** The caller alone, for doors and tests that have no statement of their own. */
export async function findCaller(
  session: Session,
  token: string,
  source: string,
  now: Date,
): Promise<Caller | undefined> {
  const { rows } = await session.run(findCallerStatement, callerParameters(token, now, source))
  return readCaller(rows[0], {})
}

const findCallerStatement = callerStatement(
  'access-caller',
  `with ${callerSql} select * from caller`,
)
