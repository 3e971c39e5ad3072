/** The page of a case, whole: what is decided stands first, and all that bears on it on the same page. */

import { sayClock, sayShortDay, sayShortInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { Case, Incident, State } from '#client/index.ts'
import {
  byHandPart,
  hearingsPart,
  lettersPart,
  lookPart,
  notesPart,
  outcomesPart,
  peoplePart,
  relatedPart,
  rulesPart,
} from '#desk/case-around.ts'
import { besidePart, changesPart } from '#desk/case-reported.ts'
import { protectedMark, sayCase, titleOf } from '#desk/case-words.ts'
import { changedAlert } from '#desk/changed-alert.ts'
import { decisionForms, decisionsOf } from '#desk/decision-forms.ts'
import { historyForm } from '#desk/history.ts'
import { type Key, keys, keysPart } from '#desk/keys.ts'
import { nextForm, nextText } from '#desk/next-case.ts'
import { paths } from '#desk/paths.ts'
import { unsentAlert } from '#desk/typed-form.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import type { Content } from '#web/layout.ts'
import { button, buttonLink, form } from '#web/parts/actions.ts'
import { timeline } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

export type CaseNotes = {
  /** What is no longer what the case worker saw when the decision was sent. */
  readonly changed?: readonly Text[]
  readonly faults?: readonly Fault[]
  readonly done?: Text | undefined
  /** A note that was not kept, as it was written. */
  readonly note?: string
  /** It was typed before a session ended, and never sent. */
  readonly isUnsent?: boolean
}

export function caseContent(worker: Worker, whole: Case, notes: CaseNotes = {}): Content {
  const { say } = worker
  const { faults = [], note } = notes
  const { incident } = whole
  const { masterData, keys: of } = incident
  const name = masterData.addressingName ?? sayCase.pnr(of.pnr)
  const heading = `${say(titleOf(incident.type))}: ${name}`
  return {
    title: heading,
    hasErrors: faults.length > 0,
    body: html`${errorSummary(say, faults)}${noteAlerts(say, notes)}
<div class="desk-heading">
<h1>${heading} <span class="desk-pnr">${sayCase.pnr(of.pnr)}</span>${masterData.nameAndAddressProtected && protectedMark(say)}</h1>${wayOn(worker, isWaiting(incident))}
</div>
${atAGlance(say, incident)}${returnedPart(say, incident)}
<div class="desk-case">
<div class="desk-case-first">
${changesPart(say, whole)}
</div>
<div class="desk-case-side">
${claimPart(worker, whole)}${byHandPart(worker, whole)}${decisionForms(worker, whole)}
${rulesPart(say, whole)}${relatedPart(worker, whole)}${lookPart(say, incident)}
</div>
<div class="desk-case-main">
${besidePart(say, whole)}
${outcomesPart(say, whole)}${hearingsPart(worker, incident)}${peoplePart(say, whole)}
${lettersPart(say, whole)}${historyForm(worker, incident.id)}
</div>
<div class="desk-case-rest">
${notesPart(worker, whole, { text: note, error: faultAt(faults, 'note') })}
<h2>${say({ da: 'Sagens gang', en: 'What has happened' })}</h2>
${timeline(say, momentsOf(say, incident))}
</div>
</div>
${keysFoot(worker, whole)}`,
  }
}

/** Where it stands, since when and until when, and what is to be noted: one line. */
function atAGlance(say: Say, { state, stateText, marks, timeline, nextBy }: Incident): Html {
  const received = timeline.find(({ kind }) => kind === 'received')
  const since = received && sayShortInstant(new Date(received.at))
  const told = [
    say(stateText),
    since && say({ da: `modtaget ${since.da}`, en: `received ${since.en}` }),
    nextBy !== undefined && say(byText(state, sayShortDay(nextBy))),
  ]
  return html`<div class="desk-glance"><p>${told.filter(Boolean).join(' · ')}</p>${sayCase.marks(say, marks)}</div>`
}

/** What the day is that comes next: of answers, of the amendment, or of the effect. */
function byText(state: State, day: Text): Text {
  if (state === 'approved') return { da: `virkning fra ${day.da}`, en: `takes effect ${day.en}` }
  if (state === 'pending') return { da: `svar senest ${day.da}`, en: `answer by ${day.en}` }
  return { da: `rettes senest ${day.da}`, en: `to be amended by ${day.en}` }
}

/** What the reporter was asked to amend, and why. */
function returnedPart(say: Say, { returned }: Incident): Part {
  if (!returned) return ''
  const labels = returned.fields.map(({ label }) => say(label)).join(', ')
  return html`<p>${say({ da: 'Skal rettes', en: 'To be amended' })}: ${labels}</p><p class="desk-words">“${returned.text}”</p>`
}

/** Back to the view one came from, and on to its next case: what is meant once this one is done. */
function wayOn(worker: Worker, isToDecide: boolean): Part {
  const { say, language, here, hasKeys } = worker
  const view = viewOf({ url: here })
  const back = buttonLink(
    paths.queue(language, queryOf(view)),
    say({ da: 'Til køen', en: 'To the queue' }),
    'secondary',
    hasKeys && keys.queue,
  )
  return html`<div class="desk-way">${back}${nextForm(worker, view, isToDecide ? 'secondary' : undefined)}</div>`
}

function isWaiting({ state }: Incident): boolean {
  return state === 'pending' || state === 'returned' || state === 'amended'
}

function claimPart(worker: Worker, { claim, incident }: Case): Part {
  const { say, language, session, here, hasKeys } = worker
  if (!isWaiting(incident)) return ''
  const query = queryOf(viewOf({ url: here }))
  const isMine = sayCase.isMine(claim, session.personCode)
  if (claim && !isMine) {
    const heading = say({
      da: `${claim.personCode} arbejder på sagen`,
      en: `${claim.personCode} is working on this case`,
    })
    const until = sayClock(new Date(claim.until))
    const body = say({ da: `Reserveret til kl. ${until.da}`, en: `Reserved until ${until.en}` })
    return alert(say, 'warning', { heading, body })
  }
  const to = paths.ofCase(language, incident.id, isMine ? 'release' : 'claim', query)
  const text = isMine
    ? { da: 'Giv sagen fri', en: 'Release the case' }
    : { da: 'Tag sagen', en: 'Claim the case' }
  const who = claim === undefined ? free : mine(sayClock(new Date(claim.until)))
  const key = hasKeys && !isMine && keys.claim
  const change = form(to, button({ text: say(text), look: 'tertiary', key }))
  return html`<div class="desk-claim d-print-none"><p>${say(who)}</p>${change}</div>`
}

const free = { da: 'Ingen arbejder på sagen.', en: 'Nobody is working on this case.' }

function mine(until: Text): Text {
  return {
    da: `Du har sagen til kl. ${until.da}.`,
    en: `You have the case until ${until.en}.`,
  }
}

function noteAlerts(say: Say, { changed = [], done, isUnsent }: CaseNotes): Part {
  if (isUnsent) return unsentAlert(say)
  if (changed.length > 0) return changedAlert(say, changed)
  return done && html`<div role="status">${alert(say, 'success', { heading: say(done) })}</div>`
}

function momentsOf(say: Say, { timeline: entries }: Incident) {
  return entries.map(({ at, text, said, by }, index) => ({
    title: say(text),
    when: [say(sayShortInstant(new Date(at))), by].filter(Boolean).join(', '),
    state: index === entries.length - 1 ? ('now' as const) : ('done' as const),
    ...(said !== undefined && { text: html`<p class="desk-words">“${said}”</p>` }),
  }))
}

function keysFoot(worker: Worker, { incident, claim }: Case): Part {
  const { language, hasKeys, here } = worker
  const { id } = incident
  const actions = decisionsOf(worker, incident)
  const names: readonly (readonly [Key, Text] | false)[] = [
    actions.includes('approve') && [keys.approve, { da: 'Godkend', en: 'Approve' }],
    actions.includes('reject') && [keys.reject, { da: 'Afvis', en: 'Reject' }],
    actions.includes('return') && [keys.return, { da: 'Send tilbage', en: 'Return' }],
    actions.includes('forward') && [keys.forward, { da: 'Send videre', en: 'Forward' }],
    actions.includes('undo') && [keys.undo, { da: 'Fortryd', en: 'Undo' }],
    isWaiting(incident) &&
      claim === undefined && [keys.claim, { da: 'Tag sagen', en: 'Claim the case' }],
    [keys.note, { da: 'Skriv notat', en: 'Write a note' }],
    [keys.next, nextText],
    [keys.queue, { da: 'Til køen', en: 'To the queue' }],
  ]
  const back = paths.case(language, id, queryOf(viewOf({ url: here })))
  return keysPart(
    language,
    hasKeys,
    back,
    names.filter((name) => name !== false),
  )
}
