/** The page that asks what a decision must say: why, what to amend, where to. The words are the letter. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { type Case, type Incident, incidentTypes } from '#client/index.ts'
import { hearingsPart, outcomesPart, rulesPart } from '#desk/case-around.ts'
import { besidePart, changesPart } from '#desk/case-reported.ts'
import { titleOf } from '#desk/case-words.ts'
import { changedAlert } from '#desk/changed-alert.ts'
import { type Decision, decidable, decisions, personChoice } from '#desk/decision-forms.ts'
import { paths } from '#desk/paths.ts'
import { receiverFaults, receiverPart } from '#desk/receiver.ts'
import { writeSeen } from '#desk/seen.ts'
import { typedForm, unsentAlert } from '#desk/typed-form.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import { authorityTextMax, isRejectionReason, rejectionReasons } from '#incident/rejection.ts'
import type { Form } from '#web/form.ts'
import type { Content } from '#web/layout.ts'
import { backLink, button, hidden } from '#web/parts/actions.ts'
import { checkboxes, radios, textArea } from '#web/parts/fields.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

/** The decisions that ask for words. */
export type Asking = Exclude<Decision, 'approve' | 'undo'>

export function isAsking(decision: Decision): decision is Asking {
  return decisions[decision].asks
}

/** What is missing before the CPR server need be asked. */
export function faultsIn(say: Say, decision: Decision, whole: Case, form: Form): readonly Fault[] {
  const faults: Fault[] = []
  if (decidable(whole, decision).length > 1 && form.all('persons').length === 0) {
    const text = say({ da: 'Vælg mindst én person', en: 'Choose at least one person' })
    faults.push({ id: `persons-${decision}`, text })
  }
  if (decision === 'reject') faults.push(...reasonFaults(say, form))
  if (decision === 'return' && form.all('fields').length === 0) {
    const text = say({ da: 'Vælg, hvad der skal rettes', en: 'Choose what is to be amended' })
    faults.push({ id: 'fields', text })
  }
  if (decision === 'forward') faults.push(...receiverFaults(say, whole, form))
  return isAsking(decision) ? [...faults, ...textFaults(say, form.one('text'))] : faults
}

/** A reason of the list, and words: for one case, and for many at once. */
export function rejectionFaults(say: Say, form: Form): readonly Fault[] {
  return [...reasonFaults(say, form), ...textFaults(say, form.one('text'))]
}

function reasonFaults(say: Say, form: Form): readonly Fault[] {
  if (isRejectionReason(form.one('reason'))) return []
  return [{ id: 'reason', text: say({ da: 'Vælg en grund', en: 'Choose a reason' }) }]
}

function textFaults(say: Say, written: string): readonly Fault[] {
  const length = [...written.trim()].length
  if (length === 0) {
    const text = say({
      da: 'Skriv begrundelsen til borgeren',
      en: 'Enter the explanation to the citizen',
    })
    return [{ id: 'text', text }]
  }
  if (length <= authorityTextMax) return []
  const text = say({
    da: `Begrundelsen er på ${length} tegn. Den kan højst være på ${authorityTextMax}.`,
    en: `The explanation is ${length} characters long. It can be at most ${authorityTextMax}.`,
  })
  return [{ id: 'text', text }]
}

export type Given = {
  readonly form?: Form
  readonly faults?: readonly Fault[]
  /** What is no longer what the case worker saw; the words stand, and are sent once more or not. */
  readonly changed?: readonly Text[]
  /** The form was typed before a session ended, and never sent. */
  readonly isUnsent?: boolean
}

const confirm = {
  reject: { da: 'Afvis sagen', en: 'Reject the case' },
  return: { da: 'Send sagen tilbage', en: 'Return the case' },
  forward: { da: 'Send sagen videre', en: 'Forward the case' },
} as const

