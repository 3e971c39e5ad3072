/** Hearings and letters as casework keeps them: opened when an incident is saved. Pure values. */

import { addDays, type PlainDate } from '#base/calendar.ts'
import { type Random, randomId, timedId } from '#base/ids.ts'
import type { Text } from '#base/text.ts'
import type { IncidentRecord } from '#casework/record.ts'
import {
  type Hearing,
  type HearingAnswer,
  type HearingKind,
  hearings as kinds,
} from '#incident/hearing.ts'

export type HearingRecord = {
  readonly id: string
  readonly incidentId: string
  readonly kind: HearingKind
  /** Undefined where the deciding authority answers. */
  readonly asked: string | undefined
  readonly about: readonly string[]
  readonly askedAt: Date
  /** The last day on which an answer is in time; undefined where there is none. */
  readonly deadline: PlainDate | undefined
  readonly remindedAt: Date | undefined
  readonly answeredAt: Date | undefined
  readonly answer: HearingAnswer | undefined
  /** From when the person lives there, as the host says. */
  readonly fromDate: PlainDate | undefined
  readonly answerText: string | undefined
  readonly answeredBy: string | undefined
  /** Nobody answered in time, also after a reminder: a case worker decides without it. */
  readonly givenUpAt: Date | undefined
}

export type LetterKind =
  | 'hearing-question'
  | 'hearing-to-reporter'
  | 'hearing-reminder'
  | 'hearing-silence'
  | 'hearing-answered'
  | 'approved'
  | 'rejected'
  | 'protection-ends'

/** One letter in the outbox. Whoever sends it chooses the language of the recipient. */
export type Letter = {
  readonly id: string
  readonly at: Date
  readonly recipient: string
  readonly kind: LetterKind
  readonly incidentId: string | undefined
  readonly text: Text
}

/** What goes with a step into the same transaction. */
export type Also = {
  readonly hearings: readonly HearingRecord[]
  readonly letters: readonly Letter[]
}

export const nothingElse: Also = { hearings: [], letters: [] }

/** Whether an answer is still awaited, so that nothing may be approved. */
export function isOpen({ answeredAt, givenUpAt }: HearingRecord): boolean {
  return answeredAt === undefined && givenUpAt === undefined
}

type Moment = { readonly at: Date; readonly today: PlainDate; readonly random: Random }

/** Opens what must be asked: the question to the one, word of it to the reporter. */
export function openHearings(
  record: IncidentRecord,
  asked: readonly Hearing[],
  { at, today, random }: Moment,
): Also {
  const opened = asked.map((hearing): HearingRecord => {
    const { days } = kinds[hearing.kind]
    return {
      id: randomId(random),
      incidentId: record.id,
      kind: hearing.kind,
      asked: hearing.asked,
      about: hearing.about,
      askedAt: at,
      deadline: days === undefined ? undefined : addDays(today, days),
      remindedAt: undefined,
      answeredAt: undefined,
      answer: undefined,
      fromDate: undefined,
      answerText: undefined,
      answeredBy: undefined,
      givenUpAt: undefined,
    }
  })
  const letters = opened.flatMap(({ kind, asked: recipient }) => [
    ...(recipient === undefined
      ? []
      : [letter(recipient, 'hearing-question', kinds[kind].question)]),
    letter(record.keys.pnr, 'hearing-to-reporter', kinds[kind].toReporter),
  ])
  return { hearings: opened, letters }

  function letter(recipient: string, kind: LetterKind, text: Text): Letter {
    return { id: timedId(at, random), at, recipient, kind, incidentId: record.id, text }
  }
}
