/**
 * The judgement of one call by the table of rights. The authority in the message (`mk`) is
 * compared, never believed. Knows no texts and no door.
 */

import { type FieldSet, fieldSets } from '#access/field-sets.ts'
import {
  accessList,
  findGrant,
  type Grant,
  grantsOf,
  type Reach,
  type Right,
} from '#access/rights.ts'
import { type Caller, groupsOfType, type SecurityGroup } from '#access/security-groups.ts'
import type { Reporters } from '#incident/define.ts'
import { Permit, publicPermit } from '#register/protected.ts'

/** Gives the type of an authority that CPR has; undefined for a code that it has not. */
export type FindAuthorityType = (code: string) => string | undefined

export type Admission = { readonly kind: 'admitted'; readonly grant: Grant } | Turned

/** The receipt's number, and the code that stands for `%1%` in its text. */
export type Turned = {
  readonly kind: 'turned-away'
  readonly number: 4 | 5 | 184
  readonly authority: string
}

/**
 * Whether the caller may use a right under the authority that the message names. In CPR's order:
 * 4 no such authority, 5 its type is not on the list, 184 it is not the caller's or not his right.
 */
export function admitUpdate(
  caller: Caller,
  mk: string,
  right: Right,
  findAuthorityType: FindAuthorityType,
): Admission {
  const type = findAuthorityType(mk)
  if (type === undefined) return turned(4, mk)
  if (!accessList(right).includes(type)) return turned(5, mk)
  // The type must be the group's too: a code moved to another authority has no rights there.
  const grant = mk === caller.authority ? findGrant(caller.group, type, right) : undefined
  return grant ? { kind: 'admitted', grant } : turned(184, mk)
}

/** The same where a door has no `mk`: the caller's own authority is the one that is judged. */
export function admitOwn(
  caller: Caller,
  right: Right,
  findAuthorityType: FindAuthorityType,
): Admission {
  return admitUpdate(caller, caller.authority, right, findAuthorityType)
}

/** Whether every row of the group lets a right reach that far; where none gives it, it does not. */
function reaches({ group }: Caller, right: Right, reach: Reach): boolean {
  const rows = grantsOf(group, right)
  return rows.length > 0 && rows.every((row) => row.reach === reach)
}

/** Whether incidents of a kind may be reported at all: some authorities register themselves. */
export function mayReport({ group }: Caller, kind: Reporters): boolean {
  return grantsOf(group, 'initiate').some(({ incidents }) => incidents.includes(kind))
}

/** What an authority does with what lies with it. */
export type Decision = 'list-pending' | 'approve' | 'reject' | 'return' | 'forward' | 'undo'

/** Whether what lies with an authority may be listed or decided by the caller (A1, I-4). */
export function mayDecide(caller: Caller, right: Decision, competentAuthority: string): boolean {
  return reaches(caller, right, 'own-authority') && caller.authority === competentAuthority
}

/** Whether an incident may be followed whoever reported it and wherever it lies. */
export function mayFollowAll(caller: Caller): boolean {
  return reaches(caller, 'read-incident', 'anything')
}

/**
 * Whether the caller may see and answer what `pnr` is asked. A provider answers for the person it
 * has signed on, and for nobody else; an authority for what lies with it, on paper as well, and it
 * alone where nobody is asked.
 */
export function mayHear(
  caller: Caller,
  { asked }: { readonly asked: string | undefined },
  { authority }: { readonly authority: string },
  pnr: string | undefined,
): boolean {
  if (asked !== pnr) return false
  if (reaches(caller, 'hear', 'asked-person')) return asked !== undefined
  return reaches(caller, 'hear', 'own-authority') && caller.authority === authority
}

/**
 * Whether the caller may change that person code: one of its own reach, and never itself (A43). An
 * administrator of a municipality makes no other administrator; the CPR Office does.
 */
export function mayAdminister(
  caller: Caller,
  other: { readonly code: string; readonly group: SecurityGroup; readonly authority: string },
  findAuthorityType: FindAuthorityType,
): boolean {
  const admission = admitOwn(caller, 'administer', findAuthorityType)
  if (admission.kind !== 'admitted' || other.code === caller.personCode) return false
  const type = findAuthorityType(other.authority)
  if (type === undefined || !groupsOfType(type).includes(other.group)) return false
  if (admission.grant.reach === 'anything') return true
  return other.authority === caller.authority && other.group !== 'administrator'
}

/**
 * Whether a new person code of the group takes two administrators (A43). So does every move of a
 * code to another group or authority: it gives what was not there before.
 */
export function takesTwo(group: SecurityGroup): boolean {
  return group === 'administrator' || group === 'team-lead'
}

/** The rights by which persons are shown; a group is shown the same by all that it has. */
const showing = ['look-up', 'initiate', 'list-pending', 'hear', 'read-incident'] as const

/** What the caller is shown of persons, whichever right shows them. */
export function personFieldsOf({ group }: Caller): FieldSet {
  return showing.flatMap((right) => grantsOf(group, right))[0]?.fields ?? 'nothing'
}

/** Whether protected names and addresses may be shown to the caller. */
export function seesProtected(caller: Caller): boolean {
  return fieldSets[personFieldsOf(caller)].protected.includes('addressingName')
}

/** What opens the protected values that the caller may be shown. */
export function permitOf(caller: Caller): Permit {
  return seesProtected(caller) ? wholePermit : publicPermit
}

const wholePermit = new Permit(true)

function turned(number: Turned['number'], authority: string): Turned {
  return { kind: 'turned-away', number, authority }
}
