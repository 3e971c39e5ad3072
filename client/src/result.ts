/** What a call of the JSON door gives, and how one is made. Knows no path. */

import type { Sent } from '#client/transport.ts'
import type { Problem } from '#client/types.generated.ts'

/** Why not, as the door says it (RFC 9457), with every refusal in order of precedence. */
export type Failed = { readonly ok: false; readonly problem: Problem }
export type Result<Value> = { readonly ok: true; readonly value: Value } | Failed

/** A call, with the token of the session or where none is needed. */
export type Ask = <Value>(
  method: Sent['method'],
  path: string,
  body?: object,
) => Promise<Result<Value>>

/** A call that answers a list; only the list is of interest. */
export async function askItems<Item>(
  ask: Ask,
  method: Sent['method'],
  path: string,
  body?: object,
): Promise<Result<readonly Item[]>> {
  const result = await ask<{ readonly items: readonly Item[] }>(method, path, body)
  return result.ok ? { ok: true, value: result.value.items } : result
}
