/**
 * What an authority is done with, decided or withdrawn: so that a case is found again when its
 * reporter calls, or when a decision is to be undone. Knows no door and no SQL.
 */

import type { Caller } from '#access/security-groups.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import { searchDetail } from '#casework/desk.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { State } from '#casework/transitions.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Person } from '#register/person.ts'

/** So far back where nobody is asked for: what is older is found by the person (inferred). */
const daysMax = 90
const dayMs = 86_400_000

/** How a saved incident ends. What lapses was never saved, and is its reporter's alone. */
export const endings = ['approved', 'rejected', 'withdrawn'] as const satisfies readonly State[]
export type Ending = (typeof endings)[number]

export type ClosedPlace = { readonly at: Date; readonly id: string }

export type ClosedInquiry = {
  readonly asker: Asker
  readonly at: Date
  /** Of this person, however long ago. */
  readonly pnr: string | undefined
  /** Decided by the caller alone. */
  readonly isMine: boolean
  readonly ending: Ending | undefined
  readonly since: Date | undefined
  readonly before: ClosedPlace | undefined
  readonly limit: number
  /** Of each ending, whatever page is asked for. */
  readonly withCounts: boolean
}

export type ClosedItem = { readonly record: IncidentRecord; readonly subject: Person }
export type ClosedCounts = { readonly [E in Ending]: number }

export type ClosedPage = Pick<Findings, 'caller' | 'authorities'> & {
  readonly items: readonly ClosedItem[]
  readonly counts: ClosedCounts | undefined
}

/** One round trip; what was read is on record before it is told. */
export type ClosedStore = { readonly find: (inquiry: ClosedInquiry) => Promise<ClosedPage> }

export type ClosedOrder = Omit<ClosedInquiry, 'at' | 'since'> & {
  /** What of the question could not be read: told to those alone who may ask. */
  readonly misread: readonly Refusal[]
}

export type ClosedAnswer =
  | {
      readonly kind: 'done'
      readonly caller: Caller
      readonly items: readonly ClosedItem[]
      readonly counts: ClosedCounts | undefined
      readonly next: ClosedPlace | undefined
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | TurnedAway

/** A page of them, the last first. */
export async function listClosed(
  { house, closed }: { readonly house: House; readonly closed: ClosedStore },
  { misread, ...order }: ClosedOrder,
): Promise<ClosedAnswer> {
  const at = house.clock()
  const { asker, pnr, limit } = order
  const since = pnr === undefined ? new Date(at.valueOf() - daysMax * dayMs) : undefined
  const page = await closed.find({ ...order, at, since, limit: limit + 1 })
  const audit = auditor(house, { act: 'list-closed', at, asker })
  const admitted = await admitCaller(house, audit, page, 'list-pending', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const [first] = misread
  if (first) {
    await house.store.note(audit({ caller, outcome: 'refused', receipt: first.number }))
    return { kind: 'refused', refusals: misread }
  }
  const items = page.items.slice(0, limit)
  // AUD-4: who was asked for is on record also where nothing is found about them.
  const asked = pnr === undefined ? [] : [pnr]
  const detail = searchDetail(pnr !== undefined, false)
  const persons = [...new Set([...asked, ...items.map(({ record }) => record.keys.pnr)])]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons, detail }))
  const last = page.items.length > limit ? items.at(-1)?.record : undefined
  const next = last?.closedAt && { at: last.closedAt, id: last.id }
  return { kind: 'done', caller, items, next, counts: page.counts }
}
