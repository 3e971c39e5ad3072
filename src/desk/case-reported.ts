/** What was reported beside what the register has, and what an approval would change, marked. */

import { sayDay, sayShortDay } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { type Case, type Incident, incidentTypes, type MasterData } from '#client/index.ts'
import { sayCase } from '#desk/case-words.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import {
  isProtectionType,
  isStatusCode,
  protections as protectionTexts,
  statuses,
} from '#register/codes.ts'
import { type SummaryRow, summaryList, table } from '#web/parts/lists.ts'
import type { Say } from '#web/say.ts'

export function besidePart(say: Say, { incident }: Case): Html {
  return html`<div class="desk-beside">
${side('reported', say(reported), summaryList(say, reportedRows(say, incident)))}
${side('registered', say(registered), summaryList(say, registeredRows(say, incident.masterData)))}
</div>`
}

const reported = { da: 'Anmeldt', en: 'Reported' }
const registered = { da: 'I registret', en: 'In the register' }

/** One of the two that are read beside each other. */
function side(id: string, heading: string, body: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${body}</section>`
}

function reportedRows(say: Say, incident: Incident): readonly SummaryRow[] {
  const { keys, data, translations, authority, type, representative } = incident
  const shapes: { readonly [name: string]: { readonly fields: Fields } } = incidentTypes
  const fields = shapes[type]?.fields ?? {}
  const rows = Object.entries(data).flatMap(([name, value]): SummaryRow[] => {
    const texts = translations[name]
    const plain = Array.isArray(value) ? value : [String(value)]
    const clear = Array.isArray(texts) ? texts : texts === undefined ? [] : [texts]
    if (plain.length === 0) return []
    const lines = plain.map((each, at) => valueText(say, each, clear[at]))
    return [{ label: say(fields[name]?.label ?? { da: name, en: name }), value: linesOf(lines) }]
  })
  return [
    {
      label: say({ da: 'Hændelsesdato', en: 'Date of the incident' }),
      value: say(sayDay(keys.date)),
    },
    ...rows,
    { label: say({ da: 'Personnummer', en: 'Personal number' }), value: sayCase.pnr(keys.pnr) },
    ...rowWhere(
      representative !== undefined && sayCase.pnr(representative),
      say({ da: 'Anmeldt af', en: 'Reported by' }),
    ),
    { label: say({ da: 'Afgøres af', en: 'Decided by' }), value: fullAuthorityName(authority) },
  ]
}

type Fields = { readonly [name: string]: { readonly label: Text } }

/** The clear text, with the code behind it where the two differ. */
function valueText(say: Say, value: string, text: Text | undefined): Html {
  const shown = /^\d{10}$/.test(value) ? sayCase.pnr(value) : value
  if (text === undefined || say(text) === value) return html`${shown}`
  // A word of ours behind a clear text is no code that anybody knows.
  if (!/^\d/.test(value)) return html`${say(text)}`
  return html`${say(text)} <span class="desk-code">${shown}</span>`
}

function linesOf(lines: readonly Html[]): Html {
  return lines.length === 1
    ? html`${lines[0]}`
    : html`<ul class="desk-lines">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}

function rowWhere(value: Part, label: string): readonly SummaryRow[] {
  return value === false || value === undefined || value === '' ? [] : [{ label, value }]
}

/** In the reader's language; what our list does not know stands as it came. */
function statusText(say: Say, { code, text }: MasterData['status']): string {
  return `${isStatusCode(code) ? say(statuses[code].text) : text} (${code})`
}

function protectionText(
  say: Say,
  { type, text }: NonNullable<MasterData['protections']>[number],
): string {
  return isProtectionType(type) ? say(protectionTexts[type].text) : text
}

