/** What is said of a log review on its pages: weeks, states, patterns. Knows no page. */

import { sayDay, sayInstant } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { LogReviewHead, ReviewItem } from '#client/index.ts'
import type { Say } from '#web/say.ts'

/** '2026-W47' as 'Uge 47, 2026'. */
export function sayWeek(week: string): Text {
  const [year, number = ''] = week.split('-W')
  return { da: `Uge ${Number(number)}, ${year}`, en: `Week ${Number(number)}, ${year}` }
}

export const actTexts: { readonly [A in ReviewItem['act']]: Text } = {
  'look-up': { da: 'Opslag', en: 'Look-up' },
  search: { da: 'Søgning', en: 'Search' },
  'read-case': { da: 'Åbnet sag', en: 'Case opened' },
  'list-queue': { da: 'Søgning i sagerne', en: 'Search among the cases' },
  'list-closed': { da: 'Søgning i afsluttede sager', en: 'Search among closed cases' },
  decide: { da: 'Afgørelse i egen sag', en: 'Decision in a case of their own' },
  initiate: { da: 'Påbegyndt anmeldelse, ikke sendt', en: 'Report started and not sent' },
}

export const connectionTexts: { readonly [C in ReviewItem['connection']]: Text } = {
  'worked-on': { da: 'Egen sag', en: 'A case of their own' },
  authority: { da: 'Myndighedens sag', en: 'A case of the authority' },
  none: { da: 'Ingen sag', en: 'No case' },
}

export const verdictTexts: { readonly [V in NonNullable<ReviewItem['verdict']>]: Text } = {
  fine: { da: 'I orden', en: 'Fine' },
  'not-fine': { da: 'Ikke i orden', en: 'Not fine' },
}

export function stateOf({ drawn, judged, due, signatures }: LogReviewHead): Text {
  if (signatures.length >= 2) return { da: 'Godkendt af to', en: 'Signed off by two' }
  if (due.overdue) return { da: 'Fristen er overskredet', en: 'Overdue' }
  if (signatures.length === 1) return { da: 'Mangler en underskrift', en: 'One more to sign' }
  return judged < drawn
    ? { da: 'Vurderes', en: 'Being judged' }
    : { da: 'Klar til godkendelse', en: 'Ready to be signed off' }
}

export function patternMarks(say: Say, { patterns }: Pick<ReviewItem, 'patterns'>): Html {
  return html`${patterns.map(({ text }) => html`<strong class="desk-mark desk-mark-warning">${say(text)}</strong> `)}`
}

/** How far one look-up is. */
export function progressOf({ verdict, answered, asked }: ReviewItem): Text {
  if (verdict !== undefined) return verdictTexts[verdict]
  if (answered) return { da: 'Besvaret', en: 'Answered' }
  return asked ? { da: 'Spurgt', en: 'Asked' } : { da: 'Ikke vurderet', en: 'Not judged' }
}

export function sayAt(say: Say, at: string): string {
  return say(sayInstant(new Date(at)))
}

export function sayDays(say: Say, { from, to }: Pick<LogReviewHead, 'from' | 'to'>): string {
  return `${say(sayDay(from))} – ${say(sayDay(to))}`
}
