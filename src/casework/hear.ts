/** Answering a hearing: what a person is asked, and the one answer that each question gets. */

import type { Caller } from '#access/security-groups.ts'
import { present } from '#base/assert.ts'
import { danishDate, readDate } from '#base/calendar.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import {
  aboutOf,
  answeredLetter,
  type HearingRecord,
  hearingState,
  isOpen,
} from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import type { Asker, HearingItem } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import { isWaiting } from '#casework/transitions.ts'
import type { Reading, Shape } from '#incident/fields.ts'
import { type HearingKind, hearings as kinds } from '#incident/hearing.ts'
import { readData, type Sent } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { classifyNumber, readPnr } from '#register/pnr.ts'

const textLengthMax = 1000
/** The reminder and the answer of somebody else may come between, each once. */
const looksMax = 4

type Refused = { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

export type AskedAnswer =
  | { readonly kind: 'done'; readonly caller: Caller; readonly items: readonly HearingItem[] }
  | Refused
  | TurnedAway

/** What is asked of a person and not answered. The caller vouches that it is that person. */
export async function listAsked(
  house: House,
  {
    asker,
    pnr: sent,
    representative,
  }: {
    readonly asker: Asker
    readonly pnr: string
    readonly representative?: string | undefined
  },
): Promise<AskedAnswer> {
  const at = house.clock()
  const asked = readPnr(sent)
  const page = await house.store.hearings({ asker, at, asked })
  const audit = actingFor(auditor(house, { act: 'list-hearings', at, asker }), representative)
  const admitted = await admitCaller(house, audit, page, 'hear', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  if (asked === undefined) {
    const isNobody = ['replacement', 'unknown'].includes(classifyNumber(sent))
    const refusal = refuse(isNobody ? 172 : 52, 'pnr')
    await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'refused', refusals: [refusal] }
  }
  const items = page.items.filter(
    ({ hearing, record }) =>
      isOpen(hearing) &&
      isWaiting(record.state) &&
      house.firstWall.mayHear(caller, hearing, record, asked),
  )
  const persons = [asked, ...items.flatMap(({ hearing }) => hearing.about)]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons }))
  return { kind: 'done', caller, items }
}

/** AUD-6: who acts for the one who is asked stands in the evidence beside that person. */
function actingFor(
  audit: ReturnType<typeof auditor>,
  sent: string | undefined,
): ReturnType<typeof auditor> {
  const representative = sent === undefined ? undefined : readPnr(sent)
  if (representative === undefined) return audit
  return ({ persons = [], ...details }) =>
    audit({ ...details, persons: [...persons, representative], detail: { representative } })
}

export type AnswerOrder = {
  readonly asker: Asker
  readonly hearing: string
  /** Who answers, as it was sent; left out where the authority itself does. */
  readonly pnr: string | undefined
  /** Who answers for that person by a power of attorney, as it was sent. */
  readonly representative?: string | undefined
  readonly sent: Sent
}

export type AnswerAnswer =
  | { readonly kind: 'done'; readonly hearing: HearingRecord; readonly answeredAt: Date }
  | Refused
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  | { readonly kind: 'unknown'; readonly refusal: Refusal }
  | TurnedAway

/** Takes the answer, once. The same one sent again is confirmed again; another one is refused. */
export async function answerHearing(house: House, order: AnswerOrder): Promise<AnswerAnswer> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const answer = await tryAnswer(house, order)
    if (answer !== 'overtaken') return answer
  }
  throw new Error('Cannot answer a hearing: overtaken again and again')
}

async function tryAnswer(house: House, order: AnswerOrder): Promise<AnswerAnswer | 'overtaken'> {
  const at = house.clock()
  const { asker, hearing: id, representative } = order
  const pnr = order.pnr === undefined ? undefined : (readPnr(order.pnr) ?? order.pnr)
  const page = await house.store.hearings({ asker, at, id, asked: readPnr(pnr ?? '') })
  const audit = actingFor(auditor(house, { act: 'answer-hearing', at, asker }), representative)
  const admitted = await admitCaller(house, audit, page, 'hear', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted

  const [item] = page.items
  if (!item || !house.firstWall.mayHear(caller, item.hearing, item.record, pnr)) {
    const refusal = refuse(9030)
    await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'unknown', refusal }
  }
  const { hearing, record } = item
  const persons = hearing.asked === undefined ? hearing.about : [hearing.asked, ...hearing.about]
  const noted = (outcome: 'done' | 'refused', receipt: number) =>
    house.store.note(audit({ caller, outcome, receipt, record, persons }))

  if (representative !== undefined && !readPnr(representative)) {
    await noted('refused', 52)
    return { kind: 'refused', refusals: [refuse(52, 'representative')] }
  }
  const read = readData(answerShape(hearing.kind), order.sent)
  if (!read.ok) {
    await noted('refused', read.refusals[0]?.number ?? 0)
    return { kind: 'refused', refusals: read.refusals }
  }
  const answered = withAnswer(hearing, read.value, { at, by: caller.personCode })
  if (hearingState(hearing) === 'answered' && isSameAnswer(hearing, answered)) {
    await noted('done', 0)
    return done(hearing)
  }
  if (!isOpen(hearing) || !isWaiting(record.state)) {
    const refusal = refuse(9031)
    await noted('refused', refusal.number)
    return { kind: 'not-allowed', refusal }
  }
  const row = audit({ caller, outcome: 'done', receipt: 0, record, persons })
  const moment = { at, today: danishDate(at), random: house.random }
  const letter = answeredLetter(answered, aboutOf(record), moment)
  const written = await house.store.moveHearing(hearing, answered, row, [letter])
  return written === 'overtaken' ? 'overtaken' : done(answered)
}

function done(hearing: HearingRecord): AnswerAnswer {
  return { kind: 'done', hearing, answeredAt: present(hearing.answeredAt, 'when it was answered') }
}

function withAnswer(
  hearing: HearingRecord,
  { answer, fromDate, text }: Reading,
  { at, by }: { readonly at: Date; readonly by: string },
): HearingRecord {
  return {
    ...hearing,
    answeredAt: at,
    answer: answer === 'yes' ? 'yes' : 'no',
    fromDate: typeof fromDate === 'string' ? readDate(fromDate) : undefined,
    answerText: typeof text === 'string' ? text : undefined,
    answeredBy: by,
  }
}

function isSameAnswer(a: HearingRecord, b: HearingRecord): boolean {
  return a.answer === b.answer && a.fromDate === b.fromDate && a.answerText === b.answerText
}

/** An answer as fields, so that it is read and refused as any other data. */
function answerShape(kind: HearingKind): Shape {
  const { title, question, answers } = kinds[kind]
  return {
    code: '',
    name: kind,
    title,
    summary: question,
    fields: {
      answer: {
        kind: 'choice',
        wire: 'SVAR',
        label: { da: 'Svar', en: 'Answer' },
        options: {
          yes: { wire: 'JA', text: answers.yes },
          no: { wire: 'NEJ', text: answers.no },
        },
      },
      ...(kind === 'host' && {
        fromDate: {
          kind: 'date',
          wire: 'FRADATO',
          optional: true,
          label: { da: 'Bor her fra', en: 'Lives here from' },
        },
      }),
      text: {
        kind: 'text',
        wire: 'TEKST',
        lengthMax: textLengthMax,
        optional: true,
        label: { da: 'Bemærkning', en: 'Comment' },
      },
    },
  }
}
