/** Answers of the JSON door that are not OK: a problem, or an outage. */

import { Unavailable } from '#base/outage.ts'
import type { Exchanged } from '#client/transport.ts'
import type { Problem } from '#client/types.generated.ts'

/** The problem in an answer; throws `Unavailable` when the server could not rather than would not. */
export function readProblem({ status, contentType, bytes }: Exchanged): Problem {
  const body = contentType.startsWith('application/problem+json') ? readBody(bytes) : undefined
  const problem = isProblem(body) ? body : undefined
  // Too busy to begin, or about to stop; what else is 500 or more leaves the outcome open.
  if (problem && status < 500 && status !== 429) return problem
  const isUntouched = status === 429 || problem?.receipt === stopping
  const outcome = isUntouched ? 'nothing-happened' : 'unknown'
  const said = problem ? `${problem.receipt} ${problem.title}` : 'without a problem document'
  throw new Unavailable(`HTTP ${status}: ${said}`, { cause: problem, outcome })
}

const stopping = 9094

/** The body as JSON; undefined when it is none. */
export function readBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** What the client itself relies on; the rest is the server's contract. */
function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'status' in body &&
    typeof body.status === 'number' &&
    'receipt' in body &&
    typeof body.receipt === 'number' &&
    'refusals' in body &&
    Array.isArray(body.refusals)
  )
}
