/**
 * Whom a page was shown to: each of its forms says so, and what one of them sends is never carried
 * out in the name of whoever has signed in at that browser since. Knows no program and no session.
 */

import { attributes, type Html, html } from '#base/html.ts'
import type { Form } from '#web/form.ts'

export type ShownTo = {
  /** A name by which a form may call whoever has these cookies; undefined for nobody. */
  readonly nameOf: (cookies: string | undefined) => string | undefined
  /** What was shown to somebody else is refused before all else; the program looks where left out. */
  readonly refusesOthers?: true
}

const name = 'shown-to'

/** Stands in every form, and is filled where its page is sent: no page can forget it. */
export const shownToSlot: Html = field('')
const slot = shownToSlot.toString()

/** Nothing that anybody wrote reads as the slot: in a page it is escaped. */
export function sayShownTo(page: string, whom: string): string {
  return page.replaceAll(slot, () => field(whom).toString())
}

/** Whom the page of a form was shown to; empty for nobody. */
export function shownToOf(sent: Form): string {
  return sent.one(name)
}

/** Whether it was shown to somebody, and somebody else is signed in. */
export function isOthers(sent: Form, visitor: string | undefined): boolean {
  const whom = shownToOf(sent)
  return whom !== '' && visitor !== undefined && whom !== visitor
}

function field(value: string): Html {
  return html`<input type="hidden"${attributes({ name, value })}>`
}
