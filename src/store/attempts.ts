/**
 * Attempts on a password, counted before the password is compared (A15): reserved by a guarded
 * update, then evaluated, then settled. `signon` and `newpass` share it, so neither is a way round
 * the lock. Knows neither the rules for new passwords nor tokens.
 */

import { setTimeout as wait } from 'node:timers/promises'
import { isCertified } from '#access/certificate.ts'
import type { PasswordHasher } from '#access/password-hash.ts'
import {
  type AnswerNumbers,
  type Attempt,
  type Denial,
  type PersonCodeRecord,
  readPersonCode,
} from '#access/person-code.ts'
import { isListed, sourceOf } from '#access/source.ts'
import type { Busy, WaitingRoom } from '#access/waiting-room.ts'
import { assert } from '#base/assert.ts'
import { type Random, timedId } from '#base/ids.ts'
import { networkOf, siteOf } from '#base/network.ts'
import type { Act, AuditRow, Outcome } from '#evidence/audit.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { clockToleranceMs, judgedNow, raiseClockSql } from '#store/clock-mark.ts'
import { noticeInsert } from '#store/notices.ts'
import { readPersonCodeRow } from '#store/person-code-row.ts'
import { type Pool, type Row, statement } from '#store/pool.ts'
import {
  findThrottledUntil,
  sourceMissSql,
  type Throttle,
  type Throttled,
  throttledSql,
  throttleValues,
} from '#store/source-misses.ts'

export type { Throttled } from '#store/source-misses.ts'

/** What access needs of the process; one for each process. */
export type Access = {
  readonly pool: Pool
  readonly hasher: PasswordHasher
  readonly room: WaitingRoom
  readonly random: Random
  readonly numbers: AnswerNumbers
  readonly throttle: Throttle
}

/** What was typed, where it came from, and when. */
export type Knock = {
  readonly act: Extract<Act, 'sign-on' | 'new-password'>
  readonly userId: string
  readonly password: string
  readonly source: string
  readonly boundTo?: string
  readonly certificate?: string | undefined
  readonly now: Date
}

/** An attempt after the comparison. The series ties what follows to the state that was judged. */
export type Evaluated = {
  readonly attempt: Attempt
  readonly known: { readonly record: PersonCodeRecord; readonly series: number } | undefined
  /** The instant by which to judge; never before one that the clock has shown. */
  readonly now: Date
}

/**
 * Runs `work` on an evaluated attempt once it is called in. Before that nothing is reserved, so an
 * attempt that is counted is never lost in a line.
 */
export async function withAttempt<T>(
  access: Access,
  knock: Knock,
  work: (evaluated: Evaluated) => Promise<T>,
): Promise<T | Busy | Throttled> {
  const code = readPersonCode(knock.userId) ?? ''
  const site = siteOf(sourceOf(knock.source))
  return await access.room.enter({ code, site }, async () => {
    const evaluated = await evaluate(access, knock, code)
    return 'until' in evaluated ? evaluated : work(evaluated)
  })
}

/**
 * Every path that opens nothing makes the same steps, so that the time of the answer tells little
 * (A13): two comparisons, since a code may have two passwords for a while, or none at all.
 */
async function evaluate(
  access: Access,
  knock: Knock,
  code: string,
): Promise<Evaluated | Throttled> {
  const reservation = await reservePatiently(access, knock, code)
  const { hash, previousHash, reserved, known, now } = reservation
  if (reservation.throttledUntil !== undefined) {
    const throttled = { kind: 'throttled', until: reservation.throttledUntil } as const
    await noteThrottled(access, knock, { known, now })
    return throttled
  }
  const { hasher } = access
  const isCurrent = await hasher.matches(knock.password, reserved ? hash : undefined)
  const isPrevious = !isCurrent && (await hasher.matches(knock.password, previousHash))
  if (code === '') return { attempt: { kind: 'malformed' }, known: undefined, now }
  if (known === undefined) return { attempt: { kind: 'unknown' }, known, now }
  const unlisted = findUnlisted(known, knock)
  if (unlisted) return { attempt: { kind: unlisted }, known, now }
  if (!reserved) return { attempt: { kind: 'locked' }, known, now }
  const { record } = known
  const matches = isCurrent || isPrevious
  return { attempt: { kind: 'evaluated', matches, usedPrevious: isPrevious, record }, known, now }
}

