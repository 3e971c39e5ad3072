/** Repeats a transaction that lost against another one. The work must have no other side effect. */

import { Unavailable } from '#base/outage.ts'
import { codeOf } from '#store/outages.ts'

/** Serialization failure and deadlock: the whole transaction is to be run again. */
const lost = ['40001', '40P01']
const duplicate = '23505'
const firstWaitMs = 8

export type RetryOptions = {
  /** A number from 0 up to 1, for the jitter. */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<unknown>
  /** Also after a duplicate key, for work that looks first and would then find it. */
  readonly onDuplicate?: boolean
}

const attemptsMax = 5

/** Runs `work` up to five times, with a wait that doubles and is spread out by chance. */
export async function withRetry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const code = codeOf(error)
      const conflict = code !== undefined && lost.includes(code)
      const again = conflict || (options.onDuplicate === true && code === duplicate)
      if (!again) throw error
      if (attempt === attemptsMax) {
        if (!conflict) throw error
        const text = `gave up after ${attemptsMax} attempts against concurrent transactions`
        throw new Unavailable(text, { cause: error, outcome: 'nothing-happened' })
      }
      await options.sleep(firstWaitMs * 2 ** (attempt - 1) * (0.5 + options.random()))
    }
  }
}
