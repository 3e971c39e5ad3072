/** How an incident ends for each of its persons, and where it stands then (DESK-3). Pure. */

import type { IncidentRecord, PersonOutcome } from '#casework/record.ts'
import type { Condition, State } from '#casework/transitions.ts'
import type { RejectionReason } from '#incident/rejection.ts'

/** One decision, for as many persons as were chosen. */
export type Outcome = {
  readonly decision: 'approved' | 'rejected'
  readonly reason: { readonly code: RejectionReason; readonly text: string } | undefined
}

/** The subject, and everyone else that the data name. */
export function personsOf({ keys, question }: IncidentRecord): readonly string[] {
  return [...new Set([keys.pnr, ...question.persons])]
}

export function isDecidedFor({ outcomes }: IncidentRecord, pnr: string): boolean {
  return Object.hasOwn(outcomes, pnr)
}

/** Those whom no decision is about yet. */
export function undecidedOf(record: IncidentRecord): readonly string[] {
  return personsOf(record).filter((pnr) => !isDecidedFor(record, pnr))
}

/** Whether a condition of the table of transitions holds of an incident at an instant. */
export function holdsOf(
  record: IncidentRecord,
  at: Date,
  { undoMinutes }: { readonly undoMinutes: number },
): (condition: Condition) => boolean {
  return (condition) => {
    const outcomes = Object.values(record.outcomes)
    if (condition === 'undecided') return outcomes.length === 0
    // What was rejected while its reporter was amending it has no saved data to go back to.
    return record.returned === undefined && outcomes.some((one) => isInWindow(one, at, undoMinutes))
  }
}

/** Whether a decision may still be undone, as far as time goes. */
export function isInWindow(outcome: PersonOutcome, at: Date, undoMinutes: number): boolean {
  return Date.parse(outcome.at) + undoMinutes * 60_000 > at.valueOf()
}

/** Whose decision may still be undone, as far as time goes. */
export function undoableAt(
  { outcomes }: Pick<IncidentRecord, 'outcomes'>,
  at: Date,
  undoMinutes: number,
): readonly string[] {
  return Object.entries(outcomes)
    .filter(([, outcome]) => isInWindow(outcome, at, undoMinutes))
    .map(([pnr]) => pnr)
}

export function outcomesAfter(
  { outcomes }: IncidentRecord,
  chosen: readonly string[],
  { decision, reason }: Outcome,
  { at, by }: { readonly at: Date; readonly by: string },
): IncidentRecord['outcomes'] {
  const outcome: PersonOutcome = {
    decision,
    at: at.toISOString(),
    by,
    ...(reason && { reason }),
  }
  return { ...outcomes, ...Object.fromEntries(chosen.map((pnr) => [pnr, outcome])) }
}

/** It waits until everyone is decided on; approved for one is approved. */
export function stateAfter(
  record: IncidentRecord,
  outcomes: IncidentRecord['outcomes'],
): Extract<State, 'pending' | 'approved' | 'rejected'> {
  const decisions = personsOf(record).map((pnr) => outcomes[pnr]?.decision)
  if (decisions.includes(undefined)) return 'pending'
  return decisions.includes('approved') ? 'approved' : 'rejected'
}
