/** What log reviews need of a store. Every method is one transaction and one round trip. */

import type { PlainDate } from '#base/calendar.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import type { AuditRow } from '#evidence/audit.ts'
import type { MunicipalSettings } from '#incident/situation.ts'
import type { Draw, DrawSettings, Misses } from '#review/draw.ts'
import type { Sight } from '#review/patterns.ts'
import type { Review, ReviewedLook, ReviewWhole, Verdict } from '#review/review.ts'
import type { Week } from '#review/week.ts'

type Asked = Pick<Findings, 'caller' | 'authorities'>
type Inquiry = { readonly asker: Asker; readonly at: Date }

/** Of the caller's own authority, the latest first; `before` a week where a page begins there. */
export type ReviewsInquiry = Inquiry & { readonly before: Week | undefined; readonly limit: number }
export type ReviewsPage = Asked & { readonly reviews: readonly Review[] }

export type ReviewInquiry = Inquiry & { readonly week: Week | undefined }
export type ReviewPage = Asked & {
  readonly whole: ReviewWhole | undefined
  /** Whose look-ups are the caller's own, whichever person code they hold. */
  readonly ownCodes: readonly string[]
}

/** What the caller is asked about own look-ups, in whichever week. */
export type AskedPage = Asked & {
  readonly looks: readonly (ReviewedLook & { readonly week: Week })[]
}

/** One look-up of a review, as it was when it was judged what may be done with it. */
export type SeenLook = {
  readonly authority: string
  readonly week: Week
  readonly number: number
  readonly version: number
}

/**
 * `own`: whoever wants to may hold the other person code as well. `overtaken`: it stands otherwise
 * by now. Nothing was written then, but what was refused.
 */
export type ReviewWritten = 'written' | 'own' | 'overtaken'

export type ReviewStore = {
  readonly list: (inquiry: ReviewsInquiry) => Promise<ReviewsPage>
  readonly inquire: (inquiry: ReviewInquiry) => Promise<ReviewPage>
  readonly asked: (inquiry: Inquiry) => Promise<AskedPage>
  readonly ask: (look: SeenLook, text: string, audit: AuditRow) => Promise<ReviewWritten>
  readonly answer: (look: SeenLook, text: string, audit: AuditRow) => Promise<ReviewWritten>
  readonly judge: (
    look: SeenLook,
    judgement: { readonly verdict: Verdict; readonly note: string },
    audit: AuditRow,
  ) => Promise<ReviewWritten>
  /** Of the review in that version; `first` is whoever had signed it by then. */
  readonly sign: (
    review: Omit<SeenLook, 'number'>,
    first: string | undefined,
    audit: AuditRow,
  ) => Promise<ReviewWritten>
}

/** An authority of which weeks are not drawn yet. */
export type Undrawn = {
  readonly authority: string
  /** The first of them. */
  readonly from: Week
  /** Those after it that are drawn all the same. */
  readonly drawn: readonly Week[]
  /** What it has set; the national values hold for the rest. */
  readonly settings: Partial<MunicipalSettings>
}

/** What a week is drawn from, on nobody's behalf. */
export type DrawStore = {
  /** Authorities that have looked somebody up, and are not drawn up to that week. */
  readonly undrawn: (last: Week) => Promise<readonly Undrawn[]>
  /** Says that an authority is drawn up to that week. */
  readonly settle: (authority: string, week: Week) => Promise<void>
  readonly sights: (authority: string, span: Span) => Promise<readonly Sight[]>
  readonly misses: (authority: string, span: Span) => Promise<readonly Misses[]>
  /** Keeps what was drawn, once: false when it was there already. */
  readonly keep: (drawn: DrawnReview, audit: AuditRow) => Promise<boolean>
}

export type Span = { readonly from: Date; readonly until: Date }

export type DrawnReview = {
  readonly authority: string
  readonly week: Week
  readonly seed: string
  readonly settings: DrawSettings
  readonly drawnAt: Date
  readonly due: PlainDate
  readonly draw: Draw
}
