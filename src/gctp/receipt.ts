/**
 * The receipt of an answer, made from what a step came to. One for each answer, in Danish.
 * Knows how a receipt looks, not when a number is given.
 */

import { assert } from '#base/assert.ts'
import type { Receipt, ReceiptDetail } from '#gctp/message.ts'
import { receiptKinds, type SecurityNumber, securityReceipts } from '#gctp/values.ts'
import type { Refusal } from '#incident/refusal.ts'

/** A service that succeeded: number 0 and an empty text, which must be there (observed). */
export const okReceipt: Receipt = { kind: receiptKinds.ok, number: 0, text: '' }

/** A security call's receipt; `text` where 900 answers something else than a sign-on. */
export function securityReceipt(
  number: SecurityNumber,
  options: { readonly text?: string; readonly details?: readonly ReceiptDetail[] } = {},
): Receipt {
  const { text = securityReceipts[number].da, details = [] } = options
  return { kind: receiptKinds.security, number, text, ...(details.length > 0 && { details }) }
}

/** A single fault: the same text in the receipt and in its detail row. */
export function errorReceipt(number: number, text: string, field?: string): Receipt {
  const detail = { text, ...(field !== undefined && { field }), number }
  return { kind: receiptKinds.error, number, text, details: [detail] }
}

/** Without the texts in English: the form of every answer, but to a client that asks for them. */
export function inDanish(receipt: Receipt): Receipt {
  const { details, ...rest } = receipt
  if (details === undefined) return receipt
  return { ...rest, details: details.map(({ english: _, ...detail }) => detail) }
}

/**
 * All refusals of a step in one receipt: the number and text are those of the first error, or of
 * the first warning where there is no error; every one has a detail row, in the order given.
 */
export function refusalReceipt(
  refusals: readonly Refusal[],
  wireName: (field: string) => string = (field) => field,
): Receipt {
  const error = refusals.find((refusal) => refusal.severity === 'error')
  const first = error ?? refusals[0]
  assert(first !== undefined, 'a receipt of refusals without a refusal')
  return {
    kind: error ? receiptKinds.error : receiptKinds.warning,
    number: first.number,
    text: first.text.da,
    details: refusals.map(({ number, field, text }) => ({
      text: text.da,
      ...(field !== undefined && { field: wireName(field) }),
      number,
      english: text.en,
    })),
  }
}
