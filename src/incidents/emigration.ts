/** Emigration (CPR-loven § 24): reported before departure; its fields, rules and effect. */

import { addDays, addMonths, daysBetween } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { defineIncident } from '#incident/define.ts'
import { isForeignCountry, isGreenland } from '#incidents/countries.ts'
import {
  emigrationHearings,
  emigrationMarks,
  emigrationMarkTexts,
  emigrationTraits,
} from '#incidents/emigration-case.ts'
import {
  companionCandidates,
  companionRules,
  companionsField,
  moversOf,
} from '#incidents/movers.ts'
import { fiveLines, linesOf, reportedToResidence } from '#incidents/parts.ts'
import { askCaseWorker, goneFrom, useCurrentNumber } from '#incidents/statuses.ts'
import { statusFrom } from '#register/status.ts'

const reportableDaysAhead = 28
/** Rules 6.2: municipalities take it until then, though cpr.dk says before departure (inferred). */
const reportableDaysBack = 5
/** CPR-loven § 24: who is away for longer has emigrated, even if the home is kept. */
const monthsAbroad = 6

const throughGreenlandOnly = {
  number: 9250,
  text: {
    da: 'Personen er registreret i Grønland. Udrejsen anmeldes til den grønlandske kommune.',
    en: 'The person is registered in Greenland. Report the departure to the municipality there.',
  },
}

const notResident = {
  number: 9251,
  text: {
    da: 'Personen er ikke bopælsregistreret i Danmark. En ny adresse i udlandet anmeldes for sig.',
    en: 'The person is not resident in Denmark. A new address abroad is reported separately.',
  },
}

