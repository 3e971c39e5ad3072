/**
 * What an authority has decided: lately, or about somebody; so that a case is found again when its
 * reporter calls, or when a decision is to be undone. Knows no door and no SQL.
 */

import type { Caller } from '#access/security-groups.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Person } from '#register/person.ts'

/** So far back where nobody is asked for: what is older is found by the person (inferred). */
const daysMax = 90
const dayMs = 86_400_000

export type DecidedPlace = { readonly at: Date; readonly id: string }

export type DecidedInquiry = {
  readonly asker: Asker
  readonly at: Date
  /** Of this person, however long ago. */
  readonly pnr: string | undefined
  /** By the caller alone. */
  readonly isMine: boolean
  readonly since: Date | undefined
  readonly before: DecidedPlace | undefined
  readonly limit: number
}

export type DecidedItem = { readonly record: IncidentRecord; readonly subject: Person }

export type DecidedPage = Pick<Findings, 'caller' | 'authorities'> & {
  readonly items: readonly DecidedItem[]
}

/** One round trip; what was read is on record before it is told. */
export type DecidedStore = { readonly find: (inquiry: DecidedInquiry) => Promise<DecidedPage> }

export type DecidedOrder = Pick<DecidedInquiry, 'asker' | 'pnr' | 'isMine' | 'before' | 'limit'> & {
  /** What of the question could not be read: told to those alone who may ask. */
  readonly misread: readonly Refusal[]
}

export type DecidedAnswer =
  | {
      readonly kind: 'done'
      readonly caller: Caller
      readonly items: readonly DecidedItem[]
      readonly next: DecidedPlace | undefined
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | TurnedAway

/** A page of them, the last decision first. */
export async function listDecided(
  { house, decided }: { readonly house: House; readonly decided: DecidedStore },
  { misread, ...order }: DecidedOrder,
): Promise<DecidedAnswer> {
  const at = house.clock()
  const { asker, pnr, limit } = order
  const since = pnr === undefined ? new Date(at.valueOf() - daysMax * dayMs) : undefined
  const page = await decided.find({ ...order, at, since, limit: limit + 1 })
  const audit = auditor(house, { act: 'list-decided', at, asker })
  const admitted = await admitCaller(house, audit, page, 'list-pending', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const [first] = misread
  if (first) {
    await house.store.note(audit({ caller, outcome: 'refused', receipt: first.number }))
    return { kind: 'refused', refusals: misread }
  }
  const items = page.items.slice(0, limit)
  // AUD-4: who was asked for is on record also where nothing was decided about them.
  const asked = pnr === undefined ? [] : [pnr]
  const persons = [...new Set([...asked, ...items.map(({ record }) => record.keys.pnr)])]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons }))
  const last = page.items.length > limit ? items.at(-1)?.record : undefined
  const next = last?.decidedAt && { at: last.decidedAt, id: last.id }
  return { kind: 'done', caller, items, next }
}
