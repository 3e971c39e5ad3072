/**
 * Signing on and off: two round trips beside the comparison, and the evidence in the statement that
 * has the effect. Knows neither GCTP nor HTTP.
 */

import { PasswordHasher } from '#access/password-hash.ts'
import {
  type AnswerNumbers,
  type Denial,
  judgeSignOn,
  type PersonCodeRecord,
  type Verdict,
} from '#access/person-code.ts'
import { keptSince } from '#access/time-limits.ts'
import { bindToken, hashToken, makeToken, tokenEnd } from '#access/token.ts'
import { type Busy, type RoomLimits, WaitingRoom } from '#access/waiting-room.ts'
import { assert } from '#base/assert.ts'
import { type Random, timedId } from '#base/ids.ts'
import {
  type Access,
  auditOf,
  type Evaluated,
  type Knock,
  settleDenial,
  settleOvertaken,
  wasMoved,
  withAttempt,
} from '#store/attempts.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { callerSql, callerStatement } from '#store/caller.ts'
import { sweepIdTokens } from '#store/federated.ts'
import { type Pool, type Statement, statement } from '#store/pool.ts'
import {
  sweepSourceMisses,
  type Throttle,
  type Throttled,
  usualThrottle,
} from '#store/source-misses.ts'

export type { Access } from '#store/attempts.ts'

/** One for each process: it bounds the hashing, and who waits for it. */
export function openAccess(
  pool: Pool,
  random: Random,
  options: {
    readonly numbers?: AnswerNumbers
    readonly room?: RoomLimits
    readonly throttle?: Throttle
  } = {},
): Access {
  return {
    pool,
    random,
    hasher: new PasswordHasher(random),
    room: new WaitingRoom(options.room),
    numbers: options.numbers ?? 'one-answer',
    throttle: options.throttle ?? usualThrottle,
  }
}

/** The same for all causes, so that no door can tell them apart (D-5). */
export type Denied = { readonly kind: 'denied'; readonly receipt: Denial['receipt'] }

export type Credentials = {
  readonly userId: string
  readonly password: string
  /** The network address that the request came from: of the person, where one is known. */
  readonly source: string
  /** That of the connection, where it is another one; the token is bound to it. */
  readonly boundTo?: string
  /** Of the connection, where clients show one; the token is bound to it as well. */
  readonly certificate?: string | undefined
}

// Signing on ----------------------------------------------------------------------------------

export type SignedOn = {
  readonly kind: 'signed-on'
  readonly token: string
  readonly expiresAt: Date
  readonly personCode: string
  readonly group: PersonCodeRecord['group']
  readonly authority: string
  readonly passwordExpiresAt: Date
  /** The password expires within 14 days: warn. */
  readonly passwordEndsSoon: boolean
}

export async function signOn(
  access: Access,
  credentials: Credentials,
  now: Date,
): Promise<SignedOn | Denied | Busy | Throttled> {
  const knock: Knock = { ...credentials, act: 'sign-on', now }
  return await withAttempt(access, knock, async (evaluated) => {
    const verdict = judgeSignOn(evaluated.attempt, evaluated.now, access.numbers)
    if (verdict.receipt !== 900) {
      await settleDenial(access, knock, evaluated, verdict)
      return { kind: 'denied', receipt: verdict.receipt }
    }
    return await issueToken(access, knock, evaluated, verdict)
  })
}

async function issueToken(
  access: Access,
  knock: Knock,
  evaluated: Evaluated,
  { passwordExpiresAt, passwordEndsSoon }: Extract<Verdict, { receipt: 900 }>,
): Promise<SignedOn | Denied> {
  const { known, now } = evaluated
  assert(known !== undefined, 'a token for nobody')
  const token = makeToken(access.random)
  const expiresAt = earlier(tokenEnd(now), passwordExpiresAt)
  const { rows } = await access.pool.run(issueStatement, [
    known.record.code,
    known.series,
    now,
    hashToken(bindToken(token, knock.certificate)),
    expiresAt,
    knock.boundTo ?? knock.source,
    auditOf(access, knock, evaluated, { outcome: 'done', receipt: 900 }),
  ])
  if (!wasMoved(rows)) return await settleOvertaken(access, knock, evaluated)
  const { code, group, authority } = known.record
  return {
    kind: 'signed-on',
    token,
    expiresAt,
    personCode: code,
    group,
    authority,
    passwordExpiresAt,
    passwordEndsSoon,
  }
}

