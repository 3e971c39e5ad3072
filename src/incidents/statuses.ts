/** What a person whose status bars an incident is told; shared by the types (rules 4.2). */

import type { StatusMatrix } from '#incident/define.ts'

/** ST-1: says nothing of why, so that a death is not disclosed to a third party. */
export const goneFrom = {
  number: 9100,
  text: {
    da: 'Hændelsen kan ikke anmeldes digitalt for denne person. Kontakt kommunen.',
    en: 'The incident cannot be reported digitally for this person. Contact the municipality.',
  },
}

export const useCurrentNumber = {
  number: 9101,
  text: {
    da: 'Personnummeret er ikke længere i brug. Anmeld hændelsen på personens nuværende nummer.',
    en: 'This personal number is no longer in use. Use the current number of the person.',
  },
}

export const askCaseWorker = {
  number: 9102,
  text: {
    da: 'Hændelsen skal behandles af en sagsbehandler. Kontakt kommunen.',
    en: 'The incident must be handled by a case worker. Contact the municipality.',
  },
}

export const throughGreenland = {
  number: 9113,
  text: {
    da: 'Personen er registreret i Grønland. Flytningen anmeldes gennem den grønlandske kommune.',
    en: 'The person is registered in Greenland. Report the move through the Greenlandic municipality.',
  },
}

/** What authorities register about a number wherever its person is, dead too: not where it is gone. */
export const whereverNumberIsUsed = {
  '01': 'yes',
  '03': 'yes',
  '05': 'yes',
  '07': 'yes',
  '10': goneFrom,
  '20': 'yes',
  '30': useCurrentNumber,
  '50': useCurrentNumber,
  '60': useCurrentNumber,
  '70': 'yes',
  '80': 'yes',
  '90': 'yes',
} as const satisfies StatusMatrix
