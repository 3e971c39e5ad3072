/** The traits of a saved case as it stands at a moment, from what was found about it. Pure. */

import { present } from '#base/assert.ts'
import { type HearingRecord, hearingState } from '#casework/hearings.ts'
import type { Ground } from '#casework/step.ts'
import type { Heard, TraitValues } from '#incident/traits.ts'

/** `refusals` is how many rules refuse it at that moment. */
export function traitsAt(
  { record, standing, findings }: Pick<Ground, 'record' | 'standing' | 'findings'>,
  refusals: number,
): TraitValues {
  const { type, situation } = standing
  const reading = present(record.reading, 'the data of a saved incident')
  const marks = type.marks(reading, situation)
  return type.traitsOf(reading, {
    situation,
    marks,
    heard: findings.hearings.filter(isAboutThis).map(heardOf),
    refusals,
  })
}

/** What was asked about another report than this, or before a decision was undone, says nothing. */
function isAboutThis({ note }: HearingRecord): boolean {
  return note !== 'amended' && note !== 'decided'
}

function heardOf(hearing: HearingRecord): Heard {
  const { kind, answer, fromDate } = hearing
  return { kind, state: hearingState(hearing), answer, fromDate }
}
