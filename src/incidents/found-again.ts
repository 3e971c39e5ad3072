/** Somebody who had disappeared is found again and lives at an address (CPR's event A03). */

import { sayDay } from '#base/day-words.ts'
import { defineIncident } from '#incident/define.ts'
import { addressFields, addressRules, asksAbout, residenceOf } from '#incidents/address-group.ts'
import { beginningFields, beginningOf } from '#incidents/own-registration.ts'
import { goesToDanishMunicipality } from '#incidents/parts.ts'
import { goneFrom, useCurrentNumber } from '#incidents/statuses.ts'
import { statusFrom } from '#register/status.ts'

const notDisappeared = {
  number: 9310,
  text: {
    da: 'Personen er ikke registreret som forsvundet',
    en: 'The person is not registered as having disappeared',
  },
}

export const foundAgain = defineIncident({
  code: 'GENFUND-I',
  name: 'found-again',
  title: { da: 'Fremkommet', en: 'Found again' },
  summary: {
    da: 'En person, der var registreret som forsvundet, bor nu på en adresse i kommunen.',
    en: 'A person who had disappeared from the register now lives at an address in the municipality.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',

  statuses: {
    '01': notDisappeared,
    '03': notDisappeared,
    '05': notDisappeared,
    '07': notDisappeared,
    '10': goneFrom,
    '20': notDisappeared,
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': 'yes',
    '80': notDisappeared,
    '90': goneFrom,
  },

  fields: { ...addressFields, ...beginningFields },

  keyRules: [
    {
      name: 'reported-to-a-municipality',
      number: 9311,
      source: 'rules M4; CPR-loven § 12',
      blames: 'municipality',
      text: {
        da: 'Vælg den kommune, som personen bor i nu',
        en: 'Choose the municipality where the person lives now',
      },
      holds: goesToDanishMunicipality,
    },
    {
      name: 'between-the-disappearance-and-today',
      number: 9312,
      source: 'inferred',
      blames: 'date',
      text: ({ subject }) => ({
        da: `Datoen skal ligge efter forsvinden ${sayDay(subject.statusFrom).da} og ikke i fremtiden`,
        en: `The date must be after the disappearance on ${sayDay(subject.statusFrom).en} and not in the future`,
      }),
      holds: ({ keys, subject, today }) => keys.date > subject.statusFrom && keys.date <= today,
    },
  ],

  asks: (target) => asksAbout(target),
  rules: addressRules(9313),
  marks: () => [],

  effect: (values, situation) => [
    {
      pnr: situation.subject.pnr,
      event: 'A03',
      facts: [
        statusFrom('01', situation.keys.date, beginningOf(values)),
        { kind: 'address', from: situation.keys.date, value: residenceOf(values, situation) },
      ],
    },
  ],

  examples: [{ road: '0012', house: '14', floor: '2', door: 'tv' }],
})
