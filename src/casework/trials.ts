/**
 * How often a person code may try what is answered by data of a protected person: whether they live
 * there, in that municipality, with that person. Counted in the memory of one process (decision
 * 0028), by person code and person, for a day. Pure but for its count; the instant is handed in.
 */

import { seesProtected } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import { isProtected, type Person } from '#register/person.ts'

/** A step that goes through tells little, a refusal tells what it refuses. */
const cost = { passed: 1, refused: 4 } as const
const windowMs = 24 * 3_600_000
const entriesMax = 100_000

/** What became of a step that was counted; to be said once. */
export type Trial = { readonly settle: (wasRefused: boolean) => void }

/** Told of each step that is turned away, and whether it is the first of that day. */
export type OnSpent = (personCode: string, isFirst: boolean) => void

type Entry = { readonly since: number; spent: number; isTold: boolean }

const free: Trial = { settle: () => {} }

export class Trials {
  readonly #max: number
  readonly #onSpent: OnSpent
  readonly #entries = new Map<string, Entry>()

  constructor(max: number, onSpent: OnSpent = () => {}) {
    this.#max = max
    this.#onSpent = onSpent
  }

  /**
   * Takes the price of a refusal from every budget at once, or nothing: steps at the same time
   * cannot slip past. Whoever sees protected data has nothing to try.
   */
  begin(caller: Caller, persons: readonly Person[], at: Date): Trial | 'spent' {
    if (seesProtected(caller)) return free
    const kept = [...new Set(persons.filter(isProtected).map(({ pnr }) => pnr))]
    const entries = kept.map((pnr) => this.#entryOf(`${caller.personCode} ${pnr}`, at.valueOf()))
    const full = entries.filter(({ spent }) => spent + cost.refused > this.#max)
    if (full.length > 0) {
      this.#onSpent(
        caller.personCode,
        full.some(({ isTold }) => !isTold),
      )
      for (const entry of full) entry.isTold = true
      return 'spent'
    }
    for (const entry of entries) entry.spent += cost.refused
    return {
      settle: (wasRefused) => {
        if (wasRefused) return
        for (const entry of entries) entry.spent -= cost.refused - cost.passed
      },
    }
  }

  #entryOf(key: string, now: number): Entry {
    const known = this.#entries.get(key)
    if (known && now - known.since < windowMs) return known
    this.#makeRoom(now)
    const entry = { since: now, spent: 0, isTold: false }
    // Behind the others, so that they stay in the order of their age.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  #makeRoom(now: number): void {
    for (const [key, { since }] of this.#entries) {
      if (now - since < windowMs && this.#entries.size < entriesMax) return
      this.#entries.delete(key)
    }
  }
}
