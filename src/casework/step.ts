/**
 * What every step has in common: who asks, may they, which incident, and may it be done now.
 * The order of the checks is the protocol's: token, authority, incident, state, keys.
 */

import { admitOwn, admitUpdate, mayDecide } from '#access/permissions.ts'
import type { Right } from '#access/rights.ts'
import type { Caller } from '#access/security-groups.ts'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import { Unavailable } from '#base/outage.ts'
import type { Answer, Standing } from '#casework/answer.ts'
import type { House } from '#casework/house.ts'
import { holdsOf } from '#casework/outcomes.ts'
import type { Asker, Findings, IncidentReference } from '#casework/ports.ts'
import { draftOf, type IncidentRecord, isLapsed } from '#casework/record.ts'
import { situationOf } from '#casework/situation.ts'
import { whyStale } from '#casework/stale.ts'
import {
  type Action,
  type Actor,
  actionsOf,
  type Condition,
  findTransition,
  isWaiting,
} from '#casework/transitions.ts'
import type { Act, AuditRow, Outcome } from '#evidence/audit.ts'
import type { Incident } from '#incident/define.ts'
import type { Keys } from '#incident/fields.ts'
import type { ReadResult } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion, type Question } from '#incident/situation.ts'
import { readPnr } from '#register/pnr.ts'

/**
 * Somebody else's step may come between, and whoever comes between has got on: of many deciders of
 * one person each is overtaken by all before it. Beyond this nobody could be served any more.
 */
export const looksMax = 64

/** One step on an incident that was initiated before. */
export type StepOrder = {
  readonly asker: Asker
  readonly incident: IncidentReference
  /** Undefined when the door found no such type: then there is no such incident either. */
  readonly type: Incident | undefined
  /** The authority that the caller reports as; its own where the door has no such field. */
  readonly mk?: string | undefined
  /** The keys where the door repeats them; they must be the ones of the initiation. */
  readonly keys?: ReadResult<Keys> | undefined
  /** Who acts for the subject, where the door repeats it; as it was sent. */
  readonly representative?: string | undefined
  /** The version that the caller has seen; another one is shown before it is decided (9054, 9084, 9085). */
  readonly version?: number | undefined
  /** What the door refuses by itself, as data that the action does not have (16). */
  readonly misread?: readonly Refusal[] | undefined
}

/** What a step works on once every common check has passed. */
export type Ground = {
  readonly at: Date
  readonly caller: Caller
  readonly findings: Findings
  readonly record: IncidentRecord
  readonly standing: Standing
}

type Plan = {
  readonly act: Act
  readonly action: Exclude<Action, 'expire'>
  readonly actor: Actor
  readonly question?: Question
  readonly withFacts?: boolean
  /** Authorities that the order names. */
  readonly authorities?: readonly string[]
  readonly withArriving?: boolean
}

/** What is said where the table allows an action, and its condition does not hold. */
const conditionNumbers = { undoable: 9045, undecided: 9049 } as const satisfies {
  readonly [C in Condition]: number
}

/**
 * Runs a step: looks, checks, hands over to `perform`, and looks again when it was overtaken.
 * `otherwise` may answer where the table does not allow the action (a repeated save).
 */
export async function takeStep(
  house: House,
  order: StepOrder,
  plan: Plan,
  perform: (ground: Ground) => Promise<Answer | 'overtaken'>,
  otherwise?: (ground: Ground) => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const answer = await tryStep(house, order, plan, perform, otherwise)
    if (answer !== 'overtaken') return answer
  }
  const text = `Cannot ${plan.action}: overtaken ${looksMax} times`
  throw new Unavailable(text, { outcome: 'nothing-happened' })
}

