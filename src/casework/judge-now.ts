/** What the rules say of a saved incident now, some of whose persons may be decided on. Pure. */

import type { Standing } from '#casework/answer.ts'
import { undecidedOf } from '#casework/outcomes.ts'
import type { Refusal } from '#incident/refusal.ts'

/**
 * All rules again; but once it was approved for somebody, that person lives where it says, and the
 * rules about household and address would judge the incident by its own effect. What is left to
 * ask then is whether the others can still be the subject of it.
 */
export function judgeNow(
  { type, record, reading, situation }: Pick<Standing, 'type' | 'record' | 'reading' | 'situation'>,
  chosen: readonly string[] = undecidedOf(record),
): readonly Refusal[] {
  if (!reading) return []
  const isBegun = Object.values(record.outcomes).some(({ decision }) => decision === 'approved')
  if (!isBegun) return type.judge(reading, situation)
  return chosen.flatMap((pnr) => {
    const status = situation.persons.get(pnr)?.status
    const permitted = status === undefined ? 'yes' : type.statuses[status]
    return permitted === 'yes' ? [] : [{ ...permitted, severity: 'error', field: 'persons' }]
  })
}
