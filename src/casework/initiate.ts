/** Step 2 of the interplay: initiate an incident with its keys; master data back. */

import { mayReport, permitOf } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import { present } from '#base/assert.ts'
import { ageOn, danishDate } from '#base/calendar.ts'
import { randomId } from '#base/ids.ts'
import { Unavailable } from '#base/outage.ts'
import type { Answer, Standing } from '#casework/answer.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings, Registered } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { situationOf } from '#casework/situation.ts'
import {
  admitCaller,
  advance,
  auditor,
  looksMax,
  type StepOrder,
  standingOf,
  takeStep,
} from '#casework/step.ts'
import type { Candidate, Incident, Offered } from '#incident/define.ts'
import type { Keys } from '#incident/fields.ts'
import type { ReadResult } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion, type Situation } from '#incident/situation.ts'
import type { StatusCode } from '#register/codes.ts'
import { municipalityOf } from '#register/person.ts'
import { maskPnr, readPnr } from '#register/pnr.ts'
import { hiddenName } from '#register/protected.ts'

/** SEC-10: from that age somebody can act for another. */
const actsForOthersFrom = 15
/** In Denmark, in Greenland, abroad; not who is dead or gone, and no number that is not in force. */
const actingStatuses: readonly StatusCode[] = ['01', '03', '05', '07', '20', '80']

export type InitiateOrder = {
  readonly asker: Asker
  readonly type: Incident
  readonly mk?: string | undefined
  readonly keys: ReadResult<Keys>
  /** Who acts for the subject, as it was sent; left out where the subject does. */
  readonly representative?: string | undefined
  /** What the door refuses by itself, as old keys (4599); comes before the keys. */
  readonly misread?: readonly Refusal[]
}

export async function initiate(house: House, order: InitiateOrder): Promise<Answer> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const answer = await tryInitiate(house, order)
    if (answer !== 'overtaken') return answer
  }
  const text = `Cannot initiate: overtaken ${looksMax} times`
  throw new Unavailable(text, { outcome: 'nothing-happened' })
}

async function tryInitiate(house: House, order: InitiateOrder): Promise<Answer | 'overtaken'> {
  const at = house.clock()
  const keys = order.keys.ok ? order.keys.value : undefined
  const representative =
    order.representative === undefined ? undefined : readPnr(order.representative)
  const findings = await house.store.inquire({
    asker: order.asker,
    at,
    today: danishDate(at),
    pnr: keys?.pnr,
    municipality: keys?.municipality,
    question: representative ? { ...noQuestion, persons: [representative] } : noQuestion,
    authorities: order.mk === undefined ? [] : [order.mk],
    needs: order.type.needs,
  })
  const audit = auditor(house, { act: 'initiate', at, asker: order.asker })
  const admitted = await admitCaller(house, audit, findings, 'initiate', order.mk)
  if (admitted.kind !== 'admitted') return admitted
  const { caller } = admitted
  if (!mayReport(caller, order.type.reporters)) {
    const refusal = refuse(5)
    await house.store.note(audit({ caller, outcome: 'denied', receipt: refusal.number }))
    return { kind: 'denied', refusal }
  }

  const refuseWith = async (refusals: readonly Refusal[]): Promise<Answer> => {
    const [first] = refusals
    const persons = keys ? [keys.pnr] : []
    const receipt = first?.number ?? 0
    await house.store.note(audit({ caller, outcome: 'refused', receipt, persons }))
    return { kind: 'refused', refusals }
  }
  const misread = [...(order.misread ?? []), ...(order.keys.ok ? [] : order.keys.refusals)]
  if (!keys || misread.length > 0) return refuseWith(misread)
  const { subject } = findings
  if (!subject) return refuseWith([refuse(172, 'pnr')])

  const trial = house.trials.begin(caller, [subject.person], at)
  if (trial === 'spent') return refuseWith([refuse(9060, 'pnr')])
  const days = { today: danishDate(at), reportedOn: danishDate(at) }
  const situation = situationOf(findings, subject, keys, days)
  const refusals = [
    ...judgeRepresentative(order, findings, situation),
    ...judgeOpening(house, order.type, findings, situation),
  ]
  const isRefused = refusals.some(({ severity }) => severity === 'error')
  trial.settle(isRefused)
  if (isRefused) return refuseWith(refusals)

  const warnings = refusals
  return open(house, {
    order,
    at,
    caller,
    findings,
    subject,
    keys,
    representative,
    situation,
    warnings,
  })
}

/** SEC-10: who acts for another is somebody else, old enough, and alive. */
function judgeRepresentative(
  { representative: sent }: InitiateOrder,
  findings: Findings,
  { subject, today }: Situation,
): readonly Refusal[] {
  if (sent === undefined) return []
  const pnr = readPnr(sent)
  if (!pnr) return [refuse(52, 'representative')]
  const person = findings.persons.get(pnr)?.person
  if (!person) return [refuse(172, 'representative')]
  const may =
    pnr !== subject.pnr &&
    ageOn(person.bornOn, today) >= actsForOthersFrom &&
    actingStatuses.includes(person.status)
  return may ? [] : [refuse(9079, 'representative')]
}

