/** What was written on one page, in words: to be shown where the page itself cannot take it. */

import { readDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import type { Text } from '#base/text.ts'
import type { Field } from '#incident/fields.ts'
import type { Lists } from '#self-service/lists.ts'
import type { Answers, Draft, SummaryLine } from '#self-service/report/draft.ts'
import {
  besideAddress,
  canonicalDate,
  type PlannedPage,
  textOf,
} from '#self-service/report/plan.ts'
import { clearTextOf } from '#self-service/report/summary.ts'

type Known = { readonly lists: Lists; readonly candidates: Draft['candidates'] }

/** A line for each answer that says anything. */
export function writtenLines(
  page: PlannedPage,
  answers: Answers,
  known: Known,
): readonly SummaryLine[] {
  const line = (label: Text, value: readonly Text[]): readonly SummaryLine[] =>
    value.length === 0 ? [] : [{ label, value }]
  const place = known.lists.nameOf(textOf(answers['municipality']))
  if (page.kind === 'date') return line(page.title, dayText(textOf(answers['date'])))
  if (page.kind === 'municipality') return line(page.title, same(place ?? ''))
  const fields = page.kind === 'address' ? besideAddress(page) : page.fields
  const lines = fields.flatMap(([name, field]) =>
    line(field.label, fieldText(name, field, answers[name], known)),
  )
  const address = textOf(answers['addressText']).trim()
  const whole = [address, place].filter(Boolean).join(', ')
  return page.kind === 'address' && address !== ''
    ? [...line(addressLabel, same(whole)), ...lines]
    : lines
}

const addressLabel = { da: 'Adresse', en: 'Address' }

function fieldText(
  name: string,
  field: Field,
  answer: Answers[string],
  { lists, candidates }: Known,
): readonly Text[] {
  const values = [answer ?? []].flat().filter((value) => value.trim() !== '')
  // Of somebody who cannot be chosen any more nothing is known but a number, and none is shown.
  if (field.kind === 'persons')
    return (candidates[name] ?? [])
      .filter(({ value }) => values.includes(value))
      .flatMap(({ text }) => same(text))
  if (field.kind === 'code') return values.flatMap((value) => same(lists.nameOf(value) ?? value))
  if (field.kind === 'date') return values.flatMap(dayText)
  return clearTextOf(name, field, values, {})
}

/** A day in words; what is none as it was written. */
function dayText(text: string): readonly Text[] {
  const day = readDate(canonicalDate(text))
  return day ? [sayDay(day)] : same(text.split('-').toReversed().filter(Boolean).join('.'))
}

function same(text: string): readonly Text[] {
  return text === '' ? [] : [{ da: text, en: text }]
}
