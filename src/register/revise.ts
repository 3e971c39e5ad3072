/**
 * Taking an event back: what must be recorded so that every day says again what it would have
 * said without it. Nothing is removed; the event and its taking back both stay in the history.
 */

import type { PlainDate } from '#base/calendar.ts'
import { type Fact, inForce, placesOf, type RecordedFact, type Span } from '#register/fact.ts'

/**
 * The facts that void one event. Only days on which the event still has the last word change;
 * what later events have said stands. None if it has the last word nowhere.
 */
export function withoutEvent(facts: readonly RecordedFact[], eventNo: number): readonly Fact[] {
  const isIts = (fact: RecordedFact) => fact.eventNo === eventNo
  const others = facts.filter((fact) => !isIts(fact))
  return placesOf(facts.filter(isIts)).flatMap(({ kind, slot }) => {
    const instead = inForce(others, kind, slot)
    return inForce(facts, kind, slot)
      .filter(({ value }) => isIts(value))
      .flatMap((span) => restated(span, instead))
  })
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
