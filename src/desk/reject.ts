/** The page that asks why a case is rejected: a reason from the list, and words that are the letter. */

import { html } from '#base/html.ts'
import type { Incident } from '#client/index.ts'
import { titleOf } from '#desk/case-content.ts'
import { decisions } from '#desk/decision-forms.ts'
import { paths } from '#desk/paths.ts'
import { writeSeen } from '#desk/seen.ts'
import type { Worker } from '#desk/worker.ts'
import {
  authorityTextMax,
  isRejectionReason,
  type RejectionReason,
  rejectionReasons,
} from '#incident/rejection.ts'
import type { Form } from '#web/form.ts'
import type { Content } from '#web/layout.ts'
import { backLink, button, form as formPart, hidden } from '#web/parts/actions.ts'
import { radios, textArea } from '#web/parts/fields.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

export function isReason(code: string): code is RejectionReason {
  return isRejectionReason(code)
}

export function rejectionFaults(say: Say, form: Form): readonly Fault[] {
  const faults: Fault[] = []
  if (!isRejectionReason(form.one('reason'))) {
    faults.push({ id: 'reason', text: say({ da: 'Vælg en grund', en: 'Choose a reason' }) })
  }
  const length = [...form.one('text').trim()].length
  if (length === 0) {
    const text = say({
      da: 'Skriv begrundelsen til borgeren',
      en: 'Write the explanation to the citizen',
    })
    faults.push({ id: 'text', text })
  } else if (length > authorityTextMax) {
    const text = say({
      da: `Begrundelsen er på ${length} tegn. Den kan højst være på ${authorityTextMax}.`,
      en: `The explanation has ${length} characters. It can have at most ${authorityTextMax}.`,
    })
    faults.push({ id: 'text', text })
  }
  return faults
}

type Given = {
  readonly reason?: string
  readonly text?: string
  readonly faults?: readonly Fault[]
}

export function rejectContent(
  { say, language }: Worker,
  incident: Incident,
  { reason, text, faults = [] }: Given,
): Content {
  const title = `${say(decisions.reject.text)}: ${say(titleOf(incident))}`
  const reasons = radios(say, {
    id: 'reason',
    name: 'reason',
    label: say({ da: 'Grund', en: 'Reason' }),
    error: faultAt(faults, 'reason'),
    options: Object.entries(rejectionReasons).map(([value, said]) => ({ value, text: say(said) })),
    ...(reason !== undefined && { value: reason }),
  })
  const words = textArea(say, {
    id: 'text',
    name: 'text',
    label: say({ da: 'Begrundelse', en: 'Explanation' }),
    hint: say({
      da: 'Står i brevet til borgeren, som du skriver den',
      en: 'Stands in the letter to the citizen as you write it',
    }),
    error: faultAt(faults, 'text'),
    lengthMax: authorityTextMax,
    ...(text !== undefined && { value: text }),
  })
  return {
    title,
    hasErrors: faults.length > 0,
    body: html`${backLink(say, paths.case(language, incident.id))}${errorSummary(say, faults)}
<h1>${title}</h1>
${formPart(
  paths.decision(language, incident.id, 'reject'),
  html`${hidden('seen', writeSeen(incident))}${reasons}${words}${button({ text: say({ da: 'Afvis sagen', en: 'Reject the case' }), look: 'warning' })}`,
)}`,
  }
}
