/**
 * Who is calling, by the token: a CTE at the head of every step's statement, so that the token is
 * judged in the round trip that the step needs anyway. Knows no step.
 */

import { type Caller, isSecurityGroup } from '#access/security-groups.ts'
import { hashToken } from '#access/token.ts'
import { assert } from '#base/assert.ts'
import type { Asker } from '#casework/ports.ts'
import { type Row, type Session, statement } from '#store/pool.ts'

/**
 * One row `caller` (code, security_group, authority, password_expires_at) when the token opens anything, else none.
 * Takes `$1` to `$3`; a statement's own parameters begin at `$4`. Lock, reset, change of password
 * and disabling have raised the series, so what they ended stays ended when they are undone.
 */
export const callerSql = `caller as (
  select person_code.code, person_code.security_group, person_code.authority,
    person_code.password_expires_at
  from token
  join person_code on person_code.code = token.person_code and person_code.series = token.series
  cross join clock_mark
  where token.hash = $1 and token.source = $3 and token.ended_at is null
    and token.expires_at > greatest($2::timestamptz, clock_mark.reached)
    and person_code.password_expires_at > greatest($2::timestamptz, clock_mark.reached)
    and person_code.active and person_code.locked_at is null and not person_code.one_time
)`

/** The values of `$1` to `$3`. Any text may come as a token; what we never issued finds nobody. */
export function callerParameters(
  token: string,
  now: Date,
  source: string,
): readonly [Buffer, Date, string] {
  return [hashToken(token), now, source]
}

/**
 * The caller in a row that has the columns of `caller`; undefined when they are null. Tells the one
 * who asks when the password ends, so that the door can warn in every answer.
 */
export function readCaller(
  row: Row | undefined,
  { onPasswordEnd }: Pick<Asker, 'onPasswordEnd'>,
): Caller | undefined {
  if (row === undefined || row['code'] === null) return undefined
  const { code, security_group: group, authority, password_expires_at: end } = row
  assert(typeof code === 'string' && typeof authority === 'string', 'a caller without a code')
  assert(typeof group === 'string' && isSecurityGroup(group), 'a caller of an unknown group')
  // A text where PostgreSQL wrote the row as JSON.
  if (end instanceof Date || typeof end === 'string') onPasswordEnd?.(new Date(end))
  return { personCode: code, group, authority }
}

/** The caller alone, for doors and tests that have no statement of their own. */
export async function findCaller(
  session: Session,
  token: string,
  source: string,
  now: Date,
): Promise<Caller | undefined> {
  const { rows } = await session.run(callerStatement, callerParameters(token, now, source))
  return readCaller(rows[0], {})
}

const callerStatement = statement('access-caller', `with ${callerSql} select * from caller`)
