/** Lets a caller in to what needs a right and no incident. Knows no door. */

import type { Right } from '#access/rights.ts'
import type { Caller } from '#access/security-groups.ts'
import { danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import type { House } from '#casework/house.ts'
import type { Asker } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act } from '#evidence/audit.ts'
import { noQuestion } from '#incident/situation.ts'

export type TurnedAway = Extract<Answer, { kind: 'denied' | 'not-signed-on' }>

/** The caller, where the table of rights gives it the right; a denial is on record already. */
export async function admitTo(
  house: House,
  asker: Asker,
  act: Act,
  right: Right,
): Promise<{ readonly kind: 'admitted'; readonly caller: Caller } | TurnedAway> {
  const at = house.clock()
  const inquiry = { asker, at, today: danishDate(at), question: noQuestion, authorities: [] }
  const findings = await house.store.inquire(inquiry)
  const audit = auditor(house, { act, at, asker })
  const admitted = await admitCaller(house, audit, findings, right, undefined)
  return admitted.kind === 'admitted' ? admitted : turnedAway(admitted)
}

/** No other answer comes out of the common check, which has no incident before it. */
export function turnedAway(answer: Answer): TurnedAway {
  if (answer.kind === 'denied' || answer.kind === 'not-signed-on') return answer
  throw new Error(`Cannot turn away with ${answer.kind}`)
}
