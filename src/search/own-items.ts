/**
 * What the register has about a person, item by item, in plain words: what each is called, which
 * authority registered it and puts it right (rule INS-2), and what its facts say. Pure.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import {
  custodyRelations,
  isCustodyRelation,
  protections,
  sexes,
  statusOf,
} from '#register/codes.ts'
import {
  type FactKind,
  type FactValues,
  placesOf,
  type RecordedFact,
  type Residence,
  spanOn,
  timeline,
} from '#register/fact.ts'
import { fullName } from '#register/name.ts'
import { writeStreet } from '#register/one-line.ts'
import { writePnr } from '#register/pnr.ts'

/** Who registered an item and is to be asked about it. */
type Keeper = 'church' | 'municipality' | 'family-court' | 'cpr-office'

type ItemRow = {
  readonly title: Text
  readonly keeper: Keeper
  /** Of somebody who is protected and lives elsewhere it is not told to who has custody. */
  readonly tellsWhere?: true
}

/** In the order of a page about oneself. A kind of fact that is new must be told here. */
const items: { readonly [K in FactKind]: ItemRow } = {
  name: { title: { da: 'Navn', en: 'Name' }, keeper: 'church' },
  birth: { title: { da: 'Fødsel og køn', en: 'Birth and sex' }, keeper: 'church' },
  status: { title: { da: 'Status', en: 'Status' }, keeper: 'municipality', tellsWhere: true },
  address: { title: { da: 'Bopæl', en: 'Residence' }, keeper: 'municipality', tellsWhere: true },
  'foreign-address': {
    title: { da: 'Adresse i udlandet', en: 'Address abroad' },
    keeper: 'municipality',
    tellsWhere: true,
  },
  'contact-address': {
    title: { da: 'Kontaktadresse', en: 'Contact address' },
    keeper: 'municipality',
    tellsWhere: true,
  },
  protection: {
    title: { da: 'Beskyttelse og markeringer', en: 'Protection and marks' },
    keeper: 'municipality',
  },
  spouse: { title: { da: 'Ægtefælle', en: 'Spouse' }, keeper: 'municipality' },
  parent: { title: { da: 'Forælder', en: 'Parent' }, keeper: 'church' },
  custody: { title: { da: 'Forældremyndighed', en: 'Custody' }, keeper: 'family-court' },
  entry: { title: { da: 'Indrejse', en: 'Immigration' }, keeper: 'municipality' },
  successor: { title: { da: 'Nyt personnummer', en: 'New number' }, keeper: 'cpr-office' },
}

export type OwnEntry = {
  readonly from: PlainDate
  /** The first day on which it no longer holds. */
  readonly to: PlainDate | undefined
  readonly lines: readonly Text[]
}

export type OwnItem = {
  readonly item: FactKind
  /** Which of several: the type of a protection, which parent. */
  readonly slot: string
  readonly title: Text
  readonly authority: { readonly code: string | undefined; readonly name: Text }
  /** What holds on the day that was asked about. */
  readonly current: OwnEntry | undefined
  /** What held or will hold on other days, the last first. */
  readonly others: readonly OwnEntry[]
  /** It is there and is not told; the authority is to be asked. */
  readonly isWithheld: boolean
}

/** What the words of an item are made of beside its facts. */
export type Surroundings = {
  readonly day: PlainDate
  readonly findPlace: (address: Residence) => PlaceNames
  readonly findCountry: (code: string) => string | undefined
  /** The name of another person, or that it is protected. */
  readonly nameOf: (pnr: string) => Text
  readonly withholdWhereabouts: boolean
}

export type PlaceNames = {
  readonly municipality: string | undefined
  readonly road: string | undefined
  readonly town: string | undefined
  readonly postcode: string | undefined
  readonly district: string | undefined
}

const order = Object.keys(items)

/** Every item of which the facts have ever said anything. */
export function itemsOf(
  facts: readonly RecordedFact[],
  surroundings: Surroundings,
): readonly OwnItem[] {
  const places = placesOf(facts).toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.slot < b.slot ? -1 : 1),
  )
  return places.flatMap(({ kind, slot }) => itemOf(facts, kind, slot, surroundings))
}

