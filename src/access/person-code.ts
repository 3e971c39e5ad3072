/**
 * A person code: the account of a provider or an employee at the CPR server, the states it can be
 * in, and what an attempt to sign on is answered. Pure; knows neither hashes nor the store.
 */

import { endsSoon, isPastLife } from '#access/password-rules.ts'
import type { SecurityGroup } from '#access/security-groups.ts'
import { assert } from '#base/assert.ts'

/** 'W' and seven digits, as CPR's are. */
export type PersonCode = string & { readonly personCode: unique symbol }

const shape = /^W[0-9]{7}$/

/** The text as a person code; undefined when it has not the shape. */
export function readPersonCode(text: string): PersonCode | undefined {
  return isPersonCode(text) ? text : undefined
}

/** A person code that the program itself wrote: throws when it is none. */
export function personCode(text: string): PersonCode {
  assert(isPersonCode(text), 'not a person code')
  return text
}

function isPersonCode(text: string): text is PersonCode {
  return shape.test(text)
}

/** The fifth wrong password in a row locks the code, for all kinds of user (confirmed). */
export const wrongInARowMax = 5

export type PersonCodeRecord = {
  readonly code: PersonCode
  readonly group: SecurityGroup
  readonly authority: string
  readonly name: string
  readonly active: boolean
  readonly lockedAt: Date | undefined
  readonly oneTime: boolean
  readonly passwordSetAt: Date
  readonly passwordExpiresAt: Date
  /** Evaluations begun since the last right password; see decision 0021. */
  readonly triedInARow: number
  readonly lastSignOnAt: Date | undefined
  readonly createdAt: Date
  /** Whose it is: those with the same holder are told of each other's. Undefined: only itself. */
  readonly holder: string | undefined
  /** The network addresses from which it signs on; all when there is none. */
  readonly sources: readonly string[]
  /** Fingerprints of the client certificates by which it signs on; by any when there is none. */
  readonly certificates: readonly string[]
  /** So long the old password signs on beside a new one. */
  readonly overlapMinutes: number
  /** Until then the password before this one signs on too. */
  readonly previousUntil: Date | undefined
  readonly retiredAt: Date | undefined
}

export type PersonCodeState =
  | 'active'
  | 'one-time'
  | 'expired-one-time'
  | 'expired'
  | 'locked'
  | 'inactive'
  | 'retired'

/** The state that decides; a locked code is locked whatever else it is, but for a retired one. */
export function stateOf(
  record: Pick<
    PersonCodeRecord,
    'active' | 'lockedAt' | 'oneTime' | 'passwordExpiresAt' | 'triedInARow' | 'retiredAt'
  >,
  now: Date,
): PersonCodeState {
  if (record.retiredAt !== undefined) return 'retired'
  if (record.lockedAt !== undefined || record.triedInARow >= wrongInARowMax) return 'locked'
  if (!record.active) return 'inactive'
  const past = isPastLife(record.passwordExpiresAt, now)
  if (record.oneTime) return past ? 'expired-one-time' : 'one-time'
  return past ? 'expired' : 'active'
}

/** Why an attempt did not succeed; for the evidence, never for the one who tried. */
export type Cause =
  | 'malformed'
  | 'unknown'
  | 'locked'
  | 'unlisted-source'
  | 'unlisted-certificate'
  | 'wrong-password'
  | 'inactive'
  | 'expired'
  | 'expired-one-time'
  | 'one-time'

/**
 * `one-answer`: 905 for everybody who did not give the right password (D-5).
 * `as-cpr`: CPR's own numbers, which tell strangers what person codes exist. Off by default.
 */
export type AnswerNumbers = 'one-answer' | 'as-cpr'

