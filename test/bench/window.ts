/** A stretch of time in which some clients run incidents one after another. Knows no door. */

import type { Cpu } from '#test/bench/cpu.ts'
import type { StepTimes } from '#test/bench/incident.ts'

export type Window = {
  readonly seconds: number
  /** Of every incident that was begun; all of them were finished. */
  readonly incidents: readonly StepTimes[]
  readonly cpu?: Cpu | undefined
}

/**
 * `begin` starts the next incident of a client, or gives undefined when there is no more to do.
 * The window ends when the last one is answered, so that nothing half-done is counted or lost.
 */
export async function runWindow(
  clients: number,
  begin: (client: number) => Promise<StepTimes> | undefined,
): Promise<Window> {
  const incidents: StepTimes[] = []
  const from = performance.now()
  const runClient = async (client: number) => {
    for (;;) {
      const running = begin(client)
      if (!running) return
      incidents.push(await running)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)))
  return { seconds: (performance.now() - from) / 1000, incidents }
}
