/** What persons are told of their own cases, letters and looks, as the JSON door shows it. */

import type { Static } from 'typebox'
import type { IncidentBody } from '#api/contracts.ts'
import { writeCursor } from '#api/cursor.ts'
import type {
  OwnCaseAnswer,
  OwnCasesAnswer,
  OwnDataAnswer,
  OwnLettersAnswer,
  WhoLookedAnswer,
} from '#api/own-contracts.ts'
import { present } from '#base/assert.ts'
import {
  type HearingRecord,
  hearingState,
  hearingStateTexts,
  type Letter,
} from '#casework/hearings.ts'
import type {
  OwnCaseAnswer as OwnCase,
  OwnCasesAnswer as OwnCases,
  OwnRole,
} from '#casework/own-cases.ts'
import { stateTexts } from '#casework/transitions.ts'
import type { Field } from '#incident/fields.ts'
import { hearings as kinds } from '#incident/hearing.ts'
import type { OwnDataAnswer as OwnData } from '#search/own-data.ts'
import type { OwnEntry } from '#search/own-items.ts'
import type { ShownLook } from '#search/who-looked.ts'
import { presentIncident } from '#server/api/present.ts'

type Done<Answer> = Extract<Answer, { readonly kind: 'done' }>

export function presentOwnCases({
  items,
  asked,
  next,
}: Done<OwnCases>): Static<typeof OwnCasesAnswer> {
  return {
    items: items.map(({ record, role, type, authorityName }) => ({
      id: record.id,
      role,
      type: type.shape.name,
      title: type.shape.title,
      date: record.keys.date,
      state: record.state,
      stateText: stateTexts[record.state],
      savedAt: savedAt(record.savedAt),
      authority: { code: record.authority, name: authorityName },
      ...partiesOf(record, role),
    })),
    asked: asked.map(presentAsked),
    ...(next && { next: writeCursor(next) }),
  }
}

/** The same view as the reporter's, without what is not the person's own. */
export function presentOwnCase({
  standing,
  role,
  pnr,
}: Done<OwnCase>): Static<typeof OwnCaseAnswer> {
  const { record, type } = standing
  const whole = presentIncident(standing, [])
  const { state, stateText, authority, marks, next, nextBy, reason, returned } = whole
  const isCompanion = role === 'companion'
  const outcomes = whole.outcomes.filter((each) => !isCompanion || each.pnr === pnr)
  const shown = isCompanion ? forCompanion(whole, type.shape.fields) : whole
  return {
    id: record.id,
    role,
    type: type.shape.name,
    title: type.shape.title,
    date: record.keys.date,
    municipality: record.keys.municipality,
    savedAt: savedAt(record.savedAt),
    ...{ state, stateText, authority, next, outcomes },
    ...(nextBy !== undefined && { nextBy }),
    timeline: ownTimeline(whole.timeline, isCompanion),
    data: shown.data,
    translations: shown.translations,
    ...partiesOf(record, role),
    marks: isCompanion ? [] : marks,
    hearings: isCompanion ? [] : whole.hearings,
    actions: isCompanion ? [] : whole.actions,
    ...(reason && { reason }),
    ...(!isCompanion && { conversation: record.ts }),
    ...(!isCompanion && returned && { returned }),
  }
}

/**
 * Letters have a list of their own. Who else was asked, and what was said to the reporter, is not a
 * companion's.
 */
function ownTimeline(
  timeline: IncidentBody['timeline'],
  isCompanion: boolean,
): IncidentBody['timeline'] {
  const own = timeline.filter(({ kind }) => kind !== 'letter')
  if (!isCompanion) return own
  return own
    .filter(({ hearing }) => hearing === undefined)
    .map(({ said: _, fields: __, ...entry }) => entry)
}

/** A companion is told where it is said to go and when; not with whom, nor in which words. */
const tellable: readonly Field['kind'][] = ['date', 'code', 'house', 'floor', 'door', 'choice']

function forCompanion(
  { data, translations }: ReturnType<typeof presentIncident>,
  fields: { readonly [name: string]: Field },
) {
  const tell = <Value>(values: { readonly [name: string]: Value }) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => {
        const field = fields[name]
        return field !== undefined && tellable.includes(field.kind)
      }),
    )
  return { data: tell(data), translations: tell(translations) }
}

function partiesOf(
  {
    keys,
    representative,
  }: { readonly keys: { readonly pnr: string }; readonly representative?: string | undefined },
  role: OwnRole,
) {
  if (role === 'companion') return {}
  return { pnr: keys.pnr, ...(representative !== undefined && { representative }) }
}

function savedAt(instant: Date | undefined): string {
  return present(instant, 'when it was saved').toISOString()
}

function presentAsked(hearing: HearingRecord): Static<typeof OwnCasesAnswer>['asked'][number] {
  const { id, kind, askedAt, deadline, answeredAt, answer, fromDate, answerText } = hearing
  const { title, question, answers } = kinds[kind]
  const state = hearingState(hearing)
  return {
    ...{ id, kind, title, question, state },
    stateText: hearingStateTexts[state],
    askedAt: askedAt.toISOString(),
    ...(deadline !== undefined && { deadline }),
    ...(answeredAt && { answeredAt: answeredAt.toISOString() }),
    ...(answer && { answerText: answers[answer] }),
    ...(fromDate !== undefined && { fromDate }),
    ...(answerText !== undefined && { text: answerText }),
  }
}

/** Who is asked about somebody's report is not told which report it is. */
const toAsked: readonly Letter['kind'][] = ['hearing-question', 'hearing-reminder']

export function presentLetter({
  id,
  at,
  kind,
  text,
  incidentId,
  concerns,
}: Letter): Static<typeof OwnLettersAnswer>['items'][number] {
  return {
    ...{ id, at: at.toISOString(), kind, text },
    ...(incidentId !== undefined && !toAsked.includes(kind) && { incident: incidentId }),
    ...(concerns !== undefined && { concerns }),
  }
}

export function presentLook({
  at,
  authority,
  act,
  text,
  why,
  askedBy,
}: ShownLook): Static<typeof WhoLookedAnswer>['items'][number] {
  return {
    at: at.toISOString(),
    ...(authority && { authority }),
    ...{ act, text },
    ...(askedBy !== undefined && { askedBy }),
    ...why,
  }
}

export function presentOwnData({
  person,
  day,
  children,
  items,
}: Done<OwnData>): Static<typeof OwnDataAnswer> {
  return {
    person,
    day,
    children: [...children],
    items: items.map(({ item, slot, title, authority, current, others, isWithheld }) => ({
      ...{ item, slot, title, isWithheld },
      authority: {
        ...(authority.code !== undefined && { code: authority.code }),
        name: authority.name,
      },
      ...(current && { current: presentEntry(current) }),
      others: others.map(presentEntry),
    })),
  }
}

function presentEntry({ from, to, lines }: OwnEntry) {
  return { from, ...(to !== undefined && { to }), lines: [...lines] }
}
