/** What the benchmark tells its load generator, and what it is told in return. */

import type { Mover } from '#test/bench/incident.ts'
import type { Tokens } from '#test/bench/lanes.ts'
import type { Window } from '#test/bench/window.ts'

/** `statements` sends again what the last `casework` recorded, so that one comes after it. */
export const series = ['casework', 'statements', 'json', 'gctp'] as const
export type Series = (typeof series)[number]

export type Setting = {
  readonly url: string
  readonly databaseUrl: string
  readonly mirrorUrl: string
  readonly connections: number
  readonly tokens: Tokens
  readonly today: string
  /** Those who move through the doors, and those who move without. */
  readonly movers: readonly Mover[]
  readonly rawMovers: readonly Mover[]
}

export type Order = { readonly series: Series; readonly clients: number; readonly seconds: number }
export type Done = Window & { readonly roundTrips?: readonly number[] }
export type Report = Done | { readonly failed: string }
