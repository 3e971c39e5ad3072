/** A row of the table `incident` as a record and back, as JSON that PostgreSQL takes and gives. */

import { assert, present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { type Flag, flagsOf } from '#casework/flags.ts'
import type { Look } from '#casework/policy.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { isState } from '#casework/transitions.ts'
import type { Reading } from '#incident/fields.ts'
import type { CaseMark } from '#incident/mark.ts'
import { isRejectionReason } from '#incident/rejection.ts'
import type { TraitValues } from '#incident/traits.ts'
import { readPnr } from '#register/pnr.ts'

/** Column by column; instants are ISO 8601, as `row_to_json` writes them. */
export type IncidentRow = {
  readonly id: string
  readonly ts: string
  readonly code: string
  readonly pnr: string
  readonly incident_date: string
  readonly municipality: string
  readonly authority: string
  readonly reported_by: string
  readonly representative: string | null
  readonly reporting_authority: string
  readonly state: string
  readonly version: number
  readonly rules_version: string
  readonly data: Reading | null
  readonly data_hash: string | null
  readonly persons: readonly string[]
  readonly vacant: readonly string[]
  readonly addresses: readonly string[]
  readonly roads: readonly string[]
  readonly authorities: readonly string[]
  readonly outcomes: IncidentRecord['outcomes']
  readonly warned: readonly number[]
  readonly marks: readonly CaseMark[]
  /** What marks and warnings come to, for whoever looks for it; never read back. */
  readonly flags: readonly Flag[]
  readonly after_ids: readonly string[]
  readonly initiated_at: string
  readonly validated_at: string | null
  readonly saved_at: string | null
  readonly decided_at: string | null
  readonly closed_at: string | null
  readonly amended_at: string | null
  readonly forwarded_at: string | null
  readonly returned: IncidentRecord['returned'] | null
  readonly events: IncidentRecord['events']
  readonly expires_at: string
  readonly decided_by: string | null
  readonly reason_code: string | null
  readonly reason_text: string | null
  readonly traits: TraitValues | null
  /** Written by statements of its own: a step must not put an earlier look over a later one. */
  readonly automatic: StoredLook | null
}

type StoredLook = Omit<Look, 'at'> & { readonly at: string }

export function readIncidentRow(row: IncidentRow): IncidentRecord {
  assert(isState(row.state), 'an incident in a state that is none')
  return {
    id: row.id,
    ts: row.ts,
    code: row.code,
    keys: {
      pnr: present(readPnr(row.pnr), 'the number of an incident'),
      date: date(row.incident_date),
      municipality: row.municipality,
    },
    authority: row.authority,
    reportedBy: row.reported_by,
    representative: row.representative ?? undefined,
    reportingAuthority: row.reporting_authority,
    state: row.state,
    version: row.version,
    rulesVersion: row.rules_version,
    reading: row.data ?? undefined,
    readingHash: row.data_hash ?? undefined,
    question: {
      persons: row.persons,
      vacant: row.vacant,
      addresses: row.addresses,
      roads: row.roads,
      authorities: row.authorities,
    },
    outcomes: row.outcomes,
    warned: row.warned,
    marks: row.marks,
    after: row.after_ids,
    initiatedAt: new Date(row.initiated_at),
    validatedAt: instant(row.validated_at),
    savedAt: instant(row.saved_at),
    decidedAt: instant(row.decided_at),
    closedAt: instant(row.closed_at),
    amendedAt: instant(row.amended_at),
    forwardedAt: instant(row.forwarded_at),
    returned: row.returned ?? undefined,
    events: row.events,
    expiresAt: new Date(row.expires_at),
    decidedBy: row.decided_by ?? undefined,
    reason: readReason(row),
    traits: row.traits ?? undefined,
    look: row.automatic ? { ...row.automatic, at: new Date(row.automatic.at) } : undefined,
  }
}

export function writeIncidentRow(record: IncidentRecord): Omit<IncidentRow, 'automatic'> {
  const { keys, question, reason } = record
  return {
    id: record.id,
    ts: record.ts,
    code: record.code,
    pnr: keys.pnr,
    incident_date: keys.date,
    municipality: keys.municipality,
    authority: record.authority,
    reported_by: record.reportedBy,
    representative: record.representative ?? null,
    reporting_authority: record.reportingAuthority,
    state: record.state,
    version: record.version,
    rules_version: record.rulesVersion,
    data: record.reading ?? null,
    data_hash: record.readingHash ?? null,
    persons: question.persons,
    vacant: question.vacant,
    addresses: question.addresses,
    roads: question.roads,
    authorities: question.authorities,
    outcomes: record.outcomes,
    warned: record.warned,
    marks: record.marks,
    flags: flagsOf(record),
    after_ids: record.after,
    initiated_at: record.initiatedAt.toISOString(),
    validated_at: record.validatedAt?.toISOString() ?? null,
    saved_at: record.savedAt?.toISOString() ?? null,
    decided_at: record.decidedAt?.toISOString() ?? null,
    closed_at: record.closedAt?.toISOString() ?? null,
    amended_at: record.amendedAt?.toISOString() ?? null,
    forwarded_at: record.forwardedAt?.toISOString() ?? null,
    returned: record.returned ?? null,
    events: record.events,
    expires_at: record.expiresAt.toISOString(),
    decided_by: record.decidedBy ?? null,
    reason_code: reason?.code ?? null,
    reason_text: reason?.text ?? null,
    traits: record.traits ?? null,
  }
}

function readReason({ reason_code, reason_text }: IncidentRow): IncidentRecord['reason'] {
  if (reason_code === null || reason_text === null) return undefined
  assert(isRejectionReason(reason_code), 'a rejection for a reason that is none')
  return { code: reason_code, text: reason_text }
}

function instant(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text)
}
