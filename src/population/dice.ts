/** Chance that repeats: the same seed and purpose give the same throws. Knows nothing else. */

import { assert } from '#base/assert.ts'

export type Dice = {
  /** From 0 up to and without 1. */
  readonly next: () => number
  /** A whole number from 0 up to and without `count`. */
  readonly below: (count: number) => number
  /** A whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  /** One of the values, each as likely as its weight says. */
  readonly weigh: <T>(from: readonly { readonly value: T; readonly weight: number }[]) => T
}

/** Dice for one purpose, so that throwing more often for one does not change another. */
export function diceOf(seed: number, purpose: string): Dice {
  const next = generator(seed, purpose)
  const below = (count: number) => Math.floor(next() * count)
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)]
    assert(picked !== undefined, 'nothing to pick from')
    return picked
  }
  const weigh = <T>(from: readonly { readonly value: T; readonly weight: number }[]): T => {
    let left = next() * from.reduce((sum, { weight }) => sum + weight, 0)
    const found = from.find(({ weight }) => {
      left -= weight
      return left < 0
    })
    const chosen = found ?? from.at(-1)
    assert(chosen !== undefined, 'nothing to weigh')
    return chosen.value
  }
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick,
    weigh,
  }
}

/** Small fast counter generator of 128 bits (sfc32 by Chris Doty-Humphrey, public domain). */
function generator(seed: number, purpose: string): () => number {
  let a = 0x9e3779b9
  let b = seed | 0
  let c = hash(purpose)
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warm = 0; warm < 15; warm += 1) next()
  return next
}

/** FNV-1a over the code units. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return value | 0
}
