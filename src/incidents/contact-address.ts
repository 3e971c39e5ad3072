/** Contact address: where mail reaches a person; never instead of the residence (§ 26(4)). */

import { addYears, laterOf, type PlainDate } from '#base/calendar.ts'
import { defineIncident } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { fiveLines, linesOf, reportedToResidence } from '#incidents/parts.ts'
import { askCaseWorker, goneFrom, useCurrentNumber } from '#incidents/statuses.ts'

/** Background knowledge, to be confirmed (rules 6.4, open point 3): up to three years, renewable. */
const yearsMax = 3

export const contactAddress = defineIncident({
  code: 'KONTAKT-I',
  name: 'contact-address',
  title: { da: 'Kontaktadresse', en: 'Contact address' },
  summary: {
    da: 'Få din post sendt til en anden adresse i en periode. Din bopæl er den samme som før.',
    en: 'Have your mail sent to another address for a time. Your residence stays the same.',
  },
  decidedBy: 'residence',

  statuses: {
    '01': 'yes',
    '03': 'yes',
    '05': 'yes',
    '07': 'yes',
    '10': goneFrom,
    '20': 'yes',
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': askCaseWorker,
    '80': 'yes',
    '90': goneFrom,
  },

  fields: {
    ...fiveLines('CATX_ADR'),
    startsOn: {
      kind: 'date',
      wire: 'CATX_STARTDATO',
      optional: true,
      label: { da: 'Fra', en: 'From' },
      hint: { da: 'Hændelsesdatoen, hvis intet skrives', en: 'The date of incident, if left out' },
    },
    endsOn: {
      kind: 'date',
      wire: 'CATX_SLETDATO',
      optional: true,
      label: { da: 'Til', en: 'To' },
      hint: {
        da: 'Dagen den ophører; tre år, hvis intet skrives',
        en: 'The day it ends; three years, if left out',
      },
    },
  },

  asking: {
    isForChildren: true,
    date: 'today',
    pages: [
      {
        name: 'address',
        title: { da: 'Hvor skal din post sendes hen?', en: 'Where should your mail be sent?' },
        hint: {
          da: 'Skriv adressen fra øverste linje. Lad alle linjer være tomme for at ophæve din nuværende kontaktadresse.',
          en: 'Enter the address from the top line. Leave every line empty to end your current contact address.',
        },
        fields: ['line1', 'line2', 'line3', 'line4', 'line5'],
      },
      {
        name: 'period',
        title: { da: 'I hvilken periode?', en: 'For which period?' },
        fields: ['startsOn', 'endsOn'],
        when: ({ line1 }) => line1 !== undefined,
      },
    ],
  },

  keyRules: [
    reportedToResidence(9230, {
      da: 'Kontaktadressen anmeldes til den kommune, personen bor i',
      en: 'Report a contact address to the municipality where the person lives',
    }),
  ],

  asks: () => ({}),

  rules: [
    {
      name: 'has-an-address-or-ends-one',
      number: 9231,
      source: 'CON-1; CPR-loven § 26(4)',
      blames: 'line1',
      text: {
        da: 'Skriv adressen. Lad linjerne være tomme for at ophæve den, der er.',
        en: 'Give the address. Leave the lines empty to end the one there is.',
      },
      holds: (values, { subject }) =>
        linesOf(values).length > 0 || subject.contactAddress !== undefined,
    },
    {
      name: 'the-first-line-first',
      number: 9232,
      source: 'inferred',
      blames: 'line1',
      text: {
        da: 'Udfyld linjerne oppefra uden huller',
        en: 'Fill in the lines from the top without gaps',
      },
      holds: ({ line1, line2, line3, line4, line5 }) =>
        ![line1, line2, line3, line4, line5].some(
          (line, at, lines) => line !== undefined && at > 0 && lines[at - 1] === undefined,
        ),
    },
    {
      name: 'ends-after-it-begins',
      number: 9233,
      source: 'inferred',
      blames: 'endsOn',
      text: {
        da: 'Slutdatoen skal ligge efter startdatoen',
        en: 'The end date must be after the start date',
      },
      holds: ({ startsOn, endsOn }, { keys }) =>
        endsOn === undefined || endsOn > (startsOn ?? keys.date),
    },
    {
      name: 'at-most-three-years',
      number: 9234,
      source: 'rules 6.4, background knowledge',
      blames: 'endsOn',
      text: {
        da: 'En kontaktadresse kan gælde i højst tre år ad gangen',
        en: 'A contact address can last at most three years at a time',
      },
      holds: ({ startsOn, endsOn }, { keys }) =>
        endsOn === undefined || endsOn <= addYears(startsOn ?? keys.date, yearsMax),
    },
  ],

  marks: () => [],

  effect: (values, situation) => {
    const lines = linesOf(values)
    const from = beginningOf(values.startsOn, situation)
    const to = values.endsOn ?? addYears(from, yearsMax)
    const contact = { kind: 'contact-address', from } as const
    return [
      {
        pnr: situation.subject.pnr,
        event: 'A47',
        facts:
          lines.length === 0 || to <= from
            ? [{ ...contact, value: null }]
            : [
                { ...contact, to, value: { lines } },
                { kind: 'contact-address', from: to, value: null },
              ],
      },
    ]
  },

  examples: [
    { line1: 'Postboks 12', line2: '8000 Aarhus C' },
    { line1: '1 High Street', line2: 'London', endsOn: '2027-12-31' },
  ],
})

/** Never before the decision: mail was not sent there. */
function beginningOf(startsOn: PlainDate | undefined, { today, keys }: Situation): PlainDate {
  return laterOf(startsOn ?? keys.date, today)
}
