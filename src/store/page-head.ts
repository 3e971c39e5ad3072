/** What every page of answers begins with: who asks, and the authority that is judged with it. */

import type { Asker, Findings } from '#casework/ports.ts'
import { readCaller } from '#store/caller.ts'
import type { Row } from '#store/pool.ts'

/** Two columns; the statement has the part `caller`. */
export const pageHead = `(select row_to_json(caller) from caller) as caller,
  (select json_build_object('code', y.code, 'name', y.name, 'type', y.type)
    from authority y join caller on caller.authority = y.code) as authority`

type Named = { readonly code: string; readonly name: string; readonly type: string }
export type PageHeadRow = { readonly caller?: Row | null; readonly authority?: Named | null }

export function readPageHead(
  { caller, authority }: PageHeadRow,
  asker: Asker,
): Pick<Findings, 'caller' | 'authorities'> {
  return {
    caller: caller ? readCaller(caller, asker) : undefined,
    authorities: new Map(authority ? [[authority.code, authority]] : []),
  }
}
