/** Log reviews as the JSON door shows them. */

import type { Static } from 'typebox'
import type {
  AskedLooksAnswer,
  ReviewAnswer,
  ReviewedItem,
  ReviewedLookAnswer,
  ReviewHead,
} from '#api/review-contracts.ts'
import type { PlainDate } from '#base/calendar.ts'
import { showReason } from '#incident/reasons.ts'
import { type Pattern, patterns } from '#review/patterns.ts'
import type { AskedPage } from '#review/ports.ts'
import {
  type Done,
  isOpen,
  isOverdue,
  type Review,
  type ReviewedLook,
  type ReviewWhole,
} from '#review/review.ts'
import type { LookAnswer } from '#review/reviews.ts'
import { daysOfWeek } from '#review/week.ts'

export function presentHead(review: Review, today: PlainDate): Static<typeof ReviewHead> {
  const { week, version, total, drawnAt, due, drawn, judged, awaited, signatures } = review
  return {
    ...{ week, version },
    ...daysOfWeek(week),
    drawnAt: drawnAt.toISOString(),
    due: { on: due, overdue: isOverdue(review, today) },
    ...{ total, drawn, judged, awaited },
    signatures: signatures.map(presentDone),
  }
}

function presentDone({ at, by }: Done) {
  return { at: at.toISOString(), by }
}

export function presentReview(whole: ReviewWhole, today: PlainDate): Static<typeof ReviewAnswer> {
  const { review, seed, sampleMin, samplePercent, tallies, unnamed, looks } = whole
  return {
    ...presentHead(review, today),
    sample: { seed, atLeast: sampleMin, percent: samplePercent },
    tallies: tallies.map(({ pattern, ...tally }) => ({
      ...tally,
      pattern: presentPattern(pattern),
    })),
    unnamed: [...unnamed],
    looks: looks.map(presentItem),
  }
}

function presentItem(look: ReviewedLook): Static<typeof ReviewedItem> {
  const { number, version, at, act, personCode, connection, isByChance } = look
  return {
    ...{ number, version, act, personCode, connection, ...showReason(look) },
    at: at.toISOString(),
    patterns: look.patterns.map(presentPattern),
    byChance: isByChance,
    asked: look.asked !== undefined,
    answered: look.answered !== undefined,
    ...(look.judged && { verdict: look.judged.verdict }),
  }
}

function presentPattern(name: Pattern) {
  return { name, text: patterns[name].text }
}

export function presentLook({
  review,
  look,
  isOwn,
}: Extract<LookAnswer, { kind: 'done' }>): Static<typeof ReviewedLookAnswer> {
  const { judged } = look
  return {
    ...presentItem(look),
    week: review.week,
    ...(look.pnr !== undefined && { pnr: look.pnr }),
    own: isOwn,
    signed: !isOpen(review),
    ...presentDialogue(look),
    ...(judged && { judgement: { ...judged, at: judged.at.toISOString() } }),
  }
}

function presentDialogue({ asked, answered }: ReviewedLook) {
  return {
    ...(asked && { question: { ...asked, at: asked.at.toISOString() } }),
    ...(answered && { answer: { ...answered, at: answered.at.toISOString() } }),
  }
}

export function presentAsked(looks: AskedPage['looks']): Static<typeof AskedLooksAnswer> {
  return {
    items: looks.flatMap((look) => {
      const { question, answer } = presentDialogue(look)
      if (!question) return []
      const { week, number, version, at, act, pnr, judged } = look
      return [
        {
          ...{ week, number, version, act, question, ...showReason(look) },
          at: at.toISOString(),
          ...(pnr !== undefined && { pnr }),
          ...(answer && { answer }),
          settled: judged !== undefined,
        },
      ]
    }),
  }
}
