/**
 * The person on a day, folded from the facts. Kept beside them for look-ups, and never the truth.
 */

import { present } from '#base/assert.ts'
import type { PlainDate } from '#base/calendar.ts'
import { addressKey, isHighRoad } from '#register/address.ts'
import type { ProtectionType, Sex, StatusCode } from '#register/codes.ts'
import {
  type ContactAddress,
  type ForeignAddress,
  nextChangeAfter,
  type RecordedFact,
  type Residence,
  type Span,
  slotsOf,
  spanOn,
  timeline,
} from '#register/fact.ts'
import type { Name } from '#register/name.ts'
import type { Pnr } from '#register/pnr.ts'
import { Permit, Protected } from '#register/protected.ts'

export type Protection = {
  readonly type: ProtectionType
  readonly from: PlainDate
  /** The first day on which it no longer holds; it then lapses by itself (CPR-loven § 28). */
  readonly to?: PlainDate
}

/** As the register keeps it and facts make it: for the store and what writes to it. */
export type OpenPerson = {
  readonly pnr: Pnr
  readonly sex: Sex
  readonly bornOn: PlainDate
  readonly bornOnUncertain?: true
  readonly name: Name
  readonly status: StatusCode
  readonly statusFrom: PlainDate
  /** To the minute, as far as it is known: 12 digits (ST-5). */
  readonly statusStartedAt: string
  readonly statusUncertain?: true
  /** Undefined for everyone who is not registered at an address in Denmark or Greenland. */
  readonly address?: Residence & { readonly from: PlainDate }
  /** The municipality of the last address, when there is none now. */
  readonly lastMunicipality?: string
  readonly foreignAddress?: ForeignAddress
  readonly contactAddress?: ContactAddress
  readonly protections: readonly Protection[]
  readonly parents: readonly Pnr[]
  readonly spouse?: Pnr
  /** The number in force, where this one was replaced (status 60). */
  readonly successor?: Pnr
}

/** What name and address protection keeps from the public (§ 28). */
type Kept = 'name' | 'address' | 'foreignAddress' | 'contactAddress'

/** As everybody else is handed it: name and addresses shut, whether protected or not. */
export type Person = Omit<OpenPerson, Kept> & {
  readonly [K in keyof Pick<OpenPerson, Kept>]: Protected<NonNullable<OpenPerson[K]>>
}

/** The one way from what the register keeps to what rules and answers are made of. */
export function shut(person: OpenPerson): Person {
  const { name, address, foreignAddress, contactAddress, ...rest } = person
  const isKept = isProtected(person)
  return {
    ...rest,
    name: new Protected(name, isKept),
    ...(address && { address: new Protected(address, isKept) }),
    ...(foreignAddress && { foreignAddress: new Protected(foreignAddress, isKept) }),
    ...(contactAddress && { contactAddress: new Protected(contactAddress, isKept) }),
  }
}

/** The person as the facts have it on a day. The caller chooses the facts known at a moment. */
export function personOn(pnr: Pnr, facts: readonly RecordedFact[], day: PlainDate): Person {
  return shut(openPersonOn(pnr, facts, day))
}

export function openPersonOn(pnr: Pnr, facts: readonly RecordedFact[], day: PlainDate): OpenPerson {
  const birth = present(timeline(facts, 'birth').at(-1), `the birth of a person`).value
  const statuses = timeline(facts, 'status')
  const status = present(spanOn(statuses, day) ?? statuses[0], 'the status of a person')
  const names = timeline(facts, 'name')
  const addresses = timeline(facts, 'address')
  const address = spanOn(addresses, day)
  const last = addresses.findLast((span) => span.from <= day)?.value.municipality
  const foreignAddress = spanOn(timeline(facts, 'foreign-address'), day)?.value
  const contactAddress = spanOn(timeline(facts, 'contact-address'), day)?.value
  const spouse = spanOn(timeline(facts, 'spouse'), day)?.value.pnr
  const successor = spanOn(timeline(facts, 'successor'), day)?.value.pnr
  return {
    pnr,
    sex: birth.sex,
    bornOn: birth.bornOn,
    ...(birth.uncertain && { bornOnUncertain: birth.uncertain }),
    name: present(spanOn(names, day) ?? names[0], 'the name of a person').value,
    status: status.value.code,
    statusFrom: heldSince(statuses, status),
    statusStartedAt: status.value.startedAt,
    ...(status.value.uncertain && { statusUncertain: status.value.uncertain }),
    ...(address && { address: { ...address.value, from: heldSince(addresses, address) } }),
    ...(!address && last && { lastMunicipality: last }),
    ...(foreignAddress && { foreignAddress }),
    ...(contactAddress && { contactAddress }),
    protections: protectionsOn(facts, day),
    parents: slotsOf(facts, 'parent').flatMap((slot) => {
      const parent = spanOn(timeline(facts, 'parent', slot), day)
      return parent ? [parent.value.pnr] : []
    }),
    ...(spouse && { spouse }),
    ...(successor && { successor }),
  }
}

