/**
 * Views of the queue that a case worker named, kept at the CPR server under the person code: they
 * are there in every browser, and in none for anybody else. A view holds filters and order; words
 * that were searched for are never kept.
 */

import type { JsonClient, Problem } from '#client/index.ts'
import { queryOf, readView, type View } from '#desk/view.ts'
import type { Seal } from '#web/seal.ts'

export type SavedView = { readonly name: string; readonly view: View }

/** Of one person code. */
export type SavedViews = {
  /** None where there are none; a problem where the server does not say. */
  readonly list: () => Promise<readonly SavedView[] | Problem>
  /** Makes of those that are there now the ones to keep. */
  readonly change: (
    make: (saved: readonly SavedView[]) => readonly SavedView[],
  ) => Promise<Problem | undefined>
}

export const nameMax = 40
export const savedMax = 20
const kind = 'saved-views'

export function openSavedViews(
  { deposits }: Pick<JsonClient, 'deposits'>,
  seal: Seal,
  personCode: string,
): SavedViews {
  const place = `${kind} ${personCode}`
  const key = seal.nameOf(personCode, kind)
  const read = async () => {
    const kept = await deposits.get(kind, key)
    if (kept.ok) {
      return { version: kept.value.version, views: readViews(seal.open(kept.value.content, place)) }
    }
    return kept.problem.status === 404 ? { version: 0, views: [] } : kept.problem
  }
  return {
    list: async () => {
      const kept = await read()
      return 'views' in kept ? kept.views : kept
    },
    change: async (make) => {
      const kept = await read()
      if (!('views' in kept)) return kept
      const content = seal.close(writeViews(make(kept.views).slice(-savedMax)), place)
      // Of two windows at once one is told that it was not done.
      const put = await deposits.put(kind, key, { content, concerns: [], replaces: kept.version })
      return put.ok ? undefined : put.problem
    },
  }
}

export function writeViews(views: readonly SavedView[]): string {
  const pairs = views.map(({ name, view }): [string, string] => [name, textOf(view)])
  return new URLSearchParams(pairs).toString()
}

/** What is a view of ours; of anything else, none. */
export function readViews(kept: unknown): readonly SavedView[] {
  if (typeof kept !== 'string') return []
  return [...new URLSearchParams(kept)].slice(0, savedMax).flatMap(([name, query]) => {
    const view = viewIn(query)
    return isName(name) && !isPlain(view) ? [{ name, view }] : []
  })
}

export function isName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= nameMax
}

/** It is the queue as it is without a view. */
export function isPlain(view: View): boolean {
  return textOf(view) === ''
}

/** Without the words that were searched for. */
export function viewIn(query: string): View {
  const pairs = new URLSearchParams(query)
  const { text: _, ...view } = readView((name) => pairs.get(name) ?? '')
  return view
}

/** As it stands in a URL; views that show the same have the same. */
export function textOf(view: View): string {
  const given = Object.entries(queryOf(view)).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  return new URLSearchParams(given).toString()
}
