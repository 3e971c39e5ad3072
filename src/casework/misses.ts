/**
 * Whoever asks for numbers that belong to nobody, one after the other, is looking for the ones that
 * do (threat A11). Counted in the memory of one process (decision 0026) by person code, within an
 * hour; nothing is refused for it, but somebody is told. Pure but for its count.
 */

/** Told of a person code each time that it has missed so often. */
export type OnMisses = (personCode: string) => void

const windowMs = 3_600_000

export class Misses {
  readonly #max: number
  readonly #onMisses: OnMisses
  /** When each person code missed, the latest last; a code more is somebody who signed on. */
  readonly #missed = new Map<string, number[]>()

  constructor(max: number, onMisses: OnMisses = () => {}) {
    this.#max = max
    this.#onMisses = onMisses
  }

  note(personCode: string, at: Date): void {
    const now = at.valueOf()
    const earlier = this.#missed.get(personCode) ?? []
    const missed = [...earlier.filter((when) => now - when < windowMs), now]
    const isAlarm = missed.length >= this.#max
    this.#missed.set(personCode, isAlarm ? [] : missed)
    if (isAlarm) this.#onMisses(personCode)
  }
}
