/** Whether two series of times differ more than chance makes them: Welch's t. Pure. */

/** Beyond it a difference is taken as proved (as dudect and TVLA do). */
export const tMax = 4.5

export type Compared = {
  /** Of all samples, and of those below the cut, which a busy machine disturbs less. */
  readonly t: number
  readonly tCut: number
  /** Milliseconds. */
  readonly medians: readonly [number, number]
  readonly samples: readonly [number, number]
}

/** The slowest tenth is what the machine did, not the server; it is judged with and without. */
const kept = 0.9

export function compare(a: readonly number[], b: readonly number[]): Compared {
  const cut = quantileOf([...a, ...b], kept)
  const below = (values: readonly number[]) => values.filter((value) => value <= cut)
  return {
    t: welch(a, b),
    tCut: welch(below(a), below(b)),
    medians: [quantileOf(a, 0.5), quantileOf(b, 0.5)],
    samples: [a.length, b.length],
  }
}

/** The larger of both: what a patient attacker would choose. */
export function worst({ t, tCut }: Compared): number {
  return Math.max(Math.abs(t), Math.abs(tCut))
}

export function welch(a: readonly number[], b: readonly number[]): number {
  const [one, other] = [momentsOf(a), momentsOf(b)]
  const error = Math.sqrt(one.variance / a.length + other.variance / b.length)
  const difference = one.mean - other.mean
  return error === 0
    ? difference === 0
      ? 0
      : Math.sign(difference) * Infinity
    : difference / error
}

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: squares / (values.length - 1) }
}

function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
