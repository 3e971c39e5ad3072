/**
 * Deposits: what a provider keeps at the server for its own programs, by kind and key, sealed with
 * a key that only it has. Knows what each kind is for, and nothing of what is inside.
 */

import type { Caller } from '#access/security-groups.ts'
import { timeLimits } from '#access/time-limits.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings, Written } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { classifyNumber, type Pnr, readPnr } from '#register/pnr.ts'

type KindRow = {
  /** How long one is kept at most, counted from when it was last stored. */
  readonly daysMax: number
  /** How many persons it names, whose evidence tells of it. The first is the one it belongs to. */
  readonly concerns: { readonly min: number; readonly max: number }
  /** A browser session is used with every page: there its begin and its end are the evidence. */
  readonly evidence: 'each-act' | 'begin-and-end'
}

/** A closed list: what is kept of people, why and how long is for the server's owner to answer. */
export const depositKinds = {
  draft: {
    daysMax: timeLimits.draft.span.amount,
    concerns: { min: 1, max: 4 },
    evidence: 'each-act',
  },
  'browser-session': {
    daysMax: timeLimits['browser-session'].span.amount,
    concerns: { min: 0, max: 1 },
    evidence: 'begin-and-end',
  },
  'power-of-attorney': {
    daysMax: timeLimits['power-of-attorney'].span.amount,
    concerns: { min: 2, max: 2 },
    evidence: 'each-act',
  },
  // Filters and their names; they are about no person.
  'saved-views': {
    daysMax: timeLimits['saved-views'].span.amount,
    concerns: { min: 0, max: 0 },
    evidence: 'begin-and-end',
  },
} as const satisfies { readonly [kind: string]: KindRow }

export type DepositKind = keyof typeof depositKinds

export const depositBytesMax = 32_768
/** Of one kind, of those that belong to one person. */
export const depositsPerPersonMax = 50
/** Of one person code, as last counted. */
export const depositsMax = 1_000_000
const dayMs = 86_400_000

export type Deposit = {
  readonly kind: DepositKind
  readonly key: string
  /** Personal numbers; the first is the one it belongs to. */
  readonly concerns: readonly string[]
  /** Raised by one each time it is stored. */
  readonly version: number
  readonly content: Uint8Array
  readonly storedAt: Date
  readonly expiresAt: Date
}

type Question = { readonly asker: Asker; readonly at: Date; readonly kind: DepositKind }

export type DepositPage = Pick<Findings, 'caller' | 'authorities'> & {
  /** The caller's own, whose time is not over. */
  readonly items: readonly Deposit[]
}

/** What is there already, before one more is stored. */
export type DepositPlace = Pick<Findings, 'caller' | 'authorities'> & {
  readonly concerns: readonly string[] | undefined
  /** Of the kind, of the person it will belong to. */
  readonly ofPerson: number
  /** Of the caller, as last counted. */
  readonly ofCaller: number
}

/** Every method is one round trip; `audit` goes with its effect. */
export type DepositStore = {
  readonly find: (
    question: Question & ({ readonly key: string } | { readonly concerns: Pnr | undefined }),
  ) => Promise<DepositPage>
  readonly findPlace: (
    question: Question & { readonly key: string; readonly owner: string | undefined },
  ) => Promise<DepositPlace>
  /** `replaces`: the version that must be there, 0 for none; undefined for whatever there is. */
  readonly put: (
    depositor: string,
    deposit: Omit<Deposit, 'version'>,
    replaces: number | undefined,
    audit: AuditRow | undefined,
  ) => Promise<{ readonly version: number } | Exclude<Written, 'written'>>
  /** Gives how many were removed. */
  readonly remove: (
    depositor: string,
    which: { readonly kind: DepositKind } & ({ readonly key: string } | { readonly of: Pnr }),
    audit: AuditRow | undefined,
  ) => Promise<number>
}

