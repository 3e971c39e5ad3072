/**
 * The warning of a password that ends within 14 days, as a detail row on whatever GCTP answers.
 * Knows no message.
 */

import { endsSoon } from '#access/password-rules.ts'
import { danishDate } from '#base/calendar.ts'
import type { Asker } from '#casework/ports.ts'
import type { GctpAnswer } from '#gctp/message.ts'
import { receiptText } from '#incident/receipts.ts'

/** Both known clients show detail rows or pass over them, and look at the receipt alone (observed). */
const number = 9069

/** An asker that is listened to, and what then warns. */
export function listenForPasswordEnd(
  asker: Asker,
  clock: () => Date,
): { readonly asker: Asker; readonly warn: (answer: GctpAnswer) => GctpAnswer } {
  let end: Date | undefined
  const onPasswordEnd = (at: Date) => {
    end = at
  }
  const warn = (answer: GctpAnswer): GctpAnswer => {
    if (end === undefined || !endsSoon(end, clock())) return answer
    const { receipt } = answer
    const row = { text: receiptText(number, danishDate(end)).da, number }
    return { ...answer, receipt: { ...receipt, details: [...(receipt.details ?? []), row] } }
  }
  return { asker: { ...asker, onPasswordEnd }, warn }
}
