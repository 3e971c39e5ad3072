/** What stands around a case: who lives there, who is asked, other cases, letters, notes. */

import { sayDay, sayShortDay, sayShortInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { Case, Incident } from '#client/index.ts'
import { findName } from '#desk/case-people.ts'
import { protectedMark, sayCase } from '#desk/case-words.ts'
import { keys } from '#desk/keys.ts'
import { asksForHand, deliveryMark, kindTexts, lettersLink } from '#desk/letter-words.ts'
import { paths } from '#desk/paths.ts'
import { typedForm } from '#desk/typed-form.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import { actions, button } from '#web/parts/actions.ts'
import { textArea } from '#web/parts/fields.ts'
import { table } from '#web/parts/lists.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

type Resident = Case['household'][number]

const relations: { readonly [R in NonNullable<Resident['relation']>]: Text } = {
  subject: { da: 'Personen selv', en: 'The person' },
  spouse: { da: 'Ægtefælle', en: 'Spouse' },
  child: { da: 'Barn', en: 'Child' },
  parent: { da: 'Forælder', en: 'Parent' },
  companion: { da: 'Flytter med', en: 'Also moving' },
}

export function peoplePart(say: Say, { dwellings, household }: Case): Part {
  const there = dwellings.map(({ address, rooms, residents }) => {
    const size = say({
      da: `${rooms} ${rooms === 1 ? 'værelse' : 'værelser'}`,
      en: `${rooms} ${rooms === 1 ? 'room' : 'rooms'}`,
    })
    return residentTable(say, `${address} (${size})`, residents)
  })
  const heading = say({ da: 'Hvem bor hvor', en: 'Who lives where' })
  const own = household.length > 0 && residentTable(say, say(ownHousehold), household)
  if (there.length === 0 && !own) return ''
  return html`<h2>${heading}</h2>${there}${own}`
}

const ownHousehold = { da: 'Husstanden nu', en: 'The household now' }

function residentTable(say: Say, caption: string, residents: readonly Resident[]): Html {
  if (residents.length === 0) {
    return html`<h3>${caption}</h3><p>${say({ da: 'Ingen bor der.', en: 'Nobody lives there.' })}</p>`
  }
  const head = [
    say({ da: 'Navn', en: 'Name' }),
    say({ da: 'Født', en: 'Born' }),
    say({ da: 'Bor der siden', en: 'Lives there since' }),
    say({ da: 'Relation', en: 'Relation' }),
  ]
  const rows = residents.map((each): readonly Part[] => [
    html`${each.name} <span class="desk-pnr">${sayCase.pnr(each.pnr)}</span>${each.nameAndAddressProtected && protectedMark(say)}`,
    say(sayShortDay(each.bornOn)),
    each.livesThereFrom ? say(sayShortDay(each.livesThereFrom)) : '–',
    each.relation ? say(relations[each.relation]) : '–',
  ])
  return html`<h3>${caption}</h3>${table({ caption, isCaptionSpoken: true, head, rows })}`
}

/** What the rules say to it now, the grave first; nothing to say is said too. */
export function rulesPart(say: Say, { rules, incident }: Case): Part {
  if (incident.state !== 'pending') return ''
  const heading = say({ da: 'Regler', en: 'Rules' })
  if (rules.length === 0) {
    return html`<h2>${heading}</h2><p>${say({ da: 'Ingen regel har noget at indvende.', en: 'No rule objects.' })}</p>`
  }
  const items = rules.map(({ number, severity, text }) =>
    alert(say, severity === 'error' ? 'error' : 'warning', {
      level: 3,
      heading: say(text),
      body: say({ da: `Kvittering ${number}`, en: `Receipt ${number}` }),
    }),
  )
  return html`<h2>${heading}</h2>${items}`
}

/** What policies made of it: which clause let it through, or what sent it to a person. */
export function lookPart(say: Say, { look }: Incident): Part {
  if (look === undefined) return ''
  const heading = say({ da: 'Automatisk afgørelse', en: 'Automatic decision' })
  const source = (by: {
    readonly policy: string
    readonly version: number
    readonly clause: string
  }) =>
    say({
      da: `regelsæt ${by.policy}, version ${by.version}, bestemmelse ${by.clause}`,
      en: `policy ${by.policy}, version ${by.version}, clause ${by.clause}`,
    })
  const why = (look.why ?? []).map(
    ({ text, by }) =>
      html`<li>${say(text)}${by && html` <span class="desk-code">${source(by)}</span>`}</li>`,
  )
  return html`<h2>${heading}</h2><p>${say(look.text)}${look.by && html` <span class="desk-code">${source(look.by)}</span>`}</p>${why.length > 0 && html`<ul>${why}</ul>`}`
}

/** To be answered for on paper as well, or read alone. */
export function hearingsPart(
  worker: Worker,
  { hearings, id }: Incident,
  use: 'answer' | 'read' = 'answer',
): Part {
  if (hearings.length === 0) return ''
  const { say, language, here } = worker
  const heading = say({ da: 'Høringer', en: 'Hearings' })
  const head = [
    say({ da: 'Om', en: 'About' }),
    say({ da: 'Hvem', en: 'Whom' }),
    say({ da: 'Frist', en: 'Deadline' }),
    say({ da: 'Svar', en: 'Answer' }),
  ]
  const rows = hearings.map((each): readonly Part[] => {
    const { asked, deadline, answerText, stateText, text, fromDate } = each
    const from = fromDate && html` (${say(sayDay(fromDate))})`
    const paper =
      use === 'answer' &&
      each.state === 'open' &&
      each.id !== undefined &&
      html`<br><a href="${paths.hearing(language, id, each.id, queryOf(viewOf({ url: here })))}">${say({ da: 'Notér svar på papir', en: 'Enter an answer on paper' })}</a>`
    return [
      say(each.title),
      asked ? html`${asked.name} <span class="desk-pnr">${sayCase.pnr(asked.pnr)}</span>` : '–',
      deadline ? say(sayShortDay(deadline)) : '–',
      html`${say(answerText ?? stateText)}${from}${text && html`<br>“${text}”`}${paper}`,
    ]
  })
  return html`<h2>${heading}</h2>${table({ caption: heading, isCaptionSpoken: true, head, rows })}`
}

export function outcomesPart(say: Say, whole: Case): Part {
  const { outcomes } = whole.incident
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
    say({ da: 'Begrundelse', en: 'Reason' }),
  ]
  const rows = outcomes.map(({ pnr, decision, at, reason }): readonly Part[] => [
    html`${findName(whole, pnr)} <span class="desk-pnr">${sayCase.pnr(pnr)}</span>`,
    say(words[decision]),
    say(sayShortInstant(new Date(at))),
    reason ? html`${say(reason.title)}<br>“${reason.text}”` : '–',
  ])
  return html`<h2>${heading}</h2>${table({ caption: heading, isCaptionSpoken: true, head, rows })}`
}

