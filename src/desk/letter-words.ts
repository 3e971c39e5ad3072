/** What kinds of letters there are, and what became of one: on its list and on its case alike. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { OutboxPage } from '#client/index.ts'
import { paths } from '#desk/paths.ts'
import type { Worker } from '#desk/worker.ts'
import { buttonLink } from '#web/parts/actions.ts'
import type { Say } from '#web/say.ts'

type Letter = OutboxPage['items'][number]
export type Delivery = Letter['delivery']
export type Kind = Letter['kind']

export const deliveryTexts: { readonly [D in Delivery]: Text } = {
  waiting: { da: 'Venter på levering', en: 'Waiting for delivery' },
  delivered: { da: 'Leveret', en: 'Delivered' },
  undeliverable: {
    da: 'Skal sendes på papir',
    en: 'To be sent on paper',
  },
  failed: { da: 'Kunne ikke leveres', en: 'Could not be delivered' },
  printed: { da: 'Sendt på papir', en: 'Sent on paper' },
  earlier: {
    da: 'Ældre end udbakken: det vides ikke',
    en: 'Older than the outbox: not known',
  },
}

export const kindTexts: { readonly [K in Kind]: Text } = {
  'hearing-question': { da: 'Høring', en: 'Hearing' },
  'hearing-to-reporter': { da: 'Høring: til anmelderen', en: 'Hearing: to the reporter' },
  'hearing-reminder': { da: 'Rykker', en: 'Reminder' },
  'hearing-silence': { da: 'Svar mangler', en: 'Answer missing' },
  'hearing-answered': { da: 'Svar er kommet', en: 'Answer is in' },
  'hearing-ended': { da: 'Høring afsluttet', en: 'Hearing ended' },
  approved: { da: 'Godkendelse', en: 'Approval' },
  rejected: { da: 'Afslag', en: 'Rejection' },
  returned: { da: 'Til rettelse', en: 'To be amended' },
  forwarded: { da: 'Sendt videre', en: 'Forwarded' },
  undone: { da: 'Afgørelse taget tilbage', en: 'Decision taken back' },
  'protection-ends': { da: 'Beskyttelse ophører', en: 'Protection ends' },
}

/** Whether nobody gets it unless a person sends it. */
export function asksForHand(delivery: Delivery): boolean {
  return delivery === 'undeliverable' || delivery === 'failed'
}

/** Whether its receiver has it, or is about to by the post. */
export function isSent(delivery: Delivery): boolean {
  return delivery === 'delivered' || delivery === 'printed'
}

export function deliveryMark(say: Say, delivery: Delivery): Part {
  const text = say(deliveryTexts[delivery])
  return asksForHand(delivery)
    ? html`<strong class="desk-mark desk-mark-warning">${text}</strong>`
    : html`<span class="desk-by">${text}</span>`
}

export function heldText({ by }: NonNullable<Letter['held']>): Text {
  return by === undefined
    ? { da: 'bliver leveret nu', en: 'is being delivered now' }
    : { da: `udskrives af ${by}`, en: `is being printed by ${by}` }
}

/** The letters that stand so, of all cases; named where there are others beside. */
export function lettersLink({ say, language }: Worker, delivery: Delivery, isAlone: boolean): Html {
  const text = say({ da: 'Til brevene', en: 'To the letters' })
  return buttonLink(
    paths.letters(language, { delivery }),
    isAlone ? text : `${text}: ${say(deliveryTexts[delivery])}`,
    'secondary',
  )
}
