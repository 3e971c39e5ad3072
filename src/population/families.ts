/**
 * The people of one or two dwellings: singles, couples, families, flat shares. Their ages, names
 * and relations go together; where they live is not yet known here.
 */

import { addYears, ageOn, laterOf, type PlainDate } from '#base/calendar.ts'
import { bornAged, type Draft, dayBetween, type Workshop } from '#population/draft.ts'
import { nameOf, surnameOf } from '#population/names.ts'
import type { Pnr, Sex } from '#register/pnr.ts'

/** People who live together; `careOf` when each has an own letter box name, as in a shared flat. */
export type Household = {
  readonly people: readonly Draft[]
  readonly shared?: true
}

type Traits = {
  readonly sex: Sex
  readonly age: number
  readonly surname: string
  readonly middle?: string
  readonly parents?: readonly Pnr[]
  readonly abroad?: boolean
}

/** Somebody resident, not yet at any address. */
export function draftPerson(shop: Workshop, traits: Traits): Draft {
  const { sex, age, surname, middle, parents = [], abroad = false } = traits
  const { pnr, bornOn } = shop.numbers(bornAged(shop, age), sex)
  const about = { sex, bornIn: Number(bornOn.slice(0, 4)), surname }
  const name = nameOf(shop.dice, about, { abroad, ...(middle && { middle }) })
  const arrived = abroad ? dayBetween(shop.dice, arrivalsFrom(shop, bornOn), shop.today) : bornOn
  const statuses = [{ from: arrived, value: '01' as const }]
  return { pnr, sex, bornOn, name, statuses, homes: [], protections: [], parents }
}

function arrivalsFrom({ today }: Workshop, bornOn: PlainDate): PlainDate {
  return laterOf(bornOn, addYears(today, -15))
}

const otherSex = (sex: Sex): Sex => (sex === 'M' ? 'K' : 'M')
const anySex = ({ dice }: Workshop): Sex => (dice.chance(0.5) ? 'M' : 'K')

/** Adults who live alone: many young, many old. */
function adultAge({ dice }: Workshop): number {
  return dice.weigh([
    { value: dice.between(18, 29), weight: 30 },
    { value: dice.between(30, 64), weight: 40 },
    { value: dice.between(65, 84), weight: 25 },
    { value: dice.between(85, 99), weight: 5 },
  ])
}

function single(shop: Workshop): Household {
  const abroad = shop.dice.chance(0.07)
  const surname = surnameOf(shop.dice, abroad)
  const age = abroad ? shop.dice.between(19, 60) : adultAge(shop)
  return { people: [draftPerson(shop, { sex: anySex(shop), age, surname, abroad })] }
}

/** Two adults of much the same age, in most cases married. */
function couple(shop: Workshop, age = adultAge(shop)): readonly [Draft, Draft] {
  const { dice } = shop
  const sex = anySex(shop)
  const partnerSex = dice.chance(0.03) ? sex : otherSex(sex)
  const partnerAge = Math.max(18, age + dice.between(-5, 4))
  const surname = surnameOf(dice)
  const own = dice.chance(0.6) ? surname : surnameOf(dice)
  const first = draftPerson(shop, { sex, age, surname })
  const second = draftPerson(shop, { sex: partnerSex, age: partnerAge, surname: own })
  return dice.chance(0.65) ? married(shop, first, second) : [first, second]
}

/** Marries two adults on a day after both were 20; leaves them be when that lies ahead. */
function married({ dice, today }: Workshop, a: Draft, b: Draft): readonly [Draft, Draft] {
  const earliest = addYears(laterOf(a.bornOn, b.bornOn), 20)
  if (earliest >= today) return [a, b]
  const from = dayBetween(dice, earliest, today)
  return [
    { ...a, spouse: { from, value: b.pnr } },
    { ...b, spouse: { from, value: a.pnr } },
  ]
}

