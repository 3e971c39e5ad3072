/**
 * What a log reviewer had on the screen, as versions in the form: nobody judges, asks or signs what
 * they have not seen, and is told what of it is another one by now.
 */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { LogReview, ReviewedLookUp } from '#client/index.ts'
import { progressOf } from '#desk/review-words.ts'
import type { Form } from '#web/form.ts'
import { hidden } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

/** Of a review: its version, and that of each look-up. */
export function seenReview({ version, looks }: LogReview): Html {
  return fields(version, looks.map((look) => look.version).join(' '))
}

/** Each look-up that is another one since, as it stands now. */
function reviewChanges(sent: Form, { looks }: LogReview): readonly Text[] {
  const before = sent.one('seen').split(' ')
  return looks
    .filter(({ version }, at) => before[at] !== String(version))
    .map((look) => {
      const now = progressOf(look)
      return {
        da: `Opslag ${look.number}: ${now.da.toLowerCase()}`,
        en: `Look-up ${look.number}: ${now.en.toLowerCase()}`,
      }
    })
}

const parts = [
  {
    of: ({ question }: ReviewedLookUp) => question,
    text: { da: 'spørgsmålet', en: 'the question' },
  },
  {
    of: ({ answer }: ReviewedLookUp) => answer,
    text: { da: 'sagsbehandlerens svar', en: "the case worker's answer" },
  },
  {
    of: ({ judgement }: ReviewedLookUp) => judgement,
    text: { da: 'vurderingen', en: 'the judgement' },
  },
] as const

/** The same of one look-up: when it was asked, answered and judged. */
export function seenLook(look: ReviewedLookUp): Html {
  return fields(look.version, parts.map(({ of }) => of(look)?.at ?? '').join(' '))
}

function lookChanges(sent: Form, look: ReviewedLookUp): readonly Text[] {
  const before = sent.one('seen').split(' ')
  return parts.filter(({ of }, at) => before[at] !== (of(look)?.at ?? '')).map(({ text }) => text)
}

function fields(version: number, seen: string): Html {
  return html`${hidden('version', String(version))}${hidden('seen', seen)}`
}

/** What is new since the form was shown; nothing where nothing is, or where none was sent. */
export function changedPart(
  say: Say,
  sent: Form | undefined,
  now: LogReview | ReviewedLookUp,
): Part {
  if (sent === undefined) return ''
  const changes = 'looks' in now ? reviewChanges(sent, now) : lookChanges(sent, now)
  if (changes.length === 0) return ''
  const heading = say({
    da: 'Kontrollen er ændret, siden du åbnede siden. Intet er gemt.',
    en: 'The review has changed since you opened the page. Nothing has been saved.',
  })
  const body = html`<p class="alert-text">${say({ da: 'Ændret er:', en: 'What has changed:' })}</p><ul>${changes.map((text) => html`<li>${say(text)}</li>`)}</ul>`
  return html`<div role="alert">${alert(say, 'warning', { heading, body })}</div>`
}

/** The version that the form was about; none of ours has none. */
export function versionIn(sent: Form): number {
  return Number(sent.one('version')) || 1
}
