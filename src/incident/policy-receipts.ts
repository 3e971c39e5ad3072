/** The receipts of policies, 9040 to 9044; part of the one table of receipts. */

import type { Receipt } from '#incident/receipt.ts'

export const policyReceipts = {
  9040: {
    source: 'inferred',
    text: {
      da: 'Kommunen har ikke det regelsæt eller den version',
      en: 'The municipality has no such policy or version',
    },
  },
  9041: {
    source: 'inferred',
    text: { da: 'Regelsættet kan ikke bruges: %1%', en: 'The policy cannot be used: %1%' },
  },
  9042: {
    source: 'inferred',
    text: {
      da: 'Et regelsæt skal slås til af en anden end den, der har skrevet versionen',
      en: 'A policy must be switched on by somebody else than the one who wrote the version',
    },
  },
  9043: {
    source: 'inferred',
    text: {
      da: 'Der skal træffes afgørelse for alle personer på én gang',
      en: 'It must be decided for all persons at once',
    },
  },
} as const satisfies { readonly [number: number]: Receipt }