/** What about the connection is not as the code lists it; undefined where it is. */
function findUnlisted(
  { record }: NonNullable<Evaluated['known']>,
  { source, certificate }: Knock,
): 'unlisted-source' | 'unlisted-certificate' | undefined {
  if (!isListed(record.sources, sourceOf(source))) return 'unlisted-source'
  return isCertified(record.certificates, certificate) ? undefined : 'unlisted-certificate'
}

type Reservation = {
  readonly hash: string | undefined
  /** Of the password before this one, while the overlap lasts. */
  readonly previousHash: string | undefined
  readonly reserved: boolean
  readonly known: Evaluated['known']
  readonly now: Date
  readonly throttledUntil: Date | undefined
}

const patienceTimes = 10
const patienceMs = 100

/**
 * The five places may be filled by other processes that are still comparing; then a moment is
 * waited. If they stay filled, as when a process died, the code counts as locked: an attempt
 * whose end was lost is a miss.
 */
async function reservePatiently(access: Access, knock: Knock, code: string): Promise<Reservation> {
  for (let time = 1; ; time++) {
    const reservation = await reserve(access, knock, code)
    const { known, reserved, throttledUntil } = reservation
    const mayBeReserved = throttledUntil === undefined && known?.record.lockedAt === undefined
    const filled = !reserved && mayBeReserved && known !== undefined && !findUnlisted(known, knock)
    if (!filled || time === patienceTimes) return reservation
    await wait(patienceMs)
  }
}

const reserveStatement = statement(
  'attempt-reserve',
  `with ${raiseClockSql}, ${throttledSql('$7')}, reserved as (
    update person_code set tried_in_a_row = tried_in_a_row + 1
    where code = $1 and locked_at is null and tried_in_a_row < 5
      and (select reached from clock_mark) <= $2::timestamptz + $3::integer * interval '1 ms'
      and ($4 = any(sources) or (sources = '{}' and not exists (select from throttled)))
      and (certificates = '{}' or $8 = any(certificates))
    returning *
  ), strayed as (
    insert into stray_attempt (at) select $2 where not exists (select from reserved)
  ), found as (
    select reserved.*, true as reserved from reserved
    union all
    select person_code.*, false from person_code
    where code = $1 and not exists (select from reserved)
  )
  select clock_mark.reached, throttled.since as throttled_since, found.*
  from clock_mark left join found on true left join throttled on true`,
)

async function reserve(
  { pool, throttle }: Access,
  { now, source, certificate = '' }: Knock,
  code: string,
): Promise<Reservation> {
  const { rows } = await pool.run(reserveStatement, [
    ...[code, now, clockToleranceMs, sourceOf(source), ...throttleValues(throttle)],
    ...[networkOf(sourceOf(source)), certificate],
  ])
  const row = rows[0]
  assert(row !== undefined, 'the clock has no mark')
  const judged = judgedNow(now, row['reached'])
  const throttledUntil = findThrottledUntil(row, throttle)
  const nobody = { hash: undefined, previousHash: undefined, reserved: false, known: undefined }
  if (row['code'] === null) return { ...nobody, now: judged, throttledUntil }
  const { password_hash: hash, previous_hash: previous, series, reserved } = row
  assert(typeof hash === 'string' && typeof series === 'number', 'a person code without password')
  const record = readPersonCodeRow(row)
  const isOverlap = record.previousUntil !== undefined && judged < record.previousUntil
  return {
    hash,
    previousHash: reserved && isOverlap && typeof previous === 'string' ? previous : undefined,
    reserved: reserved === true,
    known: { record, series },
    now: judged,
    // A listed address is the holder's own, whoever else is tried from it.
    throttledUntil: reserved === true ? undefined : throttledUntil,
  }
}

async function noteThrottled(
  access: Access,
  knock: Knock,
  judged: Pick<Evaluated, 'known' | 'now'>,
): Promise<void> {
  const evaluated: Evaluated = { ...judged, attempt: { kind: 'unknown' } }
  const end = { outcome: 'denied', receipt: 9065, cause: 'throttled' } as const
  await access.pool.run(noteStatement, [auditOf(access, knock, evaluated, end)])
}

