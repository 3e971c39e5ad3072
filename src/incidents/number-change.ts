/** A person gets another number, since the birth date or sex that the old one tells is wrong. */

import { laterOf, type PlainDate } from '#base/calendar.ts'
import { type Change, defineIncident } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { happenedRules } from '#incidents/own-registration.ts'
import { whereverNumberIsUsed } from '#incidents/statuses.ts'
import { sexes } from '#register/codes.ts'
import {
  type Fact,
  type FactKind,
  inForce,
  placesOf,
  type RecordedFact,
  slotsOf,
  timeline,
} from '#register/fact.ts'
import { birthDateOf, isBornAfter, type Pnr, type Sex } from '#register/pnr.ts'
import { statusFrom } from '#register/status.ts'

/** CPR's event code, for the old number, the new one, and those who refer to it. */
const event = 'P03'
/** What the old number no longer has; its name stays protected as it was. */
const endsWithNumber: readonly FactKind[] = [
  'address',
  'foreign-address',
  'contact-address',
  'spouse',
]

export const numberChange = defineIncident({
  code: 'NYTPNR-I',
  name: 'number-change',
  title: { da: 'Nyt personnummer', en: 'Change of number' },
  summary: {
    da: 'En person får et nyt nummer, fordi fødselsdato eller køn i det gamle er forkert. Det gamle viser videre.',
    en: 'A person gets a new number because the old one tells a wrong birth date or sex. The old one points to it.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['history', 'relatives'],

  statuses: whereverNumberIsUsed,

  fields: {
    newNumber: {
      kind: 'pnr',
      vacant: true,
      wire: 'NYTPNR',
      label: { da: 'Nyt personnummer', en: 'New number' },
      hint: { da: 'Fortæller fødselsdatoen', en: 'Tells the birth date' },
    },
    sex: {
      kind: 'choice',
      wire: 'KOEN',
      label: { da: 'Køn', en: 'Sex' },
      options: { M: { wire: 'M', text: sexes.M }, K: { wire: 'K', text: sexes.K } },
    },
  },

  keyRules: happenedRules(9320),
  asks: ({ newNumber }) => ({ vacant: [newNumber] }),

  rules: [
    {
      name: 'nobody-has-the-number',
      number: 9323,
      source: 'IMM-3 by analogy: a number is one person',
      blames: 'newNumber',
      text: {
        da: 'Nummeret er givet til nogen allerede',
        en: 'The number has been given to somebody already',
      },
      holds: ({ newNumber }, { persons, subject }) =>
        newNumber !== subject.pnr && !persons.has(newNumber),
    },
    {
      name: 'not-born-in-the-future',
      number: 9324,
      source: 'PNR-7',
      blames: 'newNumber',
      text: {
        da: 'Nummerets fødselsdato ligger i fremtiden',
        en: 'The birth date of the number is in the future',
      },
      holds: ({ newNumber }, { today }) => !isBornAfter(newNumber, today),
    },
  ],

  marks: () => [],

  effect: ({ newNumber, sex }, situation) => {
    const { subject, facts, keys } = situation
    const own = facts.get(subject.pnr) ?? []
    return [
      { pnr: subject.pnr, event, facts: closing(own, newNumber, keys.date) },
      { pnr: newNumber, event, facts: opening(own, { newNumber, sex, on: keys.date }) },
      ...referringTo(newNumber, situation, event),
    ]
  },

  examples: [{ newNumber: '1506803850', sex: 'K' }],
})

/** PNR-8: the old number has status 60 and says which number is in force. */
function closing(own: readonly RecordedFact[], successor: Pnr, from: PlainDate): readonly Fact[] {
  const ends = endsWithNumber.filter((kind) => slotsOf(own, kind).length > 0)
  return [
    statusFrom('60', from),
    { kind: 'successor', from, value: { pnr: successor } },
    ...ends.map((kind): Fact => ({ kind, from, value: null })),
  ]
}

/** Everything that holds on the day or later, since when it did; born as the number tells. */
function opening(
  own: readonly RecordedFact[],
  { newNumber, sex, on }: { readonly newNumber: Pnr; readonly sex: Sex; readonly on: PlainDate },
): readonly Fact[] {
  const bornOn = birthDateOf(newNumber)
  const places = placesOf(own).filter(({ kind }) => kind !== 'birth' && kind !== 'successor')
  return [
    { kind: 'birth', from: bornOn, value: { bornOn, sex } },
    ...places.flatMap(({ kind, slot }) =>
      inForce(own, kind, slot).flatMap(({ from, to, value: recorded }): readonly Fact[] => {
        if (recorded.value === null || (to !== undefined && to <= laterOf(on, bornOn))) return []
        const { eventNo: _, line: __, to: ___, ...fact } = recorded
        return [{ ...fact, from: laterOf(from, bornOn), ...(to && { to }) }]
      }),
    ),
  ]
}

/** The spouse and the children refer to another number of the person from the day on. */
export function referringTo(
  newNumber: Pnr,
  { subject, persons, facts, keys }: Situation,
  as: 'P03' | 'P42',
): readonly Change[] {
  return [...persons.values()].flatMap(({ pnr }) => {
    const theirs = pnr === subject.pnr ? [] : (facts.get(pnr) ?? [])
    const named = (['spouse', 'parent', 'custody'] as const).flatMap((kind) =>
      slotsOf(theirs, kind).flatMap((slot) =>
        timeline(theirs, kind, slot)
          .filter(({ to, value }) => value.pnr === subject.pnr && (!to || to > keys.date))
          .map(
            ({ from, to }): Fact => ({
              kind,
              slot,
              from: laterOf(from, keys.date),
              ...(to && { to }),
              value: { pnr: newNumber },
            }),
          ),
      ),
    )
    return named.length === 0 ? [] : [{ pnr, event: as, facts: named }]
  })
}
