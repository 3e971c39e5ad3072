/** One call of the JSON door: JSON there and back, a value or a problem. Knows no path. */

import { Unavailable } from '#base/outage.ts'
import { readBody, readProblem } from '#client/json-problem.ts'
import type { Result } from '#client/result.ts'
import { type Exchanged, exchange, type Reach, type Sent } from '#client/transport.ts'

export type JsonCall = {
  readonly method: Sent['method']
  readonly path: string
  readonly body?: object | undefined
  /** Left out by calls that need no sign-on, and by the sign-on itself. */
  readonly token?: string | undefined
}

export async function sendJson<Value>(
  reach: Reach,
  { method, path, body, token }: JsonCall,
): Promise<Result<Value>> {
  const got = await exchange(reach, `/api/v1${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (got.status >= 400) return { ok: false, problem: readProblem(got) }
  // The contract is the server's own word for what this call answers.
  return { ok: true, value: bodyOf(got) as Value }
}

function bodyOf({ status, contentType, bytes }: Exchanged): unknown {
  if (status === 204) return undefined
  const body = contentType.startsWith('application/json') ? readBody(bytes) : undefined
  if (body !== undefined) return body
  const message = `no JSON, but HTTP ${status} with ${contentType || 'no type'}`
  throw new Unavailable(message, { outcome: 'unknown' })
}
