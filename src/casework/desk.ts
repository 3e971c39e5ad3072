/**
 * The desk of an authority: its queue, who works on what, and what they note. Reads and leases; it
 * decides nothing. Knows no door and no storage.
 */

import type { Caller } from '#access/security-groups.ts'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { sayClock } from '#base/day-words.ts'
import { timedId } from '#base/ids.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { Standing } from '#casework/answer.ts'
import {
  type Claim,
  type DeskStore,
  type Figures,
  foundMax,
  type Note,
  type QueueCounts,
  type QueueFilter,
  type QueueItem,
  type QueuePage,
  type QueuePlace,
  type QueueSort,
  type Surroundings,
} from '#casework/desk-ports.ts'
import type { House } from '#casework/house.ts'
import type { Asker } from '#casework/ports.ts'
import { admitCaller, auditor, type StepOrder, standingOf } from '#casework/step.ts'
import { isWaiting } from '#casework/transitions.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion } from '#incident/situation.ts'
import { readPnr } from '#register/pnr.ts'

export type Desk = { readonly house: House; readonly desk: DeskStore }

export const noteTextMax = 2000
/** Somebody else may take each of the first ones at the same moment. */
const nextTries = 20

export type QueueOrder = {
  readonly asker: Asker
  readonly filter: QueueFilter
  readonly sort: QueueSort
  readonly after: QueuePlace | undefined
  readonly limit: number
  /** Whether to say how many there are by each filter as well. */
  readonly withCounts: boolean
}

export type QueueAnswer =
  | {
      readonly kind: 'done'
      readonly caller: Caller
      readonly items: readonly QueueItem[]
      readonly next: QueuePlace | undefined
      readonly counts: QueueCounts | undefined
    }
  | TurnedAway

/** One page of what lies with the caller's own authority. */
export async function readQueue({ house, desk }: Desk, order: QueueOrder): Promise<QueueAnswer> {
  const at = house.clock()
  const { asker, filter, limit } = order
  const page = await desk.queue({ ...order, at, today: danishDate(at), limit: limit + 1 })
  const audit = auditor(house, { act: 'list-queue', at, asker })
  const admitted = await admitCaller(house, audit, page, 'list-pending', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const items = page.items.slice(0, limit)
  const shown = items.map(({ record }) => record.keys.pnr)
  const lookedFor = numbersIn(filter)
  const persons = [...new Set([...lookedFor, ...shown, ...foundIn(page)])]
  const detail = searchDetail(lookedFor.length > 0, filter.words.length > 0)
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons, detail }))
  const last = page.items.length > limit ? items.at(-1) : undefined
  const next = last && {
    savedAt: present(last.record.savedAt, 'when a saved incident was saved'),
    id: last.record.id,
    due: last.due,
  }
  return { kind: 'done', caller, items, next, counts: page.counts }
}

/** Who was looked for by number, also where nothing was found. */
function numbersIn({ words }: QueueFilter): readonly string[] {
  return words.flatMap((word) => readPnr(word) ?? [])
}

/** Whom a search found beside the cases that it shows: that there is a case, the count tells. */
function foundIn({ found }: QueuePage): readonly string[] {
  return found.length < foundMax ? found : []
}

/**
 * How somebody was looked for, for the control of the log: by number, who then stands first among
 * the persons, or by words. A list that nobody searched has none.
 */
export function searchDetail(byNumber: boolean, byWords: boolean): AuditRow['detail'] {
  if (byNumber) return { search: 'number' }
  return byWords ? { search: 'words' } : undefined
}

export type CountsAnswer = { readonly kind: 'done'; readonly counts: QueueCounts } | TurnedAway

