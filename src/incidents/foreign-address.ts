/** Change of the foreign address of an emigrated person; optional information (rules 6.2). */

import { daysBetween, laterOf } from '#base/calendar.ts'
import { defineIncident } from '#incident/define.ts'
import { isForeignCountry } from '#incidents/countries.ts'
import { fiveLines, linesOf } from '#incidents/parts.ts'
import { goneFrom, useCurrentNumber } from '#incidents/statuses.ts'

const livesInDenmark = {
  number: 9240,
  text: {
    da: 'Kun den, der er udrejst, kan have en udenlandsk adresse. Anmeld en udrejse i stedet.',
    en: 'Only somebody who has emigrated can have a foreign address. Report an emigration instead.',
  },
}

const unknownWhereabouts = {
  number: 9241,
  text: {
    da: 'Kontakt kommunen, så personen kan blive registreret rigtigt',
    en: 'Contact the municipality so that the person can be registered correctly',
  },
}

export const foreignAddress = defineIncident({
  code: 'UDLADR-I',
  name: 'foreign-address',
  title: { da: 'Adresse i udlandet', en: 'Address abroad' },
  summary: {
    da: 'Oplys eller ret din adresse i udlandet, når du er udrejst. Anmeldes til den kommune, du sidst boede i.',
    en: 'Give or change your address abroad after you have emigrated. Report to the municipality where you last lived.',
  },
  decidedBy: 'reported-to',

  statuses: {
    '01': livesInDenmark,
    '03': livesInDenmark,
    '05': livesInDenmark,
    '07': livesInDenmark,
    '10': goneFrom,
    '20': unknownWhereabouts,
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': unknownWhereabouts,
    '80': 'yes',
    '90': goneFrom,
  },

  fields: {
    country: {
      kind: 'code',
      digits: 4,
      list: 'country',
      wire: 'UDR_LANDEKOD',
      label: { da: 'Land', en: 'Country' },
    },
    ...fiveLines('UDLANDSADR'),
  },

  asking: {
    isForChildren: true,
    date: {
      title: {
        da: 'Fra hvilken dag gælder adressen?',
        en: 'From which day is the address valid?',
      },
      hint: {
        da: 'I dag eller tidligere.',
        en: 'Today or earlier.',
      },
    },
    pages: [
      {
        name: 'country',
        title: { da: 'I hvilket land bor du?', en: 'Which country do you live in?' },
        fields: ['country'],
      },
      {
        name: 'address',
        title: { da: 'Hvad er din adresse i udlandet?', en: 'What is your address abroad?' },
        hint: {
          da: 'Skriv den, som den står på et brev, fra øverste linje.',
          en: 'Enter it as on a letter, from the top line.',
        },
        fields: ['line1', 'line2', 'line3', 'line4', 'line5'],
      },
    ],
  },

  keyRules: [
    {
      name: 'reported-to-the-last-municipality',
      number: 9242,
      source: 'rules 6.2: through the last Danish municipality',
      blames: 'municipality',
      text: ({ lastMunicipality }) => ({
        da: `Anmeldes til den sidste danske kommune${lastMunicipality ? ` (${lastMunicipality})` : ''}`,
        en: `Report to the last Danish municipality${lastMunicipality ? ` (${lastMunicipality})` : ''}`,
      }),
      holds: ({ keys, lastMunicipality, findAuthority }) =>
        lastMunicipality === undefined
          ? findAuthority(keys.municipality)?.type === '05'
          : keys.municipality === lastMunicipality,
    },
    {
      name: 'not-ahead-of-time',
      number: 9243,
      source: 'inferred',
      blames: 'date',
      text: {
        da: 'Adressen kan ikke meldes før dagen, den gælder fra',
        en: 'The address cannot be reported before the day it begins',
      },
      holds: ({ keys, reportedOn }) => daysBetween(reportedOn, keys.date) <= 0,
    },
  ],

  asks: ({ country }) => ({ authorities: [country] }),

  rules: [
    {
      name: 'the-country-exists',
      number: 9244,
      source: 'EMI-7; reference list 9.3',
      blames: 'country',
      text: ({ country }) => ({
        da: `Landekode ${country} er ikke et land uden for Danmark`,
        en: `Country code ${country} is not a country outside Denmark`,
      }),
      holds: ({ country }, situation) => isForeignCountry(country, situation),
    },
    {
      name: 'has-a-line',
      number: 9245,
      source: 'EMI-7',
      blames: 'line1',
      text: { da: 'Skriv mindst én adresselinje', en: 'Give at least one address line' },
      holds: (values) => linesOf(values).length > 0,
    },
    {
      name: 'the-address-is-another',
      number: 9246,
      source: 'MOVE-18 by analogy',
      blames: 'line1',
      text: {
        da: 'Det er den adresse, der er registreret allerede',
        en: 'That is the address that is registered already',
      },
      holds: ({ country, ...lines }, { subject }) =>
        !subject.foreignAddress?.is(
          (held) => held.country === country && held.lines.join('\n') === linesOf(lines).join('\n'),
        ),
    },
  ],

  marks: () => [],

  effect: ({ country, ...lines }, { subject, keys }) => [
    {
      pnr: subject.pnr,
      event: 'A08',
      facts: [
        {
          kind: 'foreign-address',
          // Not before the departure, whatever date was given.
          from: laterOf(keys.date, subject.statusFrom),
          value: { country, lines: linesOf(lines) },
        },
      ],
    },
  ],

  examples: [
    { country: '5170', line1: '1 High Street', line2: 'London' },
    { country: '5390', line1: '350 Fifth Avenue', line2: 'New York NY', line3: 'USA' },
  ],
})
