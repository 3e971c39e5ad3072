/**
 * Cases that a report wishes besides, as protection with a move: judged with it, saved with it, and
 * decided before it. They then go their own way; knows no incident type by name.
 */

import { danishDate } from '#base/calendar.ts'
import { randomId } from '#base/ids.ts'
import { type Also, openHearings } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import { competentAuthority } from '#casework/initiate.ts'
import { canonicalReading, type IncidentRecord } from '#casework/record.ts'
import type { Ground } from '#casework/step.ts'
import type { AuditRow } from '#evidence/audit.ts'
import type { Forerunner } from '#incident/define.ts'
import type { Reading } from '#incident/fields.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion, type OtherIncident, type Situation } from '#incident/situation.ts'

/** Why a wish cannot be met, told of the field that wishes it. */
export function judgeForerunners(
  { record, standing: { type, situation } }: Ground,
  reading: Reading,
): readonly Refusal[] {
  if (record.savedAt !== undefined) {
    // Saved once, it has its forerunners, and they go their own way.
    if (record.after.length > 0) return []
    return type.forerunners(reading, situation).map(({ blames }) => refuse(9036, blames))
  }
  return type
    .forerunners(reading, situation)
    .flatMap(({ type: own, data, keys, blames }) =>
      own.judge(data, { ...situation, keys }).map((refusal) => ({ ...refusal, field: blames })),
    )
}

/** The cases as they are saved together with the report. */
export function openForerunners(
  house: House,
  ground: Ground,
  reading: Reading,
  audit: (record: IncidentRecord) => AuditRow,
): Required<Also> {
  const { standing, at } = ground
  const { type, situation } = standing
  const opened = type.forerunners(reading, situation).map((each) => {
    const record = recordOf(house, ground, each)
    const own = { ...situation, keys: each.keys }
    const moment = { at, today: danishDate(at), random: house.random }
    const asked = each.type.hearings(each.data, own)
    return { record, also: openHearings(record, asked, moment, situation.settings) }
  })
  return {
    hearings: opened.flatMap(({ also }) => also.hearings),
    letters: opened.flatMap(({ also }) => also.letters),
    forerunners: opened.map(({ record }) => ({ record, audit: audit(record) })),
  }
}

function recordOf(
  house: House,
  { at, standing, caller, record }: Ground,
  { type, keys, data }: Forerunner,
): IncidentRecord {
  const { code } = type.shape
  return {
    id: `${code.toLowerCase()}.${randomId(house.random)}`,
    ts: house.nextTs(at),
    code,
    keys,
    authority: competentAuthority(type, keys, standing.subject, caller.authority),
    reportedBy: caller.personCode,
    reportingAuthority: caller.authority,
    state: 'pending',
    version: 1,
    rulesVersion: house.rulesVersion,
    reading: data,
    readingHash: house.hash(canonicalReading(data)),
    question: { ...noQuestion, ...type.asks(data) },
    outcomes: {},
    events: [],
    representative: record.representative,
    warned: [],
    marks: type.marks(data, { ...standing.situation, keys }),
    after: [],
    initiatedAt: at,
    validatedAt: at,
    savedAt: at,
    expiresAt: record.expiresAt,
  }
}

/** What waits about the person once they are saved. */
export function withForerunners(situation: Situation, { forerunners = [] }: Also): Situation {
  const opened = forerunners.map(({ record: { id, code, keys } }) => ({
    id,
    code,
    date: keys.date,
  }))
  return { ...situation, pending: [...situation.pending, ...opened] }
}

/** Those that are not decided yet, which hold the approval back. */
export function awaitedOf({
  record,
  findings,
}: Pick<Ground, 'record' | 'findings'>): readonly OtherIncident[] {
  return findings.pending.filter(({ id }) => record.after.includes(id))
}
