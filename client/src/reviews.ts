/**
 * The calls of the control of the log: what reviewers see, ask, judge and sign, and what those who
 * looked are asked. It knows the paths of the JSON door, and nothing of how a sample is drawn.
 */

import { type Ask, askItems, type Result } from '#client/result.ts'
import type {
  AskedLookUp,
  LogReview,
  LogReviewPage,
  LookUpJudgement,
  LookUpWords,
  ReviewChange,
  ReviewedLookUp,
  ReviewSeen,
} from '#client/types.generated.ts'

export class ReviewsClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** The weeks of the own authority that have a review, the latest first; `before` goes on. */
  list(before?: string): Promise<Result<LogReviewPage>> {
    const query = before === undefined ? '' : `?${new URLSearchParams({ before }).toString()}`
    return this.#ask('GET', `/log-reviews${query}`)
  }

  /** One week, as '2026-W47': what was drawn, and how far it is judged. */
  get(week: string): Promise<Result<LogReview>> {
    return this.#ask('GET', pathOf(week))
  }

  /** One look-up of it, with the number of the person who was looked at. */
  lookUp(week: string, number: number): Promise<Result<ReviewedLookUp>> {
    return this.#ask('GET', `${pathOf(week)}/look-ups/${number}`)
  }

  /** Asks the case worker why; again, until there is an answer. */
  ask(week: string, number: number, question: LookUpWords): Promise<Result<ReviewChange>> {
    return this.#ask('POST', `${pathOf(week)}/look-ups/${number}/ask`, question)
  }

  /** Judges a look-up that is not one's own. */
  judge(week: string, number: number, judgement: LookUpJudgement): Promise<Result<ReviewChange>> {
    return this.#ask('POST', `${pathOf(week)}/look-ups/${number}/judge`, judgement)
  }

  /** Puts one's name to a review in which everything is judged; two different persons do it. */
  signOff(week: string, seen: ReviewSeen): Promise<Result<ReviewChange>> {
    return this.#ask('POST', `${pathOf(week)}/sign-off`, seen)
  }

  /** As a case worker: which own look-ups a reviewer has asked about. */
  asked(): Promise<Result<readonly AskedLookUp[]>> {
    return askItems(this.#ask, 'GET', '/asked-look-ups')
  }

  /** As a case worker: says why one looked; again, until it is judged. */
  answer(week: string, number: number, reason: LookUpWords): Promise<Result<ReviewChange>> {
    const path = `/asked-look-ups/${encodeURIComponent(week)}/${number}/answer`
    return this.#ask('POST', path, reason)
  }
}

function pathOf(week: string): string {
  return `/log-reviews/${encodeURIComponent(week)}`
}
