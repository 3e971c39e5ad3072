/** An invented person on the way to facts: who it is, what it went through, and in which order. */

import { addDays, addYears, daysBetween, laterOf, type PlainDate } from '#base/calendar.ts'
import type { Dice } from '#population/dice.ts'
import type { Numbers } from '#population/numbers.ts'
import type { ProtectionType, StatusCode } from '#register/codes.ts'
import type { ContactAddress, Fact, ForeignAddress, Residence } from '#register/fact.ts'
import type { Name } from '#register/name.ts'
import { type Pnr, type Sex, sexByNumber } from '#register/pnr.ts'
import { statusFrom } from '#register/status.ts'

/** A value that held from a day to, and not on, another. */
export type Stretch<Value> = {
  readonly from: PlainDate
  readonly to?: PlainDate
  readonly value: Value
}

/** Each list is in order of time and without overlap. */
export type Draft = {
  readonly pnr: Pnr
  readonly sex: Sex
  readonly bornOn: PlainDate
  readonly name: Name
  readonly statuses: readonly Stretch<StatusCode>[]
  readonly homes: readonly Stretch<Residence>[]
  readonly abroad?: Stretch<ForeignAddress>
  readonly contact?: Stretch<ContactAddress>
  readonly protections: readonly Stretch<ProtectionType>[]
  /** Mother first, where both are known. */
  readonly parents: readonly Pnr[]
  /** Who has custody of a child; both parents where nothing is said. */
  readonly custody?: readonly Pnr[]
  readonly spouse?: Stretch<Pnr>
  readonly successor?: Pnr
}

/** What the generator hands out: a number and the facts of one event. */
export type GeneratedPerson = { readonly pnr: Pnr; readonly facts: readonly Fact[] }

/** What everyone who draws people needs. */
export type Workshop = {
  readonly dice: Dice
  readonly numbers: Numbers
  readonly today: PlainDate
}

/** A birth date that makes somebody so old today. */
export function bornAged({ dice, today }: Workshop, age: number): PlainDate {
  return addDays(addYears(today, -age), -dice.below(364))
}

/** A day between two, the first included. */
export function dayBetween(dice: Dice, from: PlainDate, to: PlainDate): PlainDate {
  return addDays(from, dice.below(Math.max(1, daysBetween(from, to))))
}

/** The person's facts, all valid ranges as they stand in the draft. */
export function factsOf(draft: Draft): GeneratedPerson {
  const { pnr, sex, bornOn, name, abroad, contact, spouse, successor } = draft
  const facts: Fact[] = [
    { kind: 'birth', from: bornOn, value: { bornOn, sex } },
    { kind: 'name', from: bornOn, value: name },
    ...draft.statuses.map(({ value: code, from, to }) => {
      return { ...statusFrom(code, from), ...(to && { to }) }
    }),
    ...draft.homes.map((home) => ({ kind: 'address', ...home }) as const),
    ...draft.parents.map((parent, at) => {
      const slot = String(at + 1)
      return { kind: 'parent', slot, from: bornOn, value: { pnr: parent } } as const
    }),
    ...custodyOf(draft),
    ...draft.protections.map(({ value: type, ...span }) => {
      return { kind: 'protection', slot: type, ...span, value: { type } } as const
    }),
  ]
  if (spouse) facts.push({ kind: 'spouse', ...spouse, value: { pnr: spouse.value } })
  if (abroad) facts.push({ kind: 'foreign-address', ...abroad })
  if (contact) facts.push({ kind: 'contact-address', ...contact })
  if (successor) {
    const from = draft.statuses.at(-1)?.from ?? bornOn
    facts.push({ kind: 'successor', from, value: { pnr: successor } })
  }
  return { pnr, facts }
}

/** A mother's and a father's, or another holder's where there are two of one kind. */
function custodyOf({ bornOn, parents, custody = parents }: Draft): readonly Fact[] {
  const taken = new Set<string>()
  return custody.map((pnr) => {
    const own = sexByNumber(pnr) === 'K' ? '0003' : '0004'
    const slot = taken.has(own) ? '0005' : own
    taken.add(slot)
    return { kind: 'custody', slot, from: bornOn, to: addYears(bornOn, 18), value: { pnr } }
  })
}

/** Moves a draft into a home on a day, or on the day of birth when that is later. */
export function atHome(draft: Draft, residence: Residence, since: PlainDate): Draft {
  const from = laterOf(since, draft.bornOn)
  const earlier = draft.homes.filter((home) => home.from < from)
  return {
    ...draft,
    homes: [...earlier.map((home) => ended(home, from)), { from, value: residence }],
  }
}

/** Ends what a draft lived as, and gives it another status from a day on. */
export function changedTo(draft: Draft, code: StatusCode, on: PlainDate): Draft {
  const statuses = [...draft.statuses.map((each) => ended(each, on)), { from: on, value: code }]
  const homes = draft.homes.filter((home) => home.from < on).map((home) => ended(home, on))
  return { ...draft, statuses, homes }
}

function ended<Value>(stretch: Stretch<Value>, on: PlainDate): Stretch<Value> {
  return stretch.to !== undefined && stretch.to <= on ? stretch : { ...stretch, to: on }
}
