/** What a page says beside its content: what is wrong, what to know, what went well. */

import { attributes, type Html, html, type Part } from '#base/html.ts'
import type { IconName } from '#web/icon-names.ts'
import { icon } from '#web/icons.ts'
import type { Say } from '#web/say.ts'

export type AlertKind = 'info' | 'success' | 'warning' | 'error'

const kinds = {
  info: { name: 'info', label: { da: 'Information', en: 'Information' } },
  success: { name: 'success', label: { da: 'Udført', en: 'Done' } },
  warning: { name: 'warning', label: { da: 'Advarsel', en: 'Warning' } },
  error: { name: 'error', label: { da: 'Fejl', en: 'Error' } },
} as const satisfies {
  readonly [K in AlertKind]: { readonly name: IconName; readonly label: object }
}

type Alert = { readonly heading: string; readonly body?: Part; readonly level?: 2 | 3 }

export function alert(say: Say, kind: AlertKind, { heading, body, level = 2 }: Alert): Html {
  const { name, label } = kinds[kind]
  const title =
    level === 2
      ? html`<h2 class="alert-heading">${heading}</h2>`
      : html`<h3 class="alert-heading">${heading}</h3>`
  const text = typeof body === 'string' ? html`<p class="alert-text">${body}</p>` : body
  return html`<div class="alert alert-${kind}">${icon(name, { class: 'alert-icon', label: say(label) })}<div class="alert-body">${title}${text}</div></div>`
}

/** One thing that is wrong, with the control that it is about; none when it is about no control. */
export type Fault = { readonly id?: string | undefined; readonly text: string }

/** Everything that is wrong with what was sent, each with a link to where it is mended. */
export function errorSummary(say: Say, faults: readonly Fault[]): Html | undefined {
  if (faults.length === 0) return undefined
  const items = faults.map(({ id, text }) =>
    id === undefined
      ? html`<li>${text}</li>`
      : html`<li><a class="function-link" href="#${id}">${text}</a></li>`,
  )
  const given = { role: 'alert', tabindex: -1, 'data-module': 'error-summary' }
  const heading =
    faults.length === 1
      ? { da: 'Der er en fejl på siden', en: 'There is an error on the page' }
      : {
          da: `Der er ${faults.length} fejl på siden`,
          en: `There are ${faults.length} errors on the page`,
        }
  return html`<div class="alert alert-error site-error-summary" id="error-summary"${attributes(given)}>${icon('error', { class: 'alert-icon', label: say(kinds.error.label) })}<div class="alert-body"><h2 class="alert-heading">${say(heading)}</h2><ul>${items}</ul></div></div>`
}

/** The text at a control, of the first fault that is about it. */
export function faultAt(faults: readonly Fault[], id: string): string | undefined {
  return faults.find((fault) => fault.id === id)?.text
}