/** One attempt to sign on or to change the password, after the password was compared. */
export type Attempt =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown' }
  /** The state as it was when the attempt was reserved. A locked code is never evaluated. */
  | { readonly kind: 'locked' }
  /** From an address that the code does not list: never evaluated, and never counted (A16). */
  | { readonly kind: 'unlisted-source' }
  /** Over a connection with another client certificate than the code lists, or without: the same. */
  | { readonly kind: 'unlisted-certificate' }
  | {
      readonly kind: 'evaluated'
      readonly matches: boolean
      /** It was the password before this one, within the overlap, that matched. */
      readonly usedPrevious?: boolean
      readonly record: Pick<
        PersonCodeRecord,
        'active' | 'oneTime' | 'passwordExpiresAt' | 'previousUntil'
      >
    }

export type Denial = { readonly receipt: 902 | 903 | 904 | 905 | 906; readonly cause: Cause }

export type Verdict =
  | {
      readonly receipt: 900
      readonly passwordExpiresAt: Date
      /** The password expires within 14 days, and the user is to be warned. */
      readonly passwordEndsSoon: boolean
    }
  | Denial

export function judgeSignOn(attempt: Attempt, now: Date, numbers: AnswerNumbers): Verdict {
  const denial = findDenial(attempt, numbers) ?? findDenialByState(attempt, now)
  if (denial !== undefined) return denial
  assert(attempt.kind === 'evaluated' && attempt.matches, 'signed on without the right password')
  const passwordExpiresAt = endOf(attempt)
  return { receipt: 900, passwordExpiresAt, passwordEndsSoon: endsSoon(passwordExpiresAt, now) }
}

/** The end of the password that was given: of the previous one it is the end of the overlap. */
function endOf({ record, usedPrevious }: Extract<Attempt, { kind: 'evaluated' }>): Date {
  return usedPrevious
    ? (record.previousUntil ?? record.passwordExpiresAt)
    : record.passwordExpiresAt
}

/**
 * The same for a change of password: an expired password and a one-time password open the change
 * and nothing else, a one-time password past its 24 hours not even that (A18, I-21).
 */
export function judgeChange(
  attempt: Attempt,
  now: Date,
  numbers: AnswerNumbers,
): 'may-change' | Denial {
  const denial = findDenial(attempt, numbers) ?? findDenialByState(attempt, now)
  if (denial === undefined || denial.cause === 'expired' || denial.cause === 'one-time') {
    return 'may-change'
  }
  return denial
}

/** CPR's number where the compatibility setting asks for it, else the one answer. */
type Unlisted = 'unlisted-source' | 'unlisted-certificate'
type Strange = 'malformed' | 'unknown' | 'locked' | Unlisted | 'wrong-password'
const asCpr: { readonly [C in Strange]: Denial } = {
  malformed: { receipt: 904, cause: 'malformed' },
  unknown: { receipt: 902, cause: 'unknown' },
  locked: { receipt: 903, cause: 'locked' },
  'unlisted-source': { receipt: 905, cause: 'unlisted-source' },
  'unlisted-certificate': { receipt: 905, cause: 'unlisted-certificate' },
  'wrong-password': { receipt: 905, cause: 'wrong-password' },
}

function findDenial(attempt: Attempt, numbers: AnswerNumbers): Denial | undefined {
  if (attempt.kind === 'evaluated' && attempt.matches) return undefined
  const cause = attempt.kind === 'evaluated' ? 'wrong-password' : attempt.kind
  if (numbers === 'one-answer') return { receipt: 905, cause }
  // CPR tells an inactive code whatever the password was; ours does so in this setting alone.
  if (attempt.kind === 'evaluated' && !attempt.record.active) {
    return { receipt: 903, cause: 'wrong-password' }
  }
  return asCpr[cause]
}

function findDenialByState(attempt: Attempt, now: Date): Denial | undefined {
  if (attempt.kind !== 'evaluated') return undefined
  const unlocked = { lockedAt: undefined, triedInARow: 0, retiredAt: undefined }
  const state = stateOf({ ...attempt.record, ...unlocked }, now)
  if (state === 'inactive') return { receipt: 903, cause: 'inactive' }
  if (state === 'expired' || state === 'one-time' || state === 'expired-one-time') {
    return { receipt: 906, cause: state }
  }
  return undefined
}
