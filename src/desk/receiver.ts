/** To which municipality a case is forwarded: those that the CPR server suggests and why, or any other. */

import { html, type Part } from '#base/html.ts'
import type { Case } from '#client/index.ts'
import { municipalities } from '#desk/authorities.ts'
import type { Form } from '#web/form.ts'
import { radios, select } from '#web/parts/fields.ts'
import { type Fault, faultAt } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

/** In place of a code among those suggested: the one of the list. */
const another = 'another'

type Given = { readonly form?: Form; readonly faults?: readonly Fault[] }

/** The suggested ones as far as there is a desk to receive it. */
function suggestedIn({ forwardTo }: Case): Case['forwardTo'] {
  return forwardTo.filter(({ code }) => municipalities().has(code))
}

/** The code that was chosen; empty where none was. */
export function receiverIn(form: Form): string {
  const suggested = form.one('suggested')
  return suggested === '' || suggested === another ? form.one('authority') : suggested
}

export function receiverFaults(say: Say, whole: Case, form: Form): readonly Fault[] {
  const [suggested, listed] = [form.one('suggested'), form.one('authority')]
  const isTwo = suggested !== '' && suggested !== another && listed !== '' && listed !== suggested
  if (isTwo) {
    const text = say({
      da: 'Du har valgt to kommuner. Vælg én af dem.',
      en: 'You have chosen two municipalities. Choose one of them.',
    })
    return [{ id: 'suggested', text }]
  }
  if (municipalities().has(receiverIn(form))) return []
  const isAmong = suggestedIn(whole).length > 0 && suggested !== another
  const text = say({ da: 'Vælg en kommune', en: 'Choose a municipality' })
  return [{ id: isAmong ? 'suggested' : 'authority', text }]
}

export function receiverPart(say: Say, whole: Case, given: Given): Part {
  const { form } = given
  const suggested = suggestedIn(whole)
  const which = say({ da: 'Til hvilken kommune?', en: 'To which municipality?' })
  if (suggested.length === 0) return listPart(say, whole, which, given)
  // What the rules say is chosen beforehand; what is only likely is not.
  const certain = suggested.find((each) => each.certain)?.code
  const value = form?.one('suggested') ?? certain
  const options = suggested.map(({ code, why }) => ({
    value: code,
    text: `${municipalities().get(code)} (${code})`,
    hint: why.map(({ text }) => say(text)).join('. '),
  }))
  const other = {
    value: another,
    text: say({ da: 'En anden kommune', en: 'Another municipality' }),
    hint: say({ da: 'Vælg den på listen herunder', en: 'Choose it in the list below' }),
  }
  const choice = radios(say, {
    ...{ id: 'suggested', name: 'suggested', label: which },
    error: faultAt(given.faults ?? [], 'suggested'),
    options: [...options, other],
    ...(value !== undefined && { value }),
  })
  const label = say({ da: 'En anden kommune', en: 'Another municipality' })
  return html`${choice}${listPart(say, whole, label, given)}`
}

/** All but the one that has it. */
function listPart(say: Say, { incident }: Case, label: string, { form, faults = [] }: Given): Part {
  const value = form?.one('authority')
  const options = [...municipalities()]
    .filter(([code]) => code !== incident.authority.code)
    .sort(([, a], [, b]) => a.localeCompare(b, 'da'))
    .map(([code, name]) => ({ value: code, text: `${name} (${code})` }))
  return select(say, {
    ...{ id: 'authority', name: 'authority', label, options },
    error: faultAt(faults, 'authority'),
    nothing: say({ da: 'Vælg', en: 'Choose' }),
    ...(value !== undefined && { value }),
  })
}