/** Since when a value has held: what was taken back and said again has never ceased to hold. */
function heldSince<Value>(spans: readonly Span<Value>[], span: Span<Value>): PlainDate {
  const same = ({ value }: Span<Value>) => JSON.stringify(value) === JSON.stringify(span.value)
  const before = spans.find(({ to }) => to === span.from)
  return before && same(before) ? heldSince(spans, before) : span.from
}

function protectionsOn(facts: readonly RecordedFact[], day: PlainDate): readonly Protection[] {
  return slotsOf(facts, 'protection').flatMap((slot) => {
    const span = spanOn(timeline(facts, 'protection', slot), day)
    if (!span) return []
    const { from, to, value } = span
    return [{ type: value.type, from, ...(to && { to }) }]
  })
}

/** The protection of a type that holds now. Name and address implies local directory (§ 30(1)). */
export function protectionOf(
  person: Pick<Person, 'protections'>,
  type: ProtectionType,
): Protection | undefined {
  const own = person.protections.find((each) => each.type === type)
  return own ?? (type === '0002' ? protectionOf(person, '0001') : undefined)
}

/** Name and address protected: nobody without a right may be told either (CPR-loven § 28). */
export function isProtected(person: Pick<Person, 'protections'>): boolean {
  return protectionOf(person, '0001') !== undefined
}

/** The dwelling whose residents are this person's household; none for a high road code. */
export function dwellingOf({ address }: OpenPerson): string | undefined {
  return address && !isHighRoad(address.road) ? addressKey(address) : undefined
}

/** Where incidents about the person are decided; no answer but that of who already knows (9151). */
export function municipalityOf({ address }: Person): string | undefined {
  return address?.openTo(toRoute)?.municipality
}

const toRoute = new Permit(true)

/** Who has lived there longer comes first. */
export function compareMovedIn(a: Person, b: Person): number {
  const [one = '', other = ''] = [a, b].map(({ address }) => address?.openTo(toRoute)?.from)
  return one < other ? -1 : Number(one > other)
}

/** Whether they are registered in one dwelling. */
export function shareHome(a: Person, b: Person): boolean {
  const isHome = (one: Residence) => b.address?.is((other) => isSameHome(one, other)) ?? false
  return a.address?.is(isHome) ?? false
}

function isSameHome(one: Residence, other: Residence): boolean {
  return !isHighRoad(one.road) && addressKey(one) === addressKey(other)
}

/** What the register keeps beside the facts: the person on a day, and when that ends. */
export type Derived = {
  readonly current: OpenPerson
  readonly nextChangeOn: PlainDate | undefined
  /** The first day without name and address protection, for whom it lapses by itself. */
  readonly protectedUntil: PlainDate | undefined
}

export function derive(pnr: Pnr, facts: readonly RecordedFact[], day: PlainDate): Derived {
  return {
    current: openPersonOn(pnr, facts, day),
    nextChangeOn: nextChangeAfter(facts, day),
    protectedUntil: protectedUntil(facts, day),
  }
}

/** An extension that is registered already goes on where the one before it ends. */
function protectedUntil(facts: readonly RecordedFact[], day: PlainDate): PlainDate | undefined {
  const spans = timeline(facts, 'protection', '0001')
  let end = spanOn(spans, day)?.to
  for (let next = end; next !== undefined; next = spans.find(({ from }) => from === end)?.to) {
    end = next
  }
  return end
}
