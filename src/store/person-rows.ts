/** A change of a person as rows of the tables `event`, `fact` and `person`, in JSON. */

import type { PlainDate } from '#base/calendar.ts'
import { danishDate } from '#base/calendar.ts'
import type { PersonChange } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { fullName } from '#register/name.ts'
import { type Derived, dwellingOf } from '#register/person.ts'

/** Events, facts and persons of a decision, persons in one order against deadlock. */
export function decisionRows(
  record: IncidentRecord,
  changes: readonly PersonChange[],
  { at }: AuditRow,
): readonly string[] {
  const ordered = changes.toSorted((a, b) => (a.pnr < b.pnr ? -1 : 1))
  const derivedOn = danishDate(at)
  return [
    ordered.map((change) => eventRow(change, at, record.id)),
    ordered.flatMap(factRows),
    ordered.map(({ pnr, afterEventNo, derived }) =>
      personRow(pnr, afterEventNo + 1, derived, derivedOn),
    ),
  ].map((rows) => JSON.stringify(rows))
}

export function eventRow(
  { pnr, afterEventNo, event }: Pick<PersonChange, 'pnr' | 'afterEventNo' | 'event'>,
  recordedAt: Date,
  incidentId: string | null,
) {
  return {
    pnr,
    event_no: afterEventNo + 1,
    id: event.id,
    kind: event.kind,
    type: event.type,
    valid_from: event.validFrom,
    recorded_at: recordedAt.toISOString(),
    incident_id: incidentId,
  }
}

function factRows({ pnr, facts }: PersonChange) {
  return facts.map((fact) => ({
    pnr,
    event_no: fact.eventNo,
    line: fact.line,
    kind: fact.kind,
    slot: fact.slot ?? '',
    valid_from: fact.from,
    valid_to: fact.to ?? null,
    value: fact.value,
  }))
}

export function personRow(pnr: string, eventNo: number, derived: Derived, derivedOn: PlainDate) {
  const { current, nextChangeOn, protectedUntil } = derived
  return {
    pnr,
    event_no: eventNo,
    current,
    status: current.status,
    municipality: current.address?.municipality ?? null,
    address_key: dwellingOf(current) ?? null,
    derived_on: derivedOn,
    next_change_on: nextChangeOn ?? null,
    protected_until: protectedUntil ?? null,
    // For whoever looks for a name; the database may know no small letters but those of ASCII.
    names: fullName(current.name).toLowerCase(),
  }
}
