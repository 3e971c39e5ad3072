/** Name and address protection: on, extend, off (CPR-loven § 28): its fields, rules and effect. */

import { addYears, ageOn, earlierOf, laterOf, type PlainDate } from '#base/calendar.ts'
import { defineIncident, type Forerunner } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { datedAboutNow, reportedToResidence } from '#incidents/parts.ts'
import { askCaseWorker, goneFrom, useCurrentNumber } from '#incidents/statuses.ts'
import type { Fact } from '#register/fact.ts'
import { addressingName } from '#register/name.ts'
import { municipalityOf, type Person, protectionOf } from '#register/person.ts'

/** CPR-loven § 28: it lapses after one year. */
const years = 1
const adultFromAge = 18

const throughGreenland = {
  number: 9150,
  text: {
    da: 'Personen er registreret i Grønland. Søg om beskyttelse hos den grønlandske kommune.',
    en: 'The person is registered in Greenland. Apply for protection to the municipality there.',
  },
}

const markTexts = { 'longer-than-a-year': { da: 'Mere end et år', en: 'More than a year' } }

export const nameAndAddressProtection = defineIncident({
  code: 'NAVBESK-I',
  name: 'name-and-address-protection',
  title: { da: 'Navne- og adressebeskyttelse', en: 'Name and address protection' },
  summary: {
    da: 'Dit navn og din adresse må ikke gives videre til private. Gælder i et år og kan forlænges eller ophæves.',
    en: 'Your name and address may not be passed on to private individuals or companies. Lasts a year and can be extended or ended.',
  },
  decidedBy: 'residence',

  statuses: {
    '01': 'yes',
    '03': 'yes',
    '05': throughGreenland,
    '07': throughGreenland,
    '10': goneFrom,
    '20': 'yes',
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': askCaseWorker,
    '80': askCaseWorker,
    '90': goneFrom,
  },

  fields: {
    action: {
      kind: 'choice',
      wire: 'BESKYT_AKTION',
      label: { da: 'Hvad skal der ske', en: 'What to do' },
      options: {
        on: { wire: 'OPRET', text: { da: 'Beskyt', en: 'Protect' } },
        extend: {
          wire: 'FORLÆNG',
          text: { da: 'Forlæng beskyttelsen', en: 'Extend the protection' },
        },
        off: { wire: 'OPHØR', text: { da: 'Ophæv beskyttelsen', en: 'End the protection' } },
      },
    },
    until: {
      kind: 'date',
      wire: 'SLETDATO',
      optional: true,
      label: { da: 'Beskyttet til', en: 'Protected until' },
      hint: {
        da: 'Dagen den ophører; et år, hvis intet skrives',
        en: 'The day it ends; a year, if nothing is given',
      },
    },
    reason: {
      kind: 'text',
      lengthMax: 340,
      wire: 'BEGRUNDELSE',
      optional: true,
      label: { da: 'Begrundelse', en: 'Reason' },
      hint: {
        da: 'Kræves, når der søges om mere end et år',
        en: 'Needed when more than a year is asked for',
      },
    },
    children: {
      kind: 'persons',
      table: 'BOERN',
      wire: 'PNR',
      itemsMax: 20,
      optional: true,
      label: { da: 'Gælder også børnene', en: 'Also for the children' },
      hint: {
        da: 'Egne børn under 18 år på samme adresse',
        en: "One's own children under 18 at the same address",
      },
    },
  },

  asking: {
    date: 'today',
    pages: [
      {
        name: 'action',
        title: { da: 'Hvad vil du?', en: 'What do you want to do?' },
        hint: {
          da: 'En beskyttelse gælder fra den dag, kommunen har registreret den.',
          en: 'A protection is valid from the day on which the municipality has registered it.',
        },
        fields: ['action'],
      },
      {
        name: 'until',
        title: { da: 'Hvor længe skal den gælde?', en: 'How long should it last?' },
        hint: {
          da: 'Lad datoen stå tom, hvis et år er nok. Mere end et år kræver ganske særlige omstændigheder.',
          en: 'Leave the date empty if a year is enough. More than a year requires very special circumstances.',
        },
        fields: ['until'],
        when: ({ action }) => action !== 'off',
      },
      {
        name: 'reason',
        title: { da: 'Hvorfor er et år ikke nok?', en: 'Why is a year not enough?' },
        fields: ['reason'],
        when: ({ until }, date) => typeof until === 'string' && until > addYears(date, years),
      },
      {
        name: 'children',
        title: { da: 'Skal det også gælde dine børn?', en: 'Should it cover your children too?' },
        hint: {
          da: 'Dine egne børn under 18 år på samme adresse. Ingen er valgt på forhånd.',
          en: 'Your own children under 18 at the same address. Nobody is chosen in advance.',
        },
        fields: ['children'],
      },
    ],
  },

  keyRules: [
    reportedToResidence(9151, {
      da: 'Beskyttelse søges hos den kommune, personen bor i',
      en: 'Apply for protection to the municipality where the person lives',
    }),
    datedAboutNow(9152),
  ],

  asks: ({ children }) => ({ persons: children }),

  candidates: ({ subject, household, today, keys }) => ({
    children: household
      .filter((person) => isOwnChild(person, subject) && isMinor(person, laterOf(today, keys.date)))
      .map((person) => ({ value: person.pnr, text: person.name.map(addressingName) })),
  }),

  rules: [
    {
      name: 'on-only-without-protection',
      number: 9153,
      source: 'MOVE-18 by analogy: no change is refused',
      blames: 'action',
      text: {
        da: 'Personen er allerede beskyttet. Vælg at forlænge i stedet.',
        en: 'The person is already protected. Choose to extend instead.',
      },
      holds: ({ action }, { subject }) =>
        action !== 'on' || protectionOf(subject, '0001') === undefined,
    },
    {
      name: 'extend-and-end-only-with-protection',
      number: 9154,
      source: 'MOVE-18 by analogy: no change is refused',
      blames: 'action',
      text: {
        da: 'Personen er ikke beskyttet',
        en: 'The person is not protected',
      },
      holds: ({ action }, { subject }) =>
        action === 'on' || protectionOf(subject, '0001') !== undefined,
    },
    {
      name: 'ends-after-it-begins',
      number: 9155,
      source: 'inferred',
      blames: 'until',
      text: {
        da: 'Beskyttelsen skal slutte senere, end den begynder, og senere end den, der forlænges',
        en: 'The protection must end after it begins, and after the one that is extended',
      },
      holds: ({ action, until }, situation) =>
        until === undefined || action === 'off' || until > startOf(action, situation),
    },
    {
      name: 'no-end-date-when-ended',
      number: 9156,
      source: 'inferred',
      blames: 'until',
      text: {
        da: 'Når beskyttelsen ophæves, gælder hændelsesdatoen. Lad slutdatoen være tom.',
        en: 'A protection ends on the date of the incident. Leave the end date empty.',
      },
      holds: ({ action, until }) => action !== 'off' || until === undefined,
    },
    {
      name: 'more-than-a-year-needs-a-reason',
      number: 9157,
      source: 'PROT-2; CPR-loven § 28',
      blames: 'reason',
      text: {
        da: 'Mere end et år kræver ganske særlige omstændigheder. Skriv hvorfor.',
        en: 'More than a year requires very special circumstances. Say why.',
      },
      holds: (values, situation) =>
        !isLongerThanAYear(values, situation) || values.reason !== undefined,
    },
    {
      name: 'children-are-own-and-at-home',
      number: 9158,
      source: 'PROT-3',
      blames: 'children',
      text: {
        da: 'Kun egne børn på samme adresse kan tages med. For andre børn: kontakt kommunen.',
        en: 'Only own children at the same address can be included. For others: contact the municipality.',
      },
      holds: ({ children }, { household, subject }) =>
        children.every((pnr) => {
          const child = household.find((person) => person.pnr === pnr)
          return child !== undefined && isOwnChild(child, subject)
        }),
    },
    {
      name: 'children-are-under-18',
      number: 9159,
      source: 'rules 5.1: own children under 18 at the same address',
      blames: 'children',
      text: {
        da: 'Et barn, der er fyldt 18 år, skal selv søge',
        en: 'A child who has turned 18 must apply for themselves',
      },
      holds: ({ children }, { persons, today, keys }) =>
        children.every((pnr) => {
          const child = persons.get(pnr)
          return child === undefined || isMinor(child, laterOf(today, keys.date))
        }),
    },
  ],

  marks: (values, situation) =>
    isLongerThanAYear(values, situation)
      ? [{ code: 'longer-than-a-year', text: markTexts['longer-than-a-year'] }]
      : [],
  markTexts,
  // PROT-2: more than a year takes a person.
  leftToPeople: ['longer-than-a-year'],

  effect: (values, situation) => [
    {
      pnr: situation.subject.pnr,
      event: 'A33',
      facts: factsFor(values, situation.subject, situation),
    },
    ...values.children.map((pnr) => ({
      pnr,
      event: 'A33',
      facts: factsFor(values, situation.persons.get(pnr), situation),
    })),
  ],

  examples: [
    { action: 'on', children: [] },
    { action: 'extend', until: '2099-12-31', reason: 'Trusler', children: [] },
    { action: 'off', children: [] },
  ],
})

