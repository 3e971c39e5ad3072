/** The people of one municipality, road by road: who lives in which dwelling, and since when. */

import { addDays, addYears, ageOn, date, laterOf, type PlainDate } from '#base/calendar.ts'
import {
  atHome,
  changedTo,
  type Draft,
  dayBetween,
  factsOf,
  type GeneratedPerson,
  type Stretch,
  type Workshop,
} from '#population/draft.ts'
import { drawHouseholds, type Household } from '#population/families.ts'
import { careOf } from '#population/names.ts'
import {
  type Address,
  dwellingsAlong,
  highRoadsOf,
  type Road,
  registerBegan,
  roadOf,
} from '#population/roads.ts'
import { isGreenlandic } from '#register/address.ts'
import type { ProtectionType } from '#register/codes.ts'
import type { Residence } from '#register/fact.ts'

/** A piece of the population that can be stored by itself: roads before what stands on them. */
export type Batch = {
  readonly roads: readonly Road[]
  readonly addresses: readonly Address[]
  readonly people: readonly GeneratedPerson[]
}

/** Dwellings seen lately, from which people may have moved. */
export type Memory = {
  readonly remember: (home: Residence) => void
  readonly recall: () => Residence | undefined
}

/** The share of ordinary dwellings in which nobody is registered. */
const emptyShare = 0.08
const rememberedMax = 64
/** Research protection could be had until 2014 and is only shown since (rule PROT-11). */
const researchEnded = date('2014-01-01')

export function openMemory({ dice }: Workshop): Memory {
  const homes: Residence[] = []
  let at = 0
  const remember = (home: Residence) => {
    homes[at] = home
    at = (at + 1) % rememberedMax
  }
  return { remember, recall: () => (homes.length > 0 ? dice.pick(homes) : undefined) }
}

/** The parts of an address that a person's facts hold. */
export function residenceAt({ municipality, road, house, floor, door }: Address): Residence {
  return { municipality, road, house, ...(floor && { floor }), ...(door && { door }) }
}

/** All roads, dwellings and people of a municipality, one road a batch, exactly `quota` people. */
export function* residentsOf(
  shop: Workshop,
  place: {
    readonly municipality: string
    readonly postcodes: readonly string[]
    readonly withHighRoads: boolean
  },
  quota: number,
  memory: Memory,
): Generator<Batch> {
  const { dice } = shop
  let left = quota
  // Road 0001 is the scenario's where there is one.
  for (let nth = 2; nth === 2 || left > 0; nth += 1) {
    const road = roadOf(place.municipality, nth)
    const dwellings = dwellingsAlong(road, dice, dice.pick(place.postcodes))
    const { addresses, drafts } = fillRoad(shop, dwellings, left, memory)
    left -= drafts.length
    const high = nth === 2 && place.withHighRoads ? highRoadsOf(place.municipality) : []
    const roads = [...high, road]
    yield { roads, addresses, people: drafts.map(factsOf) }
  }
}

function fillRoad(
  shop: Workshop,
  dwellings: Generator<Address, never>,
  peopleMax: number,
  memory: Memory,
): { readonly addresses: readonly Address[]; readonly drafts: readonly Draft[] } {
  const { dice } = shop
  const addresses: Address[] = [dwellings.next().value]
  const drafts: Draft[] = []
  const size = dice.between(16, 44)
  const empty = [...addresses]
  const grown = addYears(shop.today, -2)
  while (addresses.length < size && drafts.length < peopleMax) {
    if (dice.chance(emptyShare)) {
      const address = dwellings.next().value
      addresses.push(address)
      empty.push(address)
      continue
    }
    for (const household of drawHouseholds(shop, peopleMax - drafts.length)) {
      const address = roomy(dwellings.next().value, household.people.length)
      addresses.push(address)
      const target = dice.chance(0.004) && !household.shared ? dice.pick(empty) : undefined
      drafts.push(...settle(shop, household, { address, memory, ...(target && { target }) }))
    }
    const former = drafts.at(-1)
    if (former && former.bornOn < grown && drafts.length < peopleMax && dice.chance(0.012)) {
      drafts.push(formerNumber(shop, former))
    }
  }
  return { addresses, drafts }
}

/** A dwelling with at least two rooms for each three people. */
function roomy(address: Address, people: number): Address {
  return { ...address, rooms: Math.min(7, Math.max(address.rooms, Math.ceil((people * 2) / 3))) }
}