/** What depositing stands on. */
export type Depot = { readonly house: House; readonly deposits: DepositStore }

type Refused = { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
type Failed = { readonly kind: 'unknown' | 'not-allowed'; readonly refusal: Refusal }
type Done<More> = ({ readonly kind: 'done' } & More) | Refused | Failed | TurnedAway

export type PutOrder = {
  readonly asker: Asker
  readonly kind: DepositKind
  readonly key: string
  readonly content: Uint8Array
  /** As they were sent. */
  readonly concerns: readonly string[]
  /** The end of its time; as late as the kind has it when left out. */
  readonly expiresAt?: Date | undefined
  readonly replaces?: number | undefined
}

/** Stores one, new or over the one that has its key. */
export async function putDeposit(
  { house, deposits }: Depot,
  order: PutOrder,
): Promise<Done<{ readonly version: number; readonly expiresAt: Date }>> {
  const at = house.clock()
  const { asker, kind, key, content, replaces } = order
  const read = order.concerns.map(readPnr)
  const concerns = read.flatMap((pnr) => pnr ?? [])
  const place = await deposits.findPlace({ asker, at, kind, key, owner: concerns[0] })
  const note = notes(house, { act: 'put-deposit', at, asker, kind })
  const admitted = await admitCaller(house, note, place, 'deposit', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted

  const { daysMax } = depositKinds[kind]
  const latest = new Date(at.valueOf() + daysMax * dayMs)
  const expiresAt = order.expiresAt ?? latest
  const refusals = [
    ...refuseConcerns(kind, order.concerns),
    ...(expiresAt <= at || expiresAt > latest ? [refuse(9078, 'expiresAt', String(daysMax))] : []),
    ...refuseFull(place),
  ]
  const [refusal] = refusals
  if (refusal) {
    await house.store.note(note({ caller, outcome: 'refused', receipt: refusal.number }))
    return { kind: 'refused', refusals }
  }
  const isNew = place.concerns === undefined
  const audited = isNew || depositKinds[kind].evidence === 'each-act'
  const row = note({ caller, outcome: 'done', receipt: 0, persons: concerns })
  const deposit = { kind, key, concerns, content, storedAt: at, expiresAt }
  const put = await deposits.put(
    caller.personCode,
    deposit,
    replaces,
    audited && concerns.length > 0 ? row : undefined,
  )
  if (put === 'overtaken') {
    const overtaken = refuse(9076)
    await house.store.note(note({ caller, outcome: 'refused', receipt: overtaken.number }))
    return { kind: 'not-allowed', refusal: overtaken }
  }
  return { kind: 'done', version: put.version, expiresAt }
}

/** The one that has the key. */
export async function readDeposit(
  { house, deposits }: Depot,
  { asker, kind, key }: { readonly asker: Asker; readonly kind: DepositKind; readonly key: string },
): Promise<Done<{ readonly deposit: Deposit }>> {
  const at = house.clock()
  const page = await deposits.find({ asker, at, kind, key })
  const note = notes(house, { act: 'read-deposit', at, asker, kind })
  const admitted = await admitCaller(house, note, page, 'deposit', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const [deposit] = page.items
  if (!deposit) return unknown(house, note, caller, kind)
  await noteRead(house, note, caller, page.items, kind)
  return { kind: 'done', deposit }
}

/** All of a kind that concern a person, the oldest first. */
export async function listDeposits(
  { house, deposits }: Depot,
  { asker, kind, pnr }: { readonly asker: Asker; readonly kind: DepositKind; readonly pnr: string },
): Promise<Done<{ readonly items: readonly Deposit[] }>> {
  const at = house.clock()
  const concerns = readPnr(pnr)
  const page = await deposits.find({ asker, at, kind, concerns })
  const note = notes(house, { act: 'read-deposit', at, asker, kind })
  const admitted = await admitCaller(house, note, page, 'deposit', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  if (!concerns) return refused(house, note, caller, [refuseNumber(pnr)])
  await noteRead(house, note, caller, page.items, kind)
  return { kind: 'done', items: page.items }
}

export type RemoveOrder = { readonly asker: Asker; readonly kind: DepositKind } & (
  | { readonly key: string }
  | { readonly pnr: string }
)

/** The one that has the key, or all of the kind that concern a person: log-out everywhere. */
export async function removeDeposits(
  { house, deposits }: Depot,
  order: RemoveOrder,
): Promise<Done<{ readonly removed: number }>> {
  const at = house.clock()
  const { asker, kind } = order
  const of = 'pnr' in order ? readPnr(order.pnr) : undefined
  const key = 'key' in order ? order.key : ''
  const place = await deposits.findPlace({ asker, at, kind, key, owner: undefined })
  const note = notes(house, { act: 'remove-deposit', at, asker, kind })
  const admitted = await admitCaller(house, note, place, 'deposit', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  if ('pnr' in order && !of) return refused(house, note, caller, [refuseNumber(order.pnr)])
  const persons = of ? [of] : (place.concerns ?? [])
  const row = note({ caller, outcome: 'done', receipt: 0, persons })
  const which = of ? { kind, of } : { kind, key }
  const audit = persons.length > 0 ? row : undefined
  return { kind: 'done', removed: await deposits.remove(caller.personCode, which, audit) }
}

function refuseConcerns(kind: DepositKind, sent: readonly string[]): readonly Refusal[] {
  const { min, max } = depositKinds[kind].concerns
  if (sent.length < min || sent.length > max) {
    const many = min === max ? String(min) : `${min}-${max}`
    const persons = { da: `${many} personnumre`, en: `${many} personal numbers` }
    return [refuse(9027, 'concerns', 'concerns', persons)]
  }
  return sent.filter((each) => !readPnr(each)).map(() => refuse(52, 'concerns'))
}

/** One that is stored over another takes no more room. */
function refuseFull({ concerns, ofPerson, ofCaller }: DepositPlace): readonly Refusal[] {
  if (concerns !== undefined) return []
  return ofPerson >= depositsPerPersonMax || ofCaller >= depositsMax ? [refuse(9077)] : []
}

function refuseNumber(sent: string): Refusal {
  const isNobody = ['replacement', 'unknown'].includes(classifyNumber(sent))
  return refuse(isNobody ? 172 : 52, 'pnr')
}

type Note = ReturnType<typeof auditor>

function notes(
  house: House,
  { kind, ...request }: Question & { readonly act: Act },
): ReturnType<typeof auditor> {
  const audit = auditor(house, request)
  return (details) => ({ ...audit(details), purpose: `deposit ${kind}` })
}

/** An old cookie of a browser leads here every day, and is nobody's business. */
async function unknown(
  house: House,
  note: Note,
  caller: Caller,
  kind: DepositKind,
): Promise<Failed> {
  const refusal = refuse(9075)
  if (depositKinds[kind].evidence === 'each-act') {
    await house.store.note(note({ caller, outcome: 'refused', receipt: refusal.number }))
  }
  return { kind: 'unknown', refusal }
}

async function refused(
  house: House,
  note: Note,
  caller: Caller,
  refusals: readonly Refusal[],
): Promise<Refused> {
  const receipt = refusals[0]?.number ?? 0
  await house.store.note(note({ caller, outcome: 'refused', receipt }))
  return { kind: 'refused', refusals }
}

async function noteRead(
  house: House,
  note: Note,
  caller: Caller,
  items: readonly Deposit[],
  kind: DepositKind,
): Promise<void> {
  const persons = [...new Set(items.flatMap(({ concerns }) => concerns))]
  if (persons.length === 0 || depositKinds[kind].evidence !== 'each-act') return
  await house.store.note(note({ caller, outcome: 'done', receipt: 0, persons }))
}
