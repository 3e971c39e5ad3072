/** The one thing that is measured: a person's move, in four steps. Knows no door and no database. */

export const steps = ['initiate', 'validate', 'save', 'approve'] as const

/** Milliseconds, in the order of `steps`. */
export type StepTimes = readonly number[]

export type Place = {
  readonly road: string
  readonly house: string
  readonly floor: string
  readonly door: string
}

/** Somebody who moves to another address and back again, as often as it takes. */
export type Mover = {
  readonly pnr: string
  readonly municipality: string
  readonly home: Place
  readonly away: Place
}

export type Move = { readonly pnr: string; readonly municipality: string; readonly to: Place }

/** Hands out moves; each person is out only once, so that incidents share nothing but the tables. */
export class Movers {
  readonly #waiting: { readonly mover: Mover; readonly isAway: boolean }[]

  constructor(movers: readonly Mover[]) {
    this.#waiting = movers.map((mover) => ({ mover, isAway: false }))
  }

  /** Whoever has waited longest; `done` puts the person back, at the other address. */
  take(): { readonly move: Move; readonly done: () => void } {
    const next = this.#waiting.shift()
    if (!next) throw new Error('More clients than persons who can move: raise --persons')
    const { mover, isAway } = next
    const { pnr, municipality, home, away } = mover
    return {
      move: { pnr, municipality, to: isAway ? home : away },
      done: () => void this.#waiting.push({ mover, isAway: !isAway }),
    }
  }
}

/** Gives the time since it was last asked. */
export function stopwatch(): () => number {
  let last = performance.now()
  return () => {
    const now = performance.now()
    const ms = now - last
    last = now
    return ms
  }
}
