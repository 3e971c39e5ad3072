/** One row of evidence: who did what, for whom, why and with what end. Knows no SQL. */

import type { PlainDate } from '#base/calendar.ts'

/** What was done. One word for each kind of act, the same in every door. */
export type Act =
  | 'sign-on'
  | 'sign-off'
  | 'sign-in-refused'
  | 'new-password'
  | 'admit'
  | 'initiate'
  | 'unknown-action'
  | 'validate'
  | 'save'
  | 'cancel'
  | 'expire'
  | 'approve'
  | 'reject'
  | 'withdraw'
  | 'return'
  | 'forward'
  | 'undo'
  | 'list-queue'
  | 'count-queue'
  | 'list-closed'
  | 'read-figures'
  | 'read-case'
  | 'claim'
  | 'release'
  | 'add-note'
  | 'preview'
  | 'read-incident'
  | 'list-pending'
  | 'look-up'
  | 'search'
  | 'receive-events'
  | 'subscription-changed'
  | 'find-address'
  | 'person-code-created'
  | 'person-code-reset'
  | 'person-code-locked'
  | 'person-code-unlocked'
  | 'person-code-disabled'
  | 'person-code-expired'
  | 'person-code-retired'
  | 'person-code-changed'
  | 'person-code-moved'
  | 'identity-linked'
  | 'identity-unlinked'
  | 'grant-asked'
  | 'grant-given'
  | 'grant-refused'
  | 'list-person-codes'
  | 'list-grant-requests'
  | 'list-notices'
  | 'take-effect'
  | 'list-hearings'
  | 'answer-hearing'
  | 'hearing-reminded'
  | 'hearing-given-up'
  | 'protection-reminded'
  | 'setting-changed'
  | 'list-letters'
  | 'settle-letters'
  | 'deliver-letter'
  | 'own-cases'
  | 'own-case'
  | 'own-data'
  | 'own-letters'
  | 'who-looked'
  | 'put-deposit'
  | 'read-deposit'
  | 'remove-deposit'
  | 'policy-looked'
  | 'policy-listed'
  | 'policy-written'
  | 'policy-switched'
  | 'policy-tried'
  | 'draw-review'
  | 'list-reviews'
  | 'read-review'
  | 'read-reviewed-look'
  | 'ask-why'
  | 'list-asked-looks'
  | 'answer-why'
  | 'judge-look'
  | 'sign-review'
  | 'employee-stated'
  | 'evidence-cleared'

/** `done`: it happened. `refused`: a rule said no. `denied`: the actor may not. */
export type Outcome = 'done' | 'refused' | 'denied'

export type AuditRow = {
  readonly id: string
  readonly at: Date
  readonly act: Act
  readonly outcome: Outcome
  /** The number of the receipt that was answered; 0 and 900 are good ones. */
  readonly receipt: number
  /** The person code, or 0099 where a policy decides; undefined when nobody known was signed on. */
  readonly actor?: string | undefined
  readonly authority?: string | undefined
  /** The network address that the request came from. */
  readonly source?: string | undefined
  /** Why, in the actor's or the program's words; a case or an incident where there is one. */
  readonly purpose: string
  /** Everyone whose data was read or changed, or who was asked about. */
  readonly persons: readonly string[]
  readonly incidentId?: string | undefined
  readonly detail?: { readonly [name: string]: string | number | boolean | PlainDate } | undefined
}
