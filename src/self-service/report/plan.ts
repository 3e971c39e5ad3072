/**
 * Which pages a report has for the answers so far, and what is wrong with them. Made from the
 * declaration of the incident type alone; knows no HTML and sends nothing.
 */

import { danishDate, type PlainDate, readDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { ConversationKeys } from '#client/index.ts'
import type { Incident } from '#incident/define.ts'
import { type Field, type Fields, keyFields, type Reading } from '#incident/fields.ts'
import { readData } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Answers, Draft } from '#self-service/report/draft.ts'

export type PlannedPage = {
  readonly name: string
  readonly title: Text
  readonly hint?: Text | undefined
  readonly kind: 'date' | 'municipality' | 'address' | 'fields'
  /** Of the type, in order; none for a page of keys. */
  readonly fields: readonly (readonly [name: string, field: Field])[]
}

/** The pages that matter now, in order. */
export function planPages(type: Incident, draft: Draft): readonly PlannedPage[] {
  const { date, pages } = type.asking
  const before = readWhole(type, draft.answers)
  const day = readDay(draft.answers) ?? danishDate(new Date(draft.startedAt))
  const datePage =
    date === 'today' || draft.amends
      ? []
      : [{ ...date, name: 'date', kind: 'date', fields: [] } as const]
  const asked = pages
    .filter((page) => page.when(before, day))
    .map((page) => askedPage(type, page))
    .filter((page) => page.kind === 'address' || hasSomething(page, draft))
  const asksPlace = asked.some(({ kind }) => kind === 'address')
  const place =
    draft.amends || asksPlace || (type.decidedBy === 'residence' && draft.home)
      ? []
      : [municipalityPage]
  return [...datePage, ...place, ...asked]
}

/** The page of that name, whether it matters now or not. */
export function findPage(type: Incident, name: string): PlannedPage | undefined {
  const { date, pages } = type.asking
  if (name === municipalityPage.name) return municipalityPage
  if (name === 'date' && date !== 'today') return { ...date, name, kind: 'date', fields: [] }
  const page = pages.find((each) => each.name === name)
  return page && askedPage(type, page)
}

function askedPage(type: Incident, page: Incident['asking']['pages'][number]): PlannedPage {
  const fields = page.fields.flatMap((name) => {
    const field = type.shape.fields[name]
    return field ? [[name, field] as const] : []
  })
  return { ...page, fields, kind: isAddress(fields) ? 'address' : 'fields' }
}

const municipalityPage: PlannedPage = {
  name: 'municipality',
  kind: 'municipality',
  title: {
    da: 'Hvilken kommune skal have anmeldelsen?',
    en: 'Which municipality should receive the report?',
  },
  hint: {
    da: 'Den kommune, du bor i eller sidst boede i.',
    en: 'The municipality where you live or last lived.',
  },
  fields: [],
}

function isAddress(fields: PlannedPage['fields']): boolean {
  return fields.some(([, field]) => field.kind === 'code' && field.list === 'road')
}

/** Where nobody can be chosen there is nothing to ask; before it is known who can, it is asked. */
function hasSomething({ fields }: PlannedPage, { candidates, conversation }: Draft): boolean {
  if (conversation === undefined) return true
  return fields.some(
    ([name, { kind }]) => kind !== 'persons' || (candidates[name]?.length ?? 0) > 0,
  )
}

/** The keys, once every page that they come from has been answered. */
export function keysOf(type: Incident, draft: Draft): ConversationKeys | undefined {
  const date =
    type.asking.date === 'today' ? danishDate(new Date(draft.startedAt)) : readDay(draft.answers)
  const municipality = textOf(draft.answers['municipality']) || homeOf(type, draft)
  if (!date || !municipality) return undefined
  const representative = draft.acting?.representative
  const keys = { pnr: draft.subject, date, municipality }
  return representative === undefined ? keys : { ...keys, representative }
}

function homeOf(type: Incident, { home }: Draft): string {
  return type.decidedBy === 'residence' ? (home?.municipality.code ?? '') : ''
}

