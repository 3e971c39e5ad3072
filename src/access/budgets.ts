/**
 * How often a person code and a network address may call, kept in the memory of one process: an
 * instant for each, by which what it has called would be worked off (GCRA). Knows no route.
 */

import { type Budget, budgets } from '#access/declaration.ts'
import { hashToken } from '#access/token.ts'
import { networkOf } from '#base/network.ts'

export type BudgetSettings = {
  /** Multiplies every row of the table, for an installation that is larger or smaller. */
  readonly scale: number
  /** Among how many processes the calls are spread; each grants its share. */
  readonly processes: number
}

/** A minute's worth may come at once; after that, as much as the row has in a minute. */
const burstMs = 60_000
const minuteMs = 60_000
/** What is worked off is forgotten; this often is looked, and whenever there are so many. */
const sweepEveryMs = 10_000
const entriesMax = 200_000
const tokensMax = 50_000

export type Caller = {
  readonly source?: string
  readonly code?: string | undefined
}

export class Budgets {
  readonly #settings: BudgetSettings
  readonly #now: () => number
  readonly #until = new Map<string, number>()
  readonly #codes = new Map<string, string>()
  #sweptAt = 0

  /** `now` counts milliseconds and never goes back. */
  constructor(settings: BudgetSettings, now: () => number) {
    this.#settings = settings
    this.#now = now
  }

  /**
   * Takes one call from every budget that it falls under, or from none: then gives how many
   * milliseconds to wait. So a call that is refused costs its caller nothing, and nobody else.
   */
  spend(budget: Budget, { source, code }: Caller): number {
    const now = this.#now()
    this.#sweep(now)
    const { perCode, perSource } = budgets[budget]
    const charges = [
      ...(source === undefined
        ? []
        : [this.#charge(`${budget} ${networkOf(source)}`, perSource, now)]),
      ...(code === undefined ? [] : [this.#charge(`${budget} ${code}`, perCode, now)]),
    ]
    const waitMs = Math.max(0, ...charges.map(({ until }) => until - now - burstMs))
    if (waitMs === 0) for (const { key, until } of charges) this.#until.set(key, until)
    return waitMs
  }

  /** Whether the next call of that address would have to wait; takes nothing. */
  isSpent(budget: Budget, source: string): boolean {
    const now = this.#now()
    const { until } = this.#charge(`${budget} ${networkOf(source)}`, budgets[budget].perSource, now)
    return until - now > burstMs
  }

  /**
   * Whose token it is, once it was seen to open something from there. Elsewhere it opens nothing,
   * and whoever found one spends the budget of nobody.
   */
  codeOf(token: string | undefined, source: string): string | undefined {
    return token === undefined ? undefined : this.#codes.get(nameOf(token, source))
  }

  learn(token: string | undefined, source: string, code: string): void {
    if (token === undefined) return
    const name = nameOf(token, source)
    if (this.#codes.has(name)) return
    const [oldest] = this.#codes.keys()
    if (this.#codes.size >= tokensMax && oldest !== undefined) this.#codes.delete(oldest)
    this.#codes.set(name, code)
  }

  #charge(key: string, perMinute: number, now: number) {
    const { scale, processes } = this.#settings
    const share = (perMinute * scale) / processes
    return { key, until: Math.max(this.#until.get(key) ?? 0, now) + minuteMs / share }
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepEveryMs && this.#until.size < entriesMax) return
    this.#sweptAt = now
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key)
    // Only a flood from countless networks comes here; it loses its own bounds, not the memory.
    if (this.#until.size >= entriesMax) this.#until.clear()
  }
}

function nameOf(token: string, source: string): string {
  return `${hashToken(token).toString('latin1')} ${source}`
}
