/**
 * How people are asked for the data of an incident: which questions stand on one page, in which
 * order, and when one matters. Plain data and pure functions; knows no page and no HTML.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Fields, Reading } from '#incident/fields.ts'

export type Question = {
  readonly title: Text
  readonly hint?: Text
}

/** Some fields that are asked for together, because they are one thing to whoever answers. */
export type QuestionPage = Question & {
  /** The end of the page's address. */
  readonly name: string
  readonly fields: readonly string[]
  /** Whether it matters, by what has been answered before and the date; always when left out. */
  readonly when: (before: Reading, date: PlainDate) => boolean
}

export type Asking = {
  /** What the date is called; or that it is today, and not asked for. */
  readonly date: 'today' | Question
  readonly pages: readonly QuestionPage[]
  /** Whether who has custody of a child may report it for the child alone. */
  readonly isForChildren: boolean
}

type DeclaredPage<Names extends string> = Omit<QuestionPage, 'fields' | 'when'> & {
  readonly fields: readonly Names[]
  readonly when?: QuestionPage['when']
}

/** As a type declares it: its own field names, and only what differs from the usual. */
export type DeclaredAsking<Names extends string> = {
  readonly date?: Asking['date']
  readonly pages?: readonly DeclaredPage<Names>[]
  readonly isForChildren?: true
}

/** Where a type says nothing: every field on a page of its own, under its label. */
export function completeAsking(fields: Fields, declared: DeclaredAsking<string> = {}): Asking {
  const { date = usualDate, pages = pageEach(fields), isForChildren = false } = declared
  return { date, isForChildren, pages: pages.map((page) => ({ when: () => true, ...page })) }
}

const usualDate = {
  title: { da: 'Fra hvilken dag?', en: 'From which day?' },
} as const

function pageEach(fields: Fields): readonly DeclaredPage<string>[] {
  return Object.entries(fields).map(([name, { label, hint }]) => ({
    name: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    title: label,
    ...(hint && { hint }),
    fields: [name],
  }))
}
