/**
 * An error as the log may have it: what went wrong and where, and nothing that was being worked on.
 * PostgreSQL's errors quote values in their text and carry whole rows (`detail`, `where`), so that
 * of them only names go through.
 */

import { codeOf } from '#store/outages.ts'

/** Ten digits with or without a hyphen: a civil registration number, as far as anybody can tell. */
const numbers = /\b\d{6}-?\d{4}\b/g
const stackLinesMax = 12

export type Fault = {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly table?: string
  readonly constraint?: string
  readonly stack: readonly string[]
  readonly cause?: Fault
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: [] }
  const code = codeOf(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: isOfDatabase(code) ? 'refused by PostgreSQL' : firstLine(error.message),
    ...(code !== undefined && { code }),
    ...nameIn(error, 'table'),
    ...nameIn(error, 'constraint'),
    stack: frames.slice(0, stackLinesMax).map((line) => line.trim()),
    ...(error.cause instanceof Error && { cause: faultOf(error.cause) }),
  }
}

/** SQLSTATE has five signs; the names of system errors begin with E and are longer. */
function isOfDatabase(code: string | undefined): boolean {
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(numbers, '…') ?? ''
}

function nameIn(error: Error, name: 'table' | 'constraint') {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? { [name]: value } : {}
}
