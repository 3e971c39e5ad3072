/**
 * What receivers are told: that something happened to a person, in an order in which none is
 * missed, by subscription (A44). Numbers and kinds alone; what it was changed to is a question that
 * needs a right of its own. Knows no storage.
 */

import { mayShow } from '#access/field-sets.ts'
import { admitOwn } from '#access/permissions.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { EventKind } from '#incident/situation.ts'

/** A place in the feed. `epoch` is raised when a backup is restored (D-3). */
export type FeedPlace = { readonly epoch: number; readonly xid: string; readonly id: string }

export type FeedEvent = {
  readonly place: FeedPlace
  readonly pnr: string
  /** Gapless for each person, so that a receiver sees what it has missed. */
  readonly eventNo: number
  readonly kind: Exclude<EventKind, 'loaded'>
  readonly type: string
  readonly recordedAt: Date
  readonly isProtected: boolean
}

export type FeedPage = Pick<Findings, 'caller' | 'authorities'> & {
  /** Those that the caller has subscribed to, of what was looked through. */
  readonly events: readonly FeedEvent[]
  /** The last place that was looked through; undefined when there was nothing more. */
  readonly reached: FeedPlace | undefined
  /** The one that is now. */
  readonly epoch: number
}

export type FindEvents = (question: {
  readonly asker: Asker
  readonly at: Date
  readonly after: FeedPlace
  readonly limit: number
}) => Promise<FeedPage>

export const feedStart: FeedPlace = { epoch: 0, xid: '0', id: '' }

export type EventsAnswer =
  | {
      readonly kind: 'done'
      readonly events: readonly FeedEvent[]
      /** Where to go on; the same place again when nothing has happened since. */
      readonly next: FeedPlace
      /** In which it was read: the place holds no longer than that. */
      readonly epoch: number
    }
  /** The place is of before a restore: what was told may not be so, and what is may not be told. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  | TurnedAway

/** A page of the feed, which may be empty though more follows: then `next` has moved. */
export async function receiveEvents(
  house: House,
  find: FindEvents,
  {
    asker,
    after,
    readIn,
    limit,
  }: {
    readonly asker: Asker
    readonly after: FeedPlace
    /** The epoch in which the place was told; undefined for the start. */
    readonly readIn?: number | undefined
    readonly limit: number
  },
): Promise<EventsAnswer> {
  const at = house.clock()
  const page = await find({ asker, at, after, limit })
  const audit = auditor(house, { act: 'receive-events', at, asker })
  const admitted = await admitCaller(house, audit, page, 'receive-events', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  if (readIn !== undefined && readIn !== page.epoch) {
    const refusal = refuse(9063)
    await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'not-allowed', refusal }
  }
  const typeOf = (code: string) => page.authorities.get(code)?.type
  const admission = admitOwn(caller, 'receive-events', typeOf)
  const fields = admission.kind === 'admitted' ? admission.grant.fields : 'nothing'
  const events = page.events.filter(({ isProtected }) => mayShow(fields, 'pnr', isProtected))
  const persons = [...new Set(events.map(({ pnr }) => pnr))]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons }))
  return { kind: 'done', events, next: page.reached ?? after, epoch: page.epoch }
}