/** PROT-8: what a mover who wishes to be protected asks of the municipality that is left, now. */
export function protectionOnMoving(
  companions: readonly string[],
  { keys, subject, persons, reportedOn }: Situation,
): Forerunner {
  const children = companions.filter((pnr) => {
    const person = persons.get(pnr)
    return person && isOwnChild(person, subject) && isMinor(person, laterOf(reportedOn, keys.date))
  })
  const municipality = municipalityOf(subject) ?? keys.municipality
  return {
    type: nameAndAddressProtection,
    keys: { pnr: subject.pnr, date: reportedOn, municipality },
    data: { action: 'on', children },
    blames: 'protection',
  }
}

type Wish = { readonly action: string; readonly until: PlainDate | undefined }

/**
 * What one of the persons gets. To ask for protection never leaves a day between two of them and
 * never shortens one that is there, as a child may have for special reasons.
 */
function factsFor(
  { action, until }: Wish,
  person: Person | undefined,
  situation: Situation,
): readonly Fact[] {
  const protection = { kind: 'protection', slot: '0001' } as const
  // It takes effect from registration, never before the decision (rules 5.1).
  const registered = laterOf(situation.today, situation.keys.date)
  if (action === 'off') return [{ ...protection, from: registered, value: null }]
  const current = person && protectionOf(person, '0001')
  if (current && current.to === undefined) {
    return [{ ...protection, from: registered, value: { type: '0001' } }]
  }
  const asked = until ?? addYears(startOf(action, situation), years)
  const from = current?.to ? earlierOf(registered, current.to) : registered
  const to = current?.to ? laterOf(asked, current.to) : asked
  // Nothing is left of an earlier, longer protection once this one lapses.
  const afterwards = { ...protection, from: laterOf(from, to), value: null }
  return to <= from
    ? [afterwards]
    : [{ ...protection, from, to, value: { type: '0001' } }, afterwards]
}

/** Where the year is counted from: the registration, or the end of what is extended. */
function startOf(action: string, { subject, today, keys }: Situation): PlainDate {
  const registered = laterOf(today, keys.date)
  const current = protectionOf(subject, '0001')?.to
  return action === 'extend' && current ? laterOf(current, registered) : registered
}

function isLongerThanAYear({ action, until }: Wish, situation: Situation): boolean {
  return until !== undefined && until > addYears(startOf(action, situation), years)
}

function isOwnChild(child: Person, parent: Person): boolean {
  return child.parents.includes(parent.pnr)
}

function isMinor(person: Person, day: PlainDate): boolean {
  return ageOn(person.bornOn, day) < adultFromAge
}
