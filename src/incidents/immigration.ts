/** The registration of an immigration (CPR-loven §§ 16, 20, 22), by the municipality moved to. */

import { addMonths, laterOf, type PlainDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { defineIncident } from '#incident/define.ts'
import { unknown } from '#incident/fields.ts'
import type { EarlierIncident, Situation } from '#incident/situation.ts'
import { addressFields, addressRules, asksAbout, residenceOf } from '#incidents/address-group.ts'
import { isCountry, isForeignCountry, isNordic, isNordicCitizenship } from '#incidents/countries.ts'
import { entryFields, entryOf } from '#incidents/immigration-data.ts'
import { beginningFields, beginningOf } from '#incidents/own-registration.ts'
import { goesToDanishMunicipality, stayFields } from '#incidents/parts.ts'
import { returnNotice } from '#incidents/return-notice.ts'
import { goneFrom, throughGreenland, useCurrentNumber } from '#incidents/statuses.ts'
import type { Fact } from '#register/fact.ts'
import { statusFrom } from '#register/status.ts'

/** CPR-loven § 16: only a stay of more than three months is registered. */
const monthsMin = 3

const residentAlready = {
  number: 9400,
  text: {
    da: 'Personen er bopælsregistreret i Danmark allerede. En flytning anmeldes for sig.',
    en: 'The person is resident in Denmark already. A move is reported separately.',
  },
}

const disappeared = {
  number: 9401,
  text: {
    da: 'Personen er registreret som forsvundet. Registrér personen som fremkommet.',
    en: 'The person is registered as having disappeared. Register the person as found again.',
  },
}

export const immigration = defineIncident({
  code: 'INDREG-I',
  name: 'immigration',
  title: { da: 'Registrering af indrejse', en: 'Registration of an immigration' },
  summary: {
    da: 'En person er mødt frem og bor nu i kommunen efter at have boet i udlandet. Har personen givet besked om indrejsen, står svarene der fra begyndelsen.',
    en: 'A person has appeared and now lives in the municipality after living abroad. What a return notice has told stands there from the beginning.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['history', 'earlier'],

  statuses: {
    '01': residentAlready,
    '03': residentAlready,
    '05': throughGreenland,
    '07': throughGreenland,
    '10': goneFrom,
    '20': 'yes',
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': disappeared,
    '80': 'yes',
    '90': goneFrom,
  },

  fields: {
    ...addressFields,
    ...beginningFields,
    ...entryFields,
    ...stayFields,
  },

  keyRules: [
    {
      name: 'reported-to-a-municipality',
      number: 9402,
      source: 'rules 6.3; CPR-loven § 20',
      blames: 'municipality',
      text: {
        da: 'Vælg den kommune, som personen bor i nu',
        en: 'Choose the municipality where the person lives now',
      },
      holds: goesToDanishMunicipality,
    },
    {
      name: 'after-the-departure-and-not-ahead',
      number: 9403,
      source: 'rules 6.3: the person must be in Denmark; ST-3',
      blames: 'date',
      text: ({ subject }) => ({
        da: `Indrejsen skal ligge efter ${sayDay(subject.statusFrom).da} og ikke i fremtiden`,
        en: `The arrival must be after ${sayDay(subject.statusFrom).en} and not in the future`,
      }),
      holds: ({ keys, subject, today }) => keys.date > subject.statusFrom && keys.date <= today,
    },
  ],

  asks: ({ country, citizenship, ...target }) => ({
    ...asksAbout(target),
    authorities: [country, citizenship].filter((code) => code !== unknown),
  }),

  candidates: (situation) => {
    const told = noticeOf(situation)?.reading ?? {}
    return Object.fromEntries(
      Object.entries(told).flatMap(([name, value]) =>
        typeof value === 'string' && name in returnNotice.shape.fields
          ? [[name, [{ value, text: value }]]]
          : [],
      ),
    )
  },

  rules: [
    {
      name: 'comes-from-a-country',
      number: 9404,
      source: 'reference list 9.3',
      blames: 'country',
      text: ({ country }) => ({
        da: `Landekode ${country} er ikke et land, man kan komme fra`,
        en: `Country code ${country} is not a country to come from`,
      }),
      holds: ({ country }, situation) =>
        country === unknown || isForeignCountry(country, situation),
    },
    {
      name: 'citizen-of-a-country',
      number: 9405,
      source: 'reference list 9.3; CPR-loven § 20',
      blames: 'citizenship',
      text: ({ citizenship }) => ({
        da: `Landekode ${citizenship} er ikke et statsborgerskab`,
        en: `Country code ${citizenship} is not a citizenship`,
      }),
      holds: ({ citizenship }, situation) =>
        citizenship === unknown || isCountry(citizenship, situation),
    },
    ...addressRules(9406),
    {
      name: 'stays-longer-than-three-months',
      number: 9408,
      source: 'IMM-1; CPR-loven § 16',
      blames: 'leavesOn',
      text: {
        da: 'Kun et ophold på mere end tre måneder registreres',
        en: 'Only a stay of more than three months is registered',
      },
      holds: ({ leavesOn }, { keys }) =>
        leavesOn === undefined || leavesOn > addMonths(keys.date, monthsMin),
    },
    {
      name: 'a-permit-that-has-been-issued',
      number: 9409,
      source: 'IMM-2; CPR-loven § 22(3)',
      blames: 'permitOn',
      text: {
        da: 'Opholdstilladelsens eller bevisets dato skal stå her og må ikke ligge i fremtiden',
        en: 'The date of the permit or certificate must stand here and not be in the future',
      },
      holds: ({ citizenship, permitOn }, { today }) =>
        permitOn === undefined ? isNordicCitizenship(citizenship) : permitOn <= today,
    },
    {
      name: 'a-civil-status-of-the-past',
      number: 9410,
      source: 'inferred',
      blames: 'civilStatusOn',
      text: {
        da: 'Civilstandens dato skal ligge mellem fødslen og i dag',
        en: 'The date of the civil status must be between birth and today',
      },
      holds: ({ civilStatusOn }, { subject, today }) =>
        civilStatusOn === unknown || (civilStatusOn >= subject.bornOn && civilStatusOn <= today),
    },
    {
      name: 'a-nordic-number-from-a-nordic-country',
      number: 9411,
      source: 'IMM-5; CPR-loven § 20',
      blames: 'nordicNumber',
      text: {
        da: 'Fra et nordisk land: skriv det nordiske personnummer, eller ?, hvis det er ukendt',
        en: 'From a Nordic country: give the Nordic number, or ? if it is unknown',
      },
      holds: ({ country, nordicNumber }) => !isNordic(country) || nordicNumber !== undefined,
    },
    {
      name: 'a-nordic-municipality-from-a-nordic-country',
      number: 9412,
      source: 'IMM-5; CPR-loven § 20',
      blames: 'formerMunicipality',
      text: {
        da: 'Fra et nordisk land: skriv den kommune, der blev fraflyttet, eller ?, hvis den er ukendt',
        en: 'From a Nordic country: give the municipality that was left, or ? if it is unknown',
      },
      holds: ({ country, formerMunicipality }) =>
        !isNordic(country) || formerMunicipality !== undefined,
    },
  ],

  marks: ({ permitOn }, situation) => {
    const notice = noticeOf(situation)
    const { keys } = situation
    return [
      ...(notice
        ? [
            {
              code: 'return-notice',
              text: {
                da: `Forberedt ved anmeldelsen ${sayDay(notice.date).da}`,
                en: `Prepared by the notice of ${sayDay(notice.date).en}`,
              },
            },
          ]
        : []),
      ...(permitOn !== undefined && permitOn > keys.date
        ? [
            {
              code: 'permit-after-arrival',
              text: { da: 'Tilladelse efter indrejse', en: 'Permit after arrival' },
            },
          ]
        : []),
    ]
  },

  effect: (values, situation) => {
    const from = beginsOn(values, situation)
    const { subject } = situation
    // A minute is known of the arrival only; who waits for a permit begins with its day.
    const beginning = from === situation.keys.date ? beginningOf(values) : {}
    const facts: readonly Fact[] = [
      statusFrom('01', from, beginning),
      { kind: 'address', from, value: residenceOf(values, situation) },
      // ST-3: the row of the departure stays, and ends on the day of the entry.
      ...(subject.foreignAddress ? [{ kind: 'foreign-address', from, value: null } as const] : []),
      { kind: 'entry', from, value: entryOf(values) },
    ]
    return [{ pnr: subject.pnr, event: subject.status === '80' ? 'A04' : 'P31', facts }]
  },

  examples: [
    {
      ...{ road: '0012', house: '14', floor: '2', door: 'tv' },
      ...{ country: '5110', line1: 'Oppdiktet vei 12 B', line2: 'NO-0000 Prøveby' },
      ...{ citizenship: '5110', birthRegisteredIn: 'Prøveby', church: 'no-member' },
      ...{ civilStatus: 'U', civilStatusOn: '?', civilStatusAuthority: '?' },
      ...{ spouse: 'ingen', parents: '?', children: 'ingen' },
      ...{ nordicNumber: '?', formerMunicipality: 'Prøveby' },
    },
    {
      ...{ road: '0012', house: '8B', time: '11:20' },
      ...{ country: '5390', line1: '?', citizenship: '5390', birthRegisteredIn: '?' },
      ...{ civilStatus: 'G', civilStatusOn: '2010-05-15', civilStatusAuthority: 'Exampleville' },
      ...{ church: '?', spouse: 'Sample Person', parents: '?', children: '?' },
      ...{ permitOn: '2026-01-15', leavesOn: '2099-12-31' },
    },
  ],
})

/** IMM-2: the arrival, or the day of the permit where that is later. */
function beginsOn(
  { permitOn }: { readonly permitOn: PlainDate | undefined },
  { keys }: Situation,
): PlainDate {
  return permitOn === undefined ? keys.date : laterOf(keys.date, permitOn)
}

/** The last notice since the person left, if it waits or has been taken note of. */
function noticeOf({ earlier, subject }: Situation): EarlierIncident | undefined {
  return earlier.find(
    ({ code, date }) => code === returnNotice.shape.code && date >= subject.statusFrom,
  )
}
