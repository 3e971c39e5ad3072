/** Why a step on what was seen of an incident is not taken: what became of it since. Pure. */

import { sayInstant } from '#base/day-words.ts'
import { ruleSetAuthority } from '#casework/policy.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'

/**
 * Undefined where the version that was seen is the one there is, or none was named. `isTold` is
 * whether the caller may know who decided: the authority whose incident it is.
 */
export function whyStale(
  seen: number | undefined,
  record: Pick<IncidentRecord, 'version' | 'state' | 'decidedAt' | 'decidedBy'>,
  isTold: boolean,
): Refusal | undefined {
  const { version, state, decidedAt, decidedBy } = record
  if (seen === undefined || seen === version) return undefined
  const isDecided = state === 'approved' || state === 'rejected'
  if (!isTold || !isDecided || decidedAt === undefined || decidedBy === undefined) {
    return refuse(9054)
  }
  const who = decidedBy === ruleSetAuthority ? policy : decidedBy
  return refuse(state === 'approved' ? 9084 : 9085, undefined, who, sayInstant(decidedAt))
}

const policy = { da: 'et regelsæt', en: 'a policy' }
