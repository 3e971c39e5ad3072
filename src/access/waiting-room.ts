/**
 * Where attempts on passwords wait, so that a flood delays its own person code or its own site
 * and nobody else. Knows neither passwords nor what is done by whoever is called.
 */

import { assert } from '#base/assert.ts'

/** The room is full: an outage, not an answer. Nothing was judged; the same may succeed later. */
export type Busy = { readonly kind: 'busy' }
export const busy: Busy = { kind: 'busy' }

/** When to come again: a full room is through by then, at two hashes each and two at a time. */
export const busySeconds = 5

/** By what one is told from others, whether there is such a code or not: it shares with its like. */
export type Arrival = {
  /** As it was claimed; all that have not the shape of a person code are one. */
  readonly code: string
  /** An address, or a whole site of IPv6: who has one has countless networks. */
  readonly site: string
}

export type RoomLimits = {
  /** Of different person codes; more than hash at once, since each also asks the database. */
  readonly atWorkMax: number
  readonly waitingMax: number
}

/** Inferred, as two hashes at a time are. */
export const usualRoom: RoomLimits = { atWorkMax: 8, waitingMax: 256 }

/** So many of those called last are remembered; who has waited for as many comes before the new. */
const rememberedMax = 64

type Waiting = Arrival & { readonly call: (isIn: boolean) => void }

export class WaitingRoom {
  readonly #limits: RoomLimits
  /** In the order of arrival. */
  readonly #waiting = new Set<Waiting>()
  /** One of each code: the right passwords of a busy provider would fill each other's places. */
  readonly #atWork = new Set<string>()
  readonly #lately: Arrival[] = []

  constructor(limits: RoomLimits = usualRoom) {
    assert(limits.atWorkMax > 0, 'a room where nobody is ever called')
    this.#limits = limits
  }

  /** Runs the work once it is called, or says `busy` before any of it began. */
  async enter<T>(arrival: Arrival, work: () => Promise<T>): Promise<T | Busy> {
    if (!(await this.#wait(arrival))) return busy
    try {
      return await work()
    } finally {
      this.#atWork.delete(arrival.code)
      this.#callNext()
    }
  }

  #wait({ code, site }: Arrival): Promise<boolean> {
    return new Promise((call) => {
      this.#waiting.add({ code, site, call })
      this.#callNext()
      if (this.#waiting.size > this.#limits.waitingMax) this.#turnAway()
    })
  }

  #callNext(): void {
    while (this.#atWork.size < this.#limits.atWorkMax) {
      const next = this.#findNext()
      if (!next) return
      this.#atWork.add(next.code)
      this.#lately.push(next)
      if (this.#lately.length > rememberedMax) this.#lately.shift()
      this.#dismiss(next, true)
    }
  }

  /** Whose code and site were called least lately; of equals the one that came first. */
  #findNext(): Waiting | undefined {
    const called = crowdsOf(this.#lately)
    return firstOfLeast(
      [...this.#waiting].filter(({ code }) => !this.#atWork.has(code)),
      called,
    )
  }

  /** The last of the longest line, be it the one who has just come: whoever is alone may stay. */
  #turnAway(): void {
    const lines = crowdsOf(this.#waiting)
    const last = firstOfLeast([...this.#waiting].reverse(), (one) => -lines(one))
    if (last) this.#dismiss(last, false)
  }

  #dismiss(one: Waiting, isIn: boolean): void {
    this.#waiting.delete(one)
    one.call(isIn)
  }
}

/**
 * How many have the same code or the same site, whichever are more; of equals the other count
 * decides, so that of one code's flood whoever is at home elsewhere comes first.
 */
function crowdsOf(arrivals: Iterable<Arrival>): (arrival: Arrival) => number {
  const codes = new Map<string, number>()
  const sites = new Map<string, number>()
  let all = 1
  for (const { code, site } of arrivals) {
    codes.set(code, (codes.get(code) ?? 0) + 1)
    sites.set(site, (sites.get(site) ?? 0) + 1)
    all += 1
  }
  return ({ code, site }) => {
    const counts = [codes.get(code) ?? 0, sites.get(site) ?? 0] as const
    return Math.max(...counts) * all + Math.min(...counts)
  }
}

function firstOfLeast<Item>(items: Iterable<Item>, sizeOf: (item: Item) => number) {
  let found: { readonly item: Item; readonly size: number } | undefined
  for (const item of items) {
    const size = sizeOf(item)
    if (found === undefined || size < found.size) found = { item, size }
  }
  return found?.item
}
