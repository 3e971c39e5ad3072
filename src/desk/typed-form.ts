/**
 * A form on which a case worker writes: what comes when nobody, or somebody else than it was shown
 * to, is signed in there is not carried out, and is kept for whoever typed it.
 */

import { type Html, html, type Part } from '#base/html.ts'
import { form } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

/** By its class the script of a page knows what to send to be kept when the session ends. */
export function typedForm(to: string, body: Part): Html {
  return form(to, body, { class: 'site-typed' })
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
