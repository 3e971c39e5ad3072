/** What a row of the receipts says; knows no number. */

import type { Text } from '#base/text.ts'
import type { Severity } from '#incident/refusal.ts'

export type Receipt = {
  readonly text: Text
  /** Of the number and its Danish text; the English is always ours. */
  readonly source: 'confirmed' | 'observed' | 'inferred'
  /** An error where nothing is said. */
  readonly severity?: Severity
}
