/**
 * What log reviewers do with the reviews of their own authority: see them, ask why somebody looked,
 * judge, and sign off. Every step is on record before it is told. Knows no door and no storage.
 */

import type { Caller } from '#access/security-groups.ts'
import { danishDate, type PlainDate } from '#base/calendar.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Asker } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { actReasons } from '#incident/reasons.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { ReviewPage, ReviewStore, ReviewWritten, SeenLook } from '#review/ports.ts'
import {
  isOpen,
  type Review,
  type ReviewedLook,
  type ReviewWhole,
  textMax,
  type Verdict,
  whyNotSigned,
} from '#review/review.ts'
import { readWeek } from '#review/week.ts'

export type Reviews = { readonly house: House; readonly reviews: ReviewStore }

type Unknown = { readonly kind: 'unknown'; readonly refusal: Refusal }
type NotAllowed = { readonly kind: 'not-allowed'; readonly refusal: Refusal }
type Refused = { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/** `week` as it was sent; what is no week has no review. */
export type ReviewOrder = { readonly asker: Asker; readonly week: string }
export type LookOrder = ReviewOrder & {
  readonly number: number
  /** The version that was seen; another one is shown before anything is done with it (9088). */
  readonly version?: number | undefined
}

export type ReviewsAnswer =
  | {
      readonly kind: 'done'
      readonly today: PlainDate
      readonly reviews: readonly Review[]
      /** Before which the next page begins. */
      readonly next: string | undefined
    }
  | TurnedAway

/** The weeks of the own authority that have a review, the latest first. */
export async function listReviews(
  { house, reviews }: Reviews,
  {
    asker,
    before,
    limit,
  }: { readonly asker: Asker; readonly before?: string; readonly limit: number },
): Promise<ReviewsAnswer> {
  const at = house.clock()
  const from = before === undefined ? undefined : readWeek(before)
  const page = await reviews.list({ asker, at, before: from, limit: limit + 1 })
  const audit = auditor(house, { act: 'list-reviews', at, asker })
  const admitted = await admitCaller(house, audit, page, 'review-log', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const row = audit({ caller: admitted.caller, outcome: 'done', receipt: 0 })
  await house.store.note({ ...row, purpose: actReasons.review })
  const shown = page.reviews.slice(0, limit)
  const next = page.reviews.length > limit ? shown.at(-1)?.week : undefined
  return { kind: 'done', today: danishDate(at), reviews: shown, next }
}

export type ReviewAnswer =
  | { readonly kind: 'done'; readonly today: PlainDate; readonly whole: ReviewWhole }
  | Unknown
  | TurnedAway

/** One week: what was drawn and how far it is. It names no person who was looked at. */
export async function readReview(reviews: Reviews, order: ReviewOrder): Promise<ReviewAnswer> {
  const ground = await findReview(reviews, order, 'read-review')
  if (ground.kind !== 'found') return ground
  await ground.note('done', 0)
  return { kind: 'done', today: danishDate(ground.at), whole: ground.whole }
}

export type LookAnswer =
  | {
      readonly kind: 'done'
      readonly review: Review
      readonly look: ReviewedLook
      /** The look is the reviewer's own: somebody else reviews it. */
      readonly isOwn: boolean
    }
  | Unknown
  | TurnedAway

/** One look-up, with the number of the person who was looked at. */
export async function readLook(reviews: Reviews, order: LookOrder): Promise<LookAnswer> {
  const ground = await findLook(reviews, order, 'read-reviewed-look')
  if (ground.kind !== 'found') return ground
  const { look, whole, ownCodes } = ground
  await ground.note('done', 0)
  const isOwn = ownCodes.includes(look.personCode)
  return { kind: 'done', review: whole.review, look, isOwn }
}

export type ChangeAnswer =
  | { readonly kind: 'done'; readonly week: string; readonly number?: number }
  | Refused
  | NotAllowed
  | Unknown
  | TurnedAway

/** Asks the case worker why. Asked again, the question is another one, until it is answered. */
export async function askWhy(
  reviews: Reviews,
  { text: sent, ...order }: LookOrder & { readonly text: string },
): Promise<ChangeAnswer> {
  const ground = await findLook(reviews, order, 'ask-why')
  if (ground.kind !== 'found') return ground
  const { look, ownCodes, whole } = ground
  const text = readText(sent)
  if (text === undefined) return ground.refuse(tooLong)
  if (ownCodes.includes(look.personCode)) return ground.refuse(own)
  if (!isOpen(whole.review)) return ground.notAllowed(signedAlready)
  if (isOther(order, look)) return ground.notAllowed(changedSince)
  if (look.judged) return ground.notAllowed(judgedAlready)
  if (look.answered) return ground.notAllowed(answeredAlready)
  return ground.write((audit) => reviews.reviews.ask(ground.seen, text, audit))
}

export type JudgeOrder = LookOrder & { readonly verdict: Verdict; readonly note: string }

/** Judges one look-up; until somebody has signed the review off, it may be judged anew. */
export async function judgeLook(reviews: Reviews, order: JudgeOrder): Promise<ChangeAnswer> {
  const { verdict } = order
  const ground = await findLook(reviews, order, 'judge-look')
  if (ground.kind !== 'found') return ground
  const note = order.note.trim() === '' ? '' : readText(order.note)
  if (note === undefined || (verdict === 'not-fine' && note === '')) return ground.refuse(noNote)
  if (ground.ownCodes.includes(ground.look.personCode)) return ground.refuse(own)
  if (!isOpen(ground.whole.review)) return ground.notAllowed(signedAlready)
  if (isOther(order, ground.look)) return ground.notAllowed(changedSince)
  const judgement = { verdict, note }
  const write = (audit: AuditRow) => reviews.reviews.judge(ground.seen, judgement, audit)
  return ground.write(write, { verdict })
}

/** The version that was seen: one's name stands under that one and no other. */
export type SignOrder = ReviewOrder & { readonly version: number }

/** Puts one's name to a review in which everything is judged; two different persons do it. */
export async function signReview(reviews: Reviews, order: SignOrder): Promise<ChangeAnswer> {
  const ground = await findReview(reviews, order, 'sign-review')
  if (ground.kind !== 'found') return ground
  const { whole, ownCodes, caller } = ground
  const why = whyNotSigned(whole.review)
  if (why === 'signed') return ground.notAllowed(signedAlready)
  if (isOther(order, whole.review)) return ground.notAllowed(changedSince)
  if (why === 'unjudged') return ground.notAllowed(unjudged)
  if (whole.looks.some(({ personCode }) => ownCodes.includes(personCode))) return ground.refuse(own)
  const first = whole.review.signatures[0]?.by
  if (first !== undefined && ownCodes.includes(first)) return ground.refuse(sameTwice)
  const seen = { authority: caller.authority, ...whole.review }
  return ground.write((audit) => reviews.reviews.sign(seen, first, audit), {}, sameTwice)
}

type Versioned = { readonly version?: number | undefined }

function isOther({ version }: Versioned, now: Versioned): boolean {
  return version !== undefined && version !== now.version
}

const changedSince = refuse(9088)

const own = refuse(9057, undefined, {
  da: 'ingen kontrollerer egne opslag',
  en: 'nobody reviews their own look-ups',
})
const sameTwice = refuse(9057, undefined, {
  da: 'to forskellige personer godkender en kontrol',
  en: 'two different persons sign a review off',
})
const signedAlready = refuse(9058, undefined, {
  da: 'kontrollen er godkendt',
  en: 'the review is signed off',
})
const judgedAlready = refuse(9058, undefined, {
  da: 'opslaget er vurderet',
  en: 'the look-up is judged',
})
const answeredAlready = refuse(9058, undefined, {
  da: 'sagsbehandleren har svaret',
  en: 'the case worker has answered',
})
const unjudged = refuse(9058, undefined, {
  da: 'alle udtrukne opslag skal være vurderet først',
  en: 'all drawn look-ups must be judged first',
})
const tooLong = refuse(9059, 'text', String(textMax))
const noNote = refuse(9059, 'note', String(textMax))

/** A text that says something and is not too long, as it is kept. */
export function readText(sent: string): string | undefined {
  const text = sent.normalize('NFC').trim()
  return text === '' || [...text].length > textMax ? undefined : text
}

type Ground = {
  readonly kind: 'found'
  readonly at: Date
  readonly caller: Caller
  readonly whole: ReviewWhole
  readonly ownCodes: readonly string[]
  readonly note: (outcome: AuditRow['outcome'], receipt: number) => Promise<void>
  readonly refuse: (refusal: Refusal) => Promise<Refused>
  readonly notAllowed: (refusal: Refusal) => Promise<NotAllowed>
  /** Does it, and says what came of it; `taken` where it was another's hand that it takes. */
  readonly write: (
    write: (audit: AuditRow) => Promise<ReviewWritten>,
    detail?: NonNullable<AuditRow['detail']>,
    taken?: Refusal,
  ) => Promise<ChangeAnswer>
}

type LookGround = Ground & {
  readonly look: ReviewedLook
  readonly seen: SeenLook
}

/** The review of the caller's own authority; another one is not even named by a week. */
async function findReview(
  reviews: Reviews,
  order: ReviewOrder,
  act: Act,
): Promise<Ground | Unknown | TurnedAway> {
  const found = await admitReviewer(reviews, order, act)
  if (found.kind !== 'admitted') return found
  const { page, caller, at } = found
  const { whole, ownCodes } = page
  if (!whole) return unknown(reviews, found)
  return groundOf(reviews.house, { at, caller, whole, ownCodes }, found.audit)
}

async function findLook(
  reviews: Reviews,
  order: LookOrder,
  act: Act,
): Promise<LookGround | Unknown | TurnedAway> {
  const found = await admitReviewer(reviews, order, act)
  if (found.kind !== 'admitted') return found
  const { page, caller, at } = found
  const { whole, ownCodes } = page
  const look = whole?.looks.find(({ number }) => number === order.number)
  if (!whole || !look) return unknown(reviews, found)
  const { week } = whole.review
  const seen = { authority: caller.authority, week, number: look.number, version: look.version }
  const ground = groundOf(reviews.house, { at, caller, whole, ownCodes }, found.audit, look)
  return { ...ground, look, seen }
}

type Admitted = {
  readonly kind: 'admitted'
  readonly at: Date
  readonly caller: Caller
  readonly page: ReviewPage
  readonly audit: Audit
}
type Audit = (
  outcome: AuditRow['outcome'],
  receipt: number,
  look?: ReviewedLook,
  detail?: AuditRow['detail'],
) => AuditRow

async function admitReviewer(
  { house, reviews }: Reviews,
  { asker, week }: ReviewOrder,
  act: Act,
): Promise<Admitted | TurnedAway> {
  const at = house.clock()
  const page = await reviews.inquire({ asker, at, week: readWeek(week) })
  const write = auditor(house, { act, at, asker })
  const admitted = await admitCaller(house, write, page, 'review-log', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const audit: Audit = (outcome, receipt, look, detail) => ({
    ...write({ caller, outcome, receipt, persons: look?.pnr === undefined ? [] : [look.pnr] }),
    purpose: `control of the log, ${readWeek(week) ?? 'no week'}`,
    detail: { ...(look && { number: look.number, personCode: look.personCode }), ...detail },
  })
  return { kind: 'admitted', at, caller, page, audit }
}

async function unknown({ house }: Reviews, { audit }: Admitted): Promise<Unknown> {
  const refusal = refuse(9029)
  await house.store.note(audit('refused', refusal.number))
  return { kind: 'unknown', refusal }
}

function groundOf(
  house: House,
  found: Pick<Ground, 'at' | 'caller' | 'whole' | 'ownCodes'>,
  audit: Audit,
  look?: ReviewedLook,
): Ground {
  const note = (outcome: AuditRow['outcome'], receipt: number) =>
    house.store.note(audit(outcome, receipt, look))
  const refused = async (refusal: Refusal): Promise<Refused> => {
    await note('refused', refusal.number)
    return { kind: 'refused', refusals: [refusal] }
  }
  const notAllowed = async (refusal: Refusal): Promise<NotAllowed> => {
    await note('refused', refusal.number)
    return { kind: 'not-allowed', refusal }
  }
  const { week } = found.whole.review
  const write: Ground['write'] = async (change, detail = {}, taken = own) => {
    const written = await change(audit('done', 0, look, detail))
    if (written === 'own') return refused(taken)
    if (written === 'overtaken') return notAllowed(changedSince)
    return { kind: 'done', week, ...(look && { number: look.number }) }
  }
  return { kind: 'found', ...found, note, refuse: refused, notAllowed, write }
}