export function decisionContent(
  worker: Worker,
  decision: Asking,
  whole: Case,
  { form, faults = [], changed = [], isUnsent = false }: Given,
): Content {
  const { say, language, here } = worker
  const { incident } = whole
  const query = queryOf(viewOf({ url: here }))
  const name = incident.masterData.addressingName
  const title = `${say(decisions[decision].text)}: ${say(titleOf(incident.type))}${name ? `, ${name}` : ''}`
  const persons = personChoice(worker, whole, decision, {
    values: form?.all('persons') ?? decidable(whole, decision),
    error: faultAt(faults, `persons-${decision}`),
  })
  const look = decision === 'reject' ? 'warning' : 'primary'
  const isChanged = changed.length > 0
  const seen = isChanged || !form ? writeSeen(incident) : form.one('seen')
  const asked = typedForm(
    paths.decision(language, incident.id, decision, query),
    html`${hidden('seen', seen)}${persons}${ownPart(say, decision, whole, { ...(form && { form }), faults })}${words(say, form, faults)}<div class="site-actions">${button({ text: say(confirm[decision]), look })}</div>`,
  )
  return {
    title,
    hasErrors: faults.length > 0,
    body: html`${backLink(say, paths.case(language, incident.id, query))}${errorSummary(say, faults)}${isUnsent && unsentAlert(say)}${changedAlert(say, changed)}
<h1>${title}</h1>
<div class="desk-case desk-decision">
<div class="desk-decision-form">${asked}</div>
<div class="desk-decision-case">${caseInShort(worker, whole)}</div>
</div>`,
  }
}

/** What the decision is about, so that nobody need go back to look. */
function caseInShort(worker: Worker, whole: Case): Html {
  const { say } = worker
  return html`${changesPart(say, whole)}${besidePart(say, whole)}${rulesPart(say, whole)}
${outcomesPart(say, whole)}${hearingsPart(worker, whole.incident, 'read')}`
}

/** What this decision alone asks. */
function ownPart(say: Say, decision: Asking, whole: Case, given: Given): Part {
  switch (decision) {
    case 'reject':
      return reasonPart(say, given)
    case 'return':
      return fieldsPart(say, whole.incident, given)
    case 'forward':
      return receiverPart(say, whole, given)
    default:
      return decision satisfies never
  }
}

export function reasonPart(say: Say, { form, faults = [] }: Given): Html {
  const value = form?.one('reason')
  return radios(say, {
    id: 'reason',
    name: 'reason',
    label: say({ da: 'Grund', en: 'Reason' }),
    error: faultAt(faults, 'reason'),
    options: Object.entries(rejectionReasons).map(([code, said]) => ({
      value: code,
      text: say(said),
    })),
    ...(value !== undefined && { value }),
  })
}

type Fields = { readonly [name: string]: { readonly label: { da: string; en: string } } }

function fieldsPart(say: Say, { type }: Incident, { form, faults = [] }: Given): Html {
  const shapes: { readonly [name: string]: { readonly fields: Fields } } = incidentTypes
  const fields = Object.entries(shapes[type]?.fields ?? {})
  return checkboxes(say, {
    id: 'fields',
    name: 'fields',
    label: say({ da: 'Hvad skal rettes?', en: 'What is to be amended?' }),
    error: faultAt(faults, 'fields'),
    values: form?.all('fields') ?? [],
    options: fields.map(([name, { label }]) => ({ value: name, text: say(label) })),
  })
}

export function words(say: Say, form: Form | undefined, faults: readonly Fault[]): Html {
  const value = form?.one('text')
  return textArea(say, {
    id: 'text',
    name: 'text',
    label: say({ da: 'Begrundelse', en: 'Explanation' }),
    hint: say({
      da: `Borgeren får den, som du skriver den. Højst ${authorityTextMax} tegn.`,
      en: `The citizen gets it as you write it. At most ${authorityTextMax} characters.`,
    }),
    error: faultAt(faults, 'text'),
    lengthMax: authorityTextMax,
    ...(value !== undefined && { value }),
  })
}
