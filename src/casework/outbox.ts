/**
 * The outbox of letters: delivered by a port as time passes, and what it cannot deliver is left to
 * people (DESK-4). Knows no mailbox and no SQL.
 */

import type { Caller } from '#access/security-groups.ts'
import { type Random, timedId } from '#base/ids.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type {
  Delivery,
  DeliveryPort,
  DeliveryStore,
  Mail,
  OpenDelivery,
} from '#casework/delivery.ts'
import type { LetterKind } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { AuditRow } from '#evidence/audit.ts'
import { actReasons } from '#incident/reasons.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Person } from '#register/person.ts'

// As time passes -------------------------------------------------------------------------------

/** After so many tries in vain, some 17 hours, a person looks at it (inferred). */
export const triesMax = 10
const minuteMs = 60_000
const waitMsMax = 6 * 60 * minuteMs
const batch = 100
/** So long the program keeps a letter that it could not give out of hand, after a crash. */
const deliveringMs = 30 * minuteMs
/** The rest is delivered in the next run. */
const batchesMax = 20

export type DeliveryTally = {
  readonly delivered: number
  readonly byHand: number
  readonly failed: number
}

/** Delivers what is due. Safe in many processes at once, as far as the port delivers once. */
export async function deliverLetters(
  store: DeliveryStore,
  deliver: DeliveryPort,
  { at, random }: { readonly at: Date; readonly random: Random },
): Promise<DeliveryTally> {
  const tally = { delivered: 0, byHand: 0, failed: 0 }
  for (let batches = 0; batches < batchesMax; batches += 1) {
    const due = await store.take(at, new Date(at.valueOf() + deliveringMs), batch)
    for (const mail of due) {
      const tried = await tryOne(deliver, mail, at)
      const dueAt = tried.delivery === 'waiting' ? nextTry(tried.tries, at) : undefined
      await store.tried(tried, dueAt, deliveryAudit(tried, at, random))
      if (tried.delivery === 'delivered') tally.delivered += 1
      else if (tried.delivery === 'undeliverable') tally.byHand += 1
      else tally.failed += 1
    }
    if (due.length < batch) return tally
  }
  return tally
}

async function tryOne(deliver: DeliveryPort, mail: Mail, at: Date): Promise<Mail> {
  const tries = mail.tries + 1
  try {
    const end = await deliver(mail)
    const delivery = end === 'delivered' ? 'delivered' : 'undeliverable'
    return { ...mail, tries, delivery, settledAt: end === 'delivered' ? at : undefined }
  } catch {
    // Whatever it was, the letter is whole and is tried again; a person sees what fails for long.
    return { ...mail, tries, delivery: tries >= triesMax ? 'failed' : 'waiting' }
  }
}

function nextTry(tries: number, at: Date): Date {
  return new Date(at.valueOf() + Math.min(2 ** tries * minuteMs, waitMsMax))
}

function deliveryAudit(mail: Mail, at: Date, random: Random): AuditRow {
  return {
    ...{ id: timedId(at, random), at, act: 'deliver-letter', outcome: 'done', receipt: 0 },
    ...{
      authority: mail.authority,
      purpose: actReasons.delivery,
      persons: [mail.recipient],
    },
    ...(mail.incidentId !== undefined && { incidentId: mail.incidentId }),
    detail: { letter: mail.id, delivery: mail.delivery },
  }
}

// For people -----------------------------------------------------------------------------------

export type MailPlace = { readonly at: Date; readonly id: string }

export type OutboxFilter = {
  readonly delivery?: Delivery | undefined
  readonly kind?: LetterKind | undefined
  readonly recipient?: string | undefined
  /** These alone. */
  readonly ids?: readonly string[] | undefined
}

export type OutboxInquiry = OutboxFilter & {
  readonly asker: Asker
  readonly at: Date
  readonly before: MailPlace | undefined
  readonly limit: number
}

export type OutboxItem = { readonly mail: Mail; readonly recipient: Person | undefined }

export type OutboxPage = Pick<Findings, 'caller' | 'authorities'> & {
  readonly items: readonly OutboxItem[]
  /** Of all that are open, whatever was filtered. */
  readonly counts: { readonly [D in OpenDelivery]: number }
}

