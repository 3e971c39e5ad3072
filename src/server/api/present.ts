/** An incident as the JSON door shows it. */

import type { IncidentBody } from '#api/contracts.ts'
import { writeRefusal } from '#api/problem.ts'
import { present } from '#base/assert.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import { nextOf } from '#casework/next.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { hasPending } from '#casework/step.ts'
import { timelineOf } from '#casework/timeline.ts'
import { isReturned, stateTexts } from '#casework/transitions.ts'
import type { Reading } from '#incident/fields.ts'
import type { Refusal } from '#incident/refusal.ts'
import { rejectionReasons } from '#incident/rejection.ts'
import { translate } from '#incident/translate.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { masterDataOf } from '#search/disclose.ts'
import { mutable } from '#server/api/mutable.ts'
import { presentHearings } from '#server/api/present-hearings.ts'
import { presentLook } from '#server/api/present-policies.ts'

/** What a step confirms, and the instant of the record at which it was done. */
export type Acknowledged = {
  readonly at: 'savedAt' | 'decidedAt' | 'closedAt' | 'step'
  readonly text: Text
}

/** What the caller may see of it; `acknowledged` is the step that this answer confirms. */
export function presentIncident(
  standing: Standing,
  warnings: readonly Refusal[],
  acknowledged?: Acknowledged,
  doneAt?: Date,
): IncidentBody {
  const { record, situation, type, caller, subject, reading } = standing
  const authority = situation.findAuthority(record.authority)
  const next = nextOf(standing)
  return {
    id: record.id,
    type: type.shape.name,
    version: record.version,
    state: record.state,
    stateText: stateTexts[record.state],
    keys: record.keys,
    ...(record.representative !== undefined && { representative: record.representative }),
    authority: { code: record.authority, name: authority?.name ?? record.authority },
    actions: [...standing.actions].filter((action) => action !== 'expire'),
    ...(record.savedAt === undefined && { expiresAt: record.expiresAt.toISOString() }),
    masterData: mutable(masterDataOf(subject, caller, hasPending(standing))),
    data: writeReading(reading),
    translations: reading ? mutable(translate(type.shape, reading, situation)) : {},
    candidates: mutable(standing.candidates),
    marks: mutable(standing.marks),
    warnings: warnings.map(writeRefusal),
    timeline: presentTimeline(standing),
    hearings: presentHearings(standing),
    ...presentLook(standing),
    outcomes: outcomesOf(record),
    forerunners: forerunnersOf(standing),
    next: next.text,
    ...(next.by !== undefined && { nextBy: next.by }),
    ...returnedOf(standing),
    ...(record.reason && { reason: reasonOf(record.reason) }),
    ...(acknowledged && { receipt: receiptOf(record, acknowledged, doneAt) }),
  }
}

/** An id names its type; what is not pending has been decided. */
function forerunnersOf({ record, situation }: Standing): IncidentBody['forerunners'] {
  return record.after.map((id) => ({
    id,
    title: present(findByCode(id.split('.')[0] ?? ''), 'the type of an id').shape.title,
    isDecided: record.savedAt !== undefined && !situation.pending.some((each) => each.id === id),
  }))
}

function writeReading(reading: Reading | undefined): IncidentBody['data'] {
  const data: IncidentBody['data'] = {}
  for (const [name, value] of Object.entries(reading ?? {})) {
    if (value !== undefined) data[name] = typeof value === 'string' ? value : [...value]
  }
  return data
}

/** The same receipt however often it is asked for: its time is that of the step, not of now. */
function receiptOf(
  record: IncidentRecord,
  { at, text }: Acknowledged,
  doneAt: Date | undefined,
): NonNullable<IncidentBody['receipt']> {
  const instant = at === 'step' ? doneAt?.toISOString() : instantOf(record, at)
  return {
    number: 0,
    text,
    at: present(instant, 'the instant of an acknowledged step'),
    incident: record.id,
    pnr: record.keys.pnr,
    ...(record.representative !== undefined && { representative: record.representative }),
  }
}

/** A report that was amended is received anew. */
function instantOf(record: IncidentRecord, at: 'savedAt' | 'decidedAt' | 'closedAt') {
  const instant = (at === 'savedAt' ? record.amendedAt : undefined) ?? record[at]
  return instant?.toISOString() ?? lastOutcome(record)
}

/** Where some have been decided on, the incident itself has not been yet (DESK-3). */
function lastOutcome({ outcomes }: IncidentRecord): string | undefined {
  return Object.values(outcomes)
    .map(({ at }) => at)
    .toSorted()
    .at(-1)
}

function reasonOf(reason: NonNullable<IncidentRecord['reason']>) {
  return { ...reason, title: rejectionReasons[reason.code] }
}

function outcomesOf({ outcomes }: IncidentRecord): IncidentBody['outcomes'] {
  return Object.entries(outcomes).map(([pnr, { decision, at, reason }]) => ({
    pnr,
    decision,
    at,
    ...(reason && { reason: reasonOf(reason) }),
  }))
}

function presentTimeline(standing: Standing): IncidentBody['timeline'] {
  return timelineOf(standing).map(({ at, said, fields, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    ...(said !== undefined && { said }),
    ...(fields && { fields: [...fields] }),
  }))
}

function returnedOf({ record, type }: Standing): Pick<IncidentBody, 'returned'> {
  const { returned, state } = record
  if (!returned || !isReturned(state)) return {}
  const { fields, text, by } = returned
  const named = fields.map((name) => {
    const label = type.shape.fields[name]?.label ?? { da: name, en: name }
    return { name, label }
  })
  return { returned: { fields: named, text, by } }
}
