/**
 * A notice that somebody moves to Denmark. No citizen can register that: the notice says where to
 * go and what to bring, keeps what the municipality will ask for, and registers nothing.
 */

import { addDays, addMonths, daysBetween } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { defineIncident } from '#incident/define.ts'
import { addressFields, addressRules, asksAbout } from '#incidents/address-group.ts'
import { isCountry, isForeignCountry, isNordicCitizenship } from '#incidents/countries.ts'
import { goesToDanishMunicipality, stayFields } from '#incidents/parts.ts'
import { askCaseWorker, goneFrom, throughGreenland, useCurrentNumber } from '#incidents/statuses.ts'
import { countries } from '#register/codes.ts'

/** Inferred, as for a move: the notice prepares a meeting, which is booked beforehand. */
const noticeDaysAhead = 28
/** CPR-loven § 16: only a stay of more than three months is registered. */
const monthsMin = 3
/** From then on also Nordic citizens have a duty. */
const monthsOfDuty = 6

const alreadyResident = {
  number: 9270,
  text: {
    da: 'Personen er allerede bopælsregistreret i Danmark. Anmeld en flytning i stedet.',
    en: 'The person is resident in Denmark already. Report a move instead.',
  },
}

const markTexts = {
  'permit-after-arrival': { da: 'Tilladelse efter indrejse', en: 'Permit after arrival' },
}

