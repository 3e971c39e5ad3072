/** Milestones as rows, and what befell an incident read as one: its trail. */

import { assert } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import type { LetterKind } from '#casework/hearings.ts'
import { isMilestoneKind, type Milestone } from '#casework/milestones.ts'
import type { Trail } from '#casework/ports.ts'
import type { Reading } from '#incident/fields.ts'

/** Column by column; instants are ISO 8601, days 'YYYY-MM-DD'. */
type MilestoneRow = {
  readonly incident_id: string
  readonly version: number
  readonly at: string
  readonly kind: string
  readonly by: string
  readonly authority: string
  readonly text: string | null
  readonly fields: readonly string[]
  readonly due: string | null
  readonly to_authority: string | null
  readonly persons: readonly string[]
  readonly decision: string | null
  readonly decided_at: string | null
  readonly reading: Reading | null
}

/** A `with` part that inserts the milestones in a parameter, when `effect` has a row. */
export function milestoneInsert(effect: string, parameter: string): string {
  return `passed as (
  insert into milestone
  select m.* from ${effect}, jsonb_populate_recordset(null::milestone, ${parameter}) m
)`
}

export function writeMilestones(milestones: readonly Milestone[]): string {
  return JSON.stringify(milestones.map(writeMilestone))
}

function writeMilestone(milestone: Milestone): MilestoneRow {
  return {
    incident_id: milestone.incidentId,
    version: milestone.version,
    at: milestone.at.toISOString(),
    kind: milestone.kind,
    by: milestone.by,
    authority: milestone.authority,
    text: milestone.text ?? null,
    fields: milestone.fields,
    due: milestone.due ?? null,
    to_authority: milestone.to ?? null,
    persons: milestone.persons,
    decision: milestone.decision ?? null,
    decided_at: milestone.decidedAt?.toISOString() ?? null,
    reading: milestone.reading ?? null,
  }
}

function readMilestone(row: MilestoneRow): Milestone {
  const { kind, decision } = row
  assert(isMilestoneKind(kind), 'a milestone of a kind that is none')
  assert(decision === null || decision === 'approved' || decision === 'rejected', 'a decision')
  return {
    incidentId: row.incident_id,
    version: row.version,
    at: new Date(row.at),
    kind,
    by: row.by,
    authority: row.authority,
    text: row.text ?? undefined,
    fields: row.fields,
    due: row.due === null ? undefined : date(row.due),
    to: row.to_authority ?? undefined,
    persons: row.persons,
    decision: decision ?? undefined,
    decidedAt: row.decided_at === null ? undefined : new Date(row.decided_at),
    reading: row.reading ?? undefined,
  }
}

/**
 * Of the incident in `found`. What was dated ahead announces itself in the feed under the incident
 * that it came from; that it lapsed later (P11) is another matter.
 */
export const trailSql = `(
    select json_build_object(
      'milestones', (
        select json_agg(to_jsonb(m) || jsonb_build_object('to_name', (
            select y.name from authority y where y.code = m.to_authority)) order by m.version)
        from milestone m where m.incident_id = found.id),
      'letters', (
        select json_agg(json_build_object('at', l.at, 'recipient', l.recipient, 'kind', l.kind)
          order by l.at, l.id)
        from letter l where l.incident_id = found.id),
      'inEffectAt', (
        select min(e.recorded_at) from event e
        where e.pnr = found.pnr and e.incident_id = found.id
          and e.kind = 'in-effect' and e.type <> 'P11'))
    from found
  )`

export type TrailRow = {
  readonly milestones: readonly (MilestoneRow & { readonly to_name: string | null })[] | null
  readonly letters:
    | readonly { readonly at: string; readonly recipient: string; readonly kind: LetterKind }[]
    | null
  readonly inEffectAt: string | null
}

export function readTrail({ milestones, letters, inEffectAt }: TrailRow): Trail {
  return {
    milestones: (milestones ?? []).map(({ to_name, ...row }) => ({
      ...readMilestone(row),
      toName: to_name ?? undefined,
    })),
    letters: (letters ?? []).map(({ at, ...letter }) => ({ ...letter, at: new Date(at) })),
    inEffectAt: inEffectAt === null ? undefined : new Date(inEffectAt),
  }
}
