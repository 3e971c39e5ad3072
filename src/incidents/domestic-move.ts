/** A move within Denmark (CPR-loven § 12): its fields, rules and effect. */

import { addDays, ageOn, daysBetween } from '#base/calendar.ts'
import { type CaseMark, defineIncident } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { askCaseWorker, goneFrom, useCurrentNumber } from '#incidents/statuses.ts'
import { isSameAddress } from '#register/address.ts'
import { addressingName } from '#register/name.ts'
import { isProtected, type Person } from '#register/person.ts'

/** Rule M2: four weeks; configurable per municipality in most of the country. */
const reportableDaysAhead = 28
/** Rule M1: after this many days the report is late, and accepted all the same. */
const onTimeDays = 5
/** More persons than this to a room may be against tenancy law (boligreguleringsloven § 52 a). */
const personsPerRoomMax = 2

const mustImmigrate = {
  number: 9112,
  text: {
    da: 'Personen er ikke bopælsregistreret i Danmark. Tilflytning fra udlandet anmeldes til kommunen.',
    en: 'The person is not resident in Denmark. Report moving to Denmark to the municipality.',
  },
}

const throughGreenland = {
  number: 9113,
  text: {
    da: 'Personen er registreret i Grønland. Flytningen anmeldes gennem den grønlandske kommune.',
    en: 'The person is registered in Greenland. Report the move through the Greenlandic municipality.',
  },
}

