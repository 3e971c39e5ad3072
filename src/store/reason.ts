/** For what somebody's data were used, in rows of evidence and of reviews. */

import { type Reason, readGiven } from '#incident/reasons.ts'
import type { Row } from '#store/pool.ts'

/** Of the evidence `a`: a search is a program's by itself, whatever is asked by a client says so. */
export const givenSql = `case a.act when 'search' then 'stamp' else a.detail->>'given' end`

export function readReason({ purpose, given }: Row): Reason {
  return { purpose: String(purpose), given: readGiven(given) }
}
