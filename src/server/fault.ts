/**
 * An error as the log may have it: what went wrong and where, and nothing that was being worked on.
 * The driver's errors carry whole rows (`detail`, `where`), so that only named parts go through.
 */

import { codeOf } from '#store/outages.ts'

/** Ten digits with or without a hyphen: a civil registration number, as far as anybody can tell. */
const numbers = /\b\d{6}-?\d{4}\b/g
const stackLinesMax = 12

export type Fault = {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly stack: readonly string[]
  readonly cause?: Fault
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: [] }
  const code = codeOf(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: error.message.split('\n', 1)[0]?.replace(numbers, '…') ?? '',
    ...(code !== undefined && { code }),
    stack: frames.slice(0, stackLinesMax).map((line) => line.trim()),
    ...(error.cause instanceof Error && { cause: faultOf(error.cause) }),
  }
}
