/** What is said of a case in the queue and on its page alike. */

import { sayClock } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { type Incident, incidentTypes, type QueueItem } from '#client/index.ts'
import type { Flag, Waits } from '#desk/view.ts'
import { nothing } from '#web/parts/lists.ts'
import type { Say } from '#web/say.ts'

export const sayCase = { person, marks, flags, pnr, claim, isMine }

export const flagTexts: { readonly [F in Flag]: Text } = {
  late: { da: 'For sent anmeldt', en: 'Reported late' },
  children: { da: 'Børn', en: 'Children' },
  crowded: { da: 'For mange til boligen', en: 'Too many for the dwelling' },
  similar: { da: 'Lignende sag åben', en: 'Similar case open' },
  protected: { da: 'Navne- og adressebeskyttet', en: 'Name and address protected' },
}

export const waitTexts: { readonly [W in Waits]: Text } = {
  authority: { da: 'Afgørelse', en: 'A decision' },
  hearing: { da: 'Høringssvar', en: 'An answer to a hearing' },
  reporter: { da: 'Anmelderen', en: 'The reporter' },
}

export function titleOf(type: string): Text {
  const types: { readonly [name: string]: { readonly title: Text } } = incidentTypes
  return types[type]?.title ?? { da: type, en: type }
}

type Named = Pick<QueueItem, 'name' | 'nameAndAddressProtected'> & {
  readonly keys: Pick<QueueItem['keys'], 'pnr'>
}

/** The name with the number, and a mark that is seen and read out where the person is protected. */
function person(say: Say, { name, keys, nameAndAddressProtected }: Named): Html {
  return html`${name} <span class="desk-pnr">${pnr(keys.pnr)}</span>${nameAndAddressProtected && protectedMark(say)}`
}

export function protectedMark(say: Say): Html {
  return html` <strong class="desk-mark desk-mark-protected">${say(flagTexts.protected)}</strong>`
}

function marks(say: Say, given: Incident['marks']): Part {
  return markList(given.map(({ text }) => say(text)))
}

/** The flags, and those marks of the type that no flag says already. */
function flags(say: Say, { flags: given, marks: own }: Pick<QueueItem, 'flags' | 'marks'>): Part {
  const told = new Set(['late', 'child', 'minors-only'])
  const texts = own.filter(({ code }) => !told.has(code)).map(({ text }) => say(text))
  // The protected are marked at the name.
  const flagged = given.filter((flag) => flag !== 'protected').map((flag) => say(flagTexts[flag]))
  return flagged.length + texts.length === 0 ? nothing : markList([...flagged, ...texts])
}

function markList(texts: readonly string[]): Part {
  if (texts.length === 0) return ''
  return html`<ul class="desk-marks">${texts.map((text) => html`<li class="desk-mark">${text}</li>`)}</ul>`
}

type Claim = NonNullable<QueueItem['claim']>

/** A claim by the one who reads it is called so. */
function claim(say: Say, given: Claim, personCode: string): string {
  const until = sayClock(new Date(given.until))
  const who = isMine(given, personCode) ? { da: 'Dig', en: 'You' } : sameText(given.personCode)
  return say({ da: `${who.da}, til kl. ${until.da}`, en: `${who.en}, until ${until.en}` })
}

function sameText(text: string): Text {
  return { da: text, en: text }
}

function isMine(given: Claim | undefined, personCode: string): boolean {
  return given?.personCode === personCode
}

/** As it is written in Denmark: a hyphen after the date. */
function pnr(digits: string): string {
  return `${digits.slice(0, 6)}-${digits.slice(6)}`
}
