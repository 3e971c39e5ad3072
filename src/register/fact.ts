/**
 * Facts: one value about a person, valid for a range of days and recorded by one event.
 * A later recorded fact wins on the days it covers; nothing is changed or removed, so what was
 * known at any moment can be folded again. Pure values; knows no storage.
 */

import type { PlainDate } from '#base/calendar.ts'
import { isSameAddress } from '#register/address.ts'
import type { ProtectionType, Sex } from '#register/codes.ts'
import type { Name } from '#register/name.ts'
import type { Pnr } from '#register/pnr.ts'
import type { Status } from '#register/status.ts'

/** Where a person lives: the parts of an address, and the post name and locality with it. */
export type Residence = {
  readonly municipality: string
  readonly road: string
  readonly house: string
  readonly floor?: string
  readonly door?: string
  /** The name on the door, at most 34 characters (CONVN). */
  readonly careOf?: string
  readonly locality?: string
}

/** An address abroad: a country code and at most five lines of 34 characters. */
export type ForeignAddress = { readonly country: string; readonly lines: readonly string[] }

export type ContactAddress = { readonly lines: readonly string[] }

/** An immigration; what nobody knows is said to be unknown (rule IMM-5). */
export type Entry = {
  readonly country: string
  readonly lastAddress: readonly string[]
  readonly citizenship: string
  readonly birthRegisteredIn: string
  readonly civilStatus: string
  readonly civilStatusOn: string
  readonly civilStatusAuthority: string
  readonly church: string
  readonly spouse: string
  readonly parents: string
  readonly children: string
  /** Of those who come from a Nordic country. */
  readonly nordicNumber?: string
  readonly formerMunicipality?: string
}

/** What each kind of fact says. */
export type FactValues = {
  readonly birth: { readonly bornOn: PlainDate; readonly sex: Sex; readonly uncertain?: true }
  readonly name: Name
  readonly status: Status
  readonly address: Residence
  readonly 'foreign-address': ForeignAddress
  readonly 'contact-address': ContactAddress
  /** The slot is the type of protection (0001 to 0005). */
  readonly protection: { readonly type: ProtectionType; readonly reason?: string }
  /** The slot tells one parent from the other. */
  readonly parent: { readonly pnr: Pnr }
  readonly spouse: { readonly pnr: Pnr }
  /** The slot is the relation (0003 to 0006). It ends on the eighteenth birthday. */
  readonly custody: { readonly pnr: Pnr }
  /** What was told when the person moved to Denmark (CPR-loven § 20). */
  readonly entry: Entry
  /** The number this person has now, where an earlier one was replaced (status 60). */
  readonly successor: { readonly pnr: Pnr }
}

export type FactKind = keyof FactValues

/** A fact as a rule or a decision makes it. `to` is the first day on which it no longer holds. */
export type Fact = {
  readonly [Kind in FactKind]: {
    readonly kind: Kind
    readonly slot?: string
    readonly from: PlainDate
    readonly to?: PlainDate
    /** `null` says that there is nothing of this kind from `from` on. */
    readonly value: FactValues[Kind] | null
  }
}[FactKind]

/** A fact with its place in the person's history: the event that brought it, and its line. */
export type RecordedFact = Fact & { readonly eventNo: number; readonly line: number }

/** One stretch of days on which a value holds. */
export type Span<Value> = {
  readonly from: PlainDate
  readonly to: PlainDate | undefined
  readonly value: Value
}

const inRecordedOrder = (a: RecordedFact, b: RecordedFact) =>
  a.eventNo - b.eventNo || a.line - b.line

/**
 * Which fact of one slot holds, day for day, without overlap, earliest first. Facts that say
 * 'nothing' are among them; on days that are in no stretch no fact has ever spoken.
 */
export function inForce(
  facts: readonly RecordedFact[],
  kind: FactKind,
  slot = '',
): readonly Span<RecordedFact>[] {
  let spans: Span<RecordedFact>[] = []
  const own = facts.filter((fact) => fact.kind === kind && (fact.slot ?? '') === slot)
  for (const fact of own.sort(inRecordedOrder)) {
    const { from, to } = fact
    const before = spans
      .filter((span) => span.from < from)
      .map((span) => ({ ...span, to: earliestOf(span.to, from) }))
    const after = spans
      .filter((span) => to !== undefined && (span.to === undefined || span.to > to))
      .map((span) => ({ ...span, from: to !== undefined && span.from < to ? to : span.from }))
    spans = [...before, { from, to, value: fact }, ...after]
  }
  return spans
}

/**
 * What one slot held, day for day, without overlap, earliest first.
 * Days on which nothing holds are left out.
 */
export function timeline<Kind extends FactKind>(
  facts: readonly RecordedFact[],
  kind: Kind,
  slot = '',
): readonly Span<FactValues[Kind]>[] {
  return inForce(facts, kind, slot).flatMap(({ from, to, value: fact }) =>
    fact.value === null ? [] : [{ from, to, value: fact.value as FactValues[Kind] }],
  )
}

/** The stretch that covers a day, if any. */
export function spanOn<Value>(
  spans: readonly Span<Value>[],
  day: PlainDate,
): Span<Value> | undefined {
  return spans.find((span) => span.from <= day && (span.to === undefined || day < span.to))
}

/** Every slot of a kind that any fact names. */
export function slotsOf(facts: readonly RecordedFact[], kind: FactKind): readonly string[] {
  const slots = facts.filter((fact) => fact.kind === kind).map((fact) => fact.slot ?? '')
  return [...new Set(slots)].sort()
}

/** Every kind and slot that any fact names, each once. */
export function placesOf(
  facts: readonly RecordedFact[],
): readonly { readonly kind: FactKind; readonly slot: string }[] {
  const kinds = [...new Set(facts.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => slotsOf(facts, kind).map((slot) => ({ kind, slot })))
}

/**
 * The first day after `day` on which the facts say something else than on `day`. Days on which
 * something was to change, and which a later fact covers, are none.
 */
export function nextChangeAfter(
  facts: readonly RecordedFact[],
  day: PlainDate,
): PlainDate | undefined {
  return placesOf(facts)
    .flatMap(({ kind, slot }) => timeline(facts, kind, slot))
    .flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))
    .filter((boundary) => boundary > day)
    .sort()[0]
}

/** The first later day on which a person no longer lives where the address of `day` is. */
export function leavesOn(facts: readonly RecordedFact[], day: PlainDate): PlainDate | undefined {
  const spans = timeline(facts, 'address')
  const home = spanOn(spans, day)
  if (!home) return undefined
  // Another stretch at the same address, as with a new c/o name, goes on living there.
  const { from: began } = home
  const later = spans.filter(({ from }) => from >= began)
  const end = later.find(
    ({ to }) =>
      to !== undefined &&
      !later.some(({ from, value }) => from === to && isSameAddress(value, home.value)),
  )
  return end?.to
}

function earliestOf(a: PlainDate | undefined, b: PlainDate): PlainDate {
  return a === undefined || b < a ? b : a
}
