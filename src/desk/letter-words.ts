/** What kinds of letters there are, and what became of one, in words. Knows no page. */

import type { Text } from '#base/text.ts'
import type { OutboxPage } from '#client/index.ts'

type Letter = OutboxPage['items'][number]
export type Delivery = Letter['delivery']
export type Kind = Letter['kind']

export const deliveryTexts: { readonly [D in Delivery]: Text } = {
  waiting: { da: 'Venter på levering', en: 'Waits for delivery' },
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