function judgeOpening(
  house: House,
  type: Incident,
  findings: Findings,
  situation: Situation,
): readonly Refusal[] {
  const { limits } = house
  const { begun, waiting } = findings.reported
  return [
    ...type.judgeKeys(situation),
    ...(findings.openCount >= limits.openPerPersonMax ? [refuse(9006, 'pnr')] : []),
    ...(findings.pending.length >= limits.pendingPerPersonMax ? [refuse(9073, 'pnr')] : []),
    ...(begun >= limits.openPerCodeMax ? [refuse(9071)] : []),
    ...(waiting >= limits.pendingPerCodeMax ? [refuse(9072)] : []),
    // CPR's wiki on vent: a warning at the first initiation, for a person with something pending.
    ...(situation.pending.length > 0 ? [refuse(9007, 'pnr')] : []),
  ]
}

type Opening = {
  readonly order: InitiateOrder
  readonly at: Date
  readonly caller: Caller
  readonly findings: Findings
  readonly subject: Registered
  readonly keys: Keys
  readonly representative: string | undefined
  readonly situation: Situation
  readonly warnings: readonly Refusal[]
}

async function open(house: House, opening: Opening): Promise<Answer | 'overtaken'> {
  const { order, at, caller, findings, situation, warnings } = opening
  const candidates = candidatesFor(order.type, situation, caller)
  const shown = Object.values(candidates).flatMap((each) => each.map(({ value }) => value))
  const record = newRecord(house, opening)
  const audit = auditor(house, { act: 'initiate', at, asker: order.asker })
  const receipt = warnings[0]?.number ?? 0
  const row = audit({ caller, outcome: 'done', receipt, record, persons: shown })
  const written = await house.store.open(record, row, house.limits.openPerPersonMax)
  if (written === 'overtaken') return 'overtaken'
  const standing = standingOf(order.type, caller, record, findings, at)
  return { kind: 'done', standing: { ...standing, candidates }, warnings }
}

/** PROT-4: a protected person may be chosen by who may know of them, and is not named. */
function candidatesFor(
  type: Incident,
  situation: Situation,
  caller: Caller,
): Standing['candidates'] {
  const permit = permitOf(caller)
  const offer = ({ value, text }: Candidate): Offered => {
    const shown = typeof text === 'string' ? text : text.openTo(permit)
    return {
      value,
      text: shown ?? `${hiddenName.da} (${maskPnr(present(readPnr(value), 'a number'))})`,
    }
  }
  return Object.fromEntries(
    Object.entries(type.candidates(situation)).map(([name, each]) => [name, each.map(offer)]),
  )
}

function newRecord(
  house: House,
  { order, at, caller, subject, keys, representative, warnings }: Opening,
): IncidentRecord {
  const { code } = order.type.shape
  return {
    id: `${code.toLowerCase()}.${randomId(house.random)}`,
    ts: house.nextTs(at),
    code,
    keys,
    authority: competentAuthority(order.type, keys, subject, caller.authority),
    reportedBy: caller.personCode,
    representative,
    reportingAuthority: caller.authority,
    state: 'initiated',
    version: 1,
    rulesVersion: house.rulesVersion,
    question: noQuestion,
    outcomes: {},
    events: [],
    warned: warnings.map(({ number }) => number),
    marks: [],
    after: [],
    initiatedAt: at,
    expiresAt: new Date(at.valueOf() + house.limits.conversationMinutes * 60_000),
  }
}

/** Who decides: where it is reported to, or where the person lives now. */
export function competentAuthority(
  type: Incident,
  keys: Keys,
  subject: Registered,
  reportingAuthority: string,
): string {
  if (type.decidedBy === 'reported-to') return keys.municipality
  if (type.decidedBy === 'second-person') return reportingAuthority
  const { person } = subject
  return municipalityOf(person) ?? person.lastMunicipality ?? keys.municipality
}

/** The same initiation sent once more within its conversation: answers as before, opens nothing. */
export function initiateAgain(house: House, order: StepOrder): Promise<Answer> {
  const plan = { act: 'initiate', action: 'validate', actor: 'reporter' } as const
  return takeStep(house, order, plan, async ({ at, caller, findings, record, standing }) => {
    const audit = auditor(house, { act: 'initiate', at, asker: order.asker })
    if (record.state !== 'initiated') {
      const refusal = refuse(9002)
      await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number, record }))
      return { kind: 'not-allowed', refusal, standing }
    }
    const { type } = standing
    const candidates = candidatesFor(type, standing.situation, caller)
    const persons = Object.values(candidates).flatMap((each) => each.map(({ value }) => value))
    const next = advance(house, record, at, {})
    const row = audit({ caller, outcome: 'done', receipt: 0, record: next, persons })
    if ((await house.store.step(next, row)) === 'overtaken') return 'overtaken'
    const stands = standingOf(type, caller, next, findings, at)
    return { kind: 'done', standing: { ...stands, candidates }, warnings: [] }
  })
}