export function registeredRows(say: Say, person: MasterData): readonly SummaryRow[] {
  const { address, careOf, addressFrom, standardAddress, foreignAddress, protections = [] } = person
  const place = address?.postcode && `${address.postcode.code} ${address.postcode.district}`
  const home = [careOf, standardAddress, address?.town, place].filter((line) => line !== undefined)
  const abroad = [
    ...(foreignAddress?.lines ?? []),
    ...(foreignAddress ? [foreignAddress.country.name] : []),
  ]
  const lines = (texts: readonly string[]) =>
    texts.length > 0 && linesOf(texts.map((line) => html`${line}`))
  return [
    { label: say({ da: 'Navn', en: 'Name' }), value: person.addressingName ?? '–' },
    { label: say({ da: 'Status', en: 'Status' }), value: statusText(say, person.status) },
    ...rowWhere(person.bornOn && say(sayDay(person.bornOn)), say({ da: 'Født', en: 'Born' })),
    ...rowWhere(lines(home), say({ da: 'Adresse', en: 'Address' })),
    ...rowWhere(
      addressFrom && say(sayDay(addressFrom)),
      say({ da: 'Bor der siden', en: 'Lives there since' }),
    ),
    ...rowWhere(address?.municipality.name, say({ da: 'Kommune', en: 'Municipality' })),
    ...rowWhere(lines(abroad), say({ da: 'Adresse i udlandet', en: 'Address abroad' })),
    ...rowWhere(
      lines(protections.map((each) => protectionText(say, each))),
      say({ da: 'Beskyttelser', en: 'Protections' }),
    ),
  ]
}

type Change = Case['changes'][number]

const kindTexts: { readonly [kind: string]: Text } = {
  birth: { da: 'Fødsel', en: 'Birth' },
  name: { da: 'Navn', en: 'Name' },
  status: { da: 'Status', en: 'Status' },
  address: { da: 'Adresse', en: 'Address' },
  'foreign-address': { da: 'Adresse i udlandet', en: 'Address abroad' },
  'contact-address': { da: 'Kontaktadresse', en: 'Contact address' },
  protection: { da: 'Beskyttelse', en: 'Protection' },
  parent: { da: 'Forælder', en: 'Parent' },
  spouse: { da: 'Ægtefælle', en: 'Spouse' },
  custody: { da: 'Forældremyndighed', en: 'Custody' },
  entry: { da: 'Indrejse', en: 'Entry' },
  successor: { da: 'Nyt personnummer', en: 'New number' },
}

/** Person by person; what would be another value is marked, and said to be. */
export function changesPart(say: Say, { changes }: Case): Part {
  if (changes.length === 0) return ''
  const heading = say({ da: 'En godkendelse ændrer', en: 'An approval changes' })
  const head = [
    say({ da: 'Person', en: 'Person' }),
    say({ da: 'Hvad', en: 'What' }),
    say({ da: 'I registret nu', en: 'In the register now' }),
    say({ da: 'Efter godkendelse', en: 'After approval' }),
    say({ da: 'Gælder', en: 'Applies' }),
  ]
  const rows = changes.flatMap((change) =>
    change.rows.filter(isTold).map((row) => changeCells(say, change, row)),
  )
  return html`<h2>${heading}</h2>${table({ caption: heading, isCaptionSpoken: true, head, rows })}`
}

/** That what is not there ends again tells nobody anything. */
function isTold({ before, after }: Change['rows'][number]): boolean {
  return before.da !== '' || after.da !== ''
}

function daysOf({ from, through }: Change['rows'][number]): Text {
  const [first, last] = [
    sayShortDay(from),
    through === undefined ? undefined : sayShortDay(through),
  ]
  return {
    da: last ? `fra ${first.da} til ${last.da}` : `fra ${first.da}`,
    en: last ? `from ${first.en} to ${last.en}` : `from ${first.en}`,
  }
}

function changeCells(say: Say, { pnr, name }: Change, row: Change['rows'][number]) {
  const { kind } = row
  const isChange = row.before.da !== row.after.da
  const [before, after] = [shown(say(row.before)), shown(say(row.after))]
  const nothing = say({ da: '(intet)', en: '(nothing)' })
  const same = say({ da: '(uændret)', en: '(unchanged)' })
  return [
    html`${name} <span class="desk-pnr">${sayCase.pnr(pnr)}</span>`,
    say(kindTexts[kind] ?? { da: kind, en: kind }),
    before || nothing,
    isChange ? html`<mark>${after || nothing}</mark>` : `${after} ${same}`,
    say(daysOf(row)),
  ]
}

function shown(value: string): string {
  return /^\d{10}$/.test(value) ? sayCase.pnr(value) : value
}