/** A token ends with the password that opened it, be it the one before the present. */
function earlier(one: Date, other: Date): Date {
  return one < other ? one : other
}

const issueStatement = statement(
  'access-issue-token',
  `with settled as (
    update person_code set tried_in_a_row = 0, wrong_in_a_row = 0, last_sign_on_at = $3
    where code = $1 and series = $2
    returning code, series
  ), issued as (
    insert into token (hash, person_code, series, source, issued_at, expires_at)
    select $4, code, series, $6, $3, $5 from settled
  ), ${auditInsert('settled', '$7')}
  select code from settled`,
)

// Signing off ---------------------------------------------------------------------------------

/** Ends the token. 901 when it opened nothing anyway, from this source or at all. */
export function signOff(...order: SignOffOrder): Promise<900 | 901> {
  return endTokens(endStatement, 'sign-off', ...order)
}

/** Ends every token of the caller's person code, in whatever program or browser it is. */
export function signOffEverywhere(...order: SignOffOrder): Promise<900 | 901> {
  return endTokens(endAllStatement, 'sign-off everywhere', ...order)
}

type SignOffOrder = readonly [
  access: Pick<Access, 'pool' | 'random'>,
  token: string,
  source: string,
  now: Date,
]

async function endTokens(
  ending: Statement,
  purpose: string,
  ...[access, token, source, now]: SignOffOrder
): Promise<900 | 901> {
  const id = timedId(now, access.random)
  const row = { id, at: now, act: 'sign-off', source, purpose, persons: [] } as const
  const done = writeAuditRow({ ...row, outcome: 'done', receipt: 900 })
  const denied = writeAuditRow({ ...row, outcome: 'denied', receipt: 901 })
  const { rows } = await access.pool.run(ending, [hashToken(token), now, source, done, denied])
  return wasMoved(rows) ? 900 : 901
}

const endStatement = callerStatement(
  'access-end-token',
  `with ${callerSql}, ended as (
    update token set ended_at = $2 from caller where hash = $1 and ended_at is null
    returning caller.code, caller.authority
  ), noted as (
    select $4::jsonb || jsonb_build_object('actor', code, 'authority', authority) as row from ended
    union all
    select $5::jsonb where not exists (select from ended)
  ), ${auditInsert('noted', 'noted.row')}
  select code from ended`,
)

const endAllStatement = callerStatement(
  'access-end-tokens',
  `with ${callerSql}, ended as (
    update person_code set series = series + 1 from caller where person_code.code = caller.code
    returning person_code.code, person_code.authority
  ), noted as (
    select $4::jsonb || jsonb_build_object('actor', code, 'authority', authority) as row from ended
    union all
    select $5::jsonb where not exists (select from ended)
  ), ${auditInsert('noted', 'noted.row')}
  select code from ended`,
)

// Sweeping ------------------------------------------------------------------------------------

/** Removes tokens, stray attempts and counts of misses that ended a day ago; the evidence of them stays. */
export async function sweepAccess(pool: Pool, now: Date): Promise<void> {
  const before = [keptSince('token', now)]
  await pool.run(sweepStatement, before)
  await pool.run(sweepSourceMisses, before)
  await pool.run(sweepIdTokens, before)
}

const sweepStatement = statement(
  'access-sweep',
  `with strayed as (delete from stray_attempt where at < $1)
  delete from token where expires_at < $1`,
)
