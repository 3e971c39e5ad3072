/**
 * How a program ends on a signal: it says that it is not ready, so that whoever shares out the
 * calls goes to another one, finishes what is under way, and gives up after a while.
 */

import { setTimeout as pause } from 'node:timers/promises'

export type Stopping = {
  /** Aborted when it is announced that the program stops, while it still takes requests. */
  readonly announced: AbortSignal
  /** From now on SIGINT and SIGTERM end the process, once `stop` has finished what is under way. */
  readonly onSignal: (stop: () => Promise<void>) => void
}

/** The longest that a request may take to arrive is 30 s (`http/listener.ts`); most take far less. */
const stopMaxMs = 30_000
const signals = ['SIGINT', 'SIGTERM'] as const

export function openStopping(
  { delaySeconds, maxMs = stopMaxMs }: { readonly delaySeconds: number; readonly maxMs?: number },
  say: (line: string) => void,
): Stopping {
  const announcing = new AbortController()
  const end = async (signal: string, stop: () => Promise<void>) => {
    announcing.abort()
    const wait = delaySeconds > 0 ? `in ${delaySeconds} s, ` : ''
    say(`stopping (${signal}): ${wait}once what is under way is finished`)
    await pause(delaySeconds * 1_000)
    const stopped = stop().then(() => 'stopped' as const)
    const end = await Promise.race([stopped, pause(maxMs, 'late' as const, { ref: false })])
    if (end === 'late') throw new Error(`some requests were not finished in ${maxMs / 1_000} s`)
  }
  const onSignal = (stop: () => Promise<void>) => {
    const first = (signal: NodeJS.Signals) => {
      // Nobody listens any more: a second one, of either kind, ends the process at once.
      for (const each of signals) process.off(each, first)
      end(signal, stop).then(
        () => process.exit(0),
        (error: unknown) => {
          say(`did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`)
          process.exit(1)
        },
      )
    }
    for (const each of signals) process.on(each, first)
  }
  return { announced: announcing.signal, onSignal }
}
