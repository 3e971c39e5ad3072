/** What the routes of administration share: the check in front, and why something was not done. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { readFingerprint } from '#access/certificate.ts'
import type { PersonCodeRecord } from '#access/person-code.ts'
import { findGrant } from '#access/rights.ts'
import { isSecurityGroup, type SecurityGroup, securityGroups } from '#access/security-groups.ts'
import { readSource } from '#access/source.ts'
import { timedId } from '#base/ids.ts'
import { type AdministrationAnswer, admitAdministrator } from '#casework/administer.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { findTarget } from '#store/administration.ts'
import type { Administrator, NotCreated, PersonCodeSettings } from '#store/person-codes.ts'

/** A position that is asked for, beside the one that a person code has. */
export type Wanted = { readonly group: SecurityGroup; readonly authority: string }

export type Ground = AdministrationAnswer | Admitted

type Admitted = {
  readonly kind: 'admitted'
  readonly by: Administrator
  /** What it is about, as the evidence has it. */
  readonly about: Exclude<AuditRow['detail'], undefined>
  readonly record: PersonCodeRecord | undefined
  readonly typeOf: (authority: string) => string | undefined
  /** Whose person codes are within reach; undefined for those of all authorities. */
  readonly reach: string | undefined
}

type Order = {
  readonly act: Act
  readonly reason: string
  /** The person code it is about; undefined for a new one. */
  readonly code?: string
  readonly wanted?: Wanted | undefined
  /** What else the evidence names: a request, or the code that a new one is to have. */
  readonly about?: Admitted['about']
}

/** One read, and everything that is judged before anything is done. */
export async function admit(
  { access, house }: Doors,
  request: FastifyRequest,
  { act, reason, code, wanted, about: named }: Order,
): Promise<Ground> {
  const [asker, at] = [askerOf(request), house.clock()]
  const found = await findTarget(access.pool, {
    ...{ asker, at },
    ...(code !== undefined && { code }),
    ...(wanted && { authority: wanted.authority }),
  })
  const about = {
    ...(code !== undefined && { personCode: code }),
    ...(wanted && { group: wanted.group, wantedAuthority: wanted.authority }),
    ...named,
  }
  const order = { asker, at, act, about }
  const existing = code === undefined ? [] : [found.record ?? ('none' as const)]
  const asked = wanted ? [{ code: code ?? '', ...wanted }] : []
  for (const target of [...existing, ...asked]) {
    const admitted = await admitAdministrator(house, found, order, target)
    if (admitted.kind !== 'admitted') return admitted
  }
  const admitted = await admitAdministrator(house, found, order)
  if (admitted.kind !== 'admitted') return admitted
  const { personCode: actor, authority, group } = admitted.caller
  const by = { actor, authority, source: asker.source, purpose: reason, now: at }
  const typeOf = (each: string) => found.authorities.get(each)?.type
  const grant = findGrant(group, typeOf(authority) ?? '', 'administer')
  const reach = grant?.reach === 'anything' ? undefined : authority
  return { kind: 'admitted', by, about, record: found.record, typeOf, reach }
}

/** Puts a list on record before it is told. */
export async function noteListed(doors: Doors, by: Administrator, act: Act): Promise<void> {
  await note(doors, by, { act, outcome: 'done', receipt: 0 })
}

/** Puts on record who was refused what, and why they wanted it; and tells the refusal. */
export async function refuseAdministration(
  doors: Doors,
  { by, about }: Admitted,
  reply: FastifyReply,
  { act, kind }: { readonly act: Act; readonly kind: 'refused' | 'not-allowed' | 'denied' },
  refusals: readonly Refusal[],
): Promise<FastifyReply> {
  const receipt = refusals[0]?.number ?? 0
  await note(doors, by, { act, outcome: 'refused', receipt, detail: about })
  return sendProblem(reply, kind, refusals)
}

async function note(
  { house }: Doors,
  { actor, authority, source, purpose, now }: Administrator,
  end: Pick<AuditRow, 'act' | 'outcome' | 'receipt' | 'detail'>,
): Promise<void> {
  const id = timedId(now, house.random)
  await house.store.note({ id, at: now, actor, authority, source, purpose, persons: [], ...end })
}

/** Undefined for a group that there is none of. */
export function readGroup(text: string): SecurityGroup | undefined {
  return isSecurityGroup(text) ? text : undefined
}

export const noSuchGroup = refuse(9012, 'group', 'group', securityGroups.join(', '))

type Sent = {
  readonly holder?: string
  readonly sources?: readonly string[]
  readonly certificates?: readonly string[]
  readonly overlapMinutes?: number
}

/** The settings as addresses and certificates are spelt here, or the refusal of one that is none. */
export function readSettings({
  holder,
  sources,
  certificates,
  overlapMinutes,
}: Sent): PersonCodeSettings | Refusal {
  const read = sources?.map(readSource)
  if (read?.includes(undefined)) return refuse(9027, 'sources', 'sources', addresses)
  const shown = certificates?.map(readFingerprint)
  if (shown?.includes(undefined)) {
    return refuse(9027, 'certificates', 'certificates', fingerprints)
  }
  return {
    ...{ holder, overlapMinutes },
    sources: read?.flatMap((each) => each ?? []),
    certificates: shown?.flatMap((each) => each ?? []),
  }
}

const fingerprints = {
  da: 'fingeraftryk, SHA-256, med 64 hexadecimale cifre',
  en: 'fingerprints, SHA-256, of 64 hexadecimal digits',
}
const addresses = { da: 'nøjagtige IPv4- eller IPv6-adresser', en: 'exact IPv4 or IPv6 addresses' }

export function isRefusal(value: PersonCodeSettings | Refusal): value is Refusal {
  return 'number' in value
}

export function refusalOf(reason: NotCreated): Refusal {
  switch (reason.kind) {
    case 'authority-unknown':
      return refuse(9012, 'authority', 'authority', known)
    case 'group-does-not-fit':
      return refuse(9012, 'group', 'group', reason.fits.join(', '))
    case 'code-taken':
      return refuse(9067, 'code')
    case 'needs-second':
      return refuse(9068)
    default:
      return reason satisfies never
  }
}

const known = { da: 'en myndighed i CPR', en: 'an authority in CPR' }
