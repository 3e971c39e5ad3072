/** Step 5 of the interplay: the competent authority approves or rejects what waits for it. */

import { assert, present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import type { Text } from '#base/text.ts'
import type { Answer } from '#casework/answer.ts'
import { awaitedOf } from '#casework/forerunners.ts'
import {
  type Also,
  decideHearings,
  type HearingRecord,
  isOpen,
  withEnded,
} from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import { competentAuthority } from '#casework/initiate.ts'
import { judgeNow } from '#casework/judge-now.ts'
import { decisionLetters } from '#casework/letters.ts'
import {
  isDecidedFor,
  type Outcome,
  outcomesAfter,
  personsOf,
  stateAfter,
  undecidedOf,
} from '#casework/outcomes.ts'
import type { ApprovingLook } from '#casework/policy.ts'
import type { PersonChange, Written } from '#casework/ports.ts'
import { canonicalReading, type IncidentRecord, type WrittenEvent } from '#casework/record.ts'
import {
  advance,
  auditor,
  type Ground,
  type StepOrder,
  shownHearings,
  standingAfter,
  takeStep,
} from '#casework/step.ts'
import { traitsAt } from '#casework/traits.ts'
import { isReturned } from '#casework/transitions.ts'
import { passOn, refuseTurn } from '#casework/turns.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import type { Change } from '#incident/define.ts'
import { hearings } from '#incident/hearing.ts'
import type { ReadResult } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import {
  isRejectionReason,
  type RejectionReason,
  readAuthorityText,
  rejectionReasons,
} from '#incident/rejection.ts'
import type { RecordedFact } from '#register/fact.ts'
import { derive } from '#register/person.ts'
import { readPnr } from '#register/pnr.ts'

/** The clause that decides instead of a person, whose policy it is, and what people call that. */
export type ByPolicy = {
  readonly look: ApprovingLook
  readonly municipality: string
  readonly title: Text
}

export type DecideOrder = StepOrder & {
  /** For whom, as it was sent, where several are in it; for all who are not decided on when left out (DESK-3). */
  readonly persons?: readonly string[] | undefined
}

/** Approves: facts, events, persons and evidence in one transaction, or nothing at all. */
export function approve(house: House, order: DecideOrder): Promise<Answer> {
  const plan = {
    act: 'approve',
    action: 'approve',
    actor: 'authority',
    withArriving: true,
  } as const
  return takeStep(house, order, { ...plan, withFacts: true }, (ground) =>
    approveOn(house, order, ground),
  )
}

/** Approves on what was found, for whoever decides: a person, or a policy (DESK-7). */
export async function approveOn(
  house: House,
  order: DecideOrder,
  ground: Ground,
  by?: ByPolicy,
): Promise<Answer | 'overtaken'> {
  const { record, standing } = ground
  const reading = present(record.reading, 'the data of a saved incident')
  assert(
    house.hash(canonicalReading(reading)) === record.readingHash,
    'what is approved is what was validated',
  )
  const competent = competentNow(ground)
  if (competent !== record.authority) {
    assert(!by, 'a policy leaves to a person what another authority must decide')
    return followPerson(house, order, ground, competent)
  }
  const chosen = chosenOf(order, record)
  const refusals = [...mayNotDecide(ground, chosen), ...mayNotApprove(ground, chosen)]
  if (refusals.length > 0) return refuseTurn(house, order, ground, 'approve', refusals)

  const effect = standing.type
    .effect(reading, standing.situation)
    .filter(({ pnr }) => chosen.includes(pnr) || !personsOf(record).includes(pnr))
  const outcome = { decision: 'approved', reason: undefined } as const
  const changes = personChanges(house, ground, effect)
  return conclude(house, order, ground, { act: 'approve', outcome, chosen, changes, by })
}

/** Everything that stands against an approval now; nothing where it would be done. */
export function whyNotApproved(order: DecideOrder, ground: Ground): readonly Refusal[] {
  const { record } = ground
  if (competentNow(ground) !== record.authority) return [refuse(9009)]
  const chosen = chosenOf(order, record)
  return [...mayNotDecide(ground, chosen), ...mayNotApprove(ground, chosen)]
}

export type RejectOrder = DecideOrder & {
  readonly reasonCode?: string | undefined
  readonly text?: string | undefined
}

/** Rejects with a reason that reaches the citizen; the register stands as it was. */
export function reject(house: House, order: RejectOrder): Promise<Answer> {
  const seen = { withArriving: true, withFacts: true } as const
  const plan = { act: 'reject', action: 'reject', actor: 'authority', ...seen } as const
  return takeStep(house, order, plan, async (ground) => {
    const chosen = chosenOf(order, ground.record)
    const reason = readReason(order)
    const refusals = [...mayNotDecide(ground, chosen), ...(reason.ok ? [] : reason.refusals)]
    if (refusals.length > 0 || !reason.ok) {
      return refuseTurn(house, order, ground, 'reject', refusals)
    }
    const outcome = { decision: 'rejected', reason: reason.value } as const
    return conclude(house, order, ground, { act: 'reject', outcome, chosen, changes: [] })
  })
}

type Reason = { readonly code: RejectionReason; readonly text: string }

const reasonCodeLabel = { da: 'Begrundelseskoden', en: 'The reason code' }

/** Why it is rejected, in a code of the list and in words that reach the citizen. */
function readReason({ reasonCode: code = '', text: sent }: RejectOrder): ReadResult<Reason> {
  const text = readAuthorityText(sent)
  const textRefusals = text === undefined ? [refuse(9008, 'text')] : []
  if (!isRejectionReason(code)) {
    const codes = Object.keys(rejectionReasons).join(', ')
    const refusal = refuse(9012, 'reasonCode', reasonCodeLabel, codes)
    return { ok: false, refusals: [refusal, ...textRefusals] }
  }
  return text === undefined
    ? { ok: false, refusals: textRefusals }
    : { ok: true, value: { code, text } }
}

function chosenOf(order: Pick<DecideOrder, 'persons'>, record: IncidentRecord): readonly string[] {
  return chosenAmong(order, undecidedOf(record))
}

/** Those who were named, or all there are. */
export function chosenAmong(
  { persons }: Pick<DecideOrder, 'persons'>,
  all: readonly string[],
): readonly string[] {
  return persons ? [...new Set(persons.map((sent) => readPnr(sent) ?? sent))] : all
}

/** Only persons of the incident who are not decided on; and never one's own report alone. */
function mayNotDecide(
  { record, findings, standing }: Ground,
  chosen: readonly string[],
): readonly Refusal[] {
  const isSecond = standing.type.decidedBy === 'second-person'
  assert(findings.isOwnReport !== undefined, 'whose report it is was not read')
  const mine = isSecond && findings.isOwnReport
  const isStrange = chosen.some(
    (pnr) => !personsOf(record).includes(pnr) || isDecidedFor(record, pnr),
  )
  // An authority's own incident is one act, as two numbers of one person are; and what its reporter
  // may still amend is no longer the same report for those who are left.
  const isWhole = isSecond || isReturned(record.state)
  const isPart = isWhole && chosenOf({}, record).some((pnr) => !chosen.includes(pnr))
  return [
    ...(mine ? [refuse(9024)] : []),
    ...(isStrange || chosen.length === 0 ? [refuse(9025, 'persons')] : []),
    ...(isPart ? [refuse(9043, 'persons')] : []),
  ]
}

/** What the register says against it now, and who has not been heard about the chosen. */
export function mayNotApprove(
  ground: Ground,
  chosen: readonly string[] = chosenOf({}, ground.record),
): readonly Refusal[] {
  const { record, standing, findings } = ground
  // Whom it was reported to was judged when it was saved. Since then it was forwarded, and the
  // frozen key can never again be the municipality where the person lives.
  const reading = present(record.reading, 'the data of a saved incident')
  const wasForwarded = record.authority !== record.keys.municipality
  const awaited = findings.hearings
    .filter((hearing) => isOpen(hearing) && hearing.about.some((pnr) => chosen.includes(pnr)))
    .map(({ kind }) => hearings[kind].title)
  const list = {
    da: awaited.map(({ da }) => da).join(', '),
    en: awaited.map(({ en }) => en).join(', '),
  }
  return [
    ...(awaitedOf(ground).length > 0 ? [refuse(9035)] : []),
    ...(awaited.length > 0 ? [refuse(9023, undefined, list)] : []),
    ...judgeNow({ ...standing, reading }, chosen)
      .filter(({ severity }) => severity === 'error')
      .filter(({ field }) => !(wasForwarded && field === 'municipality')),
  ]
}

function competentNow({ record, standing }: Ground): string {
  const { type, subject } = standing
  if (record.forwardedAt) return record.authority
  return competentAuthority(type, record.keys, subject, record.reportingAuthority)
}

type Conclusion = {
  readonly act: Extract<Act, 'approve' | 'reject'>
  readonly outcome: Outcome
  readonly chosen: readonly string[]
  readonly changes: readonly PersonChange[]
  readonly by?: ByPolicy | undefined
}

async function conclude(
  house: House,
  order: StepOrder,
  ground: Ground,
  { act, outcome, chosen, changes, by: policy }: Conclusion,
): Promise<Answer | 'overtaken'> {
  const { at, caller, record, standing } = ground
  const by = caller.personCode
  const outcomes = outcomesAfter(record, chosen, outcome, { at, by })
  const state = stateAfter(record, outcomes)
  const events = [...record.events, ...changes.map((change) => writtenBy(change, at))]
  const decided =
    state === 'pending'
      ? { outcomes, events }
      : {
          outcomes,
          events,
          state,
          decidedAt: at,
          decidedBy: by,
          closedAt: at,
          reason: outcome.reason,
          // Nobody is to know what its reporter never sent.
          ...(record.returned && { returned: { ...record.returned, amendment: undefined } }),
        }
  const isRejected = state === 'rejected'
  const next = advance(house, record, at, {
    ...decided,
    traits: traitsAt(ground, mayNotApprove(ground, chosen).length),
    ...(isRejected ? {} : { reason: undefined }),
  })
  const audit = auditor(house, { act, at, asker: order.asker })
  const heard = policy
    ? standing.hearings.flatMap(({ asked }) => (asked === undefined ? [] : [asked]))
    : shownHearings(standing)
  const persons = [...chosen, ...changes.map(({ pnr }) => pnr), ...heard]
  const detail = policy && detailOf(policy)
  const row = audit({ caller, outcome: 'done', receipt: 0, record: next, persons, detail })
  // What an authority registers by itself answers nobody's report.
  const answersCitizen = standing.type.reporters === 'citizens'
  const moment = { at, random: house.random, policy: policy?.title }
  const { ended, letters: endings } = decideHearings(standing.hearings, undecidedOf(next), {
    ...moment,
    today: danishDate(at),
  })
  const letters = [...(answersCitizen ? decisionLetters(next, outcome, moment) : []), ...endings]
  const also = { hearings: [], letters }
  const written = await writeDecision(house, next, row, { changes, ended, also, policy })
  if (written === 'overtaken') return 'overtaken'
  const stored = { ...next, look: policy?.look ?? next.look }
  const hearings = withEnded(standing.hearings, ended)
  return { kind: 'done', standing: standingAfter(ground, stored, { hearings }), warnings: [] }
}

type Writing = {
  readonly changes: readonly PersonChange[]
  readonly ended: readonly HearingRecord[]
  readonly also: Also
  readonly policy: ByPolicy | undefined
}

/** Few decisions end a hearing, and the statement that does costs the others nothing. */
function writeDecision(
  { policies, store }: House,
  next: IncidentRecord,
  row: AuditRow,
  { changes, ended, also, policy }: Writing,
): Promise<Written> {
  if (ended.length > 0) {
    assert(!policy, 'a policy decides nothing about which an answer is awaited')
    return store.turn(next, { ended, changes }, row, also)
  }
  return policy
    ? policies.decide(next, changes, row, also, policy.look)
    : store.decide(next, changes, row, also)
}

function writtenBy({ pnr, afterEventNo, event }: PersonChange, at: Date): WrittenEvent {
  const { type, validFrom: from } = event
  return { pnr, eventNo: afterEventNo + 1, type, at: at.toISOString(), from }
}

/** DESK-7: the log names the policy and its version, and whose it is. */
function detailOf({ look: { by }, municipality }: ByPolicy): NonNullable<AuditRow['detail']> {
  const { policy, version, clause } = by
  return { municipality, policy, version, clause }
}

/** The person has moved since it was saved: the municipality of residence now decides (I-4). */
async function followPerson(
  house: House,
  order: StepOrder,
  ground: Ground,
  authority: string,
): Promise<Answer | 'overtaken'> {
  const { at, caller, record } = ground
  const refusal = refuse(9009)
  const next = advance(house, record, at, { authority })
  const audit = auditor(house, { act: 'approve', at, asker: order.asker })
  const row = audit({ caller, outcome: 'refused', receipt: refusal.number, record: next })
  const { turn, also } = passOn(house, ground, next, undefined)
  const whole = { ended: [], changes: [], ...turn }
  if ((await house.store.turn(next, whole, row, also)) === 'overtaken') return 'overtaken'
  return { kind: 'refused', refusals: [refusal], standing: standingAfter(ground, next) }
}

/** Each person's new facts in their place in the history, and the person derived anew. */
export function personChanges(
  house: House,
  { at, findings }: Ground,
  changes: readonly Change[],
): readonly PersonChange[] {
  const today = danishDate(at)
  return changes.map(({ pnr, event, kind = 'changed', facts }) => {
    // A number that is new with this incident has no event and no facts yet.
    const eventNo = findings.persons.get(pnr)?.eventNo ?? 0
    const known = findings.facts.get(pnr) ?? []
    assert(eventNo === 0 || known.length > 0, 'a person has facts')
    const recorded: RecordedFact[] = facts.map((fact, line) => ({
      ...fact,
      eventNo: eventNo + 1,
      line: line + 1,
    }))
    const validFrom = facts.map(({ from }) => from).sort()[0] ?? today
    return {
      pnr,
      afterEventNo: eventNo,
      event: { id: timedId(at, house.random), type: event, kind, validFrom },
      facts: recorded,
      derived: derive(pnr, [...known, ...recorded], today),
    }
  })
}
