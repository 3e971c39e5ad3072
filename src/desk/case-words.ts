/** What is said of a case in the queue and on its page alike. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Incident, PendingItem } from '#client/index.ts'
import type { Say } from '#web/say.ts'

export const sayCase = { person, marks, pnr }

/** The name with the number, and a mark that is seen and read out where the person is protected. */
function person(say: Say, item: PendingItem): Html {
  const { name, keys, nameAndAddressProtected } = item
  return html`${name} <span class="desk-pnr">${pnr(keys.pnr)}</span>${nameAndAddressProtected && protectedMark(say)}`
}

export function protectedMark(say: Say): Html {
  const text = say({ da: 'Navne- og adressebeskyttet', en: 'Name and address protected' })
  return html` <strong class="desk-mark desk-mark-protected">${text}</strong>`
}

function marks(say: Say, given: Incident['marks']): Part {
  if (given.length === 0) return ''
  const items = given.map(({ text }) => html`<li class="desk-mark">${say(text)}</li>`)
  return html`<ul class="desk-marks">${items}</ul>`
}

/** As it is written in Denmark: a hyphen after the date. */
function pnr(digits: string): string {
  return `${digits.slice(0, 6)}-${digits.slice(6)}`
}
