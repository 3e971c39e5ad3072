/**
 * A log review: what of one authority's look-ups of one week was drawn, what was asked and judged,
 * and who signed it off. What may be done with it as it stands. Knows no store.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { DrawnLook, Tally } from '#review/draw.ts'
import type { Week } from '#review/week.ts'

export const verdicts = ['fine', 'not-fine'] as const
export type Verdict = (typeof verdicts)[number]

/** What somebody did, and when. */
export type Done = { readonly at: Date; readonly by: string }

/** The head of a review, as a list of weeks has it. */
export type Review = {
  readonly week: Week
  /** Raised by one whenever something in it is asked or judged. */
  readonly version: number
  /** All that there was to draw from. */
  readonly total: number
  readonly drawnAt: Date
  /** The first day on which a review that two have not signed off is overdue. */
  readonly due: PlainDate
  readonly drawn: number
  readonly judged: number
  /** Drawn look-ups whose case worker was asked and has not answered. */
  readonly awaited: number
  /** By none, one or two; in their order. */
  readonly signatures: readonly Done[]
}

export type ReviewedLook = Omit<DrawnLook, 'id'> & {
  /** Its number within the review, from 1. */
  readonly number: number
  /** Raised by one whenever it is asked about, answered or judged. */
  readonly version: number
  readonly asked: (Done & { readonly text: string }) | undefined
  readonly answered: { readonly at: Date; readonly text: string } | undefined
  readonly judged: (Done & { readonly verdict: Verdict; readonly note: string }) | undefined
}

/** A review whole. */
export type ReviewWhole = {
  readonly review: Review
  readonly seed: string
  readonly sampleMin: number
  readonly samplePercent: number
  readonly tallies: readonly Tally[]
  readonly unnamed: readonly string[]
  readonly looks: readonly ReviewedLook[]
}

export const textMax = 2000

export function isOverdue({ due, signatures }: Review, today: PlainDate): boolean {
  return signatures.length < 2 && due <= today
}

/** Why the review cannot be signed off as it stands; undefined when it can. */
export function whyNotSigned({
  drawn,
  judged,
  signatures,
}: Review): 'unjudged' | 'signed' | undefined {
  if (signatures.length >= 2) return 'signed'
  return judged < drawn ? 'unjudged' : undefined
}

/** What was judged stands once somebody has put their name to it. */
export function isOpen({ signatures }: Review): boolean {
  return signatures.length === 0
}
