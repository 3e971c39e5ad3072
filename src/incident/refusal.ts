/** A refusal: one reason why a step was not OK, as a value. Knows no door. */

import type { Text } from '#base/text.ts'

/** An error stops the step. A warning stops it once; the same step sent again passes. */
export type Severity = 'error' | 'warning'

export type Refusal = {
  /** The receipt number, the same in every door. */
  readonly number: number
  readonly severity: Severity
  /** The English name of the key or field that is to blame; undefined when it is none of them. */
  readonly field?: string | undefined
  readonly text: Text
}
