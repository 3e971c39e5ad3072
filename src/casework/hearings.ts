/**
 * Hearings and letters as casework keeps them: opened when an incident is saved, reminded of and
 * given up as days pass. Pure values.
 */

import { addDays, daysBetween, type PlainDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { type Random, randomId, timedId } from '#base/ids.ts'
import type { Text } from '#base/text.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import {
  daysBy,
  type Hearing,
  type HearingAnswer,
  type HearingKind,
  hearings as kinds,
} from '#incident/hearing.ts'
import type { MunicipalSettings } from '#incident/situation.ts'

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
  /** Why it says nothing any more, if not for silence. */
  readonly note: HearingNote | undefined
}

/**
 * The host lives elsewhere (DESK-2); the report was withdrawn, or amended so that others count; or
 * it was decided without the answer.
 */
export type HearingNote = 'moved-out' | EndNote
type EndNote = 'withdrawn' | 'amended' | 'decided'

/** Who is asked what, about whom. */
type Question = Pick<HearingRecord, 'kind' | 'asked' | 'about'>

export function isHearingNote(text: string): text is HearingNote {
  return ['moved-out', 'withdrawn', 'amended', 'decided'].includes(text)
}

export type LetterKind =
  | 'hearing-question'
  | 'hearing-to-reporter'
  | 'hearing-reminder'
  | 'hearing-silence'
  | 'hearing-answered'
  | 'hearing-ended'
  | 'approved'
  | 'rejected'
  | 'returned'
  | 'forwarded'
  | 'undone'
  | 'protection-ends'

/** One letter in the outbox. Whoever sends it chooses the language of the recipient. */
export type Letter = {
  readonly id: string
  readonly at: Date
  readonly recipient: string
  readonly kind: LetterKind
  readonly incidentId: string | undefined
  readonly text: Text
  /** The day it is about, where a person gets one such letter for each day only. */
  readonly concerns?: PlainDate | undefined
}

/** What goes with a step into the same transaction. */
export type Also = {
  readonly hearings: readonly HearingRecord[]
  readonly letters: readonly Letter[]
  /** Cases of their own that come first, saved with it; each with its evidence. */
  readonly forerunners?: readonly { readonly record: IncidentRecord; readonly audit: AuditRow }[]
}

export const nothingElse: Also = { hearings: [], letters: [] }

export type HearingState = 'open' | 'answered' | 'given-up'

export const hearingStateTexts: { readonly [S in HearingState]: Text } = {
  open: { da: 'Venter på svar', en: 'Waiting for an answer' },
  answered: { da: 'Besvaret', en: 'Answered' },
  'given-up': { da: 'Afsluttet uden svar', en: 'Ended without an answer' },
}

export function hearingState({ answeredAt, givenUpAt }: HearingRecord): HearingState {
  if (answeredAt !== undefined) return 'answered'
  return givenUpAt === undefined ? 'open' : 'given-up'
}

/** Whether an answer is still awaited, so that nothing may be approved. */
export function isOpen(hearing: HearingRecord): boolean {
  return hearingState(hearing) === 'open'
}

export type Moment = { readonly at: Date; readonly today: PlainDate; readonly random: Random }

/** Whom a letter about an incident goes to, beside the one who is asked. */
export type About = { readonly incidentId: string; readonly reporter: string }

export function aboutOf({ id, keys }: IncidentRecord): About {
  return { incidentId: id, reporter: keys.pnr }
}

const endTexts: { readonly [N in EndNote]: Text } = {
  withdrawn: {
    da: 'Anmeldelsen, som du er spurgt om, er trukket tilbage. Du skal ikke gøre mere.',
    en: 'The report that you were asked about has been withdrawn. You need not do anything more.',
  },
  amended: {
    da: 'Anmeldelsen, som du er spurgt om, er ændret og angår dig ikke længere. Du skal ikke gøre mere.',
    en: 'The report that you were asked about has been changed and no longer concerns you. You need not do anything more.',
  },
  decided: {
    da: 'Kommunen har afgjort det, du er spurgt om. Du skal ikke gøre mere.',
    en: 'The municipality has decided what you were asked about. You need not do anything more.',
  },
}

