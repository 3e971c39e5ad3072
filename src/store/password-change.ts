/**
 * Changing one's own password: judged like signing on, and on the same count of misses. Knows
 * neither GCTP nor HTTP.
 */

import {
  mayChangePassword,
  passwordChangedAlready,
  passwordChangedToday,
  passwordEnd,
  passwordRefused,
  passwordsDiffer,
  passwordUsedBefore,
  refusalsOfPassword,
} from '#access/password-rules.ts'
import { judgeChange } from '#access/person-code.ts'
import type { Busy } from '#access/waiting-room.ts'
import { assert } from '#base/assert.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Credentials, Denied } from '#store/access.ts'
import {
  type Access,
  auditOf,
  type Evaluated,
  type Knock,
  settleDenial,
  settleOvertaken,
  settleRight,
  type Throttled,
  wasMoved,
  withAttempt,
} from '#store/attempts.ts'
import { auditInsert } from '#store/audit.ts'
import { noticeInsert } from '#store/notices.ts'
import { statement } from '#store/pool.ts'

export type PasswordChange = Credentials & {
  readonly newPassword: string
  /** Where the door asks for it twice. */
  readonly newPasswordAgain?: string | undefined
  /** Ends the old one at once also where the code has an overlap, as when it may be known. */
  readonly endOldNow?: boolean | undefined
}

export type PasswordChanged = {
  readonly kind: 'changed'
  readonly passwordExpiresAt: Date
  /** The old one signs on until then; undefined when it has ended. */
  readonly previousUntil: Date | undefined
}

/** Receipt 907 or 908, with every reason. */
export type PasswordRefused = {
  readonly kind: 'refused'
  readonly receipt: 907 | 908
  readonly refusals: readonly Refusal[]
}

export async function changePassword(
  access: Access,
  change: PasswordChange,
  now: Date,
): Promise<PasswordChanged | PasswordRefused | Denied | Busy | Throttled> {
  const knock: Knock = { ...change, act: 'new-password', now }
  return await withAttempt(access, knock, async (evaluated) => {
    const verdict = judgeChange(evaluated.attempt, evaluated.now, access.numbers)
    if (verdict !== 'may-change') {
      await settleDenial(access, knock, evaluated, verdict)
      return { kind: 'denied', receipt: verdict.receipt }
    }
    const refused = await findRefusal(access, change, evaluated)
    if (refused !== undefined) {
      const end = { outcome: 'refused', receipt: refused.receipt } as const
      await settleRight(access, evaluated, auditOf(access, knock, evaluated, end))
      return refused
    }
    return await storePassword(access, knock, evaluated, change)
  })
}

/** Only who gave the right password learns what is wrong with the new one. */
async function findRefusal(
  access: Access,
  change: PasswordChange,
  evaluated: Evaluated,
): Promise<PasswordRefused | undefined> {
  const { newPassword, newPasswordAgain } = change
  if (newPasswordAgain !== undefined && newPasswordAgain !== newPassword) {
    return { kind: 'refused', receipt: 907, refusals: [passwordsDiffer] }
  }
  const record = evaluated.known?.record
  assert(record !== undefined, 'a new password for nobody')
  // Or whoever has the old one could take the code from those who have the new one.
  if (evaluated.attempt.kind === 'evaluated' && evaluated.attempt.usedPrevious) {
    return { kind: 'refused', receipt: passwordRefused, refusals: [passwordChangedAlready] }
  }
  const refusals = [...refusalsOfPassword(newPassword, record.code)]
  if (!mayChangePassword(record, evaluated.now)) refusals.push(passwordChangedToday)
  // An earlier password is looked for last: each one costs a hash, and only the owner may ask.
  if (refusals.length === 0 && (await wasUsedBefore(access, record.code, newPassword))) {
    refusals.push(passwordUsedBefore)
  }
  if (refusals.length === 0) return undefined
  return { kind: 'refused', receipt: passwordRefused, refusals }
}

async function wasUsedBefore(access: Access, code: string, password: string): Promise<boolean> {
  const { rows } = await access.pool.run(historyStatement, [code])
  for (const { password_hash: hash } of rows) {
    assert(typeof hash === 'string', 'an earlier password without hash')
    if (await access.hasher.matches(password, hash)) return true
  }
  return false
}

const historyStatement = statement(
  'access-password-history',
  'select password_hash from password_history where person_code = $1 order by set_at desc',
)

async function storePassword(
  access: Access,
  knock: Knock,
  evaluated: Evaluated,
  { newPassword, endOldNow = false }: PasswordChange,
): Promise<PasswordChanged | Denied> {
  const { known, now } = evaluated
  assert(known !== undefined, 'a new password for nobody')
  const passwordExpiresAt = passwordEnd(now, 'lasting')
  const { rows } = await access.pool.run(changeStatement, [
    known.record.code,
    known.series,
    now,
    await access.hasher.hash(newPassword),
    passwordExpiresAt,
    auditOf(access, knock, evaluated, { outcome: 'done', receipt: 900 }),
    endOldNow,
  ])
  if (!wasMoved(rows)) return await settleOvertaken(access, knock, evaluated)
  const until = rows[0]?.['previous_until']
  const previousUntil = until instanceof Date ? until : undefined
  return { kind: 'changed', passwordExpiresAt, previousUntil }
}

/** An overlap is never longer than the old one's own life; one that ended has none. */
const keepsOld =
  'overlap_minutes > 0 and not one_time and password_expires_at > $3::timestamptz and not $7'

/** The new series ends every token and every attempt on the old password (A17). */
const changeStatement = statement(
  'access-change-password',
  `with changed as (
    update person_code set previous_hash = case when ${keepsOld} then password_hash end,
      previous_until = case when ${keepsOld}
        then least($3::timestamptz + overlap_minutes * interval '1 minute',
          password_expires_at) end,
      password_hash = $4, one_time = false, password_set_at = $3,
      password_expires_at = $5, tried_in_a_row = 0, wrong_in_a_row = 0, series = series + 1
    where code = $1 and series = $2
    returning code, previous_until
  ), kept as (
    insert into password_history (person_code, set_at, password_hash)
    select code, $3, $4 from changed
  ), ${noticeInsert('changed', '$6', 'password-changed')},
  ${auditInsert('changed', '$6')}
  select code, previous_until from changed`,
)
