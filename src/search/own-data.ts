/**
 * My data: what the register has about the person who asks, and about that person's children under
 * eighteen, whom custody makes theirs to ask for (rules INS-1 to INS-3). Knows no storage.
 */

import { ageOn, danishDate, type PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { TurnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import {
  type Asked,
  askOwn,
  type OwnOrder,
  type OwnPage,
  type OwnQuestion,
  type Refused,
} from '#casework/own.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { addressKey, isHighRoad } from '#register/address.ts'
import { type RecordedFact, slotsOf, spanOn, timeline } from '#register/fact.ts'
import { addressingName } from '#register/name.ts'
import { type Pnr, readPnr, writePnr } from '#register/pnr.ts'
import { hiddenName } from '#register/protected.ts'
import { itemsOf, type OwnItem, type PlaceNames } from '#search/own-items.ts'

export const ofAgeFrom = 18

/** Facts by person: all of the one asked about, of the others what decides what may be told. */
export type OwnDataPage = OwnPage & {
  readonly facts: ReadonlyMap<string, readonly RecordedFact[]>
  /** Of whom custody has ever been with the person who asks. */
  readonly children: readonly Pnr[]
  /** By the key of the address. */
  readonly places: ReadonlyMap<string, PlaceNames>
  readonly countries: ReadonlyMap<string, string>
}

export type FindOwnData = (
  question: OwnQuestion & { readonly about: Pnr | undefined },
) => Promise<OwnDataPage>

export type OwnDataOrder = OwnOrder & {
  /** The child that is asked about, as it was sent; the person itself when left out. */
  readonly child: string | undefined
  readonly asValidOn: PlainDate | undefined
}

export type Named = { readonly pnr: string; readonly name: string }

export type OwnDataAnswer =
  | {
      readonly kind: 'done'
      readonly person: Named
      readonly day: PlainDate
      readonly children: readonly Named[]
      readonly items: readonly OwnItem[]
    }
  | { readonly kind: 'unknown'; readonly refusal: Refusal }
  | Refused
  | TurnedAway

/** Everything about the person, or about one of the children, as valid on a day. */
export async function ownData(
  house: House,
  find: FindOwnData,
  order: OwnDataOrder,
): Promise<OwnDataAnswer> {
  const child = order.child === undefined ? undefined : readPnr(order.child)
  const asked = await askOwn(house, { ...order, act: 'own-data' }, (question) =>
    find({ ...question, about: order.child === undefined ? question.pnr : child }),
  )
  if (asked.kind !== 'asked') return asked
  const { page, pnr } = asked
  const today = danishDate(asked.at)
  const own = page.facts.get(pnr) ?? []
  if (own.length === 0) {
    const refusal = refuse(172, 'pnr')
    await asked.refused(refusal)
    return { kind: 'refused', refusals: [refusal] }
  }
  const children = page.children.filter((each) =>
    hasCustody(page.facts.get(each) ?? [], pnr, today),
  )
  // INS-1: for who has no custody there is no such child, whoever the number belongs to.
  if (order.child !== undefined && !(child && children.includes(child))) {
    const refusal = refuse(9081, 'child')
    await asked.refused(refusal)
    return { kind: 'unknown', refusal }
  }
  const about = child ?? pnr
  await asked.answered([about, ...children])
  const day = order.asValidOn ?? today
  return { kind: 'done', day, ...tell(asked, about, { today, day, children }) }
}

/** INS-3: custody is over on the eighteenth birthday, whatever the facts say. */
function hasCustody(facts: readonly RecordedFact[], pnr: Pnr, today: PlainDate): boolean {
  const bornOn = timeline(facts, 'birth').at(-1)?.value.bornOn
  if (bornOn === undefined || ageOn(bornOn, today) >= ofAgeFrom) return false
  return slotsOf(facts, 'custody').some(
    (slot) => spanOn(timeline(facts, 'custody', slot), today)?.value.pnr === pnr,
  )
}

type When = {
  readonly today: PlainDate
  readonly day: PlainDate
  readonly children: readonly Pnr[]
}

function tell(
  { page, pnr }: Asked<OwnDataPage>,
  about: Pnr,
  { today, day, children }: When,
): {
  readonly person: Named
  readonly children: readonly Named[]
  readonly items: readonly OwnItem[]
} {
  const { facts, places, countries } = page
  const of = (each: string) => facts.get(each) ?? []
  const own = [pnr, ...children] as readonly string[]
  const nameOf = (each: string): Text => {
    if (!own.includes(each) && isProtectedOn(of(each), today)) {
      return hiddenName
    }
    const name = [nameOn(of(each), today), isPnr(each)].filter(Boolean).join(', ')
    return { da: name, en: name }
  }
  const named = (each: Pnr): Named => ({ pnr: each, name: nameOn(of(each), today) })
  const items = itemsOf(of(about), {
    day,
    nameOf,
    findPlace: (address) => places.get(addressKey(address)) ?? nowhere,
    findCountry: (code) => countries.get(code),
    // Who is protected and lives elsewhere may be protected against the one who asks (MOVE-15).
    withholdWhereabouts:
      about !== pnr && isProtectedOn(of(about), today) && !liveTogether(of(about), of(pnr), today),
  })
  return { person: named(about), children: children.map(named), items }
}

const nowhere: PlaceNames = {
  municipality: undefined,
  road: undefined,
  town: undefined,
  postcode: undefined,
  district: undefined,
}

function isPnr(text: string): string {
  const pnr = readPnr(text)
  return pnr ? writePnr(pnr) : ''
}

function nameOn(facts: readonly RecordedFact[], day: PlainDate): string {
  const names = timeline(facts, 'name')
  const name = spanOn(names, day) ?? names.at(-1)
  return name ? addressingName(name.value) : ''
}

function isProtectedOn(facts: readonly RecordedFact[], day: PlainDate): boolean {
  return spanOn(timeline(facts, 'protection', '0001'), day) !== undefined
}

function liveTogether(
  a: readonly RecordedFact[],
  b: readonly RecordedFact[],
  day: PlainDate,
): boolean {
  const [one, other] = [a, b].map((facts) => spanOn(timeline(facts, 'address'), day)?.value)
  if (!one || !other || isHighRoad(one.road)) return false
  return addressKey(one) === addressKey(other)
}