async function tryStep(
  house: House,
  order: StepOrder,
  plan: Plan,
  perform: (ground: Ground) => Promise<Answer | 'overtaken'>,
  otherwise?: (ground: Ground) => Promise<Answer | undefined>,
): Promise<Answer | 'overtaken'> {
  const at = house.clock()
  const findings = await house.store.inquire({
    asker: order.asker,
    at,
    today: danishDate(at),
    incident: order.incident,
    question: plan.question ?? noQuestion,
    authorities: [...(order.mk === undefined ? [] : [order.mk]), ...(plan.authorities ?? [])],
    ...(plan.withFacts && { withFacts: true }),
    ...(plan.withArriving && { withArriving: true }),
    needs: order.type?.needs ?? [],
  })
  const audit = auditor(house, { act: plan.act, at, asker: order.asker })
  const admitted = await admitCaller(house, audit, findings, plan.action, order.mk)
  if (admitted.kind !== 'admitted') return admitted
  const { caller } = admitted

  const { record } = findings
  const { type } = order
  if (!type || !record || !isThere(house, record, { caller, type, plan }, at)) {
    const refusal = refuse(9003)
    await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'unknown', refusal }
  }
  const standing = standingOf(type, caller, record, findings, at)
  const ground: Ground = { at, caller, findings, record, standing }
  const persons = shownHearings(standing)
  const noted = (outcome: Outcome, receipt: number) =>
    house.store.note(audit({ caller, outcome, receipt, record, persons }))

  // Whoever says what they saw is told what became of it, before what may be done now.
  const refusal =
    whyStale(order.version, record, seesHearings(standing)) ?? whyNotAllowed(ground, plan)
  if (refusal !== undefined) {
    const answer = await otherwise?.(ground)
    if (answer) return answer
    await noted('refused', refusal.number)
    return { kind: 'not-allowed', refusal, standing }
  }
  const changed = changedKey(order, record)
  if (changed) {
    const refusal = refuse(5404, changed)
    await noted('refused', refusal.number)
    return { kind: 'refused', refusals: [refusal], standing }
  }
  const [misread] = order.misread ?? []
  if (misread) {
    await noted('refused', misread.number)
    return { kind: 'refused', refusals: order.misread ?? [], standing }
  }
  return perform(ground)
}

function whyNotAllowed({ at, record, standing }: Ground, { actor, action }: Plan) {
  const transition = findTransition(actor, record.state, action)
  if (!transition) return refuse(9002)
  const condition = transition.while
  if (condition === undefined) return undefined
  const holds = holdsOf(record, at, standing.situation.settings)
  return holds(condition) ? undefined : refuse(conditionNumbers[condition])
}

type Admitted = { readonly kind: 'admitted'; readonly caller: Caller }

/** Token, then authority, then right; a denial is put on record before it is told. */
export async function admitCaller(
  house: House,
  audit: ReturnType<typeof auditor>,
  findings: Pick<Findings, 'caller' | 'authorities'>,
  right: Right,
  mk: string | undefined,
): Promise<Admitted | Answer> {
  const { caller } = findings
  if (!caller) {
    const refusal = refuse(901)
    await house.store.note(audit({ outcome: 'denied', receipt: refusal.number }))
    return { kind: 'not-signed-on', refusal }
  }
  const typeOf = (code: string) => findings.authorities.get(code)?.type
  const admission =
    mk === undefined ? admitOwn(caller, right, typeOf) : admitUpdate(caller, mk, right, typeOf)
  if (admission.kind === 'admitted') return { kind: 'admitted', caller }
  const refusal = refuse(admission.number, undefined, admission.authority)
  await house.store.note(audit({ caller, outcome: 'denied', receipt: refusal.number }))
  return { kind: 'denied', refusal }
}

/** Whether there is such an incident for this caller: of the type, theirs, and not over. */
function isThere(
  { firstWall }: House,
  record: IncidentRecord,
  { caller, type, plan }: { readonly caller: Caller; readonly type: Incident; readonly plan: Plan },
  at: Date,
): boolean {
  if (record.code !== type.shape.code || isLapsed(record, at)) return false
  return firstWall.mayAct(record, caller, plan.actor)
}

export function standingOf(
  type: Incident,
  caller: Caller,
  record: IncidentRecord,
  findings: Findings,
  at: Date,
): Standing {
  const subject = present(findings.subject, 'the subject of an incident')
  const today = danishDate(at)
  const reportedOn = record.savedAt ? danishDate(record.savedAt) : today
  const situation = situationOf(findings, subject, record.keys, { today, reportedOn })
  return {
    caller,
    type,
    record,
    subject,
    situation,
    actions: actionsFor(caller, record, at, situation.settings),
    ...draftFor(caller, record),
    hearings: findings.hearings,
    trail: findings.trail,
    candidates: {},
  }
}

/** Whether something about the subject waits in the pending register, this incident or another. */
export function hasPending({ record, situation }: Standing): boolean {
  return isWaiting(record.state) || situation.pending.length > 0
}

/** Whether the caller is the authority that decides, which alone sees what was answered. */
export function seesHearings({ caller, record }: Pick<Standing, 'caller' | 'record'>): boolean {
  return record.savedAt !== undefined && mayDecide(caller, 'approve', record.authority)
}