function itemOf(
  facts: readonly RecordedFact[],
  kind: FactKind,
  slot: string,
  surroundings: Surroundings,
): readonly OwnItem[] {
  const row = items[kind]
  const spans = timeline(facts, kind, slot)
  if (spans.length === 0) return []
  const isWithheld = row.tellsWhere === true && surroundings.withholdWhereabouts
  const write = ({ from, to, value }: (typeof spans)[number]): OwnEntry => ({
    from,
    to,
    lines: linesOf(kind, slot, value, surroundings),
  })
  const current = spanOn(spans, surroundings.day)
  const others = spans.filter((span) => span !== current).toReversed()
  return [
    {
      item: kind,
      slot,
      title: row.title,
      authority: keeperOf(row.keeper, facts, surroundings),
      current: current && !isWithheld ? write(current) : undefined,
      others: isWithheld ? [] : others.map(write),
      isWithheld,
    },
  ]
}

const same = (text: string): Text => ({ da: text, en: text })

/** Total over the kinds of fact: the value is of the kind that it is handed in with. */
function linesOf<Kind extends FactKind>(
  kind: Kind,
  slot: string,
  value: FactValues[Kind],
  surroundings: Surroundings,
): readonly Text[] {
  const writers: { readonly [K in FactKind]: (value: FactValues[K]) => readonly Text[] } = {
    name: (name) => [same(fullName(name))],
    birth: ({ bornOn, sex, uncertain }) => [
      {
        da: `Født ${bornOn}${uncertain ? ' (usikker)' : ''}`,
        en: `Born ${bornOn}${uncertain ? ' (uncertain)' : ''}`,
      },
      sexes[sex],
    ],
    status: ({ code }) => [statusOf(code).text],
    address: (address) => addressLines(address, surroundings.findPlace(address)),
    'foreign-address': ({ country, lines }) => [
      ...lines.map(same),
      same(surroundings.findCountry(country) ?? country),
    ],
    'contact-address': ({ lines }) => lines.map(same),
    protection: ({ type }) => [protections[type].text],
    spouse: ({ pnr }) => [surroundings.nameOf(pnr)],
    parent: ({ pnr }) => [surroundings.nameOf(pnr)],
    custody: ({ pnr }) => [
      ...(isCustodyRelation(slot) ? [custodyRelations[slot]] : []),
      surroundings.nameOf(pnr),
    ],
    entry: ({ country }) => {
      const name = surroundings.findCountry(country) ?? country
      return [{ da: `Indrejst fra ${name}`, en: `Came from ${name}` }]
    },
    successor: ({ pnr }) => [same(writePnr(pnr))],
  }
  return writers[kind](value)
}

function addressLines(address: Residence, place: PlaceNames): readonly Text[] {
  const { house, floor, door, careOf, locality, municipality } = address
  const road = place.road ?? ''
  const street =
    house === ''
      ? road
      : writeStreet({ road, house, ...(floor && { floor }), ...(door && { door }) })
  const post = place.postcode && `${place.postcode} ${place.district ?? ''}`
  const name = place.municipality ?? municipality
  const called = fullAuthorityName({ code: municipality, name })
  return [
    ...[careOf, locality, street, place.town, post].flatMap((line) => (line ? [same(line)] : [])),
    same(called),
  ]
}

const keepers = {
  church: {
    da: 'Kirkekontoret i dit sogn (i Sønderjylland: kommunen)',
    en: 'The parish office (in Southern Jutland: the municipality)',
  },
  'family-court': { da: 'Familieretshuset', en: 'The Agency of Family Law' },
  'cpr-office': { da: 'CPR-kontoret', en: 'The CPR Office' },
} as const satisfies { readonly [K in Exclude<Keeper, 'municipality'>]: Text }

/** The municipality is that of the last address before the day; without any, the CPR Office. */
function keeperOf(
  keeper: Keeper,
  facts: readonly RecordedFact[],
  { day, findPlace, withholdWhereabouts }: Surroundings,
): OwnItem['authority'] {
  if (keeper !== 'municipality') {
    return { code: keeper === 'cpr-office' ? '0001' : undefined, name: keepers[keeper] }
  }
  if (withholdWhereabouts) {
    const name = { da: 'Barnets bopælskommune', en: 'The municipality where the child lives' }
    return { code: undefined, name }
  }
  const address = timeline(facts, 'address').findLast(({ from }) => from <= day)?.value
  if (!address) return { code: '0001', name: keepers['cpr-office'] }
  const code = address.municipality
  const called = fullAuthorityName({ code, name: findPlace(address).municipality ?? code })
  return {
    code,
    name: { da: `${called}, Borgerservice`, en: `${called}, citizen service` },
  }
}
