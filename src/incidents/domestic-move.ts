/** A move within Denmark (CPR-loven § 12): its fields, rules and effect. */

import { addDays, daysBetween } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { defineIncident } from '#incident/define.ts'
import {
  addressFields,
  addressFrom,
  addressRules,
  asksAbout,
  livesAt,
  stayingAt,
  tailOf,
} from '#incidents/address-group.ts'
import { hostHearing, parentHearings } from '#incidents/move-hearings.ts'
import { moveTraits } from '#incidents/move-traits.ts'
import {
  companionCandidates,
  companionRules,
  companionsField,
  moveMarks,
  moveMarkTexts,
  moversOf,
} from '#incidents/movers.ts'
import { protectionOnMoving } from '#incidents/name-and-address-protection.ts'
import { goesToDanishMunicipality } from '#incidents/parts.ts'
import { askCaseWorker, goneFrom, throughGreenland, useCurrentNumber } from '#incidents/statuses.ts'
import { statusFrom } from '#register/status.ts'

const mustImmigrate = {
  number: 9112,
  text: {
    da: 'Personen er ikke bopælsregistreret i Danmark. Tilflytning fra udlandet anmeldes til kommunen.',
    en: 'The person is not resident in Denmark. Report moving to Denmark to the municipality.',
  },
}

