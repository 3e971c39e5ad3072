/** The delivery of letters: what can become of one, and the port that delivers. Knows no mailbox. */

import type { Letter } from '#casework/hearings.ts'
import type { AuditRow } from '#evidence/audit.ts'

export const deliveries = [
  'waiting',
  'delivered',
  'undeliverable',
  'failed',
  'printed',
  'earlier',
] as const
/**
 * What became of a letter; `undeliverable` where its receiver has no Digital Post, `earlier` where
 * it is older than the outbox and nobody knows.
 */
export type Delivery = (typeof deliveries)[number]

/** What still asks for something to be done, by the program or by a person. */
export const openDeliveries = [
  'waiting',
  'undeliverable',
  'failed',
] as const satisfies readonly Delivery[]
export type OpenDelivery = (typeof openDeliveries)[number]

/** One as it lies in the outbox. */
export type Mail = Letter & {
  readonly authority: string
  readonly delivery: Delivery
  readonly tries: number
  readonly settledAt: Date | undefined
  /** The person code that has sent it by hand; undefined where the port delivered it. */
  readonly settledBy: string | undefined
  /** Who is about to send it, until when; undefined where nobody is. */
  readonly held: { readonly until: Date; readonly by: string | undefined } | undefined
}

/**
 * Where letters are delivered, as Digital Post. Throws when that could not be done now. The same
 * letter may be handed over twice, after a crash, and must be delivered once.
 */
export type DeliveryPort = (mail: Mail) => Promise<'delivered' | 'no-mailbox'>

export type DeliveryStore = {
  /** Takes those in hand whose time has come and whom nobody else has, the longest waiting first. */
  readonly take: (at: Date, until: Date, limit: number) => Promise<readonly Mail[]>
  /**
   * Writes down how a try ended, and gives the letter out of hand. One that was held too long may
   * have been sent by a person meanwhile: then that stands, and what was delivered is on record.
   */
  readonly tried: (mail: Mail, dueAt: Date | undefined, audit: AuditRow) => Promise<void>
}
