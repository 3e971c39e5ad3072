/**
 * The named people of the sandbox. They are drawn first and by dice of their own, so that a seed
 * gives the same ones whatever the size of the population around them.
 */

import { present } from '#base/assert.ts'
import { addDays, addYears, type PlainDate } from '#base/calendar.ts'
import {
  atHome,
  changedTo,
  type Draft,
  factsOf,
  type GeneratedPerson,
  type Workshop,
} from '#population/draft.ts'
import { foreignHome, registeredAt } from '#population/elsewhere.ts'
import { draftPerson } from '#population/families.ts'
import { surnameOf } from '#population/names.ts'
import { type Batch, formerNumber, residenceAt } from '#population/residents.ts'
import type { Address } from '#population/roads.ts'
import { type ReadyAddress, readyAddresses } from '#population/scenario-addresses.ts'
import {
  firstFlat,
  type ScenarioMunicipality,
  type ScenarioPlaces,
  scenarioMunicipalities,
} from '#population/scenario-places.ts'
import type { ProtectionType } from '#register/codes.ts'
import type { Pnr, Sex } from '#register/pnr.ts'

/** Who is who; the names are those of the sandbox's ready file. */
export type Scenario = {
  /** Lives alone in 0751, without protection. */
  readonly ordinaryAdult: Pnr
  /** Two parents and their two children under 15, in one dwelling in 0751. */
  readonly familyOfFour: readonly [Pnr, Pnr, Pnr, Pnr]
  readonly protectedAdult: Pnr
  readonly dead: Pnr
  readonly disappeared: Pnr
  readonly emigrated: Pnr
  /** An old number (status 60), which points to the one in force. */
  readonly changedNumber: Pnr
  readonly noFixedAddress: Pnr
  /** Lives with both parents in 0751. */
  readonly child14: Pnr
  readonly withPending: Pnr
  /** Came to Denmark five weeks ago. */
  readonly newcomer: Pnr
  readonly centenarian: Pnr
  /** Two adults who share a flat in 0751 and nothing else. */
  readonly flatmates: readonly [Pnr, Pnr]
  /** A protected mother and her two protected children, in 0751. */
  readonly protectedFamily: readonly [Pnr, Pnr, Pnr]
  readonly greenlander: Pnr
  /** A mother with custody, a father without, and their child, who lives with her in 0751. */
  readonly parentsApart: readonly [Pnr, Pnr, Pnr]
  /** Dwellings to move to, empty and lived in. */
  readonly addresses: readonly ReadyAddress[]
}

/** The named people with their roads and dwellings, as the first batch of the population. */
export function drawScenario(
  shop: Workshop,
  places: ScenarioPlaces,
): { readonly scenario: Scenario; readonly batch: Batch } {
  const casts = [adults(shop, places), families(shop, places), former(shop, places)] as const
  const others = neighbours(shop, places)
  const apart = drawApart(shop, places)
  const people: readonly GeneratedPerson[] = [
    ...casts.flatMap(({ drafts }) => drafts),
    ...others,
    ...apart,
  ].map(factsOf)
  const [{ names: first }, { names: second }, { names: third }] = casts
  const { roads, addresses } = places
  const [mother, father, child] = apart
  const parentsApart = [mother.pnr, father.pnr, child.pnr] as const
  const ready = readyAddresses(places, people)
  const scenario = { ...first, ...second, ...third, parentsApart, addresses: ready }
  return { scenario, batch: { roads, addresses, people } }
}

function adult(
  shop: Workshop,
  sex: Sex,
  age: number,
  home: Address,
  since: PlainDate,
  surname = surnameOf(shop.dice),
): Draft {
  const person = draftPerson(shop, { sex, age, surname })
  return atHome(person, residenceAt(home), since)
}

/** Name and address protection for a year, of which half has passed. */
function protectedBy(draft: Draft, today: PlainDate): Draft {
  const from = addDays(today, -180)
  const value: ProtectionType = '0001'
  return { ...draft, protections: [{ from, to: addYears(from, 1), value }] }
}

function adults(shop: Workshop, places: ScenarioPlaces) {
  const { today } = shop
  const flat = (nth: number) => places.dwelling('0751', firstFlat + nth)
  const since = (years: number) => addYears(today, -years)
  const ordinaryAdult = adult(shop, 'K', 34, flat(0), since(6))
  const protectedAdult = protectedBy(adult(shop, 'K', 41, flat(1), since(3)), today)
  const withPending = adult(shop, 'M', 29, flat(2), since(4))
  const one = adult(shop, 'M', 23, flat(3), since(2))
  const unrelated = surnameOf(shop.dice, false, one.name.surname)
  const other = adult(shop, 'K', 24, flat(3), since(1), unrelated)
  const centenarian = adult(shop, 'K', 101, places.dwelling('0461', 0), since(40))
  const newcomer = arrived(shop, places.dwelling('0851', firstFlat))
  const person = draftPerson(shop, { sex: 'M', age: 47, surname: surnameOf(shop.dice) })
  const noFixedAddress = registeredAt(person, '0751', since(1), '03')
  const north = adult(shop, 'K', 38, places.dwelling('0956', 0), since(8))
  const status = north.statuses.map((each) => ({ ...each, value: '05' as const }))
  const greenlander: Draft = { ...north, statuses: status }
  const single = { ordinaryAdult, protectedAdult, withPending, centenarian, newcomer }
  const named = { ...single, noFixedAddress, greenlander }
  const flatmates: readonly [Pnr, Pnr] = [one.pnr, other.pnr]
  const drafts = [...Object.values(named), one, other]
  return { names: { ...numbersOf(named), flatmates }, drafts }
}

