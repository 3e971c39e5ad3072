/** What casework stands on: stores, a clock, chance, limits. Implemented and set higher up. */

import { timeLimits } from '#access/time-limits.ts'
import type { Random } from '#base/ids.ts'
import type { DeliveryPort } from '#casework/delivery.ts'
import type { FirstWall } from '#casework/first-wall.ts'
import type { PolicyStore } from '#casework/policy-ports.ts'
import type { CaseworkStore } from '#casework/ports.ts'
import type { Trials } from '#casework/trials.ts'
import type { Seal } from '#evidence/seal.ts'

export type Limits = {
  readonly conversationMinutes: number
  /** Conversations about one person, and what waits about them. */
  readonly openPerPersonMax: number
  readonly pendingPerPersonMax: number
  /** The same of one person code. Large: a provider serves a whole country with one. */
  readonly openPerCodeMax: number
  readonly pendingPerCodeMax: number
  /** What one person code may try in a day about one protected person; a refusal costs four. */
  readonly trialsPerPersonMax: number
  /** From so many numbers of nobody on, asked for by one person code, somebody is told. */
  readonly missesPerHourMax: number
}

/** For one who has not said otherwise. */
export const usualLimits: Limits = {
  conversationMinutes: timeLimits['unsaved-report'].span.amount,
  openPerPersonMax: 20,
  pendingPerPersonMax: 20,
  openPerCodeMax: 20_000,
  pendingPerCodeMax: 200_000,
  trialsPerPersonMax: 40,
  missesPerHourMax: 50,
}

/** What casework stands on. */
export type House = {
  /** Whose it is; the store has a wall of its own behind it. */
  readonly firstWall: FirstWall
  readonly store: CaseworkStore
  readonly policies: PolicyStore
  readonly clock: () => Date
  readonly random: Random
  /** SHA-256 of a text, as hexadecimal digits. */
  readonly hash: (text: string) => string
  /** The next identifier of a conversation, 20 digits. */
  readonly nextTs: (at: Date) => string
  readonly rulesVersion: string
  readonly limits: Limits
  /** Where letters are delivered; left out where somebody else sends them. */
  readonly deliver?: DeliveryPort | undefined
  /** Told of each seal of the evidence, to keep it where who owns the database does not reach. */
  readonly onSealed?: ((seal: Seal) => void) | undefined
  readonly trials: Trials
}
