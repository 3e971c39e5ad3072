/** How a row of evidence is written: as one more part of the statement that has the effect. */

import type { AuditRow } from '#evidence/audit.ts'

const columns = [
  'id',
  'at',
  'act',
  'outcome',
  'receipt',
  'actor',
  'authority',
  'source',
  'purpose',
  'persons',
  'incident_id',
  'detail',
]

/**
 * A `with` part that inserts the audit row in the parameter, once for the row that `effect` gave:
 * no effect, no row.
 */
export function auditInsert(effect: string, parameter: string): string {
  return `audited as (
  insert into audit (${columns.join(', ')})
  select ${columns.map((column) => `a.${column}`).join(', ')}
  from ${effect}, jsonb_populate_record(null::audit, ${parameter}) a
)`
}

/** The same for several: each row of the parameter for which `effect` gave one that it belongs to. */
export function auditRowsInsert(
  effect: string,
  belongs: string,
  parameter: string,
  part = 'audited',
): string {
  return `${part} as (
  insert into audit (${columns.join(', ')})
  select ${columns.map((column) => `a.${column}`).join(', ')}
  from ${effect} join jsonb_populate_recordset(null::audit, ${parameter}) a on ${belongs}
)`
}

/** The row as JSON, for the parameter of `auditInsert`. */
export function writeAuditRow(row: AuditRow): string {
  return JSON.stringify(columnsOf(row))
}

export function writeAuditRows(rows: readonly AuditRow[]): string {
  return JSON.stringify(rows.map(columnsOf))
}

function columnsOf(row: AuditRow) {
  return {
    id: row.id,
    at: row.at.toISOString(),
    act: row.act,
    outcome: row.outcome,
    receipt: row.receipt,
    actor: row.actor ?? null,
    authority: row.authority ?? null,
    source: row.source ?? null,
    purpose: row.purpose,
    persons: row.persons,
    incident_id: row.incidentId ?? null,
    detail: row.detail ?? null,
  }
}
