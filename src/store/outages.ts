/** Tells the outages among the driver's errors; all others are bugs or answers of a constraint. */

import { type Outcome, Unavailable } from '#base/outage.ts'

/**
 * SQLSTATE classes and codes (PostgreSQL manual, appendix A) after which the same may succeed:
 * connection, resources, operator intervention, system errors, time limits, a standby.
 */
const classes = ['08', '53', '58']
const codes = ['57P01', '57P02', '57P03', '57P05', '57014', '55P03', '25006', '25P03']

/** From the socket, before or instead of an answer of the server. */
const socketCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]

/** The driver has no code for these. */
const driverTexts = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'not queryable',
]

/** SQLSTATE, or the system's name of the error. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function isOutage(error: unknown): boolean {
  if (error instanceof Unavailable) return true
  const code = codeOf(error)
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !socketCodes.includes(code)) {
    return codes.includes(code) || classes.includes(code.slice(0, 2))
  }
  if (code !== undefined && socketCodes.includes(code)) return true
  return error instanceof Error && driverTexts.some((text) => error.message.includes(text))
}

/** The error as this floor throws it: an outage as `Unavailable`, anything else as it came. */
export function translate(error: unknown, outcome: Outcome): unknown {
  if (error instanceof Unavailable || !isOutage(error)) return error
  const code = codeOf(error)
  const why = error instanceof Error ? error.message : String(error)
  return new Unavailable(`the database did not answer: ${why}${code ? ` (${code})` : ''}`, {
    cause: error,
    outcome,
  })
}

/** Serialization failure and deadlock: nothing was written, and the same may be tried again. */
const conflicts = ['40001', '40P01']

/** Whether the transaction lost against another one; it was rolled back as a whole. */
export function isConflict(error: unknown): boolean {
  return conflicts.includes(codeOf(error) ?? '')
}

/** Whether a unique constraint refused it: somebody else was there first. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === '23505'
}
