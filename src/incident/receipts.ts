/**
 * Every receipt number that is not a rule of one incident type: its text in both languages and
 * where it comes from. `confirmed` texts are CPR's own in Danish; the others are ours.
 * Rules of incident types number from 9100 and stand in their own files.
 */

import type { Text } from '#base/text.ts'
import { accessReceipts } from '#incident/access-receipts.ts'
import { lifeReceipts } from '#incident/life-receipts.ts'
import { ownReceipts } from '#incident/own-receipts.ts'
import { policyReceipts } from '#incident/policy-receipts.ts'
import type { Receipt } from '#incident/receipt.ts'
import type { Refusal } from '#incident/refusal.ts'
import { reviewReceipts } from '#incident/review-receipts.ts'

/** `%1%` stands for what was sent, as in CPR's own table. */
export const receipts = {
  0: { source: 'observed', text: { da: '', en: '' } },
  4: {
    source: 'confirmed',
    text: {
      da: 'Myndighedskode %1% kan ikke findes',
      en: 'Authority code %1% cannot be found',
    },
  },
  5: {
    source: 'confirmed',
    text: {
      da: 'Myndigheden kan ikke foretage hændelsen',
      en: 'The authority cannot carry out the incident',
    },
  },
  16: {
    source: 'confirmed',
    text: { da: 'Forkert felt-reference', en: 'The incident has no such field' },
  },
  37: {
    source: 'inferred',
    text: { da: '%1% skal være numerisk', en: '%1% must consist of digits' },
  },
  40: {
    source: 'inferred',
    text: {
      da: '%1% skal være en gyldig dato',
      en: '%1% must be a valid date',
    },
  },
  52: {
    source: 'confirmed',
    text: {
      da: 'Personnummeret: MMDDÅÅÅÅ-NNNN er udfyldt forkert. Det skal være gyldigt.',
      en: 'The personal number is not filled in correctly. It must be valid.',
    },
  },
  60: {
    source: 'inferred',
    text: {
      da: '%1% indeholder tegn, som CPR ikke kan gemme: %2%',
      en: '%1% contains characters that CPR cannot keep: %2%',
    },
  },
  172: {
    source: 'confirmed',
    text: { da: 'Personen findes ikke i CPR', en: 'The person is not found in CPR' },
  },
  184: {
    source: 'confirmed',
    text: {
      da: 'Myndigheden %1% har ikke adgang til hændelsen',
      en: 'Authority %1% has no access to the incident',
    },
  },
  4455: {
    source: 'confirmed',
    text: {
      da: 'Den valgte myndighed kan ikke anvendes på hændelsen',
      en: 'The chosen authority cannot be used on the incident',
    },
  },
  4599: {
    source: 'confirmed',
    text: {
      da: 'Det er ikke tilladt at bruge landekode eller på vegne af under initiering af servicen',
      en: 'Country code and on-behalf keys are not allowed when the service is initiated',
    },
  },
  5404: {
    source: 'confirmed',
    text: {
      da: 'Nøglefelter må ikke ændres efter initiering',
      en: 'Keys must not be changed after initiation',
    },
  },
  ...accessReceipts,
  ...ownReceipts,
  ...lifeReceipts,
  ...policyReceipts,
  ...reviewReceipts,
} as const satisfies { readonly [number: number]: Receipt }

export type ReceiptNumber = keyof typeof receipts

/** The text of a receipt with its places filled in order. */
export function receiptText(number: ReceiptNumber, ...sent: readonly (string | Text)[]): Text {
  const { text } = receipts[number]
  return { da: fill(text.da, sent, 'da'), en: fill(text.en, sent, 'en') }
}

/** A refusal with a number of this table. */
export function refuse(
  number: ReceiptNumber,
  field?: string,
  ...sent: readonly (string | Text)[]
): Refusal {
  const { severity = 'error' }: Receipt = receipts[number]
  return { number, severity, field, text: receiptText(number, ...sent) }
}

/** A message that cannot be read (9000), and why; the reason repeats nothing of what was sent. */
export function refuseUnreadable(reason: Text, field?: string): Refusal {
  const { number, severity, text } = refuse(9000)
  const said = { da: `${text.da}: ${reason.da}`, en: `${text.en}: ${reason.en}` }
  return { number, severity, field, text: said }
}

function fill(text: string, sent: readonly (string | Text)[], language: 'da' | 'en'): string {
  return text.replace(/%(\d)%/g, (_, place: string) => {
    const value = sent[Number(place) - 1] ?? ''
    return typeof value === 'string' ? value : value[language]
  })
}
