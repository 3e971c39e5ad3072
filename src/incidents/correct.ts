/** Corrects the name or the current address as recorded: it was wrong from the day it began. */

import { defineIncident } from '#incident/define.ts'
import type { Fields } from '#incident/fields.ts'
import { addressFields, residenceOf, tailOf } from '#incidents/address-group.ts'
import { happenedRules } from '#incidents/own-registration.ts'
import { whereverNumberIsUsed } from '#incidents/statuses.ts'
import { isSameAddress } from '#register/address.ts'
import { type Span, spanOn, timeline } from '#register/fact.ts'
import { isNameText, nameLengths } from '#register/name.ts'

const nameFields = {
  given: {
    kind: 'text',
    lengthMax: nameLengths.given,
    letters: 'name',
    optional: true,
    wire: 'FORNVN',
    label: { da: 'Fornavne', en: 'Given names' },
  },
  middle: {
    kind: 'text',
    lengthMax: nameLengths.middle,
    letters: 'name',
    optional: true,
    wire: 'MELNVN',
    label: { da: 'Mellemnavne', en: 'Middle names' },
  },
  surname: {
    kind: 'text',
    lengthMax: nameLengths.surname,
    letters: 'name',
    optional: true,
    wire: 'EFTERNVN',
    label: { da: 'Efternavn', en: 'Surname' },
  },
} as const satisfies Fields

export const correct = defineIncident({
  code: 'RET-I',
  name: 'correct',
  title: { da: 'Ret navn eller adresse', en: 'Correct a name or address' },
  summary: {
    da: 'Navnet eller den nuværende adresse er skrevet forkert og skal lyde anderledes fra den dag, det begyndte.',
    en: 'The name or the current address was recorded wrongly and is to read otherwise from the day it began.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['history'],

  statuses: whereverNumberIsUsed,

  fields: {
    what: {
      kind: 'choice',
      wire: 'RETTES',
      label: { da: 'Hvad rettes', en: 'What is corrected' },
      options: {
        name: { wire: 'NAVN', text: { da: 'Navnet', en: 'The name' } },
        address: { wire: 'ADRESSE', text: { da: 'Adressen', en: 'The address' } },
      },
    },
    ...nameFields,
    ...addressFields,
    road: { ...addressFields.road, optional: true },
    house: { ...addressFields.house, optional: true },
  },

  keyRules: happenedRules(9330),

  asks: ({ road, house, floor, door }) =>
    road && house ? { addresses: [tailOf({ road, house, floor, door })], roads: [road] } : {},

  rules: [
    {
      name: 'a-name-is-whole',
      number: 9333,
      source: 'CHR-8; CPR records: given names and surname',
      blames: 'surname',
      text: {
        da: 'Skriv fornavne og efternavn, som de rigtigt lyder',
        en: 'Give the given names and the surname as they should read',
      },
      holds: ({ what, given, middle, surname }) =>
        what !== 'name' ||
        (given !== undefined &&
          surname !== undefined &&
          [given, middle ?? given, surname].every((part) => isNameText(part, part.length))),
    },
    {
      name: 'an-address-is-whole',
      number: 9334,
      source: 'MOVE-13',
      blames: 'house',
      text: {
        da: 'Skriv en adresse, der findes i adresseregistret',
        en: 'Give an address of the address register',
      },
      holds: ({ what, road, house, floor, door }, { findDwelling }) =>
        what !== 'address' ||
        (road !== undefined &&
          house !== undefined &&
          findDwelling(tailOf({ road, house, floor, door })) !== undefined),
    },
    {
      name: 'there-is-an-address',
      number: 9335,
      source: "CPR's event A09 corrects the current address",
      blames: 'what',
      text: {
        da: 'Personen har ingen nuværende adresse at rette',
        en: 'The person has no current address to correct',
      },
      holds: ({ what }, { subject }) => what !== 'address' || subject.address !== undefined,
    },
    {
      name: 'it-reads-otherwise',
      number: 9336,
      source: 'MOVE-18 by analogy',
      blames: 'what',
      text: { da: 'Sådan lyder det allerede', en: 'That is how it reads already' },
      holds: ({ what, given, middle, surname, road, house, ...rest }, situation) => {
        const { name, address } = situation.subject
        if (what === 'name') {
          return !name.is(
            (held) => given === held.given && middle === held.middle && surname === held.surname,
          )
        }
        if (!road || !house || !address) return true
        const target = residenceOf({ road, house, ...rest }, situation)
        return !address.is((held) => isSameAddress(target, held) && target.careOf === held.careOf)
      },
    },
  ],

  marks: () => [],

  effect: ({ what, given, middle, surname, road, house, ...rest }, situation) => {
    const { subject, today } = situation
    const own = situation.facts.get(subject.pnr) ?? []
    const kind = 'corrected'
    if (what === 'address' && road && house) {
      const value = residenceOf({ road, house, ...rest }, situation)
      const days = daysOf(spanOn(timeline(own, 'address'), today))
      const facts = days.map((each) => ({ kind: 'address', ...each, value }) as const)
      return [{ pnr: subject.pnr, event: 'A09', kind, facts }]
    }
    if (!given || !surname) return []
    const names = timeline(own, 'name')
    const value = { given, ...(middle && { middle }), surname }
    const days = daysOf(spanOn(names, today) ?? names[0])
    const facts = days.map((each) => ({ kind: 'name', ...each, value }) as const)
    return [{ pnr: subject.pnr, event: 'A16', kind, facts }]
  },

  examples: [
    { what: 'name', given: 'Petra', surname: 'Prøvesen' },
    { what: 'address', road: '0012', house: '14', floor: '2', door: 'tv' },
  ],
})

/** The stretch keeps its days: only what it says was wrong. */
function daysOf(span: Span<unknown> | undefined) {
  return span ? [{ from: span.from, ...(span.to && { to: span.to }) }] : []
}
