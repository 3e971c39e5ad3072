/** What stands in the messages that the client sends, and what cannot be sent at all. */

import { firstOutside, type Outside } from '#base/latin1.ts'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import { type ConversationKeys, type Refused, refused } from '#client/gctp-answer.ts'
import { incidentTypes } from '#client/incident-types.generated.ts'
import type { IncidentData, IncidentTypeName } from '#client/types.generated.ts'
import { writeIncidentData } from '#gctp/incident-fields.ts'
import type { Data, Fields } from '#gctp/message.ts'
import { errorReceipt } from '#gctp/receipt.ts'
import { gctpNamespace, representativeKey } from '#gctp/values.ts'
import { keyFields } from '#incident/fields.ts'
import { receiptText } from '#incident/receipts.ts'

/** A message that cannot be read is none of these: the server tells what is wrong with it. */
export function isSecurityMessage(bytes: Uint8Array): boolean {
  const document = readXml(bytes, { namespace: gctpNamespace })
  if (isUnreadable(document)) return false
  const gctp = document.name === 'root' ? document.children[0] : document
  return gctp?.children[0]?.name === 'Sik'
}

export function keyOf({ pnr, date, municipality, representative }: ConversationKeys): Fields {
  return [
    { name: keyFields.pnr.wire, value: pnr },
    { name: keyFields.date.wire, value: date.replaceAll('-', '') },
    { name: keyFields.municipality.wire, value: municipality },
    ...(representative === undefined ? [] : [{ name: representativeKey, value: representative }]),
  ]
}

export function dataOf<Name extends IncidentTypeName>(type: Name, data: IncidentData[Name]): Data {
  return writeIncidentData(incidentTypes[type], data)
}

export function valuesOf(key: Fields, data: Data | undefined): { readonly [name: string]: string } {
  const rows = (data?.tables ?? []).flatMap((table) => table.rows)
  const all = [...key, ...(data?.fields ?? []), ...rows.flatMap(({ fields }) => fields)]
  return Object.fromEntries(all.map(({ name, value }, at) => [`${at} ${name}`, value ?? '']))
}

/** A character that ISO-8859-1 lacks cannot be sent, so it is refused here, as the server would. */
export function findUnfit(values: { readonly [name: string]: string }): Refused | undefined {
  for (const [placed, value] of Object.entries(values)) {
    const outside = firstOutside(value)
    if (outside) return unfitOf(placed.replace(/^\d+ /, ''), outside)
  }
  return undefined
}

function unfitOf(field: string, { codePoint }: Outside): Refused {
  return refused(errorReceipt(60, receiptText(60, field, codePoint).da, field))
}