function arrived(shop: Workshop, home: Address): Draft {
  const surname = surnameOf(shop.dice, true)
  const person = draftPerson(shop, { sex: 'M', age: 31, surname, abroad: true })
  const from = addDays(shop.today, -35)
  return atHome({ ...person, statuses: [{ from, value: '01' }] }, residenceAt(home), from)
}

function families(shop: Workshop, places: ScenarioPlaces) {
  const { today } = shop
  const since = addYears(today, -5)
  const house = (nth: number) => places.dwelling('0751', nth)
  const [mother, father] = parents(shop, 39, house(0), since)
  const older = child(shop, [mother, father], { age: 11, sex: 'M', home: house(0), since })
  const younger = child(shop, [mother, father], { age: 7, sex: 'K', home: house(0), since })
  const [herMother, herFather] = parents(shop, 44, house(1), since)
  const teenager = { age: 14, sex: 'K', home: house(1), since } as const
  const child14 = child(shop, [herMother, herFather], teenager)
  const guarded = protectedBy(adult(shop, 'K', 36, house(2), since), today)
  const kept = ([9, 4] as const).map((age) => {
    const traits = { age, sex: 'M', home: house(2), since } as const
    return protectedBy(child(shop, [guarded], traits), today)
  })
  const [first = guarded, second = guarded] = kept
  const familyOfFour = [mother.pnr, father.pnr, older.pnr, younger.pnr] as const
  const protectedFamily = [guarded.pnr, first.pnr, second.pnr] as const
  return {
    names: { familyOfFour, child14: child14.pnr, protectedFamily },
    drafts: [mother, father, older, younger, herMother, herFather, child14, guarded, ...kept],
  }
}

/** A mother and a father of much the same age, married for fifteen years. */
function parents(
  shop: Workshop,
  age: number,
  home: Address,
  since: PlainDate,
): readonly [Draft, Draft] {
  const surname = surnameOf(shop.dice)
  const from = addYears(shop.today, -15)
  const [mother, father] = (['K', 'M'] as const).map((sex) => {
    const person = draftPerson(shop, { sex, age: sex === 'K' ? age : age + 2, surname })
    return atHome(person, residenceAt(home), since)
  }) as [Draft, Draft]
  return [
    { ...mother, spouse: { from, value: father.pnr } },
    { ...father, spouse: { from, value: mother.pnr } },
  ]
}

function child(
  shop: Workshop,
  parents: readonly [Draft, ...Draft[]],
  traits: {
    readonly age: number
    readonly sex: Sex
    readonly home: Address
    readonly since: PlainDate
  },
): Draft {
  const { age, sex, home, since } = traits
  const surname = parents[0].name.surname
  const numbers = parents.map(({ pnr }) => pnr)
  const person = draftPerson(shop, { sex, age, surname, parents: numbers })
  return atHome(person, residenceAt(home), since)
}

/** Those who are not here any more, and a number that was replaced. */
function former(shop: Workshop, places: ScenarioPlaces) {
  const { today } = shop
  const flat = (nth: number) => places.dwelling('0751', firstFlat + nth)
  const lived = (sex: Sex, age: number, nth: number) =>
    adult(shop, sex, age, flat(nth), addYears(today, -12))
  const gone = addYears(today, -2)
  const dead = changedTo(lived('M', 81, 6), '90', gone)
  const disappeared = changedTo(lived('M', 52, 7), '70', gone)
  const left = changedTo(lived('K', 33, 8), '80', gone)
  const emigrated = { ...left, abroad: foreignHome(shop, gone) }
  const current = lived('K', 45, 9)
  const changedNumber = formerNumber(shop, current, 0)
  const named = { dead, disappeared, emigrated, changedNumber }
  return { names: numbersOf(named), drafts: [...Object.values(named), current] }
}

/** Dwellings far from the ready ones, so that those stay who they are. */
function drawApart(shop: Workshop, places: ScenarioPlaces): readonly [Draft, Draft, Draft] {
  const [hers, his] = [30, 31].map((nth) => places.dwelling('0751', firstFlat + nth))
  const home = present(hers, 'her home')
  const since = addYears(shop.today, -3)
  const mother = adult(shop, 'K', 37, home, since)
  const father = adult(shop, 'M', 40, present(his, 'his home'), since)
  const traits = { age: 9, sex: 'K', home, since } as const
  return [mother, father, { ...child(shop, [mother, father], traits), custody: [mother.pnr] }]
}

/** Two ordinary people in each other town, so that there are hosts everywhere. */
function neighbours(shop: Workshop, places: ScenarioPlaces): readonly Draft[] {
  const elsewhere = scenarioMunicipalities.filter((code) => code !== '0751' && code !== '0956')
  return elsewhere.flatMap((municipality: ScenarioMunicipality) =>
    [2, 3].map((nth) => {
      const home = places.dwelling(municipality, firstFlat + nth)
      const sex = nth === 2 ? 'K' : 'M'
      const age = shop.dice.between(25, 70)
      return adult(shop, sex, age, home, addYears(shop.today, -shop.dice.between(1, 7)))
    }),
  )
}

function numbersOf<Role extends string>(drafts: { readonly [R in Role]: Draft }) {
  return Object.fromEntries(
    Object.entries<Draft>(drafts).map(([role, { pnr }]) => [role, pnr]),
  ) as { readonly [R in Role]: Pnr }
}
