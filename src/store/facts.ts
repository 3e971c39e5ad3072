/** Facts as PostgreSQL builds them in JSON, and as the register has them. */

import type { RecordedFact } from '#register/fact.ts'

/** One fact as a JSON object; `f` is the row. */
export const factJson = `json_build_object(
  'pnr', f.pnr, 'eventNo', f.event_no, 'line', f.line, 'kind', f.kind, 'slot', f.slot,
  'from', f.valid_from, 'to', f.valid_to, 'value', f.value)`

/** A fact with its person; `to` is null where the value has no end. */
export type FactRow = Omit<RecordedFact, 'to'> & {
  readonly pnr: string
  readonly to: string | null
}

export function groupFacts(rows: readonly FactRow[]): ReadonlyMap<string, readonly RecordedFact[]> {
  const byPerson = new Map<string, RecordedFact[]>()
  for (const row of rows) {
    const facts = byPerson.get(row.pnr) ?? []
    facts.push(readFactRow(row))
    byPerson.set(row.pnr, facts)
  }
  return byPerson
}

/** The table's CHECKs and this program's own writes vouch for the kinds and their values. */
export function readFactRow({ pnr: _, to, ...fact }: FactRow): RecordedFact {
  return { ...fact, ...(to === null ? {} : { to }) } as RecordedFact
}
