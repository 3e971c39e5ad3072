/** Random histories of one person: facts of a few kinds within a few weeks, in recorded order. */

import fc from 'fast-check'
import { addDays, date, type PlainDate } from '#base/calendar.ts'
import type { Fact, FactKind, RecordedFact } from '#register/fact.ts'

export const firstDay = date('2026-01-01')
const daysMax = 40
/** Every day that a random history can speak of, and one on either side. */
export const window: readonly PlainDate[] = Array.from({ length: daysMax + 3 }, (_, day) =>
  addDays(firstDay, day - 1),
)

type Stretch = { readonly from: PlainDate; readonly to?: PlainDate }

const stretches: fc.Arbitrary<Stretch> = fc
  .tuple(fc.nat({ max: daysMax - 1 }), fc.option(fc.integer({ min: 1, max: daysMax })))
  .map(([start, length]) => ({
    from: addDays(firstDay, start),
    ...(length !== null && { to: addDays(firstDay, Math.min(start + length, daysMax)) }),
  }))

const facts: fc.Arbitrary<Fact> = fc.tuple(stretches, fc.nat({ max: 99 })).chain(([stretch, n]) => {
  const road = { municipality: '0751', road: '0012', house: String(n + 1) }
  return fc.constantFrom<Fact>(
    { kind: 'address', ...stretch, value: road },
    { kind: 'address', ...stretch, value: null },
    { kind: 'protection', slot: '0001', ...stretch, value: { type: '0001', reason: String(n) } },
    { kind: 'protection', slot: '0001', ...stretch, value: null },
    { kind: 'protection', slot: '0005', ...stretch, value: { type: '0005', reason: String(n) } },
  )
})

/** Some events of one to three facts each, in any order on paper. */
export const histories: fc.Arbitrary<readonly RecordedFact[]> = fc
  .array(fc.array(facts, { minLength: 1, maxLength: 3 }), { maxLength: 5 })
  .map((events) =>
    events.flatMap((event, at) =>
      event.map((fact, line) => ({ ...fact, eventNo: at + 1, line: line + 1 })),
    ),
  )
  .chain((recorded) => fc.shuffledSubarray(recorded, { minLength: recorded.length }))

/** The oracle: of the facts that cover a day, the one recorded last; found day by day. */
export function lastRecordedOn(
  recorded: readonly RecordedFact[],
  kind: FactKind,
  slot: string,
  day: PlainDate,
): RecordedFact | undefined {
  return recorded
    .filter((fact) => fact.kind === kind && (fact.slot ?? '') === slot)
    .filter(({ from, to }) => from <= day && (to === undefined || day < to))
    .reduce<RecordedFact | undefined>((last, fact) => {
      if (!last) return fact
      const later = fact.eventNo - last.eventNo || fact.line - last.line
      return later > 0 ? fact : last
    }, undefined)
}

export const slots = [
  ['address', ''],
  ['protection', '0001'],
  ['protection', '0005'],
] as const