export const domesticMove = defineIncident({
  code: 'FLYT-I',
  name: 'domestic-move',
  title: { da: 'Flytning i Danmark', en: 'Move within Denmark' },
  summary: {
    da: 'Flyt til en anden adresse i Danmark, alene eller sammen med andre fra din husstand.',
    en: 'Move to another address in Denmark, alone or with others in your household.',
  },
  decidedBy: 'reported-to',

  statuses: {
    '01': 'yes',
    '03': 'yes',
    '05': throughGreenland,
    '07': throughGreenland,
    '10': goneFrom,
    '20': mustImmigrate,
    '30': useCurrentNumber,
    '50': useCurrentNumber,
    '60': useCurrentNumber,
    '70': askCaseWorker,
    '80': mustImmigrate,
    '90': goneFrom,
  },

  fields: {
    ...addressFields,
    companions: companionsField('MEDFLYT', {
      label: { da: 'Flytter med', en: 'Also moving' },
      hint: {
        da: 'Andre fra husstanden, der flytter til samme adresse',
        en: 'Others in the household who are moving to the same address',
      },
    }),
    protection: {
      kind: 'choice',
      optional: true,
      wire: 'BESKYT_OENSKE',
      label: { da: 'Navne- og adressebeskyttelse', en: 'Name and address protection' },
      hint: {
        da: 'For personen og egne børn under 18 år, der flytter med. Flytningen registreres først, når det er afgjort.',
        en: 'For the person and their own children under 18 who are also moving. The move is registered once that is decided.',
      },
      options: {
        wished: { wire: 'JA', text: { da: 'Ja, beskyt', en: 'Yes, protect' } },
      },
    },
  },

  asking: {
    isForChildren: true,
    date: {
      title: { da: 'Hvilken dag flytter du?', en: 'When are you moving?' },
      hint: {
        da: 'Du kan anmelde flytningen fra 28 dage før, og du skal anmelde den senest 5 dage efter. Er det blevet senere, så anmeld den alligevel.',
        en: 'You can report the move up to 28 days before it, and must do so no later than 5 days after it. If you are late, report it anyway.',
      },
    },
    pages: [
      {
        name: 'address',
        title: { da: 'Hvor flytter du hen?', en: 'Where are you moving to?' },
        fields: ['road', 'house', 'floor', 'door', 'careOf'],
      },
      {
        name: 'companions',
        title: { da: 'Hvem flytter med dig?', en: 'Who is moving with you?' },
        hint: {
          da: 'Sæt kryds ved dem, der flytter til den samme adresse den samme dag. Ingen er valgt på forhånd.',
          en: 'Tick those who are moving to the same address on the same day. Nobody is chosen in advance.',
        },
        fields: ['companions'],
      },
      {
        name: 'protection',
        title: {
          da: 'Skal dit navn og din adresse beskyttes?',
          en: 'Should your name and address be protected?',
        },
        hint: {
          da: 'Gælder dig og dine egne børn under 18 år, der flytter med. Flytningen registreres først, når beskyttelsen er afgjort.',
          en: 'For you and your own children under 18 who are moving with you. The move is registered once the protection has been decided.',
        },
        fields: ['protection'],
      },
    ],
  },

  keyRules: [
    {
      name: 'reported-to-a-danish-municipality',
      number: 9020,
      source: 'rules M1, M4; CPR-loven § 12',
      blames: 'municipality',
      text: ({ keys }) => ({
        da: `Myndighed ${keys.municipality} er ikke en dansk kommune, der kan modtage en flytning. Flytning til Grønland anmeldes til kommunen dér.`,
        en: `Authority ${keys.municipality} is not a Danish municipality that can receive a move. Report a move to Greenland to the municipality there.`,
      }),
      holds: goesToDanishMunicipality,
    },
    {
      name: 'at-most-28-days-ahead',
      number: 9110,
      source: 'MOVE-1 (borger.dk)',
      blames: 'date',
      text: ({ keys, settings }) => {
        const first = addDays(keys.date, -settings.reportableDaysAhead)
        return {
          da: `Flytningen kan tidligst anmeldes ${settings.reportableDaysAhead} dage før. Den første dag er ${sayDay(first).da}.`,
          en: `A move can be reported no earlier than ${settings.reportableDaysAhead} days before it. The first day is ${sayDay(first).en}.`,
        }
      },
      holds: ({ keys, reportedOn, settings }) =>
        daysBetween(reportedOn, keys.date) <= settings.reportableDaysAhead,
    },
    {
      name: 'not-before-birth',
      number: 9111,
      source: 'inferred',
      blames: 'date',
      text: {
        da: 'Flyttedatoen ligger før personens fødsel',
        en: 'The date of the move is before the person was born',
      },
      holds: ({ keys, subject }) => keys.date >= subject.bornOn,
    },
  ],

  asks: ({ companions, protection: _, ...target }) => ({
    persons: companions,
    ...asksAbout(target),
  }),

  candidates: (situation) => ({ companions: companionCandidates(situation) }),

  rules: [
    ...addressRules(9114),
    {
      name: 'the-address-is-another',
      number: 9116,
      source: 'MOVE-18',
      blames: 'house',
      text: {
        da: 'Det er den adresse, personen allerede er registreret på',
        en: 'That is the address where the person is already registered',
      },
      holds: (values, situation) => !livesAt(situation.subject, values, situation),
    },
    ...companionRules(9117),
    {
      name: 'not-too-many-to-a-room',
      number: 9120,
      severity: 'warning',
      source: 'rules 6.1 (boligreguleringsloven § 52 a): a warning, never a refusal',
      blames: 'house',
      text: (_, { settings }) => ({
        da: `Der vil bo mere end ${settings.legalRoomFactor} personer pr. værelse i boligen`,
        en: `More than ${settings.legalRoomFactor} people per room would live in the dwelling`,
      }),
      holds: (values, situation) => {
        const dwelling = situation.findDwelling(tailOf(values))
        if (dwelling === undefined || dwelling.rooms === 0) return true
        const movers = moversOf(values.companions, situation)
        const persons = stayingAt(values, movers, situation).length + movers.length
        return persons <= dwelling.rooms * situation.settings.legalRoomFactor
      },
    },
  ],

  marks: (values, situation) => {
    const movers = moversOf(values.companions, situation)
    const dwelling = situation.findDwelling(tailOf(values))
    return moveMarks(movers, stayingAt(values, movers, situation), dwelling, situation)
  },
  markTexts: moveMarkTexts,
  leftToPeople: ['summer-house'],
  traits: moveTraits,

  hearings: (values, situation) => {
    const movers = moversOf(values.companions, situation)
    return [
      ...hostHearing(stayingAt(values, movers, situation), movers, situation),
      ...parentHearings(movers, situation),
    ]
  },

  // PROT-8: nobody must find the new address before it is protected.
  forerunners: ({ protection, companions }, situation) =>
    protection === 'wished' ? [protectionOnMoving(companions, situation)] : [],

  effect: (values, situation) =>
    moversOf(values.companions, situation).map((mover) => ({
      pnr: mover.pnr,
      event: 'A01',
      facts: [
        addressFrom(mover, values, situation),
        // ST-4: who had no fixed home has one now.
        ...(mover.status === '03' ? [statusFrom('01', situation.keys.date)] : []),
      ],
    })),

  examples: [
    { road: '0012', house: '14', floor: '2', door: 'tv', companions: [] },
    { road: '0012', house: '8B', careOf: 'c/o Sørensen', companions: [] },
  ],
})
