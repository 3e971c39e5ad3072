/** Step 5 of the interplay: the competent municipality approves or rejects what waits for it. */

import { assert, present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import type { Answer } from '#casework/answer.ts'
import { competentAuthority } from '#casework/initiate.ts'
import type { House, PersonChange, Written } from '#casework/ports.ts'
import {
  canonicalReading,
  type IncidentRecord,
  isRejectionReason,
  type RejectionReason,
} from '#casework/record.ts'
import {
  actionsFor,
  advance,
  auditor,
  type Ground,
  type StepOrder,
  takeStep,
} from '#casework/step.ts'
import type { Act } from '#evidence/audit.ts'
import type { Change } from '#incident/define.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { RecordedFact } from '#register/fact.ts'
import { derive } from '#register/person.ts'

const reasonLengthMax = 1000

/** Approves: facts, events, persons and evidence in one transaction, or nothing at all. */
export function approve(house: House, order: StepOrder): Promise<Answer> {
  const plan = { act: 'approve', action: 'approve', actor: 'authority' } as const
  return takeStep(house, order, { ...plan, withFacts: true }, async (ground) => {
    const { record, at, caller, standing } = ground
    const reading = present(record.reading, 'the data of a saved incident')
    assert(
      house.hash(canonicalReading(reading)) === record.readingHash,
      'what is approved is what was validated',
    )
    const competent = competentAuthority(standing.type, record.keys, standing.subject)
    if (competent !== record.authority) return forward(house, order, ground, competent)
    // Whom it was reported to was judged when it was saved. Since then it was forwarded, and the
    // frozen key can never again be the municipality where the person lives.
    const wasForwarded = record.authority !== record.keys.municipality
    const refusals = standing.type
      .judge(reading, standing.situation)
      .filter(({ severity }) => severity === 'error')
      .filter(({ field }) => !(wasForwarded && field === 'municipality'))
    if (refusals.length > 0) return refuseDecision(house, order, ground, 'approve', refusals)

    const changes = personChanges(house, ground, standing.type.effect(reading, standing.situation))
    const decided = { state: 'approved', decidedAt: at, decidedBy: caller.personCode } as const
    return conclude(house, order, ground, 'approve', decided, (next, audit) =>
      house.store.decide(next, changes, audit),
    )
  })
}

export type RejectOrder = StepOrder & { readonly reasonCode: string; readonly text: string }

/** Rejects with a reason that reaches the citizen; the register stands as it was. */
export function reject(house: House, order: RejectOrder): Promise<Answer> {
  const plan = { act: 'reject', action: 'reject', actor: 'authority' } as const
  return takeStep(house, order, plan, async (ground) => {
    const { at, caller } = ground
    const reason = readReason(order)
    if (!reason) return refuseDecision(house, order, ground, 'reject', [refuse(9008, 'reason')])
    const decided = {
      state: 'rejected',
      decidedAt: at,
      decidedBy: caller.personCode,
      reason,
    } as const
    return conclude(house, order, ground, 'reject', decided, (next, audit) =>
      house.store.decide(next, [], audit),
    )
  })
}

function readReason({
  reasonCode,
  text,
}: RejectOrder): { readonly code: RejectionReason; readonly text: string } | undefined {
  const tidy = text.normalize('NFC').trim()
  if (!isRejectionReason(reasonCode) || tidy === '' || [...tidy].length > reasonLengthMax) {
    return undefined
  }
  return { code: reasonCode, text: tidy }
}

async function conclude(
  house: House,
  order: StepOrder,
  { at, caller, record, standing }: Ground,
  act: Act,
  changes: Partial<IncidentRecord>,
  write: (next: IncidentRecord, audit: ReturnType<ReturnType<typeof auditor>>) => Promise<Written>,
): Promise<Answer | 'overtaken'> {
  const next = advance(house, record, at, { ...changes, closedAt: at })
  const audit = auditor(house, { act, at, asker: order.asker })
  const row = audit({ caller, outcome: 'done', receipt: 0, record: next })
  if ((await write(next, row)) === 'overtaken') return 'overtaken'
  const actions = actionsFor(caller, next)
  return { kind: 'done', standing: { ...standing, record: next, actions }, warnings: [] }
}

/** The person has moved since it was saved: the municipality of residence now decides (I-4). */
async function forward(
  house: House,
  order: StepOrder,
  { at, caller, record, standing }: Ground,
  authority: string,
): Promise<Answer | 'overtaken'> {
  const refusal = refuse(9009)
  const next = advance(house, record, at, { authority })
  const audit = auditor(house, { act: 'approve', at, asker: order.asker })
  const row = audit({ caller, outcome: 'refused', receipt: refusal.number, record: next })
  if ((await house.store.step(next, row)) === 'overtaken') return 'overtaken'
  const after = { ...standing, record: next, actions: actionsFor(caller, next) }
  return { kind: 'refused', refusals: [refusal], standing: after }
}

async function refuseDecision(
  house: House,
  order: StepOrder,
  { at, caller, record, standing }: Ground,
  act: Act,
  refusals: readonly Refusal[],
): Promise<Answer> {
  const audit = auditor(house, { act, at, asker: order.asker })
  const receipt = refusals[0]?.number ?? 0
  await house.store.note(audit({ caller, outcome: 'refused', receipt, record }))
  return { kind: 'refused', refusals, standing }
}

/** Each person's new facts in their place in the history, and the person derived anew. */
function personChanges(
  house: House,
  { at, findings }: Ground,
  changes: readonly Change[],
): readonly PersonChange[] {
  const today = danishDate(at)
  return changes.map(({ pnr, event, facts }) => {
    const { eventNo } = present(findings.persons.get(pnr), 'a person of the incident')
    const known = present(findings.facts.get(pnr), 'the facts of a person')
    const recorded: RecordedFact[] = facts.map((fact, line) => ({
      ...fact,
      eventNo: eventNo + 1,
      line: line + 1,
    }))
    const validFrom = facts.map(({ from }) => from).sort()[0] ?? today
    return {
      pnr,
      afterEventNo: eventNo,
      event: { id: timedId(at, house.random), type: event, kind: 'changed', validFrom },
      facts: recorded,
      derived: derive(pnr, [...known, ...recorded], today),
    }
  })
}
