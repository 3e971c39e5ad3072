/** Receipts about the life of a saved incident: withdrawn, returned, forwarded, undone. Ours, all. */

import type { Receipt } from '#incident/receipt.ts'

export const lifeReceipts = {
  9045: {
    source: 'inferred',
    text: {
      da: 'Der er ingen afgørelse, som stadig kan fortrydes',
      en: 'There is no decision that can still be undone',
    },
  },
  9046: {
    source: 'inferred',
    text: {
      da: 'Der er registreret noget nyere om personen. Ret eller annuller i stedet.',
      en: 'Something newer has been registered about the person. Correct or annul instead.',
    },
  },
  9047: {
    source: 'inferred',
    text: {
      da: 'Der er ikke truffet afgørelse for personen i denne hændelse',
      en: 'The person has not been decided on in this incident',
    },
  },
  9048: {
    source: 'inferred',
    text: {
      da: 'Afgørelsen gav et nyt personnummer, som er i brug. Et nummer annulleres af CPR-kontoret.',
      en: 'The decision gave a new number, which is in use. The CPR Office annuls numbers.',
    },
  },
  9049: {
    source: 'inferred',
    text: {
      da: 'Der er truffet afgørelse for nogle af personerne',
      en: 'Some of the persons have been decided on',
    },
  },
  9050: {
    source: 'inferred',
    text: {
      da: 'Nævn de felter, der skal rettes, blandt disse: %1%',
      en: 'Name the fields that are to be amended, of these: %1%',
    },
  },
  9051: {
    source: 'inferred',
    text: {
      da: 'Myndighed %1% kan ikke overtage hændelsen',
      en: 'Authority %1% cannot take the incident over',
    },
  },
  9053: {
    source: 'inferred',
    text: {
      da: '%1% arbejder på sagen, som er reserveret til kl. %2%',
      en: '%1% works on the case, which is reserved until %2%',
    },
  },
  9054: {
    source: 'inferred',
    text: {
      da: 'Sagen er ændret, siden du så den. Se, hvad der er nyt, og prøv igen.',
      en: 'The case has changed since you saw it. See what is new and try again.',
    },
  },
  9084: {
    source: 'inferred',
    text: {
      da: 'Sagen blev i mellemtiden godkendt af %1% den %2%',
      en: 'The case has meanwhile been approved by %1% on %2%',
    },
  },
  9085: {
    source: 'inferred',
    text: {
      da: 'Sagen blev i mellemtiden afvist af %1% den %2%',
      en: 'The case has meanwhile been rejected by %1% on %2%',
    },
  },
  9055: {
    source: 'inferred',
    text: {
      da: 'Skriv et notat på højst %1% tegn',
      en: 'Write a note of at most %1% characters',
    },
  },
} as const satisfies { readonly [number: number]: Receipt }
