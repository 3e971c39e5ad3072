/** Questions about one person by number: STAMP over GCTP, and the JSON door's look-up. */

import { seesProtected } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import { danishDate, type PlainDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Registered } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { givenReasons, type reasonsOfClients } from '#incident/reasons.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion } from '#incident/situation.ts'
import { addressKey } from '#register/address.ts'
import type { RecordedFact } from '#register/fact.ts'
import { openPersonOn, type Person, shut } from '#register/person.ts'
import { classifyNumber, type Pnr, readPnr } from '#register/pnr.ts'
import { masterDataOf } from '#search/disclose.ts'
import type { MasterData } from '#search/master-data.ts'

type Words = { readonly purpose: string }
type Given = { readonly given: (typeof reasonsOfClients)[number] }

/** A search is STAMP's alone. A look-up is for what its asker wrote, or for what a program gives. */
export type Why =
  | { readonly act: Extract<Act, 'search'> }
  | { readonly act: Extract<Act, 'look-up'>; readonly reason: Words | Given }

export type LookUpOrder = Why & {
  readonly asker: Asker
  /** As it was sent. */
  readonly pnr: string | undefined
  /** Who asks in the person's place, by a power of attorney or for a child; as it was sent. */
  readonly representative?: string | undefined
  /** What the door could not read beside the number. */
  readonly misread?: readonly Refusal[] | undefined
  /** The day of which is asked; today when left out. */
  readonly asValidOn?: PlainDate | undefined
  /** What was known at that instant; all that is known now when left out. */
  readonly asKnownAt?: Date | undefined
}

export type Found = {
  readonly kind: 'found'
  readonly caller: Caller
  readonly masterData: MasterData
  readonly registered: Registered
}

export type LookUpAnswer =
  | Found
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | Extract<Answer, { kind: 'denied' | 'not-signed-on' }>

/** What a question needs beyond casework's store: facts with the instant they were recorded. */
export type History = (
  pnr: Pnr,
) => Promise<readonly (RecordedFact & { readonly recordedAt: Date })[]>

export async function lookUp(
  house: House,
  history: History,
  order: LookUpOrder,
): Promise<LookUpAnswer> {
  const at = house.clock()
  const pnr = readPnr(order.pnr ?? '')
  const inquiry = {
    asker: order.asker,
    at,
    today: danishDate(at),
    pnr,
    question: noQuestion,
    authorities: [],
  }
  const findings = await house.store.inquire(inquiry)
  const audit = auditor(house, { act: order.act, at, asker: order.asker })
  const admitted = await admitCaller(house, audit, findings, 'look-up', undefined)
  if (admitted.kind === 'denied' || admitted.kind === 'not-signed-on') return admitted
  if (admitted.kind !== 'admitted') throw new Error('Cannot look up: an answer of another step')
  const { caller } = admitted

  const misread = [...(order.misread ?? []), ...misreadRepresentative(order)]
  if (misread.length > 0) {
    const receipt = misread[0]?.number ?? 0
    await house.store.note(audit({ caller, outcome: 'refused', receipt }))
    return { kind: 'refused', refusals: misread }
  }
  const { subject } = findings
  // AUD-4: what was asked for is on record also when nobody was found. PNR-3: no replacement.
  const asked = pnr ? [pnr] : []
  const why = reasonOf(order)
  if (!subject || !pnr) {
    const refusal = refuseNumber(order.pnr ?? '', pnr)
    const row = audit({ caller, outcome: 'refused', receipt: refusal.number, persons: asked })
    await house.store.note({ ...row, ...why })
    return { kind: 'refused', refusals: [refusal] }
  }
  const registered = await asOf(house, history, order, { subject, at })
  if (!registered) {
    const row = audit({ caller, outcome: 'refused', receipt: 172, persons: asked })
    await house.store.note({ ...row, ...why })
    return { kind: 'refused', refusals: [refuse(172, 'pnr')] }
  }
  // ST-2: an old number leads to the one in force, and the evidence names both.
  const own = subject.person.successor ? [pnr, subject.person.successor] : asked
  const { pnr: whose, representative } = order
  const isForAnother = whose !== undefined && representative !== undefined
  const persons = [...own, ...(isForAnother ? [representative] : [])]
  await house.store.note({ ...audit({ caller, outcome: 'done', receipt: 0, persons }), ...why })
  const pending = findings.pending.length > 0
  const alsoOf = [subject.person, ...(await successorOf(house, order, { caller, subject, at }))]
  const masterData = masterDataOf(registered, caller, pending, alsoOf)
  return { kind: 'found', caller, masterData, registered }
}

