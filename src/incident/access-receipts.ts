/**
 * The receipts of access: sign-on, passwords, and who may administer them; and of a door that
 * cannot be passed at all. Part of the table of receipts, and read there; knows no incident.
 */

import type { Receipt } from '#incident/receipt.ts'

export const accessReceipts = {
  900: { source: 'confirmed', text: { da: 'Signon udført', en: 'Signed on' } },
  901: {
    source: 'observed',
    text: { da: 'Token kendes ikke', en: 'The token is unknown, or its time is over' },
  },
  902: {
    source: 'observed',
    text: {
      da: 'Bruger-id er ikke defineret i sikkerhedssystemet',
      en: 'The person code is not defined in the security system',
    },
  },
  903: {
    source: 'observed',
    text: {
      da: 'Bruger-id er inaktivt i sikkerhedssystemet',
      en: 'The person code is inactive in the security system',
    },
  },
  904: {
    source: 'observed',
    text: {
      da: 'Ugyldig Bruger-id indtastet',
      en: 'Invalid person code entered',
    },
  },
  905: {
    source: 'confirmed',
    text: { da: 'Ugyldig kodeord indtastet', en: 'Invalid person code or password' },
  },
  906: {
    source: 'observed',
    text: { da: 'Dit kodeord er udløbet', en: 'Your password has expired and must be changed' },
  },
  907: {
    source: 'observed',
    text: { da: 'Begge kodeord skal være ens', en: 'Both passwords must be the same' },
  },
  908: {
    source: 'observed',
    text: { da: 'Det nye kodeord er ikke gyldigt', en: 'The new password is not valid' },
  },
  9065: {
    source: 'inferred',
    text: {
      da: 'Der er forsøgt med for mange forkerte kodeord fra denne adresse. Prøv igen kl. %1%.',
      en: 'Too many wrong passwords were tried from this address. Try again at %1%.',
    },
  },
  9066: {
    source: 'inferred',
    text: {
      da: 'Loginbeviset kan ikke bruges. Log ind igen på sikringsniveau Betydelig eller højere.',
      en: 'The proof of sign-in cannot be used. Sign in again at level Substantial or higher.',
    },
  },
  9082: {
    source: 'inferred',
    text: {
      da: 'Login hos en udbyder blev afvist',
      en: 'A sign-in at a provider was refused',
    },
  },
  9063: {
    source: 'inferred',
    text: {
      da: 'Registret er genskabt fra en sikkerhedskopi. Begynd forfra uden cursor, og sammenhold',
      en: 'The register was restored from a backup. Begin anew without a cursor, and compare',
    },
  },
  9067: {
    source: 'inferred',
    text: {
      da: 'Det er ikke muligt, som personkoden står nu, eller mens noget venter for den',
      en: 'That is not possible as the person code now stands, or while something is pending for it',
    },
  },
  9068: {
    source: 'inferred',
    text: {
      da: 'Det skal en anden administrator gøre',
      en: 'Another administrator must do that',
    },
  },
  9069: {
    source: 'inferred',
    severity: 'warning',
    text: {
      da: 'Kodeordet udløber %1%. Skift det inden.',
      en: 'The password expires on %1%. Change it before then.',
    },
  },
  9091: {
    source: 'inferred',
    text: {
      da: 'Skriv et formål, eller vælg et, men ikke begge dele',
      en: 'Write a purpose, or choose one, but not both',
    },
  },
  9093: {
    source: 'inferred',
    text: {
      da: 'Der er ikke noget at kalde med %1% på denne sti. Alle kald står i %2%',
      en: 'There is nothing to call with %1% at this path. All calls are listed in %2%',
    },
  },
  9094: {
    source: 'inferred',
    text: {
      da: 'Serveren er ved at stoppe og er ikke begyndt på dette. Send det samme igen om et øjeblik.',
      en: 'The server is stopping and has not begun on this. Send the same again in a moment.',
    },
  },
} as const satisfies { readonly [number: number]: Receipt }
