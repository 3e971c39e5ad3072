/** GCTP answers as typed results: done or refused. What is neither is an outage. Sends nothing. */

import { type Outcome, Unavailable } from '#base/outage.ts'
import { readMasterData } from '#client/gctp-master-data.ts'
import { incidentTypes } from '#client/incident-types.generated.ts'
import type { IncidentKeys, IncidentTypeName, MasterData } from '#client/types.generated.ts'
import { readIncidentAnswer } from '#gctp/incident-fields.ts'
import type { GctpAnswer, Receipt, ReceiptDetail, UpdateHeader } from '#gctp/message.ts'
import { readAnswer } from '#gctp/read-answer.ts'
import {
  type ActionName,
  dataMarks,
  faultNumbers,
  findAction,
  findState,
  receiptKinds,
  representativeKey,
  type StateName,
} from '#gctp/values.ts'

/** The keys of an incident, and who acts for the person it is about, where that is another. */
export type ConversationKeys = IncidentKeys & { readonly representative?: string }

/** A running incident: plain data, so that it can be kept and continued by another process. */
export type Conversation<Name extends IncidentTypeName = IncidentTypeName> = {
  readonly type: Name
  readonly keys: ConversationKeys
  /** Twenty digits by which the server knows it, also when the municipality decides. */
  readonly ts: string
}

/** Values by the English names of the incident type; several persons are a list. */
export type IncidentValues = { readonly [name: string]: string | readonly string[] | undefined }

/** A step that was OK. */
export type Step<Name extends IncidentTypeName = IncidentTypeName> = {
  readonly ok: true
  readonly state: StateName
  readonly ts: string
  readonly conversation: Conversation<Name>
  /** What this person code may do next. */
  readonly actions: readonly ActionName[]
  /** After `initiate`. */
  readonly masterData?: MasterData
  /**
   * After `initiate` what the register already knows, and for several persons those who may be
   * chosen; after `validate` the data as they were approved.
   */
  readonly data: IncidentValues
  /** The clear text of each code and number in `data`. */
  readonly texts: IncidentValues
  /** What to know before going on; it does not stop the step. */
  readonly warnings: readonly ReceiptDetail[]
}

/** Why not: every reason at once, in the server's order. */
export type Refused = {
  readonly ok: false
  readonly receipt: {
    readonly number: number
    readonly text: string
    readonly details: readonly ReceiptDetail[]
  }
  /** What to know whatever the reason is, as that the password ends soon. */
  readonly warnings: readonly ReceiptDetail[]
  /** Only warnings: the same step sent once more in the same conversation passes. */
  readonly isWarning: boolean
  /** Where the incident now stands, once there is one. */
  readonly state?: StateName
  readonly actions?: readonly ActionName[]
}

/** A sign-on, a changed password or a sign-off. `warnings` tell of a password that ends soon. */
export type SecurityDone = {
  readonly ok: true
  readonly text: string
  readonly warnings: readonly ReceiptDetail[]
}

/** A person, as STAMP tells. */
export type StampFound = { readonly ok: true; readonly ts: string; readonly masterData: MasterData }

/** Numbers that say that the server could not, rather than that it would not. */
const outages: ReadonlyMap<number, Outcome> = new Map([
  [faultNumbers.serverFault, 'unknown'],
  // Too busy to begin.
  [9021, 'nothing-happened'],
  // The server stops, and begins on nothing more.
  [9094, 'nothing-happened'],
  // Too many wrong passwords from this address; nothing was evaluated.
  [9065, 'nothing-happened'],
  // The register cannot be reached.
  [9022, 'unknown'],
])

/** The answer in the bytes; throws `Unavailable` when they hold none, or one of an outage. */
export function readUsableAnswer(bytes: Uint8Array, status: number): GctpAnswer {
  const answer = readAnswer(bytes)
  if (answer.kind === 'unreadable') {
    const message = `no GCTP answer, but HTTP ${status}: ${answer.reason.en}`
    throw new Unavailable(message, { outcome: 'unknown' })
  }
  const { number, text } = answer.receipt
  const outcome = outages.get(number)
  if (outcome !== undefined) throw new Unavailable(`${number} ${text}`, { outcome })
  return answer
}

/** A detail row of every answer in the last 14 days of the password. */
export const passwordEndsSoon = 9069

export function isTokenUnknown({ kind, receipt }: GctpAnswer): boolean {
  return kind === 'security' && receipt.number === 901
}

export function readSecurityResult({ receipt }: GctpAnswer): SecurityDone | Refused {
  if (receipt.kind !== receiptKinds.security || receipt.number !== 900) return refused(receipt)
  return { ok: true, text: receipt.text, warnings: receipt.details ?? [] }
}

export function readStampResult(answer: GctpAnswer): StampFound | Refused {
  const { receipt } = answer
  if (answer.kind !== 'search' || receipt.kind !== receiptKinds.ok) return refused(receipt)
  const { data, ts = '' } = answer
  const group = data?.group?.name === dataMarks.masterData ? data.group.fields : undefined
  return { ok: true, ts, masterData: readMasterData(group ?? data?.fields ?? []) }
}

export function readStepResult<Name extends IncidentTypeName>(
  asked: { readonly type: Name; readonly keys: ConversationKeys },
  answer: GctpAnswer,
): Step<Name> | Refused {
  const { receipt } = answer
  if (answer.kind !== 'update') return refused(receipt)
  const { header, data } = answer
  const { ts } = header
  const state = findState(header.state ?? '')
  // A warning of the first step opens the conversation all the same (inferred).
  const opened = receipt.kind === receiptKinds.warning && data?.group !== undefined
  if (!(receipt.kind === receiptKinds.ok || opened)) return refused(receipt, header)
  if (state === undefined || ts === undefined) {
    throw new Unavailable('an answer without state and ts', { outcome: 'unknown' })
  }
  const { type, keys } = asked
  const group = data?.group
  const { reading, texts } = readIncidentAnswer(incidentTypes[type], data ?? {})
  return {
    ok: true,
    state,
    ts,
    conversation: { type, keys, ts },
    actions: readActions(header),
    ...(group && { masterData: readMasterData(group.fields) }),
    data: data ? reading : {},
    texts: data ? texts : {},
    warnings: (receipt.details ?? []).filter(({ field }) => field !== representativeKey),
  }
}

export function refused(receipt: Receipt, header: UpdateHeader = {}): Refused {
  const { kind, number, text, details = [] } = receipt
  const state = findState(header.state ?? '')
  const isAside = (detail: ReceiptDetail) => detail.number === passwordEndsSoon
  return {
    ok: false,
    receipt: { number, text, details: details.filter((detail) => !isAside(detail)) },
    warnings: details.filter(isAside),
    isWarning: kind === receiptKinds.warning,
    ...(state && { state, actions: readActions(header) }),
  }
}

function readActions({ actions = [] }: UpdateHeader): readonly ActionName[] {
  return actions.flatMap((word) => findAction(word) ?? [])
}
