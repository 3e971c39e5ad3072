/** One incident as the casework keeps it, from initiate to decision. Pure values. */

import type { PlainDate } from '#base/calendar.ts'
import type { Look } from '#casework/policy.ts'
import { isReturned, type State } from '#casework/transitions.ts'
import type { Keys, Reading } from '#incident/fields.ts'
import type { CaseMark } from '#incident/mark.ts'
import type { RejectionReason } from '#incident/rejection.ts'
import type { Question } from '#incident/situation.ts'
import type { TraitValues } from '#incident/traits.ts'

/** The decision for one of several persons of an incident. */
export type PersonOutcome = {
  readonly decision: 'approved' | 'rejected'
  readonly at: string
  readonly by: string
  readonly reason?: { readonly code: RejectionReason; readonly text: string } | undefined
}

/** What the reporter is asked to amend, and by when. */
export type Returned = {
  readonly fields: readonly string[]
  readonly text: string
  readonly by: PlainDate
  /** What the reporter has in hand by now; the reporter's alone until it is saved again. */
  readonly amendment?: Draft | undefined
}

/** Data on their way to be saved, and what the last validation made of them. */
export type Draft = {
  /** What the last validation approved; its hash is carried to the decision. */
  readonly reading?: Reading | undefined
  readonly readingHash?: string | undefined
  readonly question: Question
  /** Numbers of the warnings that the reporter has already been given. */
  readonly warned: readonly number[]
  readonly marks: readonly CaseMark[]
}

/** One event that a decision wrote into the register. */
export type WrittenEvent = {
  readonly pnr: string
  readonly eventNo: number
  /** CPR's code, as A01. */
  readonly type: string
  /** The instant of the decision. */
  readonly at: string
  /** The first day that it says something about. */
  readonly from: PlainDate
}

/** The data of an incident are those that were saved last; before that, those that will be. */
export type IncidentRecord = Draft & {
  /** Unguessable, and led by the type's code: 'flyt-i.' and 26 letters and digits. */
  readonly id: string
  /** What GCTP calls the conversation: 20 digits, never used again. */
  readonly ts: string
  readonly code: string
  readonly keys: Keys
  /** The authority that decides. */
  readonly authority: string
  readonly reportedBy: string
  /** Who acts for the subject; undefined where the subject does. The provider vouches for it. */
  readonly representative?: string | undefined
  readonly reportingAuthority: string
  readonly state: State
  /** Raised by one at every step, so that of two steps at once one must look again. */
  readonly version: number
  readonly rulesVersion: string
  readonly initiatedAt: Date
  readonly validatedAt?: Date | undefined
  readonly savedAt?: Date | undefined
  readonly decidedAt?: Date | undefined
  readonly closedAt?: Date | undefined
  /** When it was last saved anew after it was returned. */
  readonly amendedAt?: Date | undefined
  /** When an authority last passed it on; from then on the receiver decides, wherever it is said. */
  readonly forwardedAt?: Date | undefined
  /** While its reporter is to amend it. */
  readonly returned?: Returned | undefined
  /** What its decisions wrote into the register, and have not undone. */
  readonly events: readonly WrittenEvent[]
  /** Until it is saved it lapses here, some time after the last step. */
  readonly expiresAt: Date
  readonly decidedBy?: string | undefined
  /** Incidents that were saved with it and must be decided before it. */
  readonly after: readonly string[]
  /** How it ended for each person, where a decision has been made for that person. */
  readonly outcomes: { readonly [pnr: string]: PersonOutcome }
  readonly reason?: { readonly code: RejectionReason; readonly text: string } | undefined
  /** The traits of the case when it was last decided on, for somebody or for all. */
  readonly traits?: TraitValues | undefined
  /** What the last look of a policy came to. Written by looks alone, never with another step. */
  readonly look?: Look | undefined
}

/** What the reporter works on: the incident itself, or while it is returned the amendment. */
export function draftOf({ state, returned, ...record }: IncidentRecord): Draft {
  const { reading, readingHash, question, warned, marks } = record
  const saved = { reading, readingHash, question, warned, marks }
  if (!isReturned(state)) return saved
  // What is amended is a report anew: its warnings are heard anew.
  return returned?.amendment ?? { ...saved, warned: [] }
}

/** The changes to a record that these changes to its draft are. */
export function redraft(record: IncidentRecord, changes: Partial<Draft>): Partial<IncidentRecord> {
  const { state, returned } = record
  if (!isReturned(state) || !returned) return changes
  return { returned: { ...returned, amendment: { ...draftOf(record), ...changes } } }
}

/** The same text for the same reading, whatever order its names and its persons came in. */
export function canonicalReading(reading: Reading): string {
  const names = Object.keys(reading)
    .filter((name) => reading[name] !== undefined)
    .sort()
  const inOrder = (value: Reading[string]) => (Array.isArray(value) ? value.toSorted() : value)
  return JSON.stringify(names.map((name) => [name, inOrder(reading[name])]))
}

/** Whether its time is over at an instant. What is saved has no such limit. */
export function isLapsed({ state, expiresAt }: IncidentRecord, at: Date): boolean {
  if (state === 'expired') return true
  return (state === 'initiated' || state === 'validated') && expiresAt.valueOf() <= at.valueOf()
}