function readDay(answers: Answers): PlainDate | undefined {
  return readDate(canonicalDate(textOf(answers['date'])))
}

export function textOf(answer: Answers[string]): string {
  return typeof answer === 'string' ? answer : ''
}

/** '2026-3-1' as somebody writes it, as '2026-03-01'. */
export function canonicalDate(text: string): string {
  const [year = '', month = '', day = ''] = text.split('-')
  return text === ''
    ? ''
    : `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** What of the answers can be read, field by field: what is wrong, or not there, is left out. */
function readWhole(type: Incident, answers: Answers): Reading {
  const each = Object.entries(type.shape.fields).map(([name, field]) => {
    const read = readPart({ [name]: field }, answers, type)
    return read.ok ? read.value : {}
  })
  return Object.assign({}, ...each)
}

/** The data to send: of the pages that matter, what was answered. */
export function dataOf(type: Incident, draft: Draft): Reading {
  const matters = planPages(type, draft).flatMap(({ fields }) => fields.map(([name]) => name))
  const whole = readWhole(type, draft.answers)
  return Object.fromEntries(Object.entries(whole).filter(([name]) => matters.includes(name)))
}

function readPart(fields: Fields, answers: Answers, { shape }: Incident) {
  const sent = Object.entries(fields).map(([name, field]) => {
    const answer = answers[name]
    const tidy = typeof answer === 'string' ? tidyText(field, answer) : answer
    return [name, tidy] as const
  })
  return readData({ ...shape, fields }, Object.fromEntries(sent))
}

/** What people write beside the point: blanks at the ends, capital letters in 'TV'. */
function tidyText(field: Field, text: string): string {
  const bare = text.trim().replaceAll(/\s+/g, ' ')
  return field.kind === 'date' ? canonicalDate(bare) : bare
}

/** What is wrong with a page as it was answered; nothing is asked of anybody. */
export function faultsOf(type: Incident, page: PlannedPage, draft: Draft): readonly Refusal[] {
  if (page.kind === 'date') {
    const text = textOf(draft.answers['date'])
    if (text === '') return [refuse(9010, 'date', keyFields.date.label)]
    return readDay(draft.answers) ? [] : [refuse(40, 'date', keyFields.date.label)]
  }
  if (page.kind === 'municipality') {
    const chosen = textOf(draft.answers['municipality'])
    return chosen ? [] : [refuse(9010, 'municipality', keyFields.municipality.label)]
  }
  const fields = page.kind === 'address' ? besideAddress(page) : page.fields
  const read = readPart(Object.fromEntries(fields), draft.answers, type)
  const own = page.kind === 'address' ? faultsOfAddress(draft) : []
  return [...own, ...(read.ok ? [] : read.refusals)]
}

const addressParts = ['road', 'house', 'floor', 'door']

/** What else is asked on the page of an address, as the name on the door. */
export function besideAddress({ fields }: PlannedPage): PlannedPage['fields'] {
  return fields.filter(([name]) => !addressParts.includes(name))
}

function faultsOfAddress({ answers }: Draft): readonly Refusal[] {
  const written = textOf(answers['addressText'])
  if (textOf(answers['road']) !== '') return []
  if (written === '') {
    return [{ number: 9010, severity: 'error', field: 'road', text: writeAddress }]
  }
  return [{ number: 9115, severity: 'error', field: 'road', text: chooseAddress }]
}

const writeAddress = {
  da: 'Skriv adressen, og vælg den på listen',
  en: 'Enter the address and choose it from the list',
}
const chooseAddress = {
  da: 'Vælg adressen på listen. Står den der ikke, så skriv vejens navn og husnummeret igen.',
  en: 'Choose the address from the list. If it is not there, enter the road name and house number again.',
}

/** The page on which a field, or a key, is asked for. */
export function pageOf(pages: readonly PlannedPage[], field: string): PlannedPage | undefined {
  return pages.find(({ name, kind, fields }) => {
    if (fields.some(([each]) => each === field)) return true
    return name === field || (field === 'municipality' && kind === 'address')
  })
}
