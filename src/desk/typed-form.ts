/**
 * A form on which a case worker writes. It says who has it on the screen: what comes when nobody,
 * or somebody else, is signed in there is not carried out, and is kept for whoever typed it.
 */

import { type Html, html, type Part } from '#base/html.ts'
import { typistField } from '#desk/unsent.ts'
import type { Worker } from '#desk/worker.ts'
import { form, hidden } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

export function typedForm({ session }: Worker, to: string, body: Part): Html {
  return form(to, html`${hidden(typistField, session.personCode)}${body}`)
}

/** Said where what was typed before is back on the page. */
export function unsentAlert(say: Say): Html {
  const heading = say({
    da: 'Du blev logget af, før det her blev sendt. Intet er sket endnu.',
    en: 'You were signed out before this was sent. Nothing has happened yet.',
  })
  const text = say({
    da: 'Det, du skrev, står her igen. Se det igennem, og send det.',
    en: 'What you wrote is here again. Read it through, and send it.',
  })
  return html`<div role="status">${alert(say, 'info', { heading, body: html`<p class="alert-text">${text}</p>` })}</div>`
}
