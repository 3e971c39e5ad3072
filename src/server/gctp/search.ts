/** Messages to CprSoeg: questions to the register. So far STAMP, a person's master data. */

import { refuseUnknown } from '#casework/follow.ts'
import type { Asker } from '#casework/ports.ts'
import { findValue, repeatedNames } from '#gctp/envelope.ts'
import type { GctpAnswer, Search } from '#gctp/message.ts'
import { errorReceipt, okReceipt, refusalReceipt, securityReceipt } from '#gctp/receipt.ts'
import { stampGroup } from '#gctp/stamp.ts'
import { representativeKey } from '#gctp/values.ts'
import { keyFields } from '#incident/fields.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { lookUp } from '#search/look-up.ts'
import type { Doors } from '#server/api/context.ts'

const stamp = 'STAMP'

export async function answerSearch(
  doors: Doors,
  request: Search,
  asker: Asker,
): Promise<GctpAnswer> {
  const { version, service, key } = request
  const { house } = doors
  if (request.serviceKey !== stamp) return answerUnknown(doors, request, asker)
  const answer = await lookUp(house, doors.history, {
    asker,
    act: 'search',
    pnr: findValue(key, keyFields.pnr.wire),
    representative: findValue(key, representativeKey),
    misread: misreadOf(request),
  })
  const head = { kind: 'search', version, service, ts: house.nextTs(house.clock()) } as const
  switch (answer.kind) {
    case 'not-signed-on':
      return { kind: 'security', version, receipt: securityReceipt(901) }
    case 'denied':
      return { ...head, receipt: refusalReceipt([answer.refusal]) }
    case 'refused':
      return { ...head, receipt: refusalReceipt(answer.refusals, wireName) }
    case 'found':
      return { ...head, data: { group: stampGroup(answer.masterData) }, receipt: okReceipt }
    default:
      return answer satisfies never
  }
}

function misreadOf({ key }: Search): readonly Refusal[] {
  const known = [keyFields.pnr.wire, representativeKey]
  const unknown = key.map(({ name }) => name).filter((name) => !known.includes(name))
  return [...new Set([...unknown, ...repeatedNames(key)])].map((name) => refuse(16, name))
}

function wireName(field: string): string {
  if (field === 'representative') return representativeKey
  return field === 'pnr' ? keyFields.pnr.wire : field
}

async function answerUnknown(
  { house }: Doors,
  { version, service }: Search,
  asker: Asker,
): Promise<GctpAnswer> {
  const refusal = refuse(9001)
  if (await refuseUnknown(house, asker, 'search', refusal)) {
    return { kind: 'security', version, receipt: securityReceipt(901) }
  }
  const { number, text } = refusal
  return { kind: 'search', version, service, receipt: errorReceipt(number, text.da) }
}
