/** What a step answers, before any door has put it in its own speech. */

import type { Caller } from '#access/security-groups.ts'
import type { HearingRecord } from '#casework/hearings.ts'
import type { Registered, Trail } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { Action } from '#casework/transitions.ts'
import type { Incident, Offered } from '#incident/define.ts'
import type { Reading } from '#incident/fields.ts'
import type { CaseMark } from '#incident/mark.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Situation } from '#incident/situation.ts'

/** The incident as it stands after a step, with what a door needs to show it. */
export type Standing = {
  readonly caller: Caller
  readonly type: Incident
  readonly record: IncidentRecord
  readonly subject: Registered
  readonly situation: Situation
  /** What this caller may do next. */
  readonly actions: readonly Action[]
  /** The data and their marks, as this caller knows them. */
  readonly reading: Reading | undefined
  readonly marks: readonly CaseMark[]
  /** What befell it until now; only where it is followed. */
  readonly trail: Trail | undefined
  /** Who has been asked, and whether they answered. */
  readonly hearings: readonly HearingRecord[]
  readonly candidates: { readonly [name: string]: readonly Offered[] }
}

export type Answer =
  /** OK. `warnings` were given before, or do not stop this step. */
  | {
      readonly kind: 'done'
      readonly standing: Standing
      readonly warnings: readonly Refusal[]
      /** When the step was done, where the incident itself does not say. */
      readonly at?: Date
    }
  /** Every reason why not, in order of precedence. `standing` once there is an incident. */
  | {
      readonly kind: 'refused'
      readonly refusals: readonly Refusal[]
      readonly standing?: Standing | undefined
    }
  /** The action is not possible from the state the incident is in. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal; readonly standing: Standing }
  /** The caller may not do this at all (4, 5, 184). */
  | { readonly kind: 'denied'; readonly refusal: Refusal }
  /** No such incident for this caller, or its time is over (9003). Says no more than that. */
  | { readonly kind: 'unknown'; readonly refusal: Refusal }
  /** No token, or one that does not hold (901). */
  | { readonly kind: 'not-signed-on'; readonly refusal: Refusal }