/** Other waiting cases and touch this one, and those that are decided before it. */
export function relatedPart({ say, language, here }: Worker, { related, incident }: Case): Part {
  const { forerunners } = incident
  if (related.length === 0 && forerunners.length === 0) return ''
  const query = queryOf(viewOf({ url: here }))
  const because = {
    'same-person': { da: 'samme person', en: 'the same person' },
    'same-address': { da: 'samme adresse', en: 'the same address' },
  }
  const link = (id: string, title: Text) =>
    html`<a href="${paths.case(language, id, query)}">${say(title)}</a>`
  const before = forerunners.map(({ id, title, isDecided }) => {
    const state = isDecided
      ? { da: 'afgjort', en: 'decided' }
      : { da: 'afgøres først', en: 'is decided first' }
    return html`<li>${link(id, title)}, ${say(state)}</li>`
  })
  const others = related.map(
    ({ id, title, date, because: why }) =>
      html`<li>${link(id, title)} ${say(sayDay(date))}, ${say(because[why])}</li>`,
  )
  const heading = say({ da: 'Andre sager, der venter', en: 'Other waiting cases' })
  return html`<h2>${heading}</h2><ul>${before}${others}</ul>`
}

export function lettersPart(say: Say, whole: Case): Part {
  const { letters } = whole
  if (letters.length === 0) return ''
  const titles: { readonly [kind: string]: Text } = kindTexts
  const items = letters.map(({ at, recipient, kind, text, delivery }) => {
    const name = findName(whole, recipient) ?? ''
    const title = titles[kind]
    const summary = html`${title && html`<strong>${say(title)}</strong> · `}${name} <span class="desk-pnr">${sayCase.pnr(recipient)}</span> · ${say(sayShortInstant(new Date(at)))} · ${deliveryMark(say, delivery)}`
    return html`<details class="desk-letter"><summary>${summary}</summary><p class="desk-words">${say(text)}</p></details>`
  })
  return html`<h2>${say({ da: 'Breve', en: 'Letters' })}</h2>${items}`
}

/** DESK-4: a letter that nobody gets unless a person of this authority sends it. */
export function byHandPart(worker: Worker, { letters }: Case): Part {
  const { say } = worker
  const byHand = letters.filter(({ isOwn, delivery }) => isOwn && asksForHand(delivery))
  const count = byHand.length
  if (count === 0) return ''
  const states = [...new Set(byHand.map(({ delivery }) => delivery))]
  const heading = {
    da: count === 1 ? '1 brev skal sendes på papir' : `${count} breve skal sendes på papir`,
    en: count === 1 ? '1 letter must be sent on paper' : `${count} letters must be sent on paper`,
  }
  return alert(say, 'error', {
    level: 2,
    heading: say(heading),
    body: actions(...states.map((state) => lettersLink(worker, state, states.length === 1))),
  })
}

type Noting = { readonly text?: string | undefined; readonly error?: string | undefined }

export function notesPart(
  worker: Worker,
  { notes, incident }: Case,
  { text, error }: Noting,
): Html {
  const { say, language, here, hasKeys } = worker
  const items = notes.map(
    (note) =>
      html`<li><p class="desk-words">${note.text}</p><p class="desk-by">${note.personCode}, ${say(sayShortInstant(new Date(note.at)))}</p></li>`,
  )
  const field = textArea(say, {
    id: 'note',
    name: 'note',
    label: say({ da: 'Nyt notat', en: 'New note' }),
    hint: say({ da: 'Kun for myndigheden', en: 'Only for the authority' }),
    lengthMax: 2000,
    rows: 3,
    error,
    ...(hasKeys && { key: keys.note }),
    ...(text !== undefined && { value: text }),
  })
  const to = paths.ofCase(language, incident.id, 'notes', queryOf(viewOf({ url: here })))
  const add = typedForm(
    to,
    html`${field}<div class="site-actions">${button({ text: say({ da: 'Gem notatet', en: 'Save the note' }), look: 'secondary' })}</div>`,
  )
  return html`<section aria-labelledby="notes"><h2 id="notes">${say({ da: 'Notater', en: 'Notes' })}</h2>${items.length > 0 && html`<ul class="desk-notes">${items}</ul>`}${add}</section>`
}
