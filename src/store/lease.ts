/**
 * Lets one process at a time do a kind of work, and not more often than it is wanted. A lease ends
 * by the clock, so that a process that died holds nothing up. It knows no work.
 */

import { type Random, randomId } from '#base/ids.ts'
import { type Pool, statement } from '#store/pool.ts'

/** Longer than any of the work takes; who is slower than this shares it with another. */
const leaseMs = 10 * 60_000

export type Job = {
  readonly name: string
  /** The least time from one beginning to the next, by the clock that is handed in. */
  readonly everyMs: number
}

export type LeaseMoment = { readonly at: Date; readonly random: Random }

const take = statement(
  'job-take',
  `
insert into job as j (name, holder, leased_until)
values ($1, $2, $4)
on conflict (name) do update set holder = excluded.holder, leased_until = excluded.leased_until
where j.leased_until <= $3 and (j.last_run_at is null or j.last_run_at <= $5)
returning name
`,
)

/** Only what is still held: after a lease that ran out it is somebody else's. */
const giveBack = statement(
  'job-give-back',
  `
update job set leased_until = $3, last_run_at = coalesce($4::timestamptz, last_run_at)
where name = $1 and holder = $2
`,
)

/**
 * Runs the work if nobody else does and its time has come, and gives what came of it; undefined
 * when it was not run here. Work that fails is not counted as run: the next one tries again.
 */
export async function runLeased<Result>(
  pool: Pool,
  { name, everyMs }: Job,
  { at, random }: LeaseMoment,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const holder = randomId(random)
  const until = new Date(at.valueOf() + leaseMs)
  const lastRunMax = new Date(at.valueOf() - everyMs)
  const { count } = await pool.run(take, [name, holder, at, until, lastRunMax])
  if (count === 0) return undefined
  let ranAt: Date | null = null
  try {
    const result = await work()
    ranAt = at
    return { result }
  } finally {
    await pool.run(giveBack, [name, holder, at, ranAt])
  }
}
