/**
 * A form that came at a bad moment, kept on the page that says so: nothing of it is lost, and one
 * button sends it again, without a script. Knows no page and no program.
 */

import { type Html, html } from '#base/html.ts'
import type { Form } from '#web/form.ts'
import { actions, button, formAsIs, hidden } from '#web/parts/actions.ts'
import type { Say } from '#web/say.ts'

/** What was sent, and to where. */
export type KeptForm = { readonly to: string; readonly sent: Form }

/** A page shows no secret. */
const secret = /password/

/** What holds a secret cannot be sent again as it was: whoever sends it again writes it again. */
export function holdsSecret({ sent }: KeptForm): boolean {
  return sent.pairs.some(([name]) => secret.test(name))
}

/** Only for the browser that has just sent it, in answer to a post of our own. */
export function keptForm(say: Say, { to, sent }: KeptForm): Html {
  return formAsIs(to, html`${keptFields(sent)}${actions(button({ text: say(again) }))}`)
}

/** What was sent, unseen, without its secrets. */
export function keptFields({ pairs }: Form): readonly Html[] {
  return pairs.filter(([name]) => !secret.test(name)).map(([name, value]) => hidden(name, value))
}

const again = { da: 'Send igen', en: 'Send again' }
