/** What we promise of the figures, and whether a run kept it. */

import { seriesTexts } from '#test/bench/print.ts'
import type { Result } from '#test/bench/result.ts'

export type Bar = { readonly text: string; readonly found: string; readonly kept: boolean }

const ratioMin = 0.5
const memoryMaxMb = 250
const roundTripsMax = 2
const secondStartMax = 10
/** A single client waits for each answer in turn: that measures a wait, not the work. */
const clientsMin = 8

export function barsOf(result: Result): readonly Bar[] {
  const ratios = result.levels
    .filter(({ clients }) => clients >= clientsMin)
    .flatMap(({ clients, series }) =>
      (['json', 'gctp'] as const).map((door) => ({
        text: `${seriesTexts[door]} at ${clients} clients: at least ${ratioMin} of the statements alone`,
        found: series[door].ratio.median.toFixed(2),
        kept: series[door].ratio.median >= ratioMin,
      })),
    )
  const trips = Math.max(...Object.values(result.roundTrips))
  const { peakMemoryMb: memory, sandboxSeconds: starts } = result
  return [
    ...ratios,
    {
      text: `Round trips to PostgreSQL per step: at most ${roundTripsMax}`,
      found: String(trips),
      kept: trips <= roundTripsMax,
    },
    ...(memory === undefined
      ? []
      : [
          {
            text: `Memory of the server at its peak: under ${memoryMaxMb} MB`,
            found: `${memory.toFixed(0)} MB`,
            kept: memory < memoryMaxMb,
          },
        ]),
    ...(starts === undefined
      ? []
      : [
          {
            text: `Second start of the sandbox on its data: under ${secondStartMax} s`,
            found: `${starts.second.toFixed(1)} s`,
            kept: starts.second < secondStartMax,
          },
        ]),
  ]
}
