/** Refusals as RFC 9457 problems: the one place where they meet HTTP's status numbers. */

import type { Problem } from '#api/contracts.ts'
import { type ReceiptNumber, refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'

export const problemType = 'application/problem+json; charset=utf-8'

/** What went wrong, as far as HTTP can tell it apart. */
export const statuses = {
  malformed: 400,
  'not-signed-on': 401,
  denied: 403,
  unknown: 404,
  'not-allowed': 409,
  'too-large': 413,
  'wrong-media-type': 415,
  refused: 422,
  busy: 429,
  fault: 500,
  outage: 503,
} as const

export type ProblemKind = keyof typeof statuses

type More = Partial<Pick<Problem, 'state' | 'actions' | 'reference'>>

export function problem(kind: ProblemKind, refusals: readonly Refusal[], more: More = {}): Problem {
  const first = refusals.find(({ severity }) => severity === 'error') ?? refusals[0]
  const { number, text } = first ?? refuse(9004)
  return {
    type: `/api/v1/receipts/${number}`,
    title: text.en,
    status: statuses[kind],
    detail: text.da,
    receipt: number,
    refusals: refusals.map(writeRefusal),
    ...more,
  }
}

export function writeRefusal({
  number,
  severity,
  field,
  text,
}: Refusal): Problem['refusals'][number] {
  return { number, severity, ...(field !== undefined && { field }), text }
}

export function simpleProblem(kind: ProblemKind, number: ReceiptNumber, more: More = {}): Problem {
  return problem(kind, [refuse(number, undefined, more.reference ?? '')], more)
}