type Ended = { readonly ended: readonly HearingRecord[]; readonly letters: readonly Letter[] }

/** Ends hearings, whether answered or not, and tells those who were asked. */
function endHearings(
  hearings: readonly HearingRecord[],
  note: EndNote,
  { at, random }: Moment,
): Ended {
  const ended = hearings.map((hearing) => ({
    ...hearing,
    ...(isOpen(hearing) && { givenUpAt: at }),
    note,
  }))
  const letters = hearings.flatMap(({ asked, incidentId }): readonly Letter[] =>
    asked === undefined
      ? []
      : [
          {
            id: timedId(at, random),
            at,
            recipient: asked,
            kind: 'hearing-ended',
            incidentId,
            text: endTexts[note],
          },
        ],
  )
  return { ended, letters }
}

/** Those of an incident, once some of them are ended. */
export function withEnded(
  hearings: readonly HearingRecord[],
  ended: readonly HearingRecord[],
): readonly HearingRecord[] {
  const byId = new Map(ended.map((hearing) => [hearing.id, hearing]))
  return hearings.map((hearing) => byId.get(hearing.id) ?? hearing)
}

/** When a report is withdrawn: what is open ends, and what was answered has been for nothing. */
export function withdrawHearings(hearings: readonly HearingRecord[], moment: Moment): Ended {
  const standing = hearings.filter(({ note, givenUpAt }) => !note && givenUpAt === undefined)
  return endHearings(standing, 'withdrawn', moment)
}

/** When a decision leaves nobody undecided of those that a question is about, nobody need answer. */
export function decideHearings(
  hearings: readonly HearingRecord[],
  undecided: readonly string[],
  moment: Moment,
): Ended {
  const idle = hearings.filter(
    (hearing) => isOpen(hearing) && !hearing.about.some((pnr) => undecided.includes(pnr)),
  )
  return endHearings(idle, 'decided', moment)
}

/** When such a decision is undone: what was ended by it, and is asked again. */
export function askedAgain(
  hearings: readonly HearingRecord[],
  undecided: readonly string[],
): readonly Question[] {
  return hearings.filter(
    (one) =>
      one.note === 'decided' &&
      one.about.some((pnr) => undecided.includes(pnr)) &&
      !hearings.some((later) => later.askedAt > one.askedAt && isSameQuestion(later, one)),
  )
}

/**
 * When a report is amended: whoever is asked the same about the same places is not asked again;
 * all others are done with, and what is new is asked.
 */
export function reviseHearings(
  hearings: readonly HearingRecord[],
  asked: readonly Hearing[],
  isSamePlace: boolean,
  moment: Moment,
): Ended & { readonly toOpen: readonly Hearing[] } {
  const isAsked = (before: HearingRecord) => (now: Hearing) =>
    isSamePlace && before.note !== 'amended' && isSameQuestion(before, now)
  const gone = hearings.filter(
    (before) => before.note === undefined && !asked.some(isAsked(before)),
  )
  const toOpen = asked.filter((now) => !hearings.some((before) => isAsked(before)(now)))
  return { ...endHearings(gone, 'amended', moment), toOpen }
}

function isSameQuestion(a: Question, b: Question): boolean {
  const persons = ({ about }: Question) => about.toSorted().join()
  return a.kind === b.kind && a.asked === b.asked && persons(a) === persons(b)
}

/** Opens what must be asked: the question to the one, word of it to the reporter. */
export function openHearings(
  record: IncidentRecord,
  asked: readonly Question[],
  moment: Moment,
  settings: MunicipalSettings,
): Also {
  const opened = asked.map((hearing) => openOne(record, hearing, moment, settings))
  const about = aboutOf(record)
  const letters = opened.flatMap((hearing) => [
    ...toAsked(hearing, about, 'hearing-question', moment),
    toReporter(hearing, about, 'hearing-to-reporter', moment),
  ])
  return { hearings: opened, letters }
}