export const domesticMove = defineIncident({
  code: 'FLYT-I',
  name: 'domestic-move',
  title: { da: 'Flytning i Danmark', en: 'Move within Denmark' },
  summary: {
    da: 'En person, eventuelt med andre fra husstanden, flytter til en anden adresse i Danmark.',
    en: 'A person, possibly with others of the household, moves to another address in Denmark.',
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
    road: {
      kind: 'code',
      digits: 4,
      list: 'road',
      wire: 'VEJKOD',
      label: { da: 'Vejkode', en: 'Road code' },
      hint: {
        da: 'Fire cifre, som i adresseregistret',
        en: 'Four digits, as in the address register',
      },
    },
    house: { kind: 'house', wire: 'HUSNR', label: { da: 'Husnummer', en: 'House number' } },
    floor: { kind: 'floor', wire: 'ETAGE', optional: true, label: { da: 'Etage', en: 'Floor' } },
    door: {
      kind: 'door',
      wire: 'SIDEDOER',
      optional: true,
      label: { da: 'Side eller dør', en: 'Door' },
    },
    careOf: {
      kind: 'text',
      lengthMax: 34,
      letters: 'name',
      wire: 'CONVN',
      optional: true,
      label: { da: 'c/o-navn', en: 'c/o name' },
      hint: {
        da: 'Navnet på døren, hvis dit eget ikke står der',
        en: 'The name on the door, if your own is not there',
      },
    },
    companions: {
      kind: 'persons',
      table: 'MEDFLYT',
      wire: 'PNR',
      itemsMax: 20,
      optional: true,
      label: { da: 'Flytter med', en: 'Moves along' },
      hint: {
        da: 'Andre fra husstanden, der flytter til samme adresse',
        en: 'Others of the household who move to the same address',
      },
    },
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
      holds: ({ keys, findAuthority }) =>
        findAuthority(keys.municipality)?.type === '05' && keys.municipality < '0900',
    },
    {
      name: 'at-most-28-days-ahead',
      number: 9110,
      source: 'MOVE-1 (borger.dk)',
      blames: 'date',
      text: ({ keys }) => {
        const first = addDays(keys.date, -reportableDaysAhead)
        return {
          da: `Flytningen kan tidligst anmeldes 28 dage før. Den første dag er ${first}.`,
          en: `A move can be reported at most 28 days ahead. The first day is ${first}.`,
        }
      },
      holds: ({ keys, reportedOn }) => daysBetween(reportedOn, keys.date) <= reportableDaysAhead,
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

  asks: ({ road, house, floor, door, companions }) => ({
    persons: companions,
    addresses: [tailOf({ road, house, floor, door })],
    roads: [road],
  }),

  candidates: ({ household, subject }) => ({
    companions: household
      .filter((person) => person.status === '01' && !isHiddenFrom(subject, person))
      .map((person) => ({ value: person.pnr, text: addressingName(person.name) })),
  }),

  rules: [
    {
      name: 'the-road-exists',
      number: 9114,
      source: 'MOVE-13; M7',
      blames: 'road',
      text: ({ road }, { keys, findAuthority }) => ({
        da: `Vejkode ${road} findes ikke i ${findAuthority(keys.municipality)?.name ?? keys.municipality}`,
        en: `Road code ${road} does not exist in ${findAuthority(keys.municipality)?.name ?? keys.municipality}`,
      }),
      holds: ({ road }, { findRoad }) => findRoad(road) !== undefined,
    },
    {
      name: 'the-address-exists',
      number: 9115,
      source: 'MOVE-13; M7',
      blames: 'house',
      text: {
        da: 'Adressen findes ikke i adresseregistret. Mangler den, så kontakt kommunen.',
        en: 'The address is not in the address register. If it is missing, contact the municipality.',
      },
      holds: (values, { findRoad, findDwelling }) =>
        findRoad(values.road) === undefined || findDwelling(tailOf(values)) !== undefined,
    },
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
    {
      name: 'companions-are-of-the-household',
      number: 9117,
      source: 'M6',
      blames: 'companions',
      text: {
        da: 'Kun personer fra husstanden kan flytte med. Tag de andre af listen.',
        en: 'Only persons of the household can move along. Take the others off the list.',
      },
      holds: ({ companions }, { household, subject }) =>
        companions.every(
          (pnr) => pnr === subject.pnr || household.some((person) => person.pnr === pnr),
        ),
    },
    {
      name: 'the-mover-is-no-companion',
      number: 9118,
      source: 'inferred',
      blames: 'companions',
      text: {
        da: 'Den, anmeldelsen gælder, skal ikke stå på listen over dem, der flytter med',
        en: 'The person the report is about must not be among those who move along',
      },
      holds: ({ companions }, { subject }) => !companions.includes(subject.pnr),
    },
    {
      name: 'companions-can-move',
      number: 9119,
      source: 'MOVE-14',
      blames: 'companions',
      text: {
        da: 'En af dem, der flytter med, kan ikke meldes flyttet. Kontakt kommunen.',
        en: 'One of those who move along cannot be reported as moving. Contact the municipality.',
      },
      holds: ({ companions }, { persons }) =>
        companions.every((pnr) => {
          const status = persons.get(pnr)?.status
          return status === undefined || status === '01' || status === '03'
        }),
    },
    {
      name: 'not-more-than-two-to-a-room',
      number: 9120,
      severity: 'warning',
      source: 'rules 6.1 (boligreguleringsloven § 52 a): a warning, never a refusal',
      blames: 'house',
      text: {
        da: 'Der vil bo mere end to personer pr. værelse i boligen',
        en: 'There will live more than two persons to a room in the dwelling',
      },
      holds: (values, { findDwelling }) => {
        const dwelling = findDwelling(tailOf(values))
        if (dwelling === undefined || dwelling.rooms === 0) return true
        const persons = dwelling.residents + 1 + values.companions.length
        return persons <= dwelling.rooms * personsPerRoomMax
      },
    },
  ],

  marks: (values, situation) => [
    ...lateMark(situation),
    ...hostMark(values, situation),
    ...youngMark(values, situation),
  ],

  effect: ({ road, house, floor, door, careOf, companions }, { keys, subject, persons }) =>
    [subject, ...companions.flatMap((pnr) => persons.get(pnr) ?? [])].map((mover) => ({
      pnr: mover.pnr,
      event: 'A01',
      facts: [
        {
          kind: 'address',
          from: keys.date,
          value: {
            municipality: keys.municipality,
            road,
            house,
            ...(floor && { floor }),
            ...(door && { door }),
            ...(careOf && { careOf }),
          },
        },
        // ST-4: who had no fixed home has one now.
        ...(mover.status === '03'
          ? [{ kind: 'status', from: keys.date, value: { code: '01' } } as const]
          : []),
      ],
    })),

  examples: [
    { road: '0012', house: '14', floor: '2', door: 'tv', companions: [] },
    { road: '0012', house: '8B', careOf: 'c/o Sørensen', companions: [] },
  ],
})

type Target = {
  readonly road: string
  readonly house: string
  readonly floor?: string | undefined
  readonly door?: string | undefined
}

function tailOf({ road, house, floor = '', door = '' }: Target): string {
  return `${road}-${house}-${floor}-${door}`
}

function livesAt({ address }: Person, target: Target, { keys }: Situation): boolean {
  if (!address) return false
  const { road, house, floor, door } = target
  const there = { municipality: keys.municipality, road, house }
  return isSameAddress(address, { ...there, ...(floor && { floor }), ...(door && { door }) })
}

/** MOVE-15, PROT-4: a protected person is never listed, but for one's own children and parents. */
function isHiddenFrom(reader: Person, other: Person): boolean {
  const isFamily =
    reader.spouse === other.pnr ||
    other.parents.includes(reader.pnr) ||
    reader.parents.includes(other.pnr)
  return isProtected(other) && !isFamily
}

function lateMark({ keys, reportedOn }: Situation): readonly CaseMark[] {
  if (daysBetween(keys.date, reportedOn) <= onTimeDays) return []
  return [{ code: 'late', text: { da: 'For sent anmeldt', en: 'Reported late' } }]
}

function hostMark(values: Target, { findDwelling }: Situation): readonly CaseMark[] {
  const residents = findDwelling(tailOf(values))?.residents ?? 0
  return residents === 0 ? [] : [{ code: 'host', text: { da: 'Logivært', en: 'Host' } }]
}

function youngMark(
  { companions }: { readonly companions: readonly string[] },
  { keys, subject, persons }: Situation,
): readonly CaseMark[] {
  const movers = [subject, ...companions.flatMap((pnr) => persons.get(pnr) ?? [])]
  if (movers.every((mover) => ageOn(mover.bornOn, keys.date) >= 18)) return []
  return [{ code: 'child', text: { da: 'Barn', en: 'Child' } }]
}
