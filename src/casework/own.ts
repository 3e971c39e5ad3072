/**
 * What persons ask about themselves through the provider that has signed them on: the check that
 * all such questions share. The caller vouches for the person, and for who asks in their place.
 */

import type { Caller } from '#access/security-groups.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Asker, Findings } from '#casework/ports.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act } from '#evidence/audit.ts'
import { actReasons } from '#incident/reasons.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { classifyNumber, type Pnr, readPnr } from '#register/pnr.ts'

export type OwnOrder = {
  readonly asker: Asker
  /** Who is signed on, or for whom the representative asks; as it was sent. */
  readonly pnr: string
  /** Who asks by a power of attorney, where it is not the person. */
  readonly representative?: string | undefined
}

/** What every page of a person's own answers to, beside what it was asked for. */
export type OwnPage = Pick<Findings, 'caller' | 'authorities'>

export type OwnQuestion = {
  readonly asker: Asker
  readonly at: Date
  /** Undefined for what is no number: then nothing is found. */
  readonly pnr: Pnr | undefined
}

export type Refused = { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

export type Asked<Page> = {
  readonly kind: 'asked'
  readonly at: Date
  readonly pnr: Pnr
  /** Who asks in that person's place. */
  readonly representative: Pnr | undefined
  readonly caller: Caller
  readonly page: Page
  /** Puts on record that it was answered, before it is: whose data, beside the person's own. */
  readonly answered: (persons?: readonly string[], incidentId?: string) => Promise<void>
  readonly refused: (refusal: Refusal) => Promise<void>
}

/** Finds what was asked for, if the caller may ask for it. */
export async function askOwn<Page extends OwnPage>(
  house: House,
  order: OwnOrder & { readonly act: Act },
  find: (question: OwnQuestion) => Promise<Page>,
): Promise<Asked<Page> | Refused | TurnedAway> {
  const at = house.clock()
  const { asker, act } = order
  const pnr = readPnr(order.pnr)
  const representative =
    order.representative === undefined ? undefined : readPnr(order.representative)
  const page = await find({ asker, at, pnr })
  const audit = auditor(house, { act, at, asker })
  const admitted = await admitCaller(house, audit, page, 'insight', undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const refusals = [
    ...(pnr ? [] : [refuseNumber(order.pnr, 'pnr')]),
    ...(order.representative !== undefined && !representative
      ? [refuseNumber(order.representative, 'representative')]
      : []),
  ]
  if (!pnr || refusals.length > 0) {
    const receipt = refusals[0]?.number ?? 0
    await house.store.note(audit({ caller, outcome: 'refused', receipt }))
    return { kind: 'refused', refusals }
  }
  const parties = representative ? [pnr, representative] : [pnr]
  const note = async (
    outcome: 'done' | 'refused',
    receipt: number,
    persons: readonly string[] = [],
    incidentId?: string,
  ) => {
    const all = [...new Set([...parties, ...persons])]
    const row = audit({ caller, outcome, receipt, persons: all })
    // AUD-3: of all the persons, whose page it was, and who acted: else all of them were askers.
    const detail = { whose: pnr, ...(representative && { representative }) }
    await house.store.note({ ...row, purpose: actReasons.insight, incidentId, detail })
  }
  return {
    kind: 'asked',
    ...{ at, pnr, representative, caller, page },
    answered: (persons, incidentId) => note('done', 0, persons, incidentId),
    refused: ({ number }) => note('refused', number),
  }
}

function refuseNumber(sent: string, field: string): Refusal {
  const isNobody = ['replacement', 'unknown'].includes(classifyNumber(sent))
  return refuse(isNobody ? 172 : 52, field)
}
