/**
 * How often something may be done by somebody, kept in the memory of one process: an instant for
 * each, by which what was done would be worked off (GCRA). Knows neither who nor what.
 */

export type PaceSettings = {
  /** Multiplies every bound, for an installation that is larger or smaller. */
  readonly scale: number
  /** Among how many processes the calls are spread; each grants its share. */
  readonly processes: number
}

/** What a call is counted under, and how many of its kind there may be in a minute. */
export type Charge = { readonly key: string; readonly perMinute: number }

/** A minute's worth may come at once; after that, as much as the bound says for a minute. */
const burstMs = 60_000
const minuteMs = 60_000
/** What is worked off is forgotten; this often is looked, and whenever there are so many. */
const sweepEveryMs = 10_000
const entriesMax = 200_000

export class Pace {
  readonly #settings: PaceSettings
  readonly #now: () => number
  readonly #until = new Map<string, number>()
  #sweptAt = 0

  /** `now` counts milliseconds and never goes back. */
  constructor(settings: PaceSettings, now: () => number) {
    this.#settings = settings
    this.#now = now
  }

  /**
   * Takes one call from everything that it counts under, or from nothing: then gives how many
   * milliseconds to wait. So a call that is refused costs its caller nothing, and nobody else.
   */
  spend(charges: readonly Charge[]): number {
    const now = this.#now()
    this.#sweep(now)
    const ends = charges.map((charge) => ({ key: charge.key, until: this.#endOf(charge, now) }))
    const waitMs = Math.max(0, ...ends.map(({ until }) => until - now - burstMs))
    if (waitMs === 0) for (const { key, until } of ends) this.#until.set(key, until)
    return waitMs
  }

  /** Whether the next call of that kind would have to wait; takes nothing. */
  isSpent(charge: Charge): boolean {
    const now = this.#now()
    return this.#endOf(charge, now) - now > burstMs
  }

  #endOf({ key, perMinute }: Charge, now: number): number {
    const { scale, processes } = this.#settings
    const share = (perMinute * scale) / processes
    return Math.max(this.#until.get(key) ?? 0, now) + minuteMs / share
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepEveryMs && this.#until.size < entriesMax) return
    this.#sweptAt = now
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key)
    // Only a flood from countless networks comes here; it loses its own bounds, not the memory.
    if (this.#until.size >= entriesMax) this.#until.clear()
  }
}
