/** The page of a case: reported beside registered, who is asked, what has happened, what to do. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { type Incident, incidentTypes, type MasterData } from '#client/index.ts'
import { protectedMark, sayCase } from '#desk/case-words.ts'
import { decisionForms } from '#desk/decision-forms.ts'
import type { Worker } from '#desk/worker.ts'
import type { Content } from '#web/layout.ts'
import { type SummaryRow, summaryList, table, timeline } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault } from '#web/parts/messages.ts'
import { type Say, sayDay, sayInstant } from '#web/say.ts'

export type CaseNotes = {
  /** What is no longer what the case worker saw when the decision was sent. */
  readonly changed?: readonly Text[]
  readonly faults?: readonly Fault[]
  readonly done?: Text
}

export function caseContent(worker: Worker, incident: Incident, notes: CaseNotes = {}): Content {
  const { say } = worker
  const { faults = [] } = notes
  const { masterData } = incident
  const name = masterData.addressingName ?? sayCase.pnr(incident.keys.pnr)
  const heading = `${say(titleOf(incident))}: ${name}`
  return {
    title: heading,
    hasErrors: faults.length > 0,
    body: html`${errorSummary(say, faults)}${noteAlerts(say, notes)}
<h1>${heading}${masterData.nameAndAddressProtected && protectedMark(say)}</h1>
<p class="font-lead">${say(incident.stateText)}. ${say(incident.next)}</p>
${sayCase.marks(say, incident.marks)}
<div class="desk-beside">
${side('reported', say(reported), summaryList(say, reportedRows(say, incident)))}
${side('registered', say(registered), summaryList(say, registeredRows(say, masterData)))}
</div>
${decisionForms(worker, incident)}
${hearingsPart(say, incident)}${outcomesPart(say, incident)}
<h2>${say({ da: 'Sagens gang', en: 'What has happened' })}</h2>
${timeline(say, momentsOf(say, incident))}`,
  }
}

const reported = { da: 'Anmeldt', en: 'Reported' }
const registered = { da: 'I registret', en: 'In the register' }

/** One of the two that are read beside each other. */
function side(id: string, heading: string, body: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${body}</section>`
}

function noteAlerts(say: Say, { changed = [], done }: CaseNotes): Part {
  if (changed.length > 0) {
    const heading = say({
      da: 'Sagen er ændret, siden du åbnede den. Intet er afgjort.',
      en: 'The case has changed since you opened it. Nothing has been decided.',
    })
    const body = html`<p class="alert-text">${say({ da: 'Ændret er:', en: 'What has changed:' })}</p><ul>${changed.map((text) => html`<li>${say(text)}</li>`)}</ul><p class="alert-text">${say({ da: 'Se sagen igennem, og afgør den så igen.', en: 'Read the case through and then decide again.' })}</p>`
    return html`<div role="alert">${alert(say, 'warning', { heading, body })}</div>`
  }
  return done && html`<div role="status">${alert(say, 'success', { heading: say(done) })}</div>`
}

export function titleOf({ type }: Pick<Incident, 'type'>): Text {
  const types: { readonly [name: string]: { readonly title: Text } } = incidentTypes
  return types[type]?.title ?? { da: type, en: type }
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
    { label: say({ da: 'Dato', en: 'Date' }), value: say(sayDay(keys.date)) },
    ...rows,
    { label: say({ da: 'Personnummer', en: 'Number' }), value: sayCase.pnr(keys.pnr) },
    ...(representative === undefined
      ? []
      : [
          {
            label: say({ da: 'Anmeldt af', en: 'Reported by' }),
            value: sayCase.pnr(representative),
          },
        ]),
    { label: say({ da: 'Afgøres af', en: 'Decided by' }), value: authority.name },
  ]
}

type Fields = { readonly [name: string]: { readonly label: Text } }

/** The clear text, with the code behind it where the two differ. */
function valueText(say: Say, value: string, text: Text | undefined): Html {
  const shown = /^\d{10}$/.test(value) ? sayCase.pnr(value) : value
  if (text === undefined || say(text) === value) return html`${shown}`
  return html`${say(text)} <span class="desk-code">${shown}</span>`
}

function linesOf(lines: readonly Html[]): Html {
  return lines.length === 1
    ? html`${lines[0]}`
    : html`<ul class="unstyled-list">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}

