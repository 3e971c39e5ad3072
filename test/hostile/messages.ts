/** Validations over GCTP with any text in them: what our own writer would not write. */

import type { Fields } from '#gctp/message.ts'
import { envelope } from '#test/doors/talk.ts'

export type Conversation = {
  readonly service: string
  readonly mk: string
  readonly ts: string
  readonly key: Fields
}

/** Says each text as XML can: named and numbered references, in UTF-8. */
export function validationWith(
  { service, mk, ts, key }: Conversation,
  data: { readonly [wire: string]: string },
): Buffer {
  const field = (name: string, value: string) => `<Field r="${name}" v="${escaped(value)}"/>`
  const keys = key.map(({ name, value }) => field(name, value ?? '')).join('')
  const fields = Object.entries(data).map(([name, value]) => field(name, value))
  return envelope(
    `<System r="CprAjour"><Service r="${service}"><CprServiceHeader r="${service}" mk="${mk}" ` +
      `a="VALIDER" ts="${ts}" u="v" st="P"><Key>${keys}</Key></CprServiceHeader>` +
      `<CprData u="O"><Rolle r="HovedRolle">${fields.join('')}</Rolle></CprData>` +
      '</Service></System>',
    'UTF-8',
  )
}

function escaped(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.codePointAt(0)};`)
}
