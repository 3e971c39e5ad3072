/**
 * Who may administer which person code: the common check in front of every call of administration.
 * Knows no door and no store.
 */

import { mayAdminister } from '#access/permissions.ts'
import type { Caller, SecurityGroup } from '#access/security-groups.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'

/** What a call is about: a person code that exists, or one that is wanted (without a code). */
export type Target = {
  readonly code: string
  readonly group: SecurityGroup
  readonly authority: string
}

/** What one read brought: who asks, and the types of the authorities that are judged. */
export type Judged = Pick<Findings, 'caller' | 'authorities'>

export type AdministrationAnswer =
  | TurnedAway
  | { readonly kind: 'unknown'; readonly refusal: Refusal }

export type Order = {
  readonly asker: Asker
  readonly at: Date
  readonly act: Act
  /** What it is about, for the evidence, also of whoever is turned away. */
  readonly about?: AuditRow['detail']
}

/**
 * The administrator, if there is one and the target is within reach. A code that is not is unknown,
 * as one that does not exist; one's own is denied: another administrator does that (A43).
 */
export async function admitAdministrator(
  house: House,
  judged: Judged,
  { asker, at, act, about }: Order,
  target?: Target | 'none',
): Promise<{ readonly kind: 'admitted'; readonly caller: Caller } | AdministrationAnswer> {
  const write = auditor(house, { act, at, asker })
  const audit: typeof write = (details) => write({ ...details, ...(about && { detail: about }) })
  const admitted = await admitCaller(house, audit, judged, 'administer', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  if (target === undefined) return admitted
  const isOwn = target !== 'none' && target.code === caller.personCode
  const typeOf = (code: string) => judged.authorities.get(code)?.type
  if (target !== 'none' && !isOwn && mayAdminister(caller, target, typeOf)) return admitted
  const refusal = refuse(isOwn ? 9068 : 902)
  await house.store.note(audit({ caller, outcome: 'denied', receipt: refusal.number }))
  return { kind: isOwn ? 'denied' : 'unknown', refusal }
}
