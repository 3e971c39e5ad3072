/** What policies need of a store. Every method is one transaction and one round trip. */

import type { Also } from '#casework/hearings.ts'
import type {
  ApprovingLook,
  Look,
  PolicyOn,
  PolicySwitch,
  PolicyVersion,
} from '#casework/policy.ts'
import type { Asker, Findings, PendingPlace, PersonChange, Written } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'

/** A policy of a municipality with all its versions and switches, the latest of each first. */
export type PolicyHistory = {
  readonly name: string
  readonly versions: readonly PolicyVersion[]
  readonly switches: readonly PolicySwitch[]
}

export type PolicyInquiry = {
  readonly asker: Asker
  readonly at: Date
  /** One policy with its history; all of them with their latest version and switch when left out. */
  readonly name?: string | undefined
}

/** The policies of the caller's own authority. */
export type PolicyPage = Pick<Findings, 'caller' | 'authorities'> & {
  readonly policies: readonly PolicyHistory[]
  /** The person codes of the employee whose the caller's is, that one among them. */
  readonly ownCodes: readonly string[]
}

/** A case in the pending register, where it lies in its order and of what type it is. */
export type CasePlace = PendingPlace & { readonly code: string }

/** The switches in force when it was last looked at as it is now; none where it never was. */
export type UnlookedCase = CasePlace & { readonly lookedUnder: number }

/** What waits in a municipality, of some types, behind a place. */
export type UnlookedQuestion = {
  readonly authority: string
  readonly codes: readonly string[]
  /** As in `PolicyOn`: what was looked at under fewer is looked at anew. */
  readonly switches: number
  readonly after: UnlookedCase | undefined
  readonly limit: number
}

/** What a look came to, and under how many switches of the municipality's policies. */
export type KeptLook = { readonly look: Look; readonly switches: number }

/** Which cases of the caller's own authority are asked for. */
export type OwnQuestion = {
  readonly asker: Asker
  readonly at: Date
  readonly codes: readonly string[]
  readonly limit: number
}

export type PolicyStore = {
  readonly inquire: (inquiry: PolicyInquiry) => Promise<PolicyPage>
  /** `overtaken` when there is such a version by now. */
  readonly write: (version: PolicyVersion, audit: AuditRow) => Promise<Written>
  /** Has what waits in the municipality looked at anew. */
  readonly turn: (
    policy: Pick<PolicyVersion, 'municipality'> & { readonly name: string },
    to: PolicySwitch,
    audit: AuditRow,
  ) => Promise<Written>
  /** Every policy that is on, in every municipality. */
  readonly on: () => Promise<readonly PolicyOn[]>
  /** What waits and the policies that are on have not looked at as it is now, oldest first. */
  readonly unlooked: (question: UnlookedQuestion) => Promise<readonly UnlookedCase[]>
  /** Everything that waits, looked at or not, oldest first. */
  readonly waiting: (question: OwnQuestion) => Promise<readonly CasePlace[]>
  /** What was decided since an instant, the latest first. */
  readonly decided: (
    question: OwnQuestion & { readonly since: Date },
  ) => Promise<readonly IncidentRecord[]>
  /** Keeps what a look came to; `overtaken` when the incident is another by now. */
  readonly keep: (record: IncidentRecord, kept: KeptLook, audit: AuditRow) => Promise<Written>
  /**
   * The decision of a policy: as a person's, and only while that version is on and nothing else to
   * the same address was decided so today (MOVE-6).
   */
  readonly decide: (
    record: IncidentRecord,
    changes: readonly PersonChange[],
    audit: AuditRow,
    also: Also,
    look: ApprovingLook,
  ) => Promise<Written>
}
