/**
 * What befell a saved incident beside its plain course, each once and kept for ever: returned,
 * amended, forwarded, undone. Pure values; knows no storage.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { IncidentRecord, PersonOutcome } from '#casework/record.ts'
import type { Reading } from '#incident/fields.ts'

export type MilestoneKind = 'returned' | 'amended' | 'forwarded' | 'undone'

export type Milestone = {
  readonly incidentId: string
  /** Of the incident after it: what befell it has an order without gaps of its own. */
  readonly version: number
  readonly at: Date
  readonly kind: MilestoneKind
  /** The person code, and the authority that it acted for. */
  readonly by: string
  readonly authority: string
  /** In the words of the authority, for the reporter. */
  readonly text?: string | undefined
  /** The fields that are to be amended, and by when. */
  readonly fields: readonly string[]
  readonly due?: PlainDate | undefined
  /** The authority that it was forwarded to. */
  readonly to?: string | undefined
  /** Whose decision was undone, what it said and when it was made. */
  readonly persons: readonly string[]
  readonly decision?: PersonOutcome['decision'] | undefined
  readonly decidedAt?: Date | undefined
  /** The data as they were until then. */
  readonly reading?: Reading | undefined
}

type Told = Partial<Omit<Milestone, 'incidentId' | 'version' | 'at' | 'kind' | 'by' | 'authority'>>

/** One milestone of the record as it is written with it. */
export function milestoneOf(
  kind: MilestoneKind,
  { id: incidentId, version }: IncidentRecord,
  {
    at,
    caller,
  }: {
    readonly at: Date
    readonly caller: { readonly personCode: string; readonly authority: string }
  },
  told: Told = {},
): Milestone {
  const { personCode: by, authority } = caller
  return { fields: [], persons: [], ...told, incidentId, version, at, kind, by, authority }
}

export function isMilestoneKind(text: string): text is MilestoneKind {
  return ['returned', 'amended', 'forwarded', 'undone'].includes(text)
}
