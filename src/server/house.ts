/** Wires the house that casework stands on: the stores on a pool, a clock, chance. */

import { createHash } from 'node:crypto'
import { firstWall } from '#casework/first-wall.ts'
import { type House, type Limits, usualLimits } from '#casework/house.ts'
import { type OnSpent, Trials } from '#casework/trials.ts'
import { tsSequence } from '#casework/ts.ts'
import { openCaseworkStore } from '#store/casework.ts'
import { openPolicies } from '#store/policies.ts'
import type { Pool } from '#store/pool.ts'

export function buildHouse(
  pool: Pool,
  {
    clock,
    random,
    rulesVersion,
    deliver,
    onSealed,
  }: Pick<House, 'clock' | 'random' | 'rulesVersion' | 'deliver' | 'onSealed'>,
  limits: Limits = usualLimits,
  onSpent?: OnSpent,
): House {
  return {
    firstWall,
    store: openCaseworkStore(pool, random),
    policies: openPolicies(pool),
    clock,
    random,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    nextTs: tsSequence(),
    rulesVersion,
    limits,
    deliver,
    onSealed,
    trials: new Trials(limits.trialsPerPersonMax, onSpent),
  }
}
