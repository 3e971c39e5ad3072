/**
 * What case workers are asked about their own look-ups, and their answers. They see what is asked
 * of them and nothing else of a review. Knows no door and no storage.
 */

import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { Asker } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { actReasons } from '#incident/reasons.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { AskedPage } from '#review/ports.ts'
import { textMax } from '#review/review.ts'
import { type ChangeAnswer, type LookOrder, type Reviews, readText } from '#review/reviews.ts'

export type AskedAnswer = { readonly kind: 'done'; readonly looks: AskedPage['looks'] } | TurnedAway

/** Every look-up of one's own that a reviewer has asked about, the latest question first. */
export async function listAsked(reviews: Reviews, asker: Asker): Promise<AskedAnswer> {
  const found = await admitAsked(reviews, asker, 'list-asked-looks')
  if (found.kind !== 'admitted') return found
  const { looks } = found.page
  await reviews.house.store.note(found.audit('done', 0, looks))
  return { kind: 'done', looks }
}

/** Says why one looked. Said again, it is another answer, until the look-up is judged. */
export async function answerWhy(
  reviews: Reviews,
  { asker, week, number, version, text: sent }: LookOrder & { readonly text: string },
): Promise<ChangeAnswer> {
  const { house } = reviews
  const found = await admitAsked(reviews, asker, 'answer-why')
  if (found.kind !== 'admitted') return found
  const { page, caller, audit } = found
  const look = page.looks.find((each) => each.week === week && each.number === number)
  if (!look) {
    const refusal = refuse(9029)
    await house.store.note(audit('refused', refusal.number, []))
    return { kind: 'unknown', refusal }
  }
  const text = readText(sent)
  if (text === undefined) {
    const refusal = refuse(9059, 'text', String(textMax))
    await house.store.note(audit('refused', refusal.number, [look]))
    return { kind: 'refused', refusals: [refusal] }
  }
  const notAllowed = async (refusal: Refusal): Promise<ChangeAnswer> => {
    await house.store.note(audit('refused', refusal.number, [look]))
    return { kind: 'not-allowed', refusal }
  }
  if (look.judged) return notAllowed(judged)
  if (version !== undefined && version !== look.version) return notAllowed(changed)
  const seen = { authority: caller.authority, week: look.week, number, version: look.version }
  const written = await reviews.reviews.answer(seen, text, audit('done', 0, [look]))
  return written === 'written' ? { kind: 'done', week, number } : notAllowed(changed)
}

/** Another question, or a judgement, since it was read. */
const changed = refuse(9088)

const judged = refuse(9058, undefined, {
  da: 'opslaget er vurderet',
  en: 'the look-up is judged',
})

async function admitAsked({ house, reviews }: Reviews, asker: Asker, act: Act) {
  const at = house.clock()
  const page = await reviews.asked({ asker, at })
  const write = auditor(house, { act, at, asker })
  const admitted = await admitCaller(house, write, page, 'explain-look', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const audit = (
    outcome: AuditRow['outcome'],
    receipt: number,
    looks: AskedPage['looks'],
  ): AuditRow => {
    const persons = [...new Set(looks.flatMap(({ pnr }) => pnr ?? []))]
    const row = write({ caller, outcome, receipt, persons })
    return { ...row, purpose: actReasons.reviewAsked }
  }
  return { kind: 'admitted', caller, page, audit } as const
}