/** How many there are by each filter; numbers alone, and on record as the page is. */
export async function countQueue(
  { house, desk }: Desk,
  { asker, filter }: Pick<QueueOrder, 'asker' | 'filter'>,
): Promise<CountsAnswer> {
  const at = house.clock()
  const none = { sort: 'received', after: undefined, limit: 0, withCounts: true } as const
  const page = await desk.queue({ asker, at, today: danishDate(at), filter, ...none })
  const audit = auditor(house, { act: 'count-queue', at, asker })
  const admitted = await admitCaller(house, audit, page, 'list-pending', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const persons = [...new Set([...numbersIn(filter), ...foundIn(page)])]
  await house.store.note(audit({ caller, outcome: 'done', receipt: 0, persons }))
  return { kind: 'done', counts: present(page.counts, 'the counts') }
}

export type FiguresAnswer = { readonly kind: 'done'; readonly figures: Figures } | TurnedAway

export async function readFigures(
  { house, desk }: Desk,
  { asker, days }: { readonly asker: Asker; readonly days: number },
): Promise<FiguresAnswer> {
  const at = house.clock()
  const page = await desk.figures({ asker, at, today: danishDate(at), days })
  const audit = auditor(house, { act: 'read-figures', at, asker })
  const admitted = await admitCaller(house, audit, page, 'read-figures', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  await house.store.note(audit({ caller: admitted.caller, outcome: 'done', receipt: 0 }))
  return { kind: 'done', figures: page.figures }
}

type Unfound = { readonly kind: 'unknown'; readonly refusal: Refusal }
type NotNow = { readonly kind: 'not-allowed'; readonly refusal: Refusal }
type Refused = { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

export type ClaimAnswer =
  | { readonly kind: 'done'; readonly id: string; readonly claim: Claim | undefined }
  | NotNow
  | Unfound
  | TurnedAway

/** Takes a case for some minutes; taken again by the same person code it lasts longer. */
export async function claim(desk: Desk, order: StepOrder): Promise<ClaimAnswer> {
  const ground = await findCase(desk, order, 'claim')
  if (ground.kind !== 'found') return ground
  const { standing, at } = ground
  const { record, caller } = standing
  const audit = auditor(desk.house, { act: 'claim', at, asker: order.asker })
  const noted = (receipt: number) =>
    audit({ caller, outcome: receipt === 0 ? 'done' : 'refused', receipt, record })
  if (!isWaiting(record.state)) {
    const refusal = refuse(9002)
    await desk.house.store.note(noted(refusal.number))
    return { kind: 'not-allowed', refusal }
  }
  const { claimMinutes } = standing.situation.settings
  const until = new Date(at.valueOf() + claimMinutes * 60_000)
  const mine = { personCode: caller.personCode, until, authority: caller.authority, at }
  const held = await desk.desk.claim(record.id, mine, noted(0))
  if (held.personCode === caller.personCode) return { kind: 'done', id: record.id, claim: held }
  const refusal = refuse(9053, undefined, held.personCode, sayClock(held.until))
  await desk.house.store.note(noted(refusal.number))
  return { kind: 'not-allowed', refusal }
}

/** Gives a case back; what somebody else holds stays with them. */
export async function release(desk: Desk, order: StepOrder): Promise<ClaimAnswer> {
  const ground = await findCase(desk, order, 'release')
  if (ground.kind !== 'found') return ground
  const { record, caller } = ground.standing
  const audit = auditor(desk.house, { act: 'release', at: ground.at, asker: order.asker })
  const row = audit({ caller, outcome: 'done', receipt: 0, record })
  await desk.desk.release(record.id, caller.personCode, row)
  return { kind: 'done', id: record.id, claim: undefined }
}

export type NextAnswer = { readonly kind: 'done'; readonly id: string | undefined } | TurnedAway

/** The first case of the order that nobody works on and the caller may decide, claimed; or none. */
export async function nextCase(
  desk: Desk,
  order: Omit<QueueOrder, 'after' | 'limit' | 'withCounts'>,
  typeOf: (code: string) => StepOrder['type'],
): Promise<NextAnswer> {
  let after: QueuePlace | undefined
  for (let tries = 0; tries < nextTries; tries += 1) {
    const filter = { ...order.filter, claimed: 'free' } as const
    const page = await readQueue(desk, { ...order, filter, after, limit: 1, withCounts: false })
    if (page.kind !== 'done') return page
    const [first] = page.items
    if (!first) return { kind: 'done', id: undefined }
    const { id, code, reportedBy } = first.record
    const type = typeOf(code)
    // A second person decides it, so whoever registered it would only keep it from them.
    const isOwn = type?.decidedBy === 'second-person' && reportedBy === page.caller.personCode
    if (!isOwn) {
      const taken = await claim(desk, { asker: order.asker, incident: { id }, type })
      if (taken.kind === 'done') return { kind: 'done', id }
      if (taken.kind === 'denied' || taken.kind === 'not-signed-on') return taken
    }
    after = page.next
    if (!after) return { kind: 'done', id: undefined }
  }
  return { kind: 'done', id: undefined }
}

export type NoteAnswer =
  | { readonly kind: 'done'; readonly note: Note }
  | Refused
  | Unfound
  | TurnedAway

/** Adds a note to a case. Notes are never changed or taken away. */
export async function addNote(
  desk: Desk,
  { text: sent, ...order }: StepOrder & { readonly text: string },
): Promise<NoteAnswer> {
  const ground = await findCase(desk, order, 'add-note')
  if (ground.kind !== 'found') return ground
  const { at, standing } = ground
  const { record, caller } = standing
  const audit = auditor(desk.house, { act: 'add-note', at, asker: order.asker })
  const text = sent.normalize('NFC').trim()
  if (text === '' || [...text].length > noteTextMax) {
    const refusal = refuse(9055, 'text', String(noteTextMax))
    await desk.house.store.note(
      audit({ caller, outcome: 'refused', receipt: refusal.number, record }),
    )
    return { kind: 'refused', refusals: [refusal] }
  }
  const { personCode, authority } = caller
  const note = { id: timedId(at, desk.house.random), at, personCode, text }
  const row = audit({ caller, outcome: 'done', receipt: 0, record })
  await desk.desk.note({ ...note, incidentId: record.id, authority }, row)
  return { kind: 'done', note }
}

export type CaseAnswer =
  | { readonly kind: 'done'; readonly standing: Standing; readonly surroundings: Surroundings }
  | Unfound
  | TurnedAway

/** Everything about one case, for one page; whatever of it names somebody is on record. */
export async function readCase(desk: Desk, order: StepOrder): Promise<CaseAnswer> {
  const ground = await findCase(desk, order, 'read-case')
  if (ground.kind !== 'found') return ground
  const { at, standing } = ground
  const { caller, record, situation } = standing
  const audit = auditor(desk.house, { act: 'read-case', at, asker: order.asker })
  const dwellings = record.question.addresses.flatMap((tail) => situation.findDwelling(tail) ?? [])
  const persons = [
    ...situation.persons.keys(),
    ...situation.household.map(({ pnr }) => pnr),
    ...dwellings.flatMap(({ people }) => people.map(({ pnr }) => pnr)),
  ]
  const row = audit({ caller, outcome: 'done', receipt: 0, record, persons })
  const surroundings = await desk.desk.surroundings(record, at, row)
  return { kind: 'done', standing, surroundings }
}

type Found = { readonly kind: 'found'; readonly at: Date; readonly standing: Standing }

/** A case of the caller's own authority; any other is answered as one that does not exist. */
async function findCase(
  { house }: Desk,
  order: StepOrder,
  act: Act & ('claim' | 'release' | 'add-note' | 'read-case'),
): Promise<Found | Unfound | TurnedAway> {
  const at = house.clock()
  const findings = await house.store.inquire({
    asker: order.asker,
    at,
    today: danishDate(at),
    incident: order.incident,
    question: noQuestion,
    authorities: [],
    withTrail: act === 'read-case',
    needs: act === 'read-case' ? (order.type?.needs ?? []) : [],
  })
  const audit = auditor(house, { act, at, asker: order.asker })
  const right = act === 'read-case' ? 'list-pending' : 'claim'
  const admitted = await admitCaller(house, audit, findings, right, undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const { record } = findings
  if (!order.type || !record || !house.firstWall.mayAct(record, caller, 'authority')) {
    const refusal = refuse(9003)
    await house.store.note(audit({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'unknown', refusal }
  }
  return { kind: 'found', at, standing: standingOf(order.type, caller, record, findings, at) }
}
