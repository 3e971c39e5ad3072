/** Reading without changing: one incident by those it concerns, and a municipality's pending ones. */

import { mayReport } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import type { House } from '#casework/house.ts'
import type { Asker, PendingItem, PendingPlace } from '#casework/ports.ts'
import { isLapsed } from '#casework/record.ts'
import { admitCaller, auditor, type StepOrder, shownHearings, standingOf } from '#casework/step.ts'
import type { Act } from '#evidence/audit.ts'
import type { Incident } from '#incident/define.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion } from '#incident/situation.ts'

/** Where an incident stands, for its reporter, the authority that decides, and the CPR Office. */
export async function follow(house: House, order: StepOrder): Promise<Answer> {
  const at = house.clock()
  const findings = await house.store.inquire({
    asker: order.asker,
    at,
    today: danishDate(at),
    incident: order.incident,
    question: noQuestion,
    authorities: [],
    withTrail: true,
  })
  const audit = auditor(house, { act: 'read-incident', at, asker: order.asker })
  const admitted = await admitCaller(house, audit, findings, 'read-incident', undefined)
  if (admitted.kind !== 'admitted') return admitted
  const { caller } = admitted
  const { record } = findings
  if (!order.type || !record || !house.firstWall.mayFollow(record, caller)) {
    const refusal = refuse(9003)
    await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'unknown', refusal }
  }
  // It lapses at its instant, whenever the sweep comes to write that down.
  const now = isLapsed(record, at) ? ({ ...record, state: 'expired' } as const) : record
  const standing = standingOf(order.type, caller, now, findings, at)
  const persons = shownHearings(standing)
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, record, persons }))
  return { kind: 'done', standing, warnings: [] }
}

/**
 * Puts on record a step that a door knows no type, action or service for. Gives the refusal that
 * comes before it, where nobody is signed on: what there is is told to no stranger. Without
 * `unknown` it only turns strangers away.
 */
export async function refuseUnknown(
  house: House,
  asker: Asker,
  act: Act,
  unknown?: Refusal,
): Promise<Extract<Answer, { kind: 'not-signed-on' }> | undefined> {
  const at = house.clock()
  const question = noQuestion
  const inquiry = { asker, at, today: danishDate(at), question, authorities: [] }
  const { caller } = await house.store.inquire(inquiry)
  const audit = auditor(house, { act, at, asker })
  if (caller && unknown) {
    await house.store.note(audit({ caller, outcome: 'refused', receipt: unknown.number }))
  }
  if (caller) return undefined
  const refusal = refuse(901)
  await house.store.note(audit({ outcome: 'denied', receipt: refusal.number }))
  return { kind: 'not-signed-on', refusal }
}

/** What no action is, put on record as that: after the authority, as every action is. */
export async function refuseUnknownAction(
  house: House,
  {
    asker,
    type,
    mk,
  }: { readonly asker: Asker; readonly type: Incident; readonly mk?: string | undefined },
  refusal: Refusal,
): Promise<Answer> {
  const at = house.clock()
  const authorities = mk === undefined ? [] : [mk]
  const inquiry = { asker, at, today: danishDate(at), question: noQuestion, authorities }
  const findings = await house.store.inquire(inquiry)
  const audit = auditor(house, { act: 'unknown-action', at, asker })
  const admitted = await admitCaller(house, audit, findings, 'initiate', mk)
  if (admitted.kind !== 'admitted') return admitted
  const { caller } = admitted
  if (!mayReport(caller, type.reporters)) {
    const denied = refuse(5)
    await house.store.note(audit({ caller, outcome: 'denied', receipt: denied.number }))
    return { kind: 'denied', refusal: denied }
  }
  await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
  return { kind: 'refused', refusals: [refusal] }
}

export type PendingOrder = {
  readonly asker: Asker
  /** The incident code of the wanted type; all types when left out. */
  readonly code?: string | undefined
  /** Behind which item the page begins; the first when left out. */
  readonly after?: PendingPlace | undefined
  readonly limit: number
}

export type PendingAnswer =
  | {
      readonly kind: 'done'
      readonly caller: Caller
      readonly items: readonly PendingItem[]
      /** Where the next page begins; undefined on the last. */
      readonly next: PendingPlace | undefined
    }
  | Extract<Answer, { kind: 'denied' | 'not-signed-on' }>

/** The pending register of the caller's own municipality, in the order in which it was saved. */
export async function listPending(house: House, order: PendingOrder): Promise<PendingAnswer> {
  const at = house.clock()
  const { asker, code, after, limit } = order
  const page = await house.store.pending({ asker, at, code, after, limit: limit + 1 })
  const audit = auditor(house, { act: 'list-pending', at, asker })
  const admitted = await admitCaller(house, audit, page, 'list-pending', undefined)
  if (admitted.kind === 'not-signed-on' || admitted.kind === 'denied') return admitted
  const items = page.items.slice(0, limit)
  const caller = present(page.caller, 'an admitted caller')
  const persons = [...new Set(items.map(({ record }) => record.keys.pnr))]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons }))
  const last = page.items.length > limit ? items.at(-1)?.record : undefined
  return {
    kind: 'done',
    caller,
    items,
    next: last?.savedAt && { savedAt: last.savedAt, id: last.id },
  }
}
