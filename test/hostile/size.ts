/**
 * How much a suite of attacks throws: a share on every run, all of it before a release. A
 * share is dealt out over the places, so that every input is thrown somewhere. Knows no input.
 */

/** `TEST_SIZE=whole` throws everything (CONTRIBUTING). */
export const isWhole = process.env['TEST_SIZE'] === 'whole'

export function sized(daily: number, whole: number): number {
  return isWhole ? whole : daily
}

/** What is dealt out moves on by a place each day; `TEST_DAY` repeats the day of a failure. */
export const day = Number(process.env['TEST_DAY'] ?? Math.floor(Date.now() / 86_400_000))
export const dealt = isWhole ? 'all of it' : `TEST_DAY=${day}`

/**
 * One in so many, others for each `turn` and each day; everything when all is thrown. Over at least
 * as many turns as shares each is thrown somewhere, which whoever deals has to assert.
 */
export function shareOf<Item>(all: readonly Item[], oneIn: number, turn: number): readonly Item[] {
  return isWhole ? all : all.filter((_, nth) => (nth + turn + day) % oneIn === 0)
}
