/**
 * How much a hostile input costs, measured so that neither a busy machine nor a slow one can make
 * it look worse: in processor time of this thread where it is about work, held to what a known work
 * takes beside it, and as the best of some tries. Holds every suite
 * of attacks to the same bounds. Knows no input.
 */

import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What each hostile input is held to, and all of a suite together in memory. */
export const answerMaxMs = 1_000
const loopHeldMaxMs = 50
export const growthMaxBytes = 20 * 1024 * 1024

/** Whoever else uses the processor, one of so many tries is left alone. */
const triesMax = 20

/** The least of some measurements; stops at the first within the bound. */
export async function leastOf(
  bound: number,
  measure: () => Promise<number> | number,
  most = triesMax,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < most && least >= bound; tries += 1) {
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

/** The most that this thread worked in one turn of the event loop, while nobody else had one. */
export async function loopHeldMs(work: () => Promise<unknown>): Promise<number> {
  let most = 0
  let isOver = false
  let before = process.threadCpuUsage()
  const turn = () => {
    const { user, system } = process.threadCpuUsage(before)
    most = Math.max(most, (user + system) / 1000)
    before = process.threadCpuUsage()
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  // What came last is seen by the turn after it.
  await wait(0)
  isOver = true
  await new Promise(setImmediate)
  return most
}

const knownText = 'abcdefghij<>&"1234567890'.repeat(40_000)

/** Of the kind that readers do: each sign looked at, parts made, and sorted. */
function knownWork(): number {
  let sum = 0
  for (let at = 0; at < knownText.length; at += 1) sum = (sum * 31 + knownText.charCodeAt(at)) | 0
  return sum + knownText.split('<').sort().length
}

/** What it takes on the machine for which the bars were set: two cores of an EPYC, 2026. */
const knownMs = 8

/** How many times slower this machine is than that one; a quicker one is held to the same bars. */
export async function slowness(): Promise<number> {
  return Math.max(1, (await leastOf(knownMs, () => processorMs(knownWork))) / knownMs)
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

/** How long an answer takes, and how long this thread works on it at most: client and server. */
async function costOf<Reply>(ask: () => Promise<Reply>) {
  const before = process.threadCpuUsage()
  const from = performance.now()
  const reply = await ask()
  const elapsed = performance.now() - from
  const { user, system } = process.threadCpuUsage(before)
  return { reply, elapsed, worked: (user + system) / 1000 }
}

/**
 * Asks, and holds what was asked to the bounds of time. A loop is never held for longer by its own
 * work than the thread has worked in all; only where that is too much is the loop itself looked at.
 */
export async function askedInTime<Reply>(
  what: string,
  ask: () => Promise<Reply>,
  most = triesMax,
): Promise<Reply> {
  const { reply, elapsed, worked } = await costOf(ask)
  if (worked >= loopHeldMaxMs) {
    const heldMaxMs = loopHeldMaxMs * (await slowness())
    const held = await leastOf(heldMaxMs, () => loopHeldMs(ask), most)
    assert.ok(held < heldMaxMs, `${what}: the loop was held for ${held} ms, of ${heldMaxMs}`)
  }
  if (elapsed >= answerMaxMs) {
    const ms = await leastOf(answerMaxMs, () => elapsedMs(ask), most)
    assert.ok(ms < answerMaxMs, `${what}: answered after ${ms} ms`)
  }
  return reply
}

/** Throws it all once for what is kept from then on, and again for what grows each time. */
export async function assertNoGrowth(throwAll: () => Promise<unknown>): Promise<void> {
  await throwAll()
  const grown = await leastOf(growthMaxBytes, () => growthBytes(throwAll))
  assert.ok(grown < growthMaxBytes, `${grown} bytes`)
}
