/** What takes effect by itself as days pass: facts dated ahead, and protections that lapse. */

import type { PlainDate } from '#base/calendar.ts'
import { inForce, placesOf, type RecordedFact, type Span } from '#register/fact.ts'

/** An event that was written before its day came, and now is true. */
export type Due = { readonly eventNo: number; readonly on: PlainDate; readonly lapsed: boolean }

/**
 * Every earlier event of which something begins or lapses after one day and up to another, in the
 * order in which it does. A protection or contact address that ends by itself has lapsed (P11).
 * What a later event has overtaken neither begins nor lapses: receivers of the feed would take a
 * protection off that was extended, or move somebody who has moved elsewhere.
 */
export function dueBetween(
  facts: readonly RecordedFact[],
  after: PlainDate,
  through: PlainDate,
): readonly Due[] {
  const due = new Map<string, Due>()
  for (const { kind, slot } of placesOf(facts)) {
    for (const each of turns(inForce(facts, kind, slot))) {
      const { eventNo, on, lapsed } = each
      if (on > after && on <= through) due.set(`${on} ${eventNo} ${lapsed}`, each)
    }
  }
  return [...due.values()].sort(
    (a, b) => compare(a.on, b.on) || a.eventNo - b.eventNo || Number(a.lapsed) - Number(b.lapsed),
  )
}

/** Each day on which one slot says something else than the day before, and by which event. */
function turns(spans: readonly Span<RecordedFact>[]): readonly Due[] {
  return spans.flatMap((span, place) => {
    const { from: on, to, value: fact } = span
    const previous = spans[place - 1]
    const before = previous?.to === on ? previous.value : undefined
    const begins = fact.value !== null
    const ended = before !== undefined && before.value !== null
    const due: Due[] = []
    if (ended && (fact.from !== on || (!begins && before.eventNo === fact.eventNo))) {
      // What held until today has ended by itself, and what it stood before goes on.
      due.push({ eventNo: before.eventNo, on, lapsed: true })
    } else if (begins || ended) {
      due.push({ eventNo: fact.eventNo, on, lapsed: false })
    }
    if (begins && to !== undefined && spans[place + 1]?.from !== to) {
      due.push({ eventNo: fact.eventNo, on: to, lapsed: true })
    }
    return due
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
