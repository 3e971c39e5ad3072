/**
 * How often a person code and a network address may call, in the memory of one process. Knows no
 * route.
 */

import { type Budget, budgets } from '#access/declaration.ts'
import { hashToken } from '#access/token.ts'
import { networkOf, siteOf } from '#base/network.ts'
import { Pace, type PaceSettings } from '#base/pace.ts'

export type BudgetSettings = PaceSettings

const tokensMax = 50_000

/** So many networks of one site of IPv6 may sign on with their whole budget at once (inferred). */
export const networksPerSite = 8

export type Caller = {
  readonly source?: string
  readonly code?: string | undefined
}

export class Budgets {
  readonly #pace: Pace
  readonly #codes = new Map<string, string>()

  /** `now` counts milliseconds and never goes back. */
  constructor(settings: BudgetSettings, now: () => number) {
    this.#pace = new Pace(settings, now)
  }

  /** Takes one call, or gives how many milliseconds to wait: then it costs its caller nothing. */
  spend(budget: Budget, { source, code }: Caller): number {
    return this.#pace.spend([
      ...(source === undefined ? [] : [ofSource(budget, source), ...ofSite(budget, source)]),
      ...(code === undefined
        ? []
        : [{ key: `${budget} ${code}`, perMinute: budgets[budget].perCode }]),
    ])
  }

  /** Whether the next call of that address would have to wait; takes nothing. */
  isSpent(budget: Budget, source: string): boolean {
    return this.#pace.isSpent(ofSource(budget, source))
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
}

function ofSource(budget: Budget, source: string) {
  return { key: `${budget} ${networkOf(source)}`, perMinute: budgets[budget].perSource }
}

/** Each sign-on costs a comparison of passwords; other calls need a token, which is counted too. */
function ofSite(budget: Budget, source: string) {
  const site = siteOf(source)
  if (budget !== 'sign-on' || site === networkOf(source)) return []
  return [{ key: `${budget} ${site}/48`, perMinute: budgets[budget].perSource * networksPerSite }]
}

function nameOf(token: string, source: string): string {
  return `${hashToken(token).toString('latin1')} ${source}`
}
