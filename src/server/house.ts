/** Wires the house that casework stands on: the stores on a pool, a clock, chance. */

import { createHash } from 'node:crypto'
import { firstWall } from '#casework/first-wall.ts'
import { type House, type Limits, usualLimits } from '#casework/house.ts'
import { Misses, type OnMisses } from '#casework/misses.ts'
import type { CaseworkStore } from '#casework/ports.ts'
import { type OnSpent, Trials } from '#casework/trials.ts'
import { tsSequence } from '#casework/ts.ts'
import type { AuditRow } from '#evidence/audit.ts'
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
  { onSpent, onMisses }: Alarms = {},
): House {
  const misses = new Misses(limits.missesPerHourMax, onMisses)
  return {
    firstWall,
    store: countingMisses(openCaseworkStore(pool, random), misses),
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

/** Who is told of what a person code seems to be after. */
export type Alarms = { readonly onSpent?: OnSpent; readonly onMisses?: OnMisses }

/** Every number of nobody that was asked for is on record (AUD-4): there it is counted. */
function countingMisses(store: CaseworkStore, misses: Misses): CaseworkStore {
  const count = ({ receipt, actor, at }: AuditRow) => {
    if (receipt === ofNobody && actor !== undefined) misses.note(actor, at)
  }
  return {
    ...store,
    note: async (row) => {
      await store.note(row)
      count(row)
    },
    // A report that names somebody who is nobody, as a companion, is refused with its row written.
    step: async (record, row, also) => {
      const written = await store.step(record, row, also)
      if (written === 'written') count(row)
      return written
    },
  }
}

const ofNobody = 172
