/** A disappearance: the municipality does not know where the person is (rule M9). */

import { defineIncident } from '#incident/define.ts'
import { beginningFields, beginningOf, happenedRules } from '#incidents/own-registration.ts'
import { askCaseWorker, goneFrom, useCurrentNumber } from '#incidents/statuses.ts'
import { statusFrom } from '#register/status.ts'

const notResident = {
  number: 9300,
  text: {
    da: 'Kun den, der er bopælsregistreret i Danmark, kan registreres som forsvundet',
    en: 'Only somebody who is resident in Denmark can be registered as having disappeared',
  },
}

export const disappearance = defineIncident({
  code: 'FORSVUND-I',
  name: 'disappearance',
  title: { da: 'Forsvundet', en: 'Disappearance' },
  summary: {
    da: 'Kommunen ved ikke længere, hvor en person bor. Bopælen ophører fra datoen.',
    en: 'The municipality no longer knows where a person lives. The residence ends on the date.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',

  statuses: {
    '01': 'yes',
    '03': 'yes',
    '05': askCaseWorker,
    '07': askCaseWorker,
    '10': goneFrom,
    '20': notResident,
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': notResident,
    '80': notResident,
    '90': goneFrom,
  },

  fields: beginningFields,
  keyRules: happenedRules(9301),
  asks: () => ({}),
  rules: [],
  marks: () => [],

  effect: (values, { subject, keys }) => [
    {
      pnr: subject.pnr,
      event: 'A02',
      facts: [
        statusFrom('70', keys.date, beginningOf(values)),
        { kind: 'address', from: keys.date, value: null },
      ],
    },
  ],

  examples: [{ certainty: 'uncertain' }],
})
