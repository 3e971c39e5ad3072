/** What a type of incident marks a case with, for whoever decides it. */

import type { Text } from '#base/text.ts'

/** Something the case worker must see: why this is not a plain case. */
export type CaseMark = { readonly code: string; readonly text: Text }
