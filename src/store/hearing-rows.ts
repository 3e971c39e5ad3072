/** Hearings and letters as rows, in JSON that PostgreSQL takes and gives. */

import { assert, present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { type Also, type HearingRecord, isHearingNote, type Letter } from '#casework/hearings.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { isHearingKind } from '#incident/hearing.ts'

/** Column by column; instants are ISO 8601, days 'YYYY-MM-DD'. */
export type HearingRow = {
  readonly id: string
  readonly incident_id: string
  readonly kind: string
  readonly asked: string | null
  readonly about: readonly string[]
  readonly asked_at: string
  readonly deadline: string | null
  readonly reminded_at: string | null
  readonly answered_at: string | null
  readonly answer: string | null
  readonly from_date: string | null
  readonly answer_text: string | null
  readonly answered_by: string | null
  readonly given_up_at: string | null
  readonly note: string | null
}

export function readHearingRow(row: HearingRow): HearingRecord {
  const { kind, answer, note } = row
  assert(isHearingKind(kind), 'a hearing of a kind that is none')
  assert(note === null || isHearingNote(note), 'a note that is none')
  assert(answer === null || answer === 'yes' || answer === 'no', 'an answer that is none')
  return {
    id: row.id,
    incidentId: row.incident_id,
    kind,
    asked: row.asked ?? undefined,
    about: row.about,
    askedAt: new Date(row.asked_at),
    deadline: row.deadline === null ? undefined : date(row.deadline),
    remindedAt: instant(row.reminded_at),
    answeredAt: instant(row.answered_at),
    answer: answer ?? undefined,
    fromDate: row.from_date === null ? undefined : date(row.from_date),
    answerText: row.answer_text ?? undefined,
    answeredBy: row.answered_by ?? undefined,
    givenUpAt: instant(row.given_up_at),
    note: note ?? undefined,
  }
}

/** Every column but `xid`, which PostgreSQL fills in. */
export const letterColumns = [
  'id',
  'at',
  'recipient',
  'kind',
  'incident_id',
  'text_da',
  'text_en',
  'concerns',
]

/** Of two letters about the same day the first one stands. */
export const letterOnce =
  'on conflict (recipient, kind, concerns) where concerns is not null do nothing'

/** Whose the letter `l` is; who lives in no municipality is written to by the CPR Office. */
export const sender = `coalesce((select i.authority from incident i where i.id = l.incident_id),
    (select p.municipality from person p where p.pnr = l.recipient), '0001')`

/** The two parameters of `alsoInsert`. A hearing lies with the authority of its incident. */
export function writeAlso(
  { hearings, letters }: Pick<Also, 'hearings' | 'letters'>,
  incidents: readonly IncidentRecord[],
): readonly [string, string] {
  const opened = hearings.map((hearing) => {
    const about = incidents.find(({ id }) => id === hearing.incidentId)
    const { authority } = present(about, 'the incident of a hearing')
    return { ...writeHearingRow(hearing), authority }
  })
  return [JSON.stringify(opened), JSON.stringify(letters.map(writeLetter))]
}

/**
 * `with` parts that insert the hearings and letters in two parameters, when `effect` has a row.
 * A letter is of the authority that the incident lay with before the statement: a forwarded one is
 * told of by who forwards it.
 */
export function alsoInsert(effect: string, hearings: string, letters: string): string {
  return `asked as (
  insert into hearing
  select h.* from ${effect}, jsonb_populate_recordset(null::hearing, ${hearings}) h
),
written as (
  insert into letter (${letterColumns.join(', ')}, authority)
  select ${letterColumns.map((column) => `l.${column}`).join(', ')},
    ${sender}
  from ${effect}, jsonb_populate_recordset(null::letter, ${letters}) l
  ${letterOnce}
)`
}

export function writeHearingRow(hearing: HearingRecord): HearingRow {
  return {
    id: hearing.id,
    incident_id: hearing.incidentId,
    kind: hearing.kind,
    asked: hearing.asked ?? null,
    about: hearing.about,
    asked_at: hearing.askedAt.toISOString(),
    deadline: hearing.deadline ?? null,
    reminded_at: hearing.remindedAt?.toISOString() ?? null,
    answered_at: hearing.answeredAt?.toISOString() ?? null,
    answer: hearing.answer ?? null,
    from_date: hearing.fromDate ?? null,
    answer_text: hearing.answerText ?? null,
    answered_by: hearing.answeredBy ?? null,
    given_up_at: hearing.givenUpAt?.toISOString() ?? null,
    note: hearing.note ?? null,
  }
}

export function writeLetter({ id, at, recipient, kind, incidentId, text, concerns }: Letter) {
  return {
    id,
    at: at.toISOString(),
    recipient,
    kind,
    incident_id: incidentId ?? null,
    text_da: text.da,
    text_en: text.en,
    concerns: concerns ?? null,
  }
}

function instant(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text)
}