/** Parents were between 19 and 43 (a mother) or 53 (a father) at the birth. */
function childrenOf(
  shop: Workshop,
  parents: readonly [Draft, ...Draft[]],
  wanted: number,
): readonly Draft[] {
  const { dice, today } = shop
  const ages = parents.map(({ sex, bornOn }) => ({ sex, age: ageOn(bornOn, today) }))
  const oldest = Math.min(22, ...ages.map(({ age }) => age - 19))
  const youngest = Math.max(0, ...ages.map(({ sex, age }) => age - (sex === 'K' ? 43 : 53)))
  if (oldest < youngest) return []
  const inOrder = parents.toSorted((a, b) => (a.sex === b.sex ? 0 : a.sex === 'K' ? -1 : 1))
  const surname = dice.pick(parents).name.surname
  const other = parents.find(({ name }) => name.surname !== surname)?.name.surname
  return Array.from({ length: wanted }, () => {
    const age = dice.between(youngest, oldest)
    const numbers = inOrder.map(({ pnr }) => pnr)
    const traits = { sex: anySex(shop), age, surname, parents: numbers }
    return draftPerson(shop, { ...traits, ...(other && { middle: other }) })
  })
}

const childCounts = [
  { value: 1, weight: 40 },
  { value: 2, weight: 43 },
  { value: 3, weight: 14 },
  { value: 4, weight: 3 },
]

function family(shop: Workshop, childrenMax: number): Household {
  const parents = couple(shop, shop.dice.between(24, 52))
  const wanted = Math.min(childrenMax, shop.dice.weigh(childCounts))
  return { people: [...parents, ...childrenOf(shop, parents, wanted)] }
}

function loneParent(shop: Workshop, childrenMax: number): Household {
  const surname = surnameOf(shop.dice)
  const sex = shop.dice.chance(0.8) ? 'K' : 'M'
  const parent = draftPerson(shop, { sex, age: shop.dice.between(22, 50), surname })
  const wanted = Math.min(childrenMax, shop.dice.between(1, 2))
  return { people: [parent, ...childrenOf(shop, [parent], wanted)] }
}

/** Parents who live apart: the children are registered with one of them. */
function apart(shop: Workshop, childrenMax: number): readonly Household[] {
  const { dice } = shop
  const age = dice.between(26, 50)
  const mother = draftPerson(shop, { sex: 'K', age, surname: surnameOf(dice) })
  const father = draftPerson(shop, {
    sex: 'M',
    age: age + dice.between(-2, 4),
    surname: surnameOf(dice),
  })
  const children = childrenOf(shop, [mother, father], Math.min(childrenMax, dice.between(1, 3)))
  const [home, other] = dice.chance(0.7) ? [mother, father] : [father, mother]
  return [{ people: [home, ...children] }, { people: [other] }]
}

/** A family with the mother or father of one of the two. */
function threeGenerations(shop: Workshop): Household {
  const { dice, today } = shop
  const [first, second] = couple(shop, dice.between(26, 48))
  const parentAge = ageOn(first.bornOn, today) + dice.between(21, 38)
  const sex = dice.chance(0.75) ? 'K' : 'M'
  const surname = first.name.surname
  const grandparent = draftPerson(shop, { sex, age: parentAge, surname })
  const child = { ...first, parents: [grandparent.pnr] }
  const children = childrenOf(shop, [child, second], dice.between(1, 2))
  return { people: [child, second, ...children, grandparent] }
}

/** Young people who share a flat and nothing else. */
function flatShare(shop: Workshop, count: number): Household {
  const people = Array.from({ length: count }, () => {
    const traits = { sex: anySex(shop), age: shop.dice.between(18, 34) }
    return draftPerson(shop, { ...traits, surname: surnameOf(shop.dice) })
  })
  return { people, shared: true }
}

type Kind = {
  readonly value: () => readonly Household[]
  readonly weight: number
  readonly least: number
}

/** One or two households that belong together, of at most `sizeMax` people. */
export function drawHouseholds(shop: Workshop, sizeMax: number): readonly Household[] {
  const { dice } = shop
  if (sizeMax === 1) return [single(shop)]
  const kinds: readonly Kind[] = [
    { value: () => [single(shop)], weight: 37, least: 1 },
    { value: () => [{ people: couple(shop) }], weight: 27, least: 2 },
    { value: () => [loneParent(shop, sizeMax - 1)], weight: 5, least: 2 },
    { value: () => [family(shop, sizeMax - 2)], weight: 19, least: 3 },
    { value: () => apart(shop, sizeMax - 2), weight: 3, least: 3 },
    { value: () => [flatShare(shop, dice.between(2, Math.min(4, sizeMax)))], weight: 5, least: 2 },
    { value: () => [threeGenerations(shop)], weight: 2, least: 5 },
  ]
  return dice.weigh(kinds.filter(({ least }) => least <= sizeMax))()
}
