/** What a call of the JSON door gives, and how one is made. */

import type { Sent } from '#client/transport.ts'
import type { Problem } from '#client/types.generated.ts'

/** Why not, as the door says it (RFC 9457), with every refusal in order of precedence. */
export type Failed = { readonly ok: false; readonly problem: Problem }
export type Result<Value> = { readonly ok: true; readonly value: Value } | Failed

/** A call with the token of the session. */
export type Ask = <Value>(
  method: Sent['method'],
  path: string,
  body?: object,
) => Promise<Result<Value>>
