/**
 * Why somebody's data were used, on a page: a person's words in quotation marks, a program's reason
 * without, so that nobody can type what the register seems to say.
 */

import type { Text } from '#base/text.ts'

type Shown = { readonly purpose?: string | undefined; readonly given?: Text | undefined }

export function sayReason({ purpose = '', given }: Shown): Text {
  return given ?? { da: `»${purpose}«`, en: `“${purpose}”` }
}