/** AUD-6: for what, and whose place it was asked in: of the two, who acted. */
function reasonOf(order: LookUpOrder): Pick<AuditRow, 'purpose' | 'detail'> {
  const { pnr, representative } = order
  const detail = pnr !== undefined && representative !== undefined && { whose: pnr, representative }
  if (order.act === 'search') return { purpose: givenReasons.stamp.en, ...(detail && { detail }) }
  const { reason } = order
  if ('purpose' in reason) return { ...reason, ...(detail && { detail }) }
  const { given } = reason
  return { purpose: givenReasons[given].en, detail: { ...detail, given } }
}

function misreadRepresentative({ representative }: LookUpOrder): readonly Refusal[] {
  const isMisread = representative !== undefined && !readPnr(representative)
  return isMisread ? [refuse(52, 'representative')] : []
}

/** The same person under the number in force, for a caller from whom protection must be kept. */
async function successorOf(
  house: House,
  { asker }: LookUpOrder,
  {
    caller,
    subject,
    at,
  }: { readonly caller: Caller; readonly subject: Registered; readonly at: Date },
): Promise<readonly Person[]> {
  const { successor: pnr } = subject.person
  if (pnr === undefined || seesProtected(caller)) return []
  const today = danishDate(at)
  const inquiry = { asker, at, today, pnr, question: noQuestion, authorities: [] }
  const found = (await house.store.inquire(inquiry)).subject
  return found ? [found.person] : []
}

function refuseNumber(sent: string, pnr: Pnr | undefined): Refusal {
  const kind = classifyNumber(sent)
  const isNobody = pnr !== undefined || kind === 'replacement' || kind === 'unknown'
  return refuse(isNobody ? 172 : 52, 'pnr')
}

/** The person on another day, or as known at another moment; undefined before the first fact. */
async function asOf(
  house: House,
  history: History,
  { asker, asValidOn, asKnownAt }: LookUpOrder,
  { subject, at }: { readonly subject: Registered; readonly at: Date },
): Promise<Registered | undefined> {
  if (asValidOn === undefined && asKnownAt === undefined) return subject
  const { pnr } = subject.person
  const known = (await history(pnr)).filter(
    ({ recordedAt }) => asKnownAt === undefined || recordedAt <= asKnownAt,
  )
  const day = asValidOn ?? danishDate(asKnownAt ?? at)
  if (known.length === 0 || !known.some(({ from }) => from <= day)) return undefined
  const found = openPersonOn(pnr, known, day)
  const { address, foreignAddress } = found
  const names = await house.store.inquire({
    asker,
    at,
    today: danishDate(at),
    municipality: address?.municipality,
    question: {
      persons: [],
      vacant: [],
      addresses: address ? [addressKey(address).slice(5)] : [],
      roads: address ? [address.road] : [],
      authorities: [],
    },
    authorities: foreignAddress ? [foreignAddress.country] : [],
  })
  const dwelling = address && names.dwellings.get(addressKey(address).slice(5))
  return {
    person: shut(found),
    eventNo: subject.eventNo,
    place: {
      municipalityName: (address && names.authorities.get(address.municipality)?.name) ?? null,
      roadName: (address && names.roads.get(address.road)) ?? null,
      town: dwelling?.town ?? null,
      postcode: dwelling?.postcode ?? null,
      district: dwelling?.district ?? null,
      countryName: (foreignAddress && names.authorities.get(foreignAddress.country)?.name) ?? null,
    },
  }
}
