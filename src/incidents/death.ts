/** A death, registered by an authority on documents and confirmed by a second person of it. */

import { defineIncident } from '#incident/define.ts'
import { beginningFields, beginningOf, happenedRules } from '#incidents/own-registration.ts'
import { whereverNumberIsUsed } from '#incidents/statuses.ts'
import { statusFrom } from '#register/status.ts'

const alreadyDead = {
  number: 9290,
  text: { da: 'Personen er registreret som død', en: 'The person is registered as dead' },
}

export const death = defineIncident({
  code: 'DOED-I',
  name: 'death',
  title: { da: 'Dødsfald', en: 'Death' },
  summary: {
    da: 'En person er død. Bopælen ophører, og ægteskabet slutter for ægtefællen på samme dag.',
    en: 'A person has died. The residence ends, and so does the marriage of the spouse on that day.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['relatives'],

  statuses: { ...whereverNumberIsUsed, '90': alreadyDead },

  fields: beginningFields,
  keyRules: happenedRules(9291),
  asks: () => ({}),
  rules: [],

  marks: (_, { subject, persons }) =>
    subject.spouse !== undefined && persons.has(subject.spouse)
      ? [{ code: 'spouse', text: { da: 'Efterlader ægtefælle', en: 'Leaves a spouse' } }]
      : [],

  effect: (values, { subject, persons, keys }) => {
    const from = keys.date
    const spouse = subject.spouse && persons.get(subject.spouse)
    const unmarried = { kind: 'spouse', from, value: null } as const
    return [
      {
        pnr: subject.pnr,
        event: 'A21',
        // Protections stay until they lapse: the name goes on being kept (inferred).
        facts: [
          statusFrom('90', from, beginningOf(values)),
          { kind: 'address', from, value: null },
          ...(subject.foreignAddress
            ? [{ kind: 'foreign-address', from, value: null } as const]
            : []),
          ...(subject.spouse ? [unmarried] : []),
        ],
      },
      ...(spouse && spouse.spouse === subject.pnr
        ? [{ pnr: spouse.pnr, event: 'A24', facts: [unmarried] }]
        : []),
    ]
  },

  examples: [{ time: '04:35' }, { certainty: 'uncertain' }],
})