/** Lets a household live in a dwelling, with what came before and what is to come. */
function settle(
  shop: Workshop,
  household: Household,
  where: { readonly address: Address; readonly memory: Memory; readonly target?: Address },
): readonly Draft[] {
  const { dice, today } = shop
  const { address, memory, target } = where
  const home = residenceAt(address)
  const before = dice.chance(0.45) ? memory.recall() : undefined
  const leaves = target && addDays(today, dice.between(5, 27))
  const isProtected = dice.chance(0.015)
  const together = movedIn(shop, household.people)
  memory.remember(home)
  const host = household.people[0]
  return household.people.map((person) => {
    const since = household.shared ? movedIn(shop, [person]) : together
    const lodger = household.shared && person !== host && host && dice.chance(0.5)
    const residence = lodger ? { ...home, careOf: careOf(host.name) } : home
    const earlier = laterOf(registerBegan, addYears(since, -dice.between(1, 9)))
    const started = livesIn(person, address.municipality)
    const came = before ? cameFrom(started, before, earlier, since) : started
    const here = atHome(came, residence, arrivedBy(came, since))
    const moved = target && leaves ? atHome(here, residenceAt(target), leaves) : here
    return { ...moved, protections: protectionsOf(shop, moved, isProtected) }
  })
}

/** An earlier home, for those who lived in the country then. */
function cameFrom(draft: Draft, home: Residence, from: PlainDate, to: PlainDate): Draft {
  const arrived = arrivedBy(draft, from)
  return arrived < to ? atHome(draft, home, arrived) : draft
}

function arrivedBy(draft: Draft, day: PlainDate): PlainDate {
  return laterOf(day, draft.statuses[0]?.from ?? day)
}

function livesIn(draft: Draft, municipality: string): Draft {
  if (!isGreenlandic(municipality)) return draft
  return { ...draft, statuses: draft.statuses.map((each) => ({ ...each, value: '05' as const })) }
}

/** A day since which all adults can have lived together: some moved in lately. */
function movedIn({ dice, today }: Workshop, people: readonly Draft[]): PlainDate {
  const adults = people.filter(({ bornOn }) => ageOn(bornOn, today) >= 18)
  const grown = adults.map(({ bornOn }) => addYears(bornOn, 18))
  const arrived = adults.map(({ statuses }) => statuses[0]?.from ?? today)
  const earliest = [addYears(today, -20), ...grown, ...arrived].reduce(laterOf)
  const lately = laterOf(earliest, addDays(today, -35))
  return dayBetween(dice, dice.chance(0.06) ? lately : earliest, today)
}

function protectionsOf(
  { dice, today }: Workshop,
  { bornOn }: Draft,
  isProtected: boolean,
): readonly Stretch<ProtectionType>[] {
  const found: Stretch<ProtectionType>[] = []
  const hold = (value: ProtectionType, from: PlainDate) => found.push({ from, value })
  if (isProtected) {
    const from = laterOf(bornOn, addDays(today, -dice.below(360)))
    found.push({ from, to: addYears(from, 1), value: '0001' })
  }
  const ofAge = addYears(bornOn, 15)
  if (ofAge < today) {
    const from = dayBetween(dice, laterOf(ofAge, addYears(today, -5)), today)
    if (dice.chance(0.01)) hold('0002', from)
    if (dice.chance(0.04)) hold('0003', from)
    if (dice.chance(0.02)) hold('0005', from)
    if (ofAge < '2010-01-01' && dice.chance(0.005))
      found.push({ from: date('2010-03-01'), to: researchEnded, value: '0004' })
  }
  return found
}

/**
 * The number that somebody had before: changed (60) where the birth date or the sex was wrong, or
 * deleted (50) where the same person had got two.
 */
export function formerNumber(shop: Workshop, person: Draft, chanceOfDuplicate = 0.2): Draft {
  const { dice, numbers, today } = shop
  const isDuplicate = dice.chance(chanceOfDuplicate)
  const wrong = addDays(person.bornOn, isDuplicate ? 0 : -dice.between(1, 9))
  const { pnr, bornOn } = numbers(wrong, person.sex)
  const { sex, name } = person
  const from = laterOf(bornOn, addYears(today, -12))
  const statuses = [{ from: bornOn, value: '01' as const }]
  const draft = { pnr, sex, bornOn, name, statuses, homes: [], protections: [], parents: [] }
  const on = dayBetween(dice, addDays(from, 1), today)
  const former = changedTo(draft, isDuplicate ? '50' : '60', on)
  return isDuplicate ? former : { ...former, successor: person.pnr }
}
