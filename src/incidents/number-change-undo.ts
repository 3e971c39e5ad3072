/** A change of number was wrong: the person gets the former number back (CPR's event P42). */

import { defineIncident } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { referringTo } from '#incidents/number-change.ts'
import { happenedRules } from '#incidents/own-registration.ts'
import { whereverNumberIsUsed } from '#incidents/statuses.ts'
import type { Fact, RecordedFact } from '#register/fact.ts'
import type { Pnr } from '#register/pnr.ts'
import { withoutEvent } from '#register/revise.ts'
import { statusFrom } from '#register/status.ts'

export const numberChangeUndo = defineIncident({
  code: 'OMGPNR-I',
  name: 'number-change-undo',
  title: { da: 'Omgør et nyt personnummer', en: 'Undo a change of number' },
  summary: {
    da: 'Det nye nummer var en fejl. Personen får det tidligere tilbage med alt, der er sket siden, og det nye annulleres.',
    en: 'The new number was a mistake. The person gets the former one back with all that has happened since, and the new one is annulled.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['history', 'relatives'],

  statuses: whereverNumberIsUsed,

  fields: {
    formerNumber: {
      kind: 'pnr',
      wire: 'TIDLPNR',
      label: { da: 'Tidligere personnummer', en: 'Former number' },
      hint: { da: 'Det, der viser videre til nummeret', en: 'The one that points to this number' },
    },
  },

  keyRules: happenedRules(9430),
  asks: ({ formerNumber }) => ({ persons: [formerNumber] }),

  rules: [
    {
      name: 'the-former-number-points-to-it',
      number: 9433,
      source: 'PNR-8; rules 9.5: P42',
      blames: 'formerNumber',
      text: {
        da: 'Det nummer viser ikke videre til personens nummer',
        en: 'That number does not point to the number of the person',
      },
      holds: ({ formerNumber }, { persons, subject }) =>
        persons.get(formerNumber)?.successor === subject.pnr,
    },
    {
      name: 'not-before-the-change',
      number: 9434,
      source: 'inferred',
      blames: 'date',
      text: {
        da: 'Datoen ligger før den dag, nummeret blev ændret',
        en: 'The date is before the day on which the number was changed',
      },
      holds: ({ formerNumber }, { persons, subject, keys }) => {
        const former = persons.get(formerNumber)
        return former?.successor !== subject.pnr || keys.date >= former.statusFrom
      },
    },
  ],

  marks: () => [],

  effect: ({ formerNumber }, situation) => {
    const { subject, facts } = situation
    return [
      { pnr: subject.pnr, event: 'P42', kind: 'undone', facts: annulled(formerNumber, situation) },
      {
        pnr: formerNumber,
        event: 'P42',
        kind: 'undone',
        facts: [
          ...withoutChange(facts.get(formerNumber) ?? [], subject.pnr),
          ...sinceTheChange(facts.get(subject.pnr) ?? []),
        ],
      },
      ...referringTo(formerNumber, situation, 'P42').filter(({ pnr }) => pnr !== formerNumber),
    ]
  },

  examples: [{ formerNumber: '1506803710' }],
})

/** The number stays in the register, in use for nobody, and leads whoever has it to the right one. */
function annulled(successor: Pnr, { subject, keys: { date: from } }: Situation): readonly Fact[] {
  return [
    statusFrom('30', from),
    { kind: 'successor', from, value: { pnr: successor } },
    ...(subject.address ? [{ kind: 'address', from, value: null } as const] : []),
    ...(subject.foreignAddress ? [{ kind: 'foreign-address', from, value: null } as const] : []),
    ...(subject.contactAddress ? [{ kind: 'contact-address', from, value: null } as const] : []),
    ...(subject.spouse ? [{ kind: 'spouse', from, value: null } as const] : []),
  ]
}

/** What the former number says again, as though it had never been replaced by this one. */
function withoutChange(own: readonly RecordedFact[], successor: Pnr): readonly Fact[] {
  const change = own.findLast(
    ({ kind, value }) =>
      kind === 'successor' && value !== null && 'pnr' in value && value.pnr === successor,
  )
  return change ? withoutEvent(own, change.eventNo) : []
}

/** What was recorded under the new number after its first event, which took over what there was. */
function sinceTheChange(own: readonly RecordedFact[]): readonly Fact[] {
  return own
    .filter(({ eventNo }) => eventNo > 1)
    .toSorted((a, b) => a.eventNo - b.eventNo || a.line - b.line)
    .map(({ eventNo: _, line: __, ...fact }) => fact)
}