function openOne(
  { id: incidentId }: IncidentRecord,
  { kind, asked, about }: Question,
  { at, today, random }: Moment,
  settings: MunicipalSettings,
): HearingRecord {
  const days = daysBy(kinds[kind].days, settings)
  return {
    id: randomId(random),
    incidentId,
    kind,
    asked,
    about,
    askedAt: at,
    deadline: days === undefined ? undefined : addDays(today, days),
    remindedAt: undefined,
    answeredAt: undefined,
    answer: undefined,
    fromDate: undefined,
    answerText: undefined,
    answeredBy: undefined,
    givenUpAt: undefined,
    note: undefined,
  }
}

export type Overdue = {
  readonly hearing: HearingRecord
  readonly about: About
  readonly settings: MunicipalSettings
  /** Whether the host still lives at the address; true for whom it does not matter. */
  readonly livesThere: boolean
}

export type AfterDeadline = {
  readonly act: 'hearing-reminded' | 'hearing-given-up'
  readonly hearing: HearingRecord
  readonly letters: readonly Letter[]
}

/** What a deadline that has passed leads to: one reminder at most, and then a decision without. */
export function afterDeadline(
  { hearing, about, settings, livesThere }: Overdue,
  moment: Moment,
): AfterDeadline {
  const { at, today } = moment
  const giveUp = (note: HearingRecord['note'], letters: readonly Letter[]): AfterDeadline => ({
    act: 'hearing-given-up',
    hearing: { ...hearing, givenUpAt: at, note },
    letters,
  })
  if (!livesThere) return giveUp('moved-out', [])
  const silence = toReporter(hearing, about, 'hearing-silence', moment)
  const days = daysBy(kinds[hearing.kind].reminderDays, settings)
  // DESK-1: the reporter was told when the host was reminded, and is not told again.
  if (days === undefined) return giveUp(undefined, [silence])
  if (hearing.remindedAt !== undefined) return giveUp(undefined, [])
  const { deadline = today } = hearing
  // Written on its day it adds to the deadline; written late it must still give all of its days.
  const from = daysBetween(deadline, today) > 1 ? today : deadline
  const reminded = { ...hearing, remindedAt: at, deadline: addDays(from, days) }
  return {
    act: 'hearing-reminded',
    hearing: reminded,
    letters: [...toAsked(reminded, about, 'hearing-reminder', moment), silence],
  }
}

/** Tells the reporter that an answer is in, and not what it says (PROT-4). */
export function answeredLetter(hearing: HearingRecord, about: About, moment: Moment): Letter {
  return toReporter(hearing, about, 'hearing-answered', moment)
}

function toAsked(
  { kind, asked, deadline }: HearingRecord,
  { incidentId }: About,
  as: 'hearing-question' | 'hearing-reminder',
  { at, random }: Moment,
): readonly Letter[] {
  if (asked === undefined) return []
  const { question, reminder } = kinds[kind]
  const text = withDeadline(as === 'hearing-question' ? question : reminder, deadline)
  return [{ id: timedId(at, random), at, recipient: asked, kind: as, incidentId, text }]
}

function toReporter(
  { kind }: HearingRecord,
  { incidentId, reporter }: About,
  as: 'hearing-to-reporter' | 'hearing-silence' | 'hearing-answered',
  { at, random }: Moment,
): Letter {
  const { toReporter: asked, silence, answered } = kinds[kind]
  const text = { 'hearing-to-reporter': asked, 'hearing-silence': silence }
  return {
    id: timedId(at, random),
    at,
    recipient: reporter,
    kind: as,
    incidentId,
    text: as === 'hearing-answered' ? answered : text[as],
  }
}

function withDeadline({ da, en }: Text, deadline: PlainDate | undefined): Text {
  if (deadline === undefined) return { da, en }
  const day = sayDay(deadline)
  return { da: `${da} Svar senest ${day.da}.`, en: `${en} Answer by ${day.en}.` }
}
