/** An incident as the JSON door shows it. */

import type { IncidentBody } from '#api/contracts.ts'
import { writeRefusal } from '#api/problem.ts'
import { present } from '#base/assert.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import { type IncidentRecord, rejectionReasons } from '#casework/record.ts'
import { hasPending } from '#casework/step.ts'
import { type State, stateTexts } from '#casework/transitions.ts'
import type { Reading } from '#incident/fields.ts'
import type { Refusal } from '#incident/refusal.ts'
import { translate } from '#incident/translate.ts'
import { masterDataOf } from '#search/disclose.ts'
import { hearingTimeline, presentHearings } from '#server/api/present-hearings.ts'

/** What a step confirms, and the instant of the record at which it was done. */
export type Acknowledged = {
  readonly at: 'savedAt' | 'decidedAt' | 'closedAt'
  readonly text: Text
}

/** What the caller may see of it; `acknowledged` is the step that this answer confirms. */
export function presentIncident(
  standing: Standing,
  warnings: readonly Refusal[],
  acknowledged?: Acknowledged,
): IncidentBody {
  const { record, situation, type, caller, subject, reading } = standing
  const authority = situation.findAuthority(record.authority)
  return {
    id: record.id,
    type: type.shape.name,
    state: record.state,
    stateText: stateTexts[record.state],
    keys: record.keys,
    ...(record.holder !== undefined && { holder: record.holder }),
    authority: { code: record.authority, name: authority?.name ?? record.authority },
    actions: [...standing.actions].filter((action) => action !== 'expire'),
    ...(record.savedAt === undefined && { expiresAt: record.expiresAt.toISOString() }),
    masterData: mutable(masterDataOf(subject, caller, hasPending(standing))),
    data: writeReading(reading),
    translations: reading ? mutable(translate(type.shape, reading, situation)) : {},
    candidates: mutable(standing.candidates),
    marks: mutable(record.marks),
    warnings: warnings.map(writeRefusal),
    timeline: timelineOf(standing),
    hearings: presentHearings(standing),
    outcomes: outcomesOf(record),
    next: nextText(standing),
    ...(record.reason && { reason: reasonOf(record.reason) }),
    ...(acknowledged && { receipt: receiptOf(record, acknowledged) }),
  }
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
): NonNullable<IncidentBody['receipt']> {
  const instant = record[at]?.toISOString() ?? lastOutcome(record)
  return {
    number: 0,
    text,
    at: present(instant, 'the instant of an acknowledged step'),
    incident: record.id,
    pnr: record.keys.pnr,
    ...(record.holder !== undefined && { holder: record.holder }),
  }
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

function timelineOf({ record, hearings }: Standing): IncidentBody['timeline'] {
  const steps: readonly (readonly [State, Date | undefined])[] = [
    ['initiated', record.initiatedAt],
    ['validated', record.validatedAt],
    ['pending', record.savedAt],
    [record.state, record.decidedAt ?? record.closedAt],
  ]
  const taken = steps.flatMap(([state, at]) =>
    at ? [{ state, at: at.toISOString(), text: stateTexts[state] }] : [],
  )
  // The order of what happened in the same instant is that of the steps, then of the hearings.
  return [...taken, ...hearings.flatMap(hearingTimeline)].toSorted((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  )
}

function nextText({ record, situation }: Standing): Text {
  const authority = situation.findAuthority(record.authority)?.name ?? record.authority
  const { date } = record.keys
  switch (record.state) {
    case 'initiated':
      return {
        da: 'Udfyld oplysningerne og lad dem kontrollere',
        en: 'Fill in the data and have them checked',
      }
    case 'validated':
      return {
        da: 'Gem anmeldelsen, så kommunen modtager den',
        en: 'Save the report so that the municipality receives it',
      }
    case 'pending':
      return {
        da: `${authority} Kommune afgør sagen. Indtil da ændres intet i registret.`,
        en: `The municipality of ${authority} decides. Until then nothing changes in the register.`,
      }
    case 'approved':
      return situation.today < date
        ? { da: `Registreringen får virkning ${date}`, en: `It takes effect on ${date}` }
        : { da: 'Registreringen har virkning', en: 'It has taken effect' }
    case 'rejected':
      return {
        da: 'Registret står som før. Begrundelsen siger hvorfor, og du kan klage over afgørelsen.',
        en: 'The register stands as before. The reason says why, and you can appeal.',
      }
    case 'cancelled':
    case 'expired':
      return { da: 'Intet er gemt. Begynd forfra.', en: 'Nothing was saved. Begin anew.' }
    default:
      return record.state satisfies never
  }
}

/** The schemas' types are not read-only; what is sent is never changed. */
export function mutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>
}

type Mutable<T> = T extends string | number | boolean | undefined
  ? T
  : { -readonly [K in keyof T]: Mutable<Exclude<T[K], undefined>> }
