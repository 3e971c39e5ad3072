/**
 * How often something may fail for one network address before it has to wait, in the memory of one
 * process. Knows no route; what goes well costs nothing.
 */

import { networkOf } from '#base/network.ts'

const minuteMs = 60_000
const entriesMax = 10_000

export class Throttle {
  readonly #perMinute: number
  readonly #now: () => number
  /** Until when what has failed is worked off. */
  readonly #until = new Map<string, number>()

  /** `now` counts milliseconds and never goes back. */
  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute
    this.#now = now
  }

  /** How many milliseconds that address has to wait; 0 for not at all. */
  waitMs(address: string): number {
    const until = this.#until.get(networkOf(address)) ?? 0
    return Math.max(0, until - this.#now() - minuteMs)
  }

  failed(address: string): void {
    const now = this.#now()
    const key = networkOf(address)
    const from = Math.max(this.#until.get(key) ?? 0, now)
    this.#until.delete(key)
    this.#until.set(key, from + minuteMs / this.#perMinute)
    // The one that failed longest ago goes: what is kept is bounded, whoever asks.
    const [eldest] = this.#until.keys()
    if (this.#until.size > entriesMax && eldest !== undefined) this.#until.delete(eldest)
  }
}