function registeredRows(say: Say, person: MasterData): readonly SummaryRow[] {
  const { address, careOf, addressFrom, standardAddress, foreignAddress, protections = [] } = person
  const place = address?.postcode && `${address.postcode.code} ${address.postcode.district}`
  const home = [careOf, standardAddress, address?.town, place].filter((line) => line !== undefined)
  const abroad = [
    ...(foreignAddress?.lines ?? []),
    ...(foreignAddress ? [foreignAddress.country.name] : []),
  ]
  const rows: readonly (SummaryRow | undefined)[] = [
    { label: say({ da: 'Navn', en: 'Name' }), value: person.addressingName ?? '–' },
    {
      label: say({ da: 'Status', en: 'Status' }),
      value: `${person.status.text} (${person.status.code})`,
    },
    person.bornOn === undefined
      ? undefined
      : { label: say({ da: 'Født', en: 'Born' }), value: say(sayDay(person.bornOn)) },
    home.length === 0
      ? undefined
      : {
          label: say({ da: 'Adresse', en: 'Address' }),
          value: linesOf(home.map((line) => html`${line}`)),
        },
    addressFrom === undefined
      ? undefined
      : {
          label: say({ da: 'Bor der siden', en: 'Lives there since' }),
          value: say(sayDay(addressFrom)),
        },
    address === undefined
      ? undefined
      : { label: say({ da: 'Kommune', en: 'Municipality' }), value: address.municipality.name },
    abroad.length === 0
      ? undefined
      : {
          label: say({ da: 'Adresse i udlandet', en: 'Address abroad' }),
          value: linesOf(abroad.map((line) => html`${line}`)),
        },
    protections.length === 0
      ? undefined
      : {
          label: say({ da: 'Beskyttelser', en: 'Protections' }),
          value: linesOf(protections.map(({ text }) => html`${text}`)),
        },
  ]
  return rows.filter((row) => row !== undefined)
}

function hearingsPart(say: Say, { hearings }: Incident): Part {
  if (hearings.length === 0) return ''
  const heading = say({ da: 'Spurgt', en: 'Who is asked' })
  const head = [
    say({ da: 'Om', en: 'About' }),
    say({ da: 'Hvem', en: 'Whom' }),
    say({ da: 'Frist', en: 'Deadline' }),
    say({ da: 'Svar', en: 'Answer' }),
  ]
  const rows = hearings.map((each): readonly Part[] => [
    say(each.title),
    each.asked ? `${each.asked.name} ${sayCase.pnr(each.asked.pnr)}` : '–',
    each.deadline ? say(sayDay(each.deadline)) : '–',
    html`${each.answerText ? say(each.answerText) : say(each.stateText)}${each.text && html`<br>“${each.text}”`}`,
  ])
  return html`<h2>${heading}</h2>${table({ caption: heading, isCaptionSpoken: true, head, rows })}`
}

function outcomesPart(say: Say, { outcomes }: Incident): Part {
  if (outcomes.length === 0) return ''
  const words = {
    approved: { da: 'Godkendt', en: 'Approved' },
    rejected: { da: 'Afvist', en: 'Rejected' },
  }
  const heading = say({ da: 'Afgjort', en: 'Decided' })
  const head = [
    say({ da: 'Person', en: 'Person' }),
    say({ da: 'Afgørelse', en: 'Decision' }),
    say({ da: 'Hvornår', en: 'When' }),
  ]
  const rows = outcomes.map(({ pnr, decision, at, reason }): readonly Part[] => [
    sayCase.pnr(pnr),
    html`${say(words[decision])}${reason && html`<br>${say(reason.title)}: ${reason.text}`}`,
    say(sayInstant(new Date(at))),
  ])
  return html`<h2>${heading}</h2>${table({ caption: heading, isCaptionSpoken: true, head, rows })}`
}

function momentsOf(say: Say, { timeline: entries }: Incident) {
  return entries.map(({ at, text }, index) => ({
    title: say(text),
    when: say(sayInstant(new Date(at))),
    state: index === entries.length - 1 ? ('now' as const) : ('done' as const),
  }))
}
