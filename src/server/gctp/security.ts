/** Messages in `Sik`: sign-on, new password, sign-off. */

import type { Asker } from '#casework/ports.ts'
import { writeTokenCookie } from '#gctp/cookie.ts'
import type { GctpAnswer, NewPassword, SignOff, SignOn } from '#gctp/message.ts'
import { errorReceipt, refusalReceipt, securityReceipt } from '#gctp/receipt.ts'
import { otherSuccessTexts, receiptKinds } from '#gctp/values.ts'
import { receiptText } from '#incident/receipts.ts'
import type { Doors } from '#server/api/context.ts'
import { type Unjudged, unjudged } from '#server/unjudged.ts'
import { signOff, signOn } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'

export type SecurityReply = {
  readonly answer: GctpAnswer
  readonly setCookie?: string
  readonly retryAfter?: string
}

export async function answerSecurity(
  doors: Doors,
  request: SignOn | NewPassword | SignOff,
  asker: Asker,
): Promise<SecurityReply> {
  switch (request.kind) {
    case 'sign-on':
      return answerSignOn(doors, request, asker)
    case 'new-password':
      return answerNewPassword(doors, request, asker)
    case 'sign-off':
      return answerSignOff(doors, request, asker)
    default:
      return request satisfies never
  }
}

async function answerSignOn(
  { access, house }: Doors,
  { version, userId, password }: SignOn,
  { source, certificate, onPasswordEnd }: Asker,
): Promise<SecurityReply> {
  const credentials = { userId, password, source, certificate }
  const signed = await signOn(access, credentials, house.clock())
  if (signed.kind === 'busy' || signed.kind === 'throttled') {
    return laterAnswer(version, unjudged(signed, house.clock()))
  }
  if (signed.kind === 'denied') {
    return { answer: { kind: 'security', version, receipt: securityReceipt(signed.receipt) } }
  }
  onPasswordEnd?.(signed.passwordExpiresAt)
  return {
    answer: { kind: 'security', version, receipt: securityReceipt(900) },
    setCookie: writeTokenCookie(signed.token, signed.expiresAt),
  }
}

async function answerNewPassword(
  { access, house }: Doors,
  { version, userId, password, newPassword, newPasswordAgain }: NewPassword,
  { source, certificate }: Asker,
): Promise<SecurityReply> {
  const change = { userId, password, newPassword, newPasswordAgain, source, certificate }
  const changed = await changePassword(access, change, house.clock())
  const answer = (receipt: ReturnType<typeof securityReceipt>): SecurityReply => ({
    answer: { kind: 'security', version, receipt },
  })
  switch (changed.kind) {
    case 'busy':
    case 'throttled':
      return laterAnswer(version, unjudged(changed, house.clock()))
    case 'denied':
      return answer(securityReceipt(changed.receipt))
    case 'refused':
      return answer({ ...refusalReceipt(changed.refusals, wireName), kind: receiptKinds.security })
    case 'changed':
      return answer(securityReceipt(900, { text: otherSuccessTexts.passwordChanged.da }))
    default:
      return changed satisfies never
  }
}

/** What the wire calls the new password. */
function wireName(field: string): string {
  return field === 'newPassword' ? 'newpass1' : field
}

async function answerSignOff(
  { access, house }: Doors,
  { version }: SignOff,
  { token, source }: Asker,
): Promise<SecurityReply> {
  const number = await signOff(access, token ?? '', source, house.clock())
  const text = number === 900 ? { text: otherSuccessTexts.signedOff.da } : {}
  return { answer: { kind: 'security', version, receipt: securityReceipt(number, text) } }
}

function laterAnswer(
  version: SignOn['version'],
  { number, until, seconds }: Unjudged,
): SecurityReply {
  const receipt = errorReceipt(number, receiptText(number, until).da)
  return { answer: { kind: 'security', version, receipt }, retryAfter: seconds }
}