const noteStatement = statement(
  'attempt-note',
  `with ${auditInsert('(select 1) one', '$1')} select 1`,
)

/** The evidence of one attempt. A user id is never kept, unless it has the shape of a code. */
export function auditOf(
  access: Access,
  knock: Knock,
  evaluated: Evaluated,
  end: { readonly outcome: Outcome; readonly receipt: number; readonly cause?: string },
): string {
  const record = evaluated.known?.record
  const claimed = record === undefined ? readPersonCode(knock.userId) : undefined
  const detail: AuditRow['detail'] = {
    ...(end.cause === undefined ? {} : { cause: end.cause }),
    ...(claimed === undefined ? {} : { claimed }),
  }
  return writeAuditRow({
    persons: [],
    id: timedId(evaluated.now, access.random),
    at: evaluated.now,
    act: knock.act,
    outcome: end.outcome,
    receipt: end.receipt,
    actor: record?.code,
    authority: record?.authority,
    source: knock.source,
    purpose: knock.act,
    detail,
  })
}

/** Settles an attempt that opens nothing: counts it, locks at the fifth, and leaves evidence. */
export async function settleDenial(
  access: Access,
  knock: Knock,
  evaluated: Evaluated,
  denial: Denial,
): Promise<void> {
  const audit = auditOf(access, knock, evaluated, { outcome: 'denied', ...denial })
  const { attempt, known } = evaluated
  if (attempt.kind === 'evaluated' && attempt.matches) {
    await settleRight(access, evaluated, audit)
    return
  }
  const counts = attempt.kind === 'evaluated'
  const code = counts ? known?.record.code : ''
  await access.pool.run(missStatement, [
    ...[code, evaluated.now, known?.series ?? 0, audit],
    ...[networkOf(sourceOf(knock.source)), access.throttle.windowMs],
  ])
}

/** A series that has ended in the meantime counts no more: its password or its lock is another. */
const missStatement = statement(
  'attempt-miss',
  `with counted as (
    update person_code set
      wrong_in_a_row = wrong_in_a_row + 1,
      tried_in_a_row = greatest(tried_in_a_row, wrong_in_a_row + 1),
      locked_at = case when wrong_in_a_row + 1 >= 5 then $2::timestamptz end,
      previous_hash = case when wrong_in_a_row + 1 < 5 then previous_hash end,
      previous_until = case when wrong_in_a_row + 1 < 5 then previous_until end,
      series = series + case when wrong_in_a_row + 1 >= 5 then 1 else 0 end
    where code = $1 and series = $3 and locked_at is null
    returning code, locked_at is not null as locked
  ), ${sourceMissSql('$5', '$2', '$6')}, noted as (
    select $4::jsonb || coalesce((select '{"detail": {"cause": "wrong-password", "locked": true}}'::jsonb
      from counted where locked), '{}') as row
  ), ${noticeInsert('counted', '$4', 'locked', 'locked')},
  ${auditInsert('noted', 'noted.row')}
  select locked from counted`,
)

/** The right password was given, though it opened nothing: the row of misses is broken. */
export async function settleRight(
  access: Access,
  evaluated: Evaluated,
  audit: string,
): Promise<void> {
  const { known } = evaluated
  assert(known !== undefined, 'a right password of nobody')
  await access.pool.run(rightStatement, [known.record.code, known.series, audit])
}

const rightStatement = statement(
  'attempt-right',
  `with settled as (
    update person_code set tried_in_a_row = 0, wrong_in_a_row = 0 where code = $1 and series = $2
  ), ${auditInsert('(select 1) one', '$3')}
  select 1`,
)

/** Another process locked, changed or disabled the code while this password was compared. */
export async function settleOvertaken(
  access: Access,
  knock: Knock,
  evaluated: Evaluated,
): Promise<{ readonly kind: 'denied'; readonly receipt: 905 }> {
  const end = { outcome: 'denied', receipt: 905, cause: 'overtaken' } as const
  const audit = auditOf(access, knock, evaluated, end)
  await access.pool.run(noteStatement, [audit])
  return { kind: 'denied', receipt: 905 }
}

export function wasMoved(rows: readonly Row[]): boolean {
  return rows.length === 1
}
