/** Which case a request is about, and the way back to it. */

import { paths } from '#desk/paths.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Shown, Worker } from '#desk/worker.ts'

export function toCase({ language, here }: Worker, id: string, done?: string): Shown {
  const query = { ...queryOf(viewOf({ url: here })), done }
  return { kind: 'go', to: paths.case(language, id, query) }
}

export function idOf({ params }: { readonly params: unknown }): string {
  const given = typeof params === 'object' && params !== null && 'id' in params
  return given ? String(params.id) : ''
}
