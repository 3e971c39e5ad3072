/** That a case is another one than what was on the screen, and in what. Knows no page. */

import { html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

export function changedAlert(say: Say, changed: readonly Text[]): Part {
  if (changed.length === 0) return ''
  const heading = say({
    da: 'Sagen er ændret, siden du åbnede den. Intet er afgjort.',
    en: 'The case has changed since you opened it. Nothing has been decided.',
  })
  const body = html`<p class="alert-text">${say({ da: 'Ændret er:', en: 'What has changed:' })}</p><ul>${changed.map((text) => html`<li>${say(text)}</li>`)}</ul><p class="alert-text">${say({ da: 'Se sagen igennem, og afgør den så igen.', en: 'Read the case through and then decide again.' })}</p>`
  return html`<div role="alert">${alert(say, 'warning', { heading, body })}</div>`
}
