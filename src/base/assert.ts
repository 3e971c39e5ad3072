/** The one way to say that something must be true; a broken assertion is a bug, never a refusal. */

import { AssertionError } from 'node:assert'

/** Throws when `condition` is false: a programmer's mistake, not something a user can mend. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError({ message, stackStartFn: assert })
}

/** Whether something went on that cannot be: the program is not what its makers think it is. */
export function isBrokenInvariant(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isBrokenInvariant)
  return (
    error instanceof AssertionError || (error instanceof Error && isBrokenInvariant(error.cause))
  )
}

/** The value, or a thrown bug when there is none. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`)
  return value
}
