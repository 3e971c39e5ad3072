/**
 * How much a suite of attacks throws: a share on every run, all of it before a release. What is
 * left out rotates by place, so that every input is still thrown somewhere. Knows no input.
 */

/** `TEST_SIZE=whole` throws everything (CONTRIBUTING). */
export const isWhole = process.env['TEST_SIZE'] === 'whole'

export function sized(daily: number, whole: number): number {
  return isWhole ? whole : daily
}

/** One in so many, from another place for each `turn`; everything when all is thrown. */
export function shareOf<Item>(all: readonly Item[], oneIn: number, turn: number): readonly Item[] {
  return isWhole ? all : all.filter((_, nth) => (nth + turn) % oneIn === 0)
}
