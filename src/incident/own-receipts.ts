/**
 * The receipts whose numbers are ours: what CPR has published no number for, from 9000 to 9099.
 * It knows no rule of an incident type; those number from 9100.
 */

import type { Receipt } from '#incident/receipt.ts'

/** `%1%` stands for what was sent, as in CPR's own table. */
export const ownReceipts = {
  9000: {
    source: 'inferred',
    text: { da: 'Meddelelsen kan ikke læses', en: 'The message cannot be read' },
  },
  9001: {
    source: 'inferred',
    text: {
      da: 'Systemet eller hændelsestypen kendes ikke',
      en: 'The system or the incident type is unknown',
    },
  },
  9002: {
    source: 'inferred',
    text: {
      da: 'Handlingen er ikke mulig, som hændelsen står nu',
      en: 'The action is not possible as the incident now stands',
    },
  },
  9003: {
    source: 'inferred',
    text: {
      da: 'Hændelsen kendes ikke, eller dens tid er udløbet',
      en: 'The incident is unknown, or its time is over',
    },
  },
  9004: {
    source: 'inferred',
    text: {
      da: 'Der er en fejl hos os. Prøv igen, og oplys reference %1%, hvis det bliver ved.',
      en: 'There is a fault at our end. Try again, and quote reference %1% if it keeps happening.',
    },
  },
  9005: {
    source: 'inferred',
    text: {
      da: 'Oplysningerne er ikke dem, der blev valideret',
      en: 'The data are not the ones that were validated',
    },
  },
  9006: {
    source: 'inferred',
    text: {
      da: 'Der er for mange påbegyndte hændelser. Afslut eller fortryd nogle af dem først.',
      en: 'Too many incidents have been started. Finish or cancel some of them first.',
    },
  },
  9060: {
    source: 'inferred',
    text: {
      da: 'Der er prøvet for meget om en person med navne- og adressebeskyttelse. Prøv igen om et døgn, eller kontakt kommunen.',
      en: 'Too many attempts were made about a person with name and address protection. Try again after a day, or contact the municipality.',
    },
  },
  9007: {
    source: 'inferred',
    severity: 'warning',
    text: {
      da: 'Personen har allerede en indberetning, der venter på kommunens afgørelse',
      en: 'The person already has a report waiting for the municipality’s decision',
    },
  },
  9008: {
    source: 'inferred',
    text: {
      da: 'Skriv en begrundelse på højst 1.000 tegn',
      en: 'Give a reason of at most 1,000 characters',
    },
  },
  9009: {
    source: 'inferred',
    text: {
      da: 'Hændelsen hører nu under en anden kommune og er sendt videre dertil',
      en: 'The incident now belongs to another municipality and has been forwarded there',
    },
  },
  9010: {
    source: 'inferred',
    text: { da: '%1% skal udfyldes', en: '%1% must be filled in' },
  },
  9011: {
    source: 'inferred',
    text: {
      da: '%1% må højst have %2% tegn. Der er skrevet %3%.',
      en: '%1% may have at most %2% characters. %3% were sent.',
    },
  },
  9012: {
    source: 'inferred',
    text: {
      da: '%1% skal være en af disse: %2%',
      en: '%1% must be one of these: %2%',
    },
  },
  9013: {
    source: 'inferred',
    text: {
      da: '%1% må højst have %2% personer. Der er %3%.',
      en: '%1% may have at most %2% persons. %3% were sent.',
    },
  },
  9014: {
    source: 'inferred',
    text: { da: 'Samme person står flere gange i %1%', en: 'A person is repeated in %1%' },
  },
  9015: {
    source: 'inferred',
    text: {
      da: '%1% skal være et tal fra 1 til 999, eventuelt med et bogstav, som 12A',
      en: '%1% must be a number from 1 to 999, possibly with a letter, as 12A',
    },
  },
  9016: {
    source: 'inferred',
    text: {
      da: '%1% skal være st, kl, k2 til k9 eller 1 til 99',
      en: '%1% must be st, kl, k2 to k9, or 1 to 99',
    },
  },
  9017: {
    source: 'inferred',
    text: {
      da: '%1% skal være tv, mf, th eller højst fire tal og bogstaver',
      en: '%1% must be tv, mf, th, or at most four digits and letters',
    },
  },
  9018: {
    source: 'inferred',
    text: {
      da: '%1% må ikke begynde eller slutte med mellemrum eller have to i træk',
      en: '%1% must not begin or end with a space, or have two in a row',
    },
  },
  9019: {
    source: 'inferred',
    text: {
      da: '%1% skal have %2% cifre',
      en: '%1% must have %2% digits',
    },
  },
  9020: {
    source: 'inferred',
    text: {
      da: 'Myndighed %1% er ikke en dansk kommune, der kan modtage indberetningen',
      en: 'Authority %1% is not a Danish municipality that can receive the report',
    },
  },
  9021: {
    source: 'inferred',
    text: {
      da: 'Der er for travlt lige nu. Prøv igen om et øjeblik.',
      en: 'We are too busy right now. Try again in a moment.',
    },
  },
  9022: {
    source: 'inferred',
    text: {
      da: 'Registret kan ikke nås lige nu. Gentag det samme om et øjeblik.',
      en: 'The register cannot be reached right now. Repeat the same in a moment.',
    },
  },
  9023: {
    source: 'inferred',
    text: {
      da: 'Der mangler svar, før hændelsen kan godkendes: %1%',
      en: 'Answers are missing before the incident can be approved: %1%',
    },
  },
  9024: {
    source: 'inferred',
    text: {
      da: 'Hændelsen skal bekræftes af en anden end den, der har indberettet den',
      en: 'The incident must be confirmed by somebody else than the one who reported it',
    },
  },
  9025: {
    source: 'inferred',
    text: {
      da: 'Personen er ikke med i hændelsen, eller der er truffet afgørelse for personen',
      en: 'The person is not part of the incident, or has been decided on already',
    },
  },
  9026: {
    source: 'inferred',
    text: {
      da: '%1% skal være et helt tal fra 1 til %2%',
      en: '%1% must be a whole number from 1 to %2%',
    },
  },
  9027: {
    source: 'inferred',
    text: { da: '%1% skal være %2%', en: '%1% must be %2%' },
  },
  9028: {
    source: 'inferred',
    text: { da: 'Handlingen %1% kendes ikke', en: 'The action %1% is unknown' },
  },
  9030: {
    source: 'inferred',
    text: { da: 'Høringen kendes ikke', en: 'The hearing is unknown' },
  },
  9031: {
    source: 'inferred',
    text: {
      da: 'Høringen er besvaret eller afsluttet',
      en: 'The hearing has been answered or has ended',
    },
  },
  9033: {
    source: 'inferred',
    text: {
      da: '%1% skal udfyldes; skriv ?, hvis det er ukendt',
      en: '%1% must be filled in; write ? if it is unknown',
    },
  },
  9034: {
    source: 'inferred',
    text: {
      da: '%1% skal være et klokkeslæt, for eksempel 09:30',
      en: '%1% must be a time of day, for example 09:30',
    },
  },
  9035: {
    source: 'inferred',
    text: {
      da: 'Den beskyttelse eller anden sag, der blev ønsket samtidig, skal afgøres først',
      en: 'The protection or other case that was wished with it must be decided first',
    },
  },
  9036: {
    source: 'inferred',
    text: {
      da: 'Ønsket kan ikke føjes til en sag, der er gemt. Søg om det for sig.',
      en: 'The wish cannot be added to a case that is saved. Apply for it separately.',
    },
  },
  9075: {
    source: 'inferred',
    text: { da: 'Det gemte findes ikke', en: 'There is no such deposit' },
  },
  9076: {
    source: 'inferred',
    text: {
      da: 'Det gemte er ændret i mellemtiden. Hent det, og prøv igen.',
      en: 'The deposit has changed in the meantime. Fetch it and try again.',
    },
  },
  9077: {
    source: 'inferred',
    text: {
      da: 'Der er gemt for meget. Fjern noget først.',
      en: 'Too much is stored. Remove something first.',
    },
  },
  9078: {
    source: 'inferred',
    text: {
      da: 'Udløbet skal ligge fra nu til %1% dage frem',
      en: 'The expiry must be between now and %1% days ahead',
    },
  },
  9070: {
    source: 'inferred',
    text: {
      da: 'Der kommer for mange kald. Prøv igen om %1% sekunder.',
      en: 'Too many calls. Try again in %1% seconds.',
    },
  },
  9079: {
    source: 'inferred',
    text: {
      da: 'Den, der handler for en anden, skal være en anden person, være fyldt 15 år og være i live',
      en: 'Whoever acts for another must be somebody else, 15 or older, and alive',
    },
  },
  9080: {
    source: 'inferred',
    text: { da: 'På vegne af %1% handler %2%', en: 'On behalf of %1% acts %2%' },
  },
  9081: {
    source: 'inferred',
    text: {
      da: 'Personen er ikke et barn under 18 år, som du har forældremyndigheden over',
      en: 'The person is not a child under 18 of whom you have custody',
    },
  },
  9071: {
    source: 'inferred',
    text: {
      da: 'Personkoden har påbegyndt for mange hændelser. Afslut eller fortryd nogle af dem først.',
      en: 'The person code has started too many incidents. Finish or cancel some of them first.',
    },
  },
  9072: {
    source: 'inferred',
    text: {
      da: 'Personkoden har for mange hændelser, der venter på afgørelse. Prøv igen senere.',
      en: 'Too many incidents of the person code are waiting for a decision. Try again later.',
    },
  },
  9073: {
    source: 'inferred',
    text: {
      da: 'Der er for mange indberetninger om personen, der venter på afgørelse',
      en: 'Too many reports about the person are waiting for a decision',
    },
  },
} as const satisfies { readonly [number: number]: Receipt }
