/**
 * The throttle of sign-on by network address (A14): whoever tries many person codes from one
 * address, or one network of IPv6, is told to wait, before anything is compared. Knows no person
 * code.
 */

import { type Row, type Statement, statement } from '#store/pool.ts'

export type Throttle = {
  /** Wrong passwords from one address within the window; beyond it nothing is evaluated. */
  readonly missesMax: number
  readonly windowMs: number
}

/** Many for a person who mistypes, few for a list of leaked passwords: 4,800 a day (inferred). */
export const usualThrottle: Throttle = { missesMax: 50, windowMs: 15 * 60_000 }

/** Nothing was evaluated or counted; the same may be tried again then. */
export type Throttled = { readonly kind: 'throttled'; readonly until: Date }

/** A CTE with a row while the address is throttled; takes `$5` and `$6`, see `throttleValues`. */
export function throttledSql(source: string): string {
  return `throttled as (
  select since from source_miss
  where source = ${source} and misses >= $5
    and since > $2::timestamptz - $6::integer * interval '1 ms'
)`
}

export function throttleValues({ missesMax, windowMs }: Throttle): readonly [number, number] {
  return [missesMax, windowMs]
}

export function findThrottledUntil(row: Row, { windowMs }: Throttle): Date | undefined {
  const since = row['throttled_since']
  return since instanceof Date ? new Date(since.valueOf() + windowMs) : undefined
}

/** A CTE that counts one wrong password; a window begins with the first of them. */
export function sourceMissSql(source: string, at: string, windowMs: string): string {
  const isOver = `source_miss.since <= ${at}::timestamptz - ${windowMs}::integer * interval '1 ms'`
  return `sourced as (
    insert into source_miss (source, since, misses) values (${source}, ${at}, 1)
    on conflict (source) do update set
      misses = case when ${isOver} then 1 else source_miss.misses + 1 end,
      since = case when ${isOver} then excluded.since else source_miss.since end
  )`
}

/** Forgets windows that were over a day ago. */
export const sweepSourceMisses: Statement = statement(
  'source-miss-sweep',
  'delete from source_miss where since < $1',
)
