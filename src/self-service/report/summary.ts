/** What was answered, in clear text and in both languages: to be checked, and kept as a receipt. */

import { sayDay } from '#base/day-words.ts'
import type { Text } from '#base/text.ts'
import type { Incident } from '#incident/define.ts'
import type { Field } from '#incident/fields.ts'
import type { Lists } from '#self-service/lists.ts'
import type { Answers, Draft, SummaryLine, Texts } from '#self-service/report/draft.ts'
import {
  besideAddress,
  dataOf,
  keysOf,
  type PlannedPage,
  planPages,
  textOf,
} from '#self-service/report/plan.ts'

/** A line, and the page on which it is changed. */
export type CheckLine = SummaryLine & { readonly page?: string }

export function summaryOf(type: Incident, draft: Draft, lists: Lists): readonly CheckLine[] {
  const keys = keysOf(type, draft)
  const data = dataOf(type, draft)
  const pages = planPages(type, draft)
  const asked = pages.flatMap((page) => linesOf(page, draft, data))
  const municipality = keys && lists.nameOf(keys.municipality)
  return [
    { label: { da: 'Hvem', en: 'Who' }, value: [same(draft.name)] },
    ...(draft.homeText === undefined
      ? []
      : [{ label: registeredAt, value: [same(draft.homeText)] }]),
    ...(type.asking.date === 'today' || keys === undefined
      ? []
      : [{ label: { da: 'Gælder fra', en: 'From' }, value: [sayDay(keys.date)], page: 'date' }]),
    ...(municipality === undefined
      ? []
      : [{ label: { da: 'Sendes til', en: 'Sent to' }, value: [same(municipality)] }]),
    ...asked,
  ]
}

/** Shown, so that whoever the register has elsewhere sees it before they send. */
const registeredAt = { da: 'Adresse i CPR nu', en: 'Address in CPR now' }

function linesOf(page: PlannedPage, draft: Draft, data: Answers): readonly CheckLine[] {
  const texts = draft.checked?.texts ?? {}
  const answered = (fields: PlannedPage['fields']): readonly CheckLine[] =>
    fields.flatMap(([name, field]) => {
      const value = clearTextOf(name, field, data[name], texts)
      return value.length === 0 ? [] : [{ label: field.label, value, page: page.name }]
    })
  if (page.kind === 'date' || page.kind === 'municipality') return []
  if (page.kind === 'address') {
    const value = [same(textOf(draft.answers['addressLabel']))]
    const address = { label: { da: 'Ny adresse', en: 'New address' }, value, page: page.name }
    return [address, ...answered(besideAddress(page))]
  }
  const lines = answered(page.fields)
  if (lines.length > 0) return lines
  // Not filled in is an answer, too, and can be changed like any other.
  const [only, ...others] = page.fields
  const label = only && others.length === 0 ? only[1].label : page.title
  return [{ label, value: [only ? emptyOf(only[1]) : nothing], page: page.name }]
}

/** A mark that is left out says no; of several answers none was given. */
function emptyOf(field: Field): Text {
  if (field.kind === 'persons') return nobody
  const isMark = field.kind === 'choice' && Object.keys(field.options).length === 1
  return isMark ? { da: 'Nej', en: 'No' } : nothing
}

const nothing = { da: 'Ikke udfyldt', en: 'Not filled in' }
const nobody = { da: 'Ingen', en: 'Nobody' }

/** The clear text that the validation gave; what is plain already stands as it is. */
export function clearTextOf(
  name: string,
  field: Field,
  value: Answers[string],
  texts: Texts,
): readonly Text[] {
  const list = typeof value === 'string' ? [value] : (value ?? [])
  const told = texts[name]
  const clear = typeof told === 'string' ? [told] : (told ?? [])
  return list.map((each, at) => {
    if (field.kind === 'choice') return field.options[each]?.text ?? same(each)
    if (field.kind === 'date') return sayDay(each)
    return same(clear[at] || each)
  })
}

function same(text: string): Text {
  return { da: text, en: text }
}