export const emigration = defineIncident({
  code: 'UDREJSE-I',
  name: 'emigration',
  title: { da: 'Udrejse af Danmark', en: 'Emigration' },
  summary: {
    da: 'Rejs ud i mere end seks måneder, alene eller sammen med andre fra din husstand. Sundhedskortet bliver ugyldigt, og du skal selv søge om at blive på valglisten.',
    en: 'Leave for more than six months, alone or with others in your household. The health card becomes invalid, and you must apply yourself to stay on the electoral register.',
  },
  decidedBy: 'residence',

  statuses: {
    '01': 'yes',
    '03': 'yes',
    '05': throughGreenlandOnly,
    '07': throughGreenlandOnly,
    '10': goneFrom,
    '20': notResident,
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': askCaseWorker,
    '80': notResident,
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
    returnsOn: {
      kind: 'date',
      wire: 'HJEMDTO',
      optional: true,
      label: { da: 'Kommer hjem', en: 'Returns on' },
      hint: { da: 'Lad stå tomt, hvis det er uvist', en: 'Leave empty if it is not known' },
    },
    home: {
      kind: 'choice',
      wire: 'BOLIG',
      optional: true,
      label: { da: 'Boligen i Danmark', en: 'The home in Denmark' },
      hint: {
        da: 'Fuld rådighed: ikke udlånt, udlejet eller fremlejet',
        en: 'Full disposal: not lent, let or sublet',
      },
      options: {
        kept: { wire: 'BEHOLDT', text: { da: 'Fuld rådighed', en: 'At full disposal' } },
        'given-up': { wire: 'OPGIVET', text: { da: 'Opgivet', en: 'Given up' } },
      },
    },
    companions: companionsField('MEDREJS', {
      label: { da: 'Rejser med', en: 'Also leaving' },
      hint: {
        da: 'Andre fra husstanden, der rejser til samme land',
        en: 'Others in the household who are leaving for the same country',
      },
    }),
  },

  asking: {
    isForChildren: true,
    date: {
      title: { da: 'Hvilken dag rejser du?', en: 'When are you leaving?' },
      hint: {
        da: 'Du kan anmelde udrejsen fra 28 dage før, og du skal anmelde den senest 5 dage efter.',
        en: 'You can report leaving up to 28 days before you go, and must do so no later than 5 days after.',
      },
    },
    pages: [
      {
        name: 'country',
        title: { da: 'Hvilket land rejser du til?', en: 'Which country are you moving to?' },
        fields: ['country'],
      },
      {
        name: 'address',
        title: { da: 'Hvad bliver din adresse dér?', en: 'What will your address be there?' },
        hint: {
          da: 'Lad linjerne være tomme, hvis du ikke kender den endnu.',
          en: 'Leave the lines empty if you do not know it yet.',
        },
        fields: ['line1', 'line2', 'line3', 'line4', 'line5'],
      },
      {
        name: 'returns',
        title: { da: 'Ved du, hvornår du kommer hjem?', en: 'Do you know when you will return?' },
        hint: {
          da: 'Lad datoen stå tom, hvis du ikke ved det endnu.',
          en: 'Leave the date empty if you do not know yet.',
        },
        fields: ['returnsOn'],
      },
      {
        name: 'home',
        title: {
          da: 'Hvad sker der med din bolig imens?',
          en: 'What happens to your home in the meantime?',
        },
        hint: {
          da: 'Fuld rådighed: ikke udlånt, udlejet eller fremlejet.',
          en: 'Full disposal: not lent, let or sublet.',
        },
        fields: ['home'],
        when: ({ returnsOn }, date) =>
          typeof returnsOn === 'string' && isShort(returnsOn, addMonths(date, monthsAbroad)),
      },
      {
        name: 'companions',
        title: { da: 'Hvem rejser med dig?', en: 'Who is leaving with you?' },
        hint: {
          da: 'Sæt kryds ved dem, der rejser til det samme land den samme dag. Ingen er valgt på forhånd.',
          en: 'Tick those who are leaving for the same country on the same day. Nobody is chosen in advance.',
        },
        fields: ['companions'],
      },
    ],
  },

  keyRules: [
    reportedToResidence(9252, {
      da: 'Udrejsen anmeldes til den kommune, personen flytter fra',
      en: 'Report to the municipality that the person leaves',
    }),
    {
      name: 'at-most-28-days-ahead',
      number: 9253,
      source: 'rules 6.2, as for a move',
      blames: 'date',
      text: ({ keys }) => {
        const first = addDays(keys.date, -reportableDaysAhead)
        return {
          da: `Udrejsen kan tidligst anmeldes ${reportableDaysAhead} dage før. Den første dag er ${sayDay(first).da}.`,
          en: `It can be reported no earlier than ${reportableDaysAhead} days before. The first day is ${sayDay(first).en}.`,
        }
      },
      holds: ({ keys, reportedOn }) => daysBetween(reportedOn, keys.date) <= reportableDaysAhead,
    },
    {
      name: 'at-most-5-days-after',
      number: 9254,
      source: 'rules 6.2: sources conflict (inferred)',
      blames: 'date',
      text: {
        da: 'Udrejsen skulle være anmeldt senest fem dage efter. Kontakt den kommune, personen boede i.',
        en: 'The departure should have been reported within five days. Contact the municipality where the person lived.',
      },
      holds: ({ keys, reportedOn }) => daysBetween(keys.date, reportedOn) <= reportableDaysBack,
    },
  ],

  asks: ({ country, companions }) => ({ persons: companions, authorities: [country] }),
  candidates: (situation) => ({ companions: companionCandidates(situation) }),

  rules: [
    {
      name: 'greenland-is-a-move',
      number: 9255,
      source: 'EMI-6',
      blames: 'country',
      text: {
        da: 'At flytte til Grønland er ikke en udrejse. Anmeld en flytning til den grønlandske kommune.',
        en: 'Moving to Greenland is not an emigration. Report a move to the Greenlandic municipality.',
      },
      holds: ({ country }) => !isGreenland(country),
    },
    {
      name: 'leaves-for-a-country',
      number: 9256,
      source: 'EMI-7; reference list 9.3',
      blames: 'country',
      text: ({ country }) => ({
        da: `Det er ikke muligt at rejse ud til landekode ${country}`,
        en: `It is not possible to emigrate to country code ${country}`,
      }),
      holds: ({ country }, situation) =>
        isGreenland(country) || isForeignCountry(country, situation),
    },
    {
      name: 'returns-after-leaving',
      number: 9257,
      source: 'inferred',
      blames: 'returnsOn',
      text: {
        da: 'Hjemkomsten skal ligge efter udrejsen',
        en: 'The return must be after the departure',
      },
      holds: ({ returnsOn }, { keys }) => returnsOn === undefined || returnsOn > keys.date,
    },
    {
      name: 'a-short-stay-says-what-becomes-of-the-home',
      number: 9258,
      source: 'rules 6.2: full disposal of the home decides',
      blames: 'home',
      text: {
        da: 'Ved højst seks måneder i udlandet: skriv, om du har fuld rådighed over boligen imens',
        en: 'For up to six months abroad: say whether the home is at full disposal in the meantime',
      },
      holds: ({ returnsOn, home }, { keys }) =>
        home !== undefined || !isShort(returnsOn, addMonths(keys.date, monthsAbroad)),
    },
    {
      name: 'longer-than-six-months-or-the-home-given-up',
      number: 9259,
      source: 'EMI-1, EMI-2; CPR-loven § 24',
      blames: 'returnsOn',
      text: {
        da: 'Højst seks måneder med fuld rådighed over boligen er ingen udrejse. Du skal ikke anmelde noget.',
        en: 'Up to six months abroad with the home kept is not an emigration. You do not have to report anything.',
      },
      holds: ({ returnsOn, home }, { keys }) =>
        home !== 'kept' || !isShort(returnsOn, addMonths(keys.date, monthsAbroad)),
    },
    ...companionRules(9260),
  ],

  marks: (values, situation) =>
    emigrationMarks(values.country, moversOf(values.companions, situation), {
      situation,
      isShort: isShort(values.returnsOn, addMonths(situation.keys.date, monthsAbroad)),
    }),

  markTexts: emigrationMarkTexts,
  // EMI-4: never decided without a person.
  leftToPeople: ['nordic'],
  traits: emigrationTraits,

  hearings: (values, situation) =>
    emigrationHearings(values.country, moversOf(values.companions, situation), situation),

  effect: (values, situation) =>
    moversOf(values.companions, situation).map(({ pnr }) => ({
      pnr,
      event: 'A06',
      // EMI-8. The contact address stays: it is how mail goes on reaching the person.
      facts: [
        statusFrom('80', situation.keys.date),
        { kind: 'address', from: situation.keys.date, value: null },
        {
          kind: 'foreign-address',
          from: situation.keys.date,
          value: { country: values.country, lines: linesOf(values) },
        },
      ],
    })),

  examples: [
    { country: '5170', companions: [] },
    {
      country: '5120',
      line1: 'Påhittsgatan 4',
      line2: 'Prövstad',
      returnsOn: '2099-12-31',
      home: 'given-up',
      companions: [],
    },
  ],
})

/** Exactly six months are not more than six months. */
function isShort(returnsOn: string | undefined, sixMonths: string): boolean {
  return returnsOn !== undefined && returnsOn <= sixMonths
}
