/**
 * The first wall: whose incident and whose hearing it is, judged on what was read. The second one
 * stands in the database (row-level security) and does not ask this one; a test takes this away
 * and sees that nothing comes through. Knows no token and no door.
 */

import { mayDecide, mayFollowAll, mayHear } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { Actor } from '#casework/transitions.ts'

export type FirstWall = {
  /** Whether the caller may act on it as its reporter, or as the authority that decides. */
  readonly mayAct: (record: IncidentRecord, caller: Caller, actor: Actor) => boolean
  readonly mayFollow: (record: IncidentRecord, caller: Caller) => boolean
  readonly mayHear: typeof mayHear
}

export const firstWall: FirstWall = { mayAct, mayFollow, mayHear }

/** A reporter sees the conversations of its own person code; an authority its pending register. */
function mayAct(record: IncidentRecord, caller: Caller, actor: Actor): boolean {
  if (actor === 'authority')
    return record.authority === caller.authority && record.savedAt !== undefined
  return record.reportedBy === caller.personCode && record.reportingAuthority === caller.authority
}

function mayFollow(record: IncidentRecord, caller: Caller): boolean {
  return (
    record.reportedBy === caller.personCode ||
    (record.savedAt !== undefined && mayDecide(caller, 'list-pending', record.authority)) ||
    mayFollowAll(caller)
  )
}