/** Those whose answers an answer about the incident shows. */
export function shownHearings(standing: Standing): readonly string[] {
  if (!seesHearings(standing)) return []
  return standing.hearings.flatMap(({ asked }) => (asked === undefined ? [] : [asked]))
}

/** What this caller may do next: as the reporter, and as the authority that decides. */
function actionsFor(
  caller: Caller,
  record: IncidentRecord,
  at: Date,
  settings: Parameters<typeof holdsOf>[2],
): readonly Action[] {
  const { state } = record
  const holds = holdsOf(record, at, settings)
  const mine = record.reportedBy === caller.personCode ? actionsOf('reporter', state, holds) : []
  const decides = record.savedAt !== undefined && mayDecide(caller, 'approve', record.authority)
  return [...mine, ...(decides ? actionsOf('authority', state, holds) : [])]
}

/** What is being amended is the reporter's alone until it is saved again. */
function draftFor(caller: Caller, record: IncidentRecord): Pick<Standing, 'reading' | 'marks'> {
  const isReporter = record.reportedBy === caller.personCode
  const { reading, marks } = isReporter ? draftOf(record) : record
  return { reading, marks }
}

/** The standing once the record was written anew. */
export function standingAfter(
  { at, caller, standing }: Pick<Ground, 'at' | 'caller' | 'standing'>,
  record: IncidentRecord,
  more: Pick<Partial<Standing>, 'hearings'> = {},
): Standing {
  const actions = actionsFor(caller, record, at, standing.situation.settings)
  return { ...standing, ...more, record, actions, ...draftFor(caller, record) }
}

/** The same incident one step further; its time runs from this step. */
export function advance(
  house: House,
  record: IncidentRecord,
  at: Date,
  changes: Partial<IncidentRecord>,
): IncidentRecord {
  const minutes = house.limits.conversationMinutes
  return {
    ...record,
    expiresAt: new Date(at.valueOf() + minutes * 60_000),
    ...changes,
    version: record.version + 1,
  }
}

type AuditDetails = {
  readonly caller?: Caller
  readonly outcome: Outcome
  readonly receipt: number
  readonly record?: IncidentRecord
  readonly persons?: readonly string[]
  readonly detail?: AuditRow['detail']
}

/** Writes the audit rows of one request, which share act, instant and source. */
export function auditor(
  house: House,
  request: { readonly act: Act; readonly at: Date; readonly asker: Asker },
): (details: AuditDetails) => AuditRow {
  return ({ caller, outcome, receipt, record, persons = [], detail }) => ({
    id: timedId(request.at, house.random),
    at: request.at,
    act: request.act,
    outcome,
    receipt,
    actor: caller?.personCode,
    authority: caller?.authority,
    // Nobody asks where a policy decides.
    source: request.asker.source || undefined,
    purpose: record ? `incident ${record.id}` : `incident ${request.act}`,
    persons: record
      ? [...new Set([...parties(record), ...personsAsked(record), ...persons])]
      : persons,
    incidentId: record?.id,
    // AUD-6: both stand there, and which of them acted.
    ...((detail ?? record?.representative) !== undefined && {
      detail: {
        ...(record?.representative !== undefined && { representative: record.representative }),
        ...detail,
      },
    }),
  })
}

function parties({ keys, representative }: IncidentRecord): readonly string[] {
  return representative === undefined ? [keys.pnr] : [keys.pnr, representative]
}

/** Whom the data name, also where only to learn that nobody has that number. */
function personsAsked({ question }: IncidentRecord): readonly string[] {
  return [...question.persons, ...question.vacant]
}

/** The first key that is not what it was; who acts for the subject may be left out. */
function changedKey(
  { keys, representative }: StepOrder,
  record: IncidentRecord,
): string | undefined {
  const changed = keys && firstDifference(keys, record.keys)
  if (changed !== undefined || representative === undefined) return changed
  return readPnr(representative) === record.representative ? undefined : 'representative'
}

/** A key that cannot be read, or that is none, is not the one of the initiation either. */
function firstDifference(sent: ReadResult<Keys>, b: Keys): string | undefined {
  if (!sent.ok) return sent.refusals[0]?.field ?? 'pnr'
  const a = sent.value
  if (a.pnr !== b.pnr) return 'pnr'
  if (a.date !== b.date) return 'date'
  return a.municipality === b.municipality ? undefined : 'municipality'
}
