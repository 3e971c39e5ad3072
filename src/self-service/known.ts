/** Answers of the JSON door where a refusal would be a fault of this site, not of its user. */

import type { Result } from '#client/index.ts'

/** The value; throws when the door refuses what it never should. */
export function known<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  const { status, receipt, title } = result.problem
  throw new Error(`The JSON door refused: ${status} ${receipt} ${title}`)
}

/** The value; undefined where there is none of that name. */
export function findKnown<Value>(result: Result<Value>): Value | undefined {
  return !result.ok && result.problem.status === 404 ? undefined : known(result)
}

const overtakenNumber = 9076

/** Another version is there than the one that was to be replaced. */
export function isOvertaken(result: Result<unknown>): boolean {
  return !result.ok && result.problem.receipt === overtakenNumber
}

const fullNumber = 9077

/** Of a deposit: as many are kept for the person as may be. */
export function isFull(result: Result<unknown>): boolean {
  return !result.ok && result.problem.receipt === fullNumber
}
