/** The letters to a person, as the outbox has them: receipts, decisions, reminders. */

import type { TurnedAway } from '#casework/admit.ts'
import type { Letter } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import {
  askOwn,
  type OwnOrder,
  type OwnPage,
  type OwnQuestion,
  type Refused,
} from '#casework/own.ts'

export type LettersPage = OwnPage & { readonly letters: readonly Letter[] }

export type LetterPlace = { readonly at: Date; readonly id: string }

export type FindLetters = (
  question: OwnQuestion & {
    readonly before: LetterPlace | undefined
    readonly limit: number
  },
) => Promise<LettersPage>

export type OwnLettersAnswer =
  | {
      readonly kind: 'done'
      readonly letters: readonly Letter[]
      readonly next: LetterPlace | undefined
    }
  | Refused
  | TurnedAway

/** A page of them, the last first. */
export async function ownLetters(
  house: House,
  find: FindLetters,
  order: OwnOrder & { readonly before: LetterPlace | undefined; readonly limit: number },
): Promise<OwnLettersAnswer> {
  const { before, limit } = order
  const asked = await askOwn(house, { ...order, act: 'own-letters' }, (question) =>
    find({ ...question, before, limit: limit + 1 }),
  )
  if (asked.kind !== 'asked') return asked
  const { letters } = asked.page
  await asked.answered()
  const shown = letters.slice(0, limit)
  const last = letters.length > limit ? shown.at(-1) : undefined
  return { kind: 'done', letters: shown, next: last && { at: last.at, id: last.id } }
}
