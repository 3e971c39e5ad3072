/** The data of CPR-loven § 20, each present or said to be unknown (IMM-5), and the fact they make. */

import type { Fields, Values } from '#incident/fields.ts'
import { fiveLines, lineLengthMax, linesOf } from '#incidents/parts.ts'
import { civilStatuses } from '#register/codes.ts'
import type { Entry } from '#register/fact.ts'

const { line2, line3, line4, line5 } = fiveLines('UDLANDSADR')
const { U, G, F, E, P, O, L } = civilStatuses
/** Names, and birth dates where they are known. */
const relativesMax = 340

const relatives = {
  kind: 'text',
  lengthMax: relativesMax,
  orUnknown: true,
  hint: {
    da: 'Navn og fødselsdato, eller »ingen«. Den, der har et dansk personnummer, skal ikke nævnes.',
    en: 'Name and birth date, or “none”. Whoever has a Danish number need not be named.',
  },
} as const

/** Name, sex and birth date are what the register has under the number, which is kept (IMM-3). */
export const entryFields = {
  country: {
    kind: 'code',
    digits: 4,
    list: 'country',
    wire: 'INDR_LANDEKOD',
    orUnknown: true,
    label: { da: 'Kommer fra', en: 'Comes from' },
  },
  line1: {
    kind: 'text',
    lengthMax: lineLengthMax,
    wire: 'UDLANDSADR1',
    orUnknown: true,
    label: { da: 'Sidste adresse i udlandet, linje 1', en: 'Last address abroad, line 1' },
  },
  ...{ line2, line3, line4, line5 },
  citizenship: {
    kind: 'code',
    digits: 4,
    list: 'country',
    wire: 'SB_LANDEKOD',
    orUnknown: true,
    label: { da: 'Statsborger i', en: 'Citizen of' },
  },
  birthRegisteredIn: {
    kind: 'text',
    lengthMax: 34,
    wire: 'FOEDREGSTED',
    orUnknown: true,
    label: { da: 'Fødselsregistreringssted', en: 'Place of birth registration' },
  },
  civilStatus: {
    kind: 'choice',
    wire: 'CIVST',
    orUnknown: true,
    label: { da: 'Civilstand', en: 'Civil status' },
    options: {
      U: { wire: 'U', text: U },
      G: { wire: 'G', text: G },
      F: { wire: 'F', text: F },
      E: { wire: 'E', text: E },
      P: { wire: 'P', text: P },
      O: { wire: 'O', text: O },
      L: { wire: 'L', text: L },
    },
  },
  civilStatusOn: {
    kind: 'date',
    wire: 'CIVSTDTO',
    orUnknown: true,
    label: { da: 'Civilstandens dato', en: 'Date of the civil status' },
    hint: { da: 'For ugifte fødselsdatoen', en: 'Of the unmarried the birth date' },
  },
  civilStatusAuthority: {
    kind: 'text',
    lengthMax: 34,
    wire: 'CIVSTMYN',
    orUnknown: true,
    label: { da: 'Civilstandens myndighed', en: 'Authority of the civil status' },
  },
  church: {
    kind: 'choice',
    wire: 'FKIRK',
    orUnknown: true,
    label: { da: 'Folkekirken', en: 'The national church' },
    options: {
      member: { wire: 'F', text: { da: 'Medlem', en: 'Member' } },
      'no-member': { wire: 'U', text: { da: 'Ikke medlem', en: 'No member' } },
    },
  },
  spouse: {
    ...relatives,
    wire: 'AEGTEF',
    label: { da: 'Ægtefælle uden personnummer', en: 'Spouse without a Danish number' },
  },
  parents: {
    ...relatives,
    wire: 'FORAELDRE',
    label: { da: 'Forældre uden personnummer', en: 'Parents without a Danish number' },
  },
  children: {
    ...relatives,
    wire: 'BOERN',
    label: { da: 'Børn uden personnummer', en: 'Children without a Danish number' },
  },
  nordicNumber: {
    kind: 'text',
    lengthMax: 20,
    wire: 'NORDPNR',
    optional: true,
    label: { da: 'Nordisk personnummer', en: 'Nordic number' },
    hint: {
      da: 'Kræves af den, der kommer fra et nordisk land; skriv ?, hvis det er ukendt',
      en: 'Needed from a Nordic country; write ? if it is unknown',
    },
  },
  formerMunicipality: {
    kind: 'text',
    lengthMax: 34,
    wire: 'NORDKOM',
    optional: true,
    label: { da: 'Fraflytningskommune i Norden', en: 'Nordic municipality that was left' },
    hint: {
      da: 'Kræves af den, der kommer fra et nordisk land; skriv ?, hvis den er ukendt',
      en: 'Needed from a Nordic country; write ? if it is unknown',
    },
  },
} as const satisfies Fields

export function entryOf(values: Values<typeof entryFields>): Entry {
  const { nordicNumber, formerMunicipality } = values
  return {
    country: values.country,
    lastAddress: linesOf(values),
    citizenship: values.citizenship,
    birthRegisteredIn: values.birthRegisteredIn,
    civilStatus: values.civilStatus,
    civilStatusOn: values.civilStatusOn,
    civilStatusAuthority: values.civilStatusAuthority,
    church: values.church,
    spouse: values.spouse,
    parents: values.parents,
    children: values.children,
    ...(nordicNumber !== undefined && { nordicNumber }),
    ...(formerMunicipality !== undefined && { formerMunicipality }),
  }
}