export const returnNotice = defineIncident({
  code: 'INDREJSE-I',
  name: 'return-notice',
  title: { da: 'Indrejse: forbered mødet med kommunen', en: 'Moving to Denmark: prepare' },
  summary: {
    da: 'Indrejse registreres kun, når du møder op i kommunen. Her giver du de oplysninger, som kommunen spørger om.',
    en: 'Moving to Denmark is registered only when you come to the municipality in person. Here you give what it will ask for.',
  },
  decidedBy: 'reported-to',

  statuses: {
    '01': alreadyResident,
    '03': alreadyResident,
    '05': throughGreenland,
    '07': throughGreenland,
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
    country: {
      kind: 'code',
      digits: 4,
      list: 'country',
      wire: 'INDR_LANDEKOD',
      label: { da: 'Kommer fra', en: 'Comes from' },
    },
    citizenship: {
      kind: 'code',
      digits: 4,
      list: 'country',
      wire: 'SB_LANDEKOD',
      label: { da: 'Statsborger i', en: 'Citizen of' },
    },
    ...stayFields,
    ...addressFields,
  },

  asking: {
    date: {
      title: {
        da: 'Hvilken dag kommer du til Danmark?',
        en: 'When are you coming to Denmark?',
      },
      hint: {
        da: 'Du kan forberede mødet med kommunen fra 28 dage før, du kommer.',
        en: 'You can prepare the meeting with the municipality up to 28 days before you arrive.',
      },
    },
    pages: [
      {
        name: 'address',
        title: { da: 'Hvor skal du bo?', en: 'Where will you live?' },
        fields: ['road', 'house', 'floor', 'door', 'careOf'],
      },
      {
        name: 'country',
        title: { da: 'Hvilket land kommer du fra?', en: 'Which country are you coming from?' },
        fields: ['country', 'citizenship'],
      },
      {
        name: 'permit',
        title: { da: 'Har du en opholdstilladelse?', en: 'Do you have a residence permit?' },
        hint: {
          da: 'Skriv datoen på tilladelsen eller beviset. Lad den stå tom, hvis du ikke har fået den endnu.',
          en: 'Enter the date on the permit or certificate. Leave it empty if you do not have one yet.',
        },
        fields: ['permitOn'],
        when: ({ citizenship }) =>
          typeof citizenship === 'string' && !isNordicCitizenship(citizenship),
      },
      {
        name: 'leaves',
        title: {
          da: 'Ved du, hvornår du rejser igen?',
          en: 'Do you know when you will leave again?',
        },
        hint: {
          da: 'Lad datoen stå tom, hvis du ikke ved det endnu.',
          en: 'Leave the date empty if you do not know yet.',
        },
        fields: ['leavesOn'],
      },
    ],
  },

  keyRules: [
    {
      name: 'reported-to-a-municipality',
      number: 9271,
      source: 'rules 6.3; CPR-loven § 20',
      blames: 'municipality',
      text: {
        da: 'Vælg den kommune, som personen flytter til',
        en: 'Choose the municipality that the person moves to',
      },
      holds: goesToDanishMunicipality,
    },
    {
      name: 'at-most-28-days-ahead',
      number: 9272,
      source: 'inferred',
      blames: 'date',
      text: ({ keys }) => {
        const first = addDays(keys.date, -noticeDaysAhead)
        return {
          da: `Mødet kan forberedes fra ${noticeDaysAhead} dage før indrejsen. Den første dag er ${sayDay(first).da}.`,
          en: `The meeting can be prepared ${noticeDaysAhead} days before arrival. The first day is ${sayDay(first).en}.`,
        }
      },
      holds: ({ keys, reportedOn }) => daysBetween(reportedOn, keys.date) <= noticeDaysAhead,
    },
  ],

  asks: ({ country, citizenship, road, house, floor, door }) => ({
    ...asksAbout({ road, house, floor, door }),
    authorities: [country, citizenship],
  }),

  rules: [
    {
      name: 'comes-from-a-country',
      number: 9273,
      source: 'reference list 9.3',
      blames: 'country',
      text: ({ country }) => ({
        da: `Landekode ${country} er ikke et land, man kan komme fra`,
        en: `Country code ${country} is not a country to come from`,
      }),
      holds: ({ country }, situation) => isForeignCountry(country, situation),
    },
    {
      name: 'citizen-of-a-country',
      number: 9274,
      source: 'reference list 9.3; rules 6.3: the data of § 20',
      blames: 'citizenship',
      text: ({ citizenship }) => ({
        da: `Landekode ${citizenship} er ikke et statsborgerskab`,
        en: `Country code ${citizenship} is not a citizenship`,
      }),
      holds: ({ citizenship }, situation) => isCountry(citizenship, situation),
    },
    ...addressRules(9275),
    {
      name: 'stays-longer-than-three-months',
      number: 9277,
      source: 'IMM-1; CPR-loven § 16',
      blames: 'leavesOn',
      text: {
        da: 'Kun et ophold på mere end tre måneder kan registreres, også for danske statsborgere',
        en: 'Only a stay of more than three months can be registered, also for Danish citizens',
      },
      holds: ({ leavesOn }, { keys }) =>
        leavesOn === undefined || leavesOn > addMonths(keys.date, monthsMin),
    },
    {
      name: 'bring-a-permit',
      number: 9278,
      severity: 'warning',
      source: 'IMM-2; CPR-loven § 22(3)',
      blames: 'permitOn',
      text: {
        da: 'Medbring opholdstilladelse eller bevis. Indrejsen registreres tidligst fra tilladelsens dato.',
        en: 'Bring the residence permit or certificate. Registration begins at the earliest on its date.',
      },
      holds: ({ citizenship, permitOn }, { keys }) =>
        isNordicCitizenship(citizenship) || (permitOn !== undefined && permitOn <= keys.date),
    },
    {
      name: 'nordic-citizens-may-wait',
      number: 9279,
      severity: 'warning',
      source: 'IMM-4',
      blames: 'leavesOn',
      text: {
        da: 'Ved højst seks måneder er det frivilligt for nordiske statsborgere at blive registreret',
        en: 'For up to six months, registration is voluntary for Nordic citizens',
      },
      holds: ({ citizenship, leavesOn }, { keys }) =>
        !isNordicCitizenship(citizenship) ||
        citizenship === countries.denmark ||
        leavesOn === undefined ||
        leavesOn > addMonths(keys.date, monthsOfDuty),
    },
    {
      // Passes the second time: the notice is saved once the reporter has been told.
      name: 'appear-in-person',
      number: 9280,
      severity: 'warning',
      source: 'rules 6.3; CPR-loven §§ 16, 21(2)',
      blames: 'municipality',
      text: {
        da: 'Din indrejse er ikke registreret endnu. Mød op i kommunen senest fem dage efter, at du er kommet og har et sted at bo. Medbring pas og bevis for bolig.',
        en: 'Your move to Denmark is not registered yet. Come to the municipality within five days of having arrived and having somewhere to live. Bring your passport and proof of your home.',
      },
      holds: () => false,
    },
  ],

  marks: ({ permitOn }, { keys }) =>
    permitOn !== undefined && permitOn > keys.date
      ? [{ code: 'permit-after-arrival', text: markTexts['permit-after-arrival'] }]
      : [],
  markTexts,

  effect: () => [],

  examples: [
    { country: '5110', citizenship: '5110', road: '0012', house: '14', floor: '2', door: 'tv' },
    {
      country: '5390',
      citizenship: '5390',
      permitOn: '2026-01-15',
      leavesOn: '2099-12-31',
      road: '0012',
      house: '8B',
      careOf: 'c/o Sørensen',
    },
  ],
})