/** One round trip each; what was read is on record before it is told. */
export type OutboxStore = {
  readonly find: (inquiry: OutboxInquiry) => Promise<OutboxPage>
  /**
   * Settles those that still stand as they were found; gives their ids. The row of evidence is
   * given the letters and the persons of these alone: nothing was done with the others.
   */
  readonly settle: (
    ids: readonly string[],
    to: Settling & { readonly authority: string },
    audit: AuditRow,
  ) => Promise<readonly string[]>
}

type Outbox = { readonly house: House; readonly outbox: OutboxStore }

export type OutboxAnswer =
  | {
      readonly kind: 'done'
      readonly at: Date
      readonly caller: Caller
      readonly items: readonly OutboxItem[]
      readonly counts: OutboxPage['counts']
      readonly next: MailPlace | undefined
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | TurnedAway

/** What was asked for, and what of it could not be read: told to those alone who may ask. */
export type OutboxOrder = Omit<OutboxInquiry, 'at'> & { readonly misread: readonly Refusal[] }

/** A page of the letters of the caller's own authority, the last first. */
export async function readOutbox(
  { house, outbox }: Outbox,
  { misread, ...order }: OutboxOrder,
): Promise<OutboxAnswer> {
  const at = house.clock()
  const page = await outbox.find({ ...order, at, limit: order.limit + 1 })
  const audit = auditor(house, { act: 'list-letters', at, asker: order.asker })
  const admitted = await admitCaller(house, audit, page, 'send-letters', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const [first] = misread
  if (first) {
    await house.store.note(audit({ caller, outcome: 'refused', receipt: first.number }))
    return { kind: 'refused', refusals: misread }
  }
  const items = page.items.slice(0, order.limit)
  // AUD-4: who was asked for is on record also when there is no letter to them.
  const asked = order.recipient === undefined ? [] : [order.recipient]
  const persons = [...new Set([...asked, ...items.map(({ mail }) => mail.recipient)])]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons }))
  const last = page.items.length > order.limit ? items.at(-1) : undefined
  const next = last && { at: last.mail.at, id: last.mail.id }
  return { kind: 'done', at, caller, items, counts: page.counts, next }
}

/**
 * `printing`: a person takes it in hand, so that nobody else sends it meanwhile. `printed`: that
 * person has sent it. `waiting`: it is to be tried again; of those that wait already only what the
 * same person has in hand, who so lets go of it.
 */
export const settlings = {
  printing: ['waiting', 'undeliverable', 'failed', 'earlier'],
  printed: ['waiting', 'undeliverable', 'failed', 'earlier'],
  waiting: ['waiting', 'undeliverable', 'failed', 'earlier'],
} as const satisfies { readonly [to: string]: readonly Delivery[] }

/** As long as it takes to print letters, put them into envelopes and note them as sent (inferred). */
export const printingMs = 60 * minuteMs

export type Settling = {
  readonly to: keyof typeof settlings
  readonly at: Date
  /** In hand until then, where somebody takes it. */
  readonly until: Date
  readonly by: string
}

export type SettleAnswer =
  | { readonly kind: 'done'; readonly settled: readonly string[]; readonly left: readonly string[] }
  | TurnedAway

/**
 * Says of letters of the own authority what a person does with them; what somebody else has in hand
 * is left as it is, and so is what is no such letter.
 */
export async function settleLetters(
  { house, outbox }: Outbox,
  {
    asker,
    ids,
    to,
  }: { readonly asker: Asker; readonly ids: readonly string[]; readonly to: Settling['to'] },
): Promise<SettleAnswer> {
  const at = house.clock()
  const page = await outbox.find({ asker, at, ids, before: undefined, limit: ids.length })
  const audit = auditor(house, { act: 'settle-letters', at, asker })
  const admitted = await admitCaller(house, audit, page, 'send-letters', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const found = page.items.map(({ mail }) => mail.id)
  const row = audit({ caller, outcome: 'done', receipt: 0, detail: { to } })
  const until = new Date(at.valueOf() + printingMs)
  const settling = { to, at, until, by: caller.personCode, authority: caller.authority }
  const settled = await outbox.settle(found, settling, row)
  return { kind: 'done', settled, left: ids.filter((id) => !settled.includes(id)) }
}
