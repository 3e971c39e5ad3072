/** What takes effect by itself as days pass: facts dated ahead, and protections that lapse. */

import type { PlainDate } from '#base/calendar.ts'
import type { RecordedFact } from '#register/fact.ts'

/** An event that was written before its day came, and now is true. */
export type Due = { readonly eventNo: number; readonly on: PlainDate; readonly lapsed: boolean }

/**
 * Every earlier event of which something begins or lapses after one day and up to another, in the
 * order in which it does. A protection or contact address that ends by itself has lapsed (P11).
 */
export function dueBetween(
  facts: readonly RecordedFact[],
  after: PlainDate,
  through: PlainDate,
): readonly Due[] {
  const due = new Map<string, Due>()
  const add = (eventNo: number, on: PlainDate, lapsed: boolean) => {
    if (on > after && on <= through) due.set(`${on} ${eventNo} ${lapsed}`, { eventNo, on, lapsed })
  }
  for (const { eventNo, from, to, kind, slot, value } of facts) {
    // A fact that says 'nothing from here on' beside one that ends there is the end of that one.
    const endsAnother = facts.some((other) => other.eventNo === eventNo && other.to === from)
    add(eventNo, from, value === null && endsAnother)
    if (
      to !== undefined &&
      !facts.some((f) => f.kind === kind && f.slot === slot && f.from === to)
    ) {
      add(eventNo, to, true)
    }
  }
  return [...due.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
}
