/**
 * Taking an event back: what must be recorded so that every day says again what it would have
 * said without it. Nothing is removed; the event and its taking back both stay in the history.
 */

import type { PlainDate } from '#base/calendar.ts'
import {
  type Fact,
  inForce,
  placesOf,
  type RecordedFact,
  type Span,
  spanOn,
} from '#register/fact.ts'

/**
 * The facts that void one event. Only on days on which it still has the last word they say else;
 * what later events have said stands. None if it has the last word nowhere.
 */
export function withoutEvent(facts: readonly RecordedFact[], eventNo: number): readonly Fact[] {
  return withoutEvents(facts, [eventNo])
}

/** The same for several at once, as though none of them had been. */
export function withoutEvents(
  facts: readonly RecordedFact[],
  eventNos: readonly number[],
): readonly Fact[] {
  const isIts = (fact: RecordedFact) => eventNos.includes(fact.eventNo)
  const others = facts.filter((fact) => !isIts(fact))
  return placesOf(facts.filter(isIts)).flatMap(({ kind, slot }) => {
    const instead = inForce(others, kind, slot)
    const spans = inForce(facts, kind, slot)
    return spans.flatMap((span, place) =>
      isIts(span.value) ? rejoined(restated(span, instead), spans[place - 1], instead) : [],
    )
  })
}

/**
 * What went on until that day goes on: it is one stretch again, from its own beginning, so that who
 * has lived somewhere for years is not said to have come there on the day of a mistake.
 */
function rejoined(
  pieces: readonly Fact[],
  before: Span<RecordedFact> | undefined,
  instead: readonly Span<RecordedFact>[],
): readonly Fact[] {
  const [first, ...rest] = pieces
  if (!first || before === undefined || before.to !== first.from) return pieces
  const again = spanOn(instead, first.from)
  if (again?.value !== before.value) return pieces
  return [{ ...first, from: before.from }, ...rest]
}

/** What the other facts say on the days of one stretch, in pieces without a gap. */
function restated(
  { from, to, value: voided }: Span<RecordedFact>,
  instead: readonly Span<RecordedFact>[],
): readonly Fact[] {
  const pieces: Fact[] = []
  let day: PlainDate | undefined = from
  for (const span of instead) {
    if (day === undefined || (to !== undefined && span.from >= to)) break
    if (span.to !== undefined && span.to <= day) continue
    if (span.from > day) {
      pieces.push(...nothing(voided, day, span.from))
      day = span.from
    }
    const end = earliest(span.to, to)
    pieces.push(placed(span.value, day, end))
    day = end
  }
  if (day !== undefined && day !== to) pieces.push(...nothing(voided, day, to))
  return pieces
}

/** That there is nothing, unless the voided fact says so itself. */
function nothing(
  voided: RecordedFact,
  from: PlainDate,
  to: PlainDate | undefined,
): readonly Fact[] {
  return voided.value === null ? [] : [{ ...placed(voided, from, to), value: null }]
}

function placed(recorded: RecordedFact, from: PlainDate, to: PlainDate | undefined): Fact {
  const { eventNo: _, line: __, to: ___, ...fact } = recorded
  return { ...fact, from, ...(to !== undefined && { to }) }
}

function earliest(a: PlainDate | undefined, b: PlainDate | undefined): PlainDate | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a < b ? a : b
}

/** Whether somebody is left: born, named and with a status, as everyone in the register is. */
export function isWhole(facts: readonly RecordedFact[]): boolean {
  return (['birth', 'name', 'status'] as const).every((kind) =>
    inForce(facts, kind).some(({ value }) => value.value !== null),
  )
}
