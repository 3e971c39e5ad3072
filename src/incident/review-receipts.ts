/** The receipts of log reviews: 9029 and 9057 to 9059, 9088; part of the one table of receipts. */

import type { Receipt } from '#incident/receipt.ts'

export const reviewReceipts = {
  9029: {
    source: 'inferred',
    text: {
      da: 'Myndigheden har ingen sådan kontrol og intet sådant opslag i den',
      en: 'The authority has no such review, and no such look-up in it',
    },
  },
  9057: {
    source: 'inferred',
    text: { da: 'En anden skal gøre det: %1%', en: 'Somebody else must do it: %1%' },
  },
  9058: {
    source: 'inferred',
    text: { da: 'Det er ikke muligt nu: %1%', en: 'It is not possible now: %1%' },
  },
  9059: {
    source: 'inferred',
    text: {
      da: 'Skriv en tekst på højst %1% tegn',
      en: 'Write a text of at most %1% characters',
    },
  },
  9088: {
    source: 'inferred',
    text: {
      da: 'Kontrollen er ændret, siden du så den. Se, hvad der er nyt, og prøv igen.',
      en: 'The review has changed since you saw it. See what is new, and try again.',
    },
  },
} as const satisfies { readonly [number: number]: Receipt }
