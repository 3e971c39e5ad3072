/**
 * How much a hostile input costs, measured so that a busy machine cannot make it look worse: in
 * processor time of this thread where it is about work, and as the best of some tries where it is
 * about waiting. Knows no input.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Whoever else uses the processor, one of so many tries is left alone. */
const triesMax = 20

/** The least of some measurements; stops at the first within the bound. */
export async function leastOf(
  bound: number,
  measure: () => Promise<number> | number,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < triesMax && least >= bound; tries += 1) {
    least = Math.min(least, await measure())
  }
  return least
}

/** Milliseconds of processor time that the work takes in this thread. */
export function processorMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** The longest time for which the event loop was not free while the work went on. */
export async function loopDelayMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  // It counts from its first beat on.
  await wait(20)
  await work()
  // The last block is seen by the timer after it.
  await wait(20)
  delay.disable()
  return delay.max / 1e6
}

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** What is still held after everything that is not has been collected. */
function heldBytes(): number {
  if (typeof collect !== 'function') throw new Error('Cannot measure memory: no gc')
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** By how many bytes memory has grown for good through the work. */
export async function growthBytes(work: () => Promise<unknown>): Promise<number> {
  const before = heldBytes()
  await work()
  await wait(50)
  return heldBytes() - before
}
