/**
 * The way to the next case of a view that nobody works on and that can be decided; it is claimed
 * when it opens.
 */

import { html, type Part } from '#base/html.ts'
import { keys } from '#desk/keys.ts'
import { paths } from '#desk/paths.ts'
import { queryOf, readView, type View, viewOf } from '#desk/view.ts'
import type { Handler, Worker } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'

export const nextText = { da: 'Næste sag', en: 'Next case' }

/** Words that were searched for go along in the form, never in the URL. */
export function nextForm({ say, language, hasKeys }: Worker, view: View, look?: 'secondary'): Part {
  const go = button({ text: say(nextText), key: hasKeys && keys.next, ...(look && { look }) })
  const words = view.text !== undefined && hidden('text', view.text)
  return form(paths.next(language, queryOf(view)), html`${words}${go}`)
}

export const openNext: Handler = async (worker, request) => {
  const sent = formOf(request)
  const words = readView((name) => (name === 'text' ? sent.one(name) : ''))
  const view = { ...viewOf(request), ...words }
  // What waits for somebody else is handed to nobody, unless the view asks for it.
  const found = await worker.client.desk.next({ waitsFor: 'authority', ...view })
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { id } = found.value
  const { language } = worker
  const query = queryOf(view)
  if (id !== undefined) return { kind: 'go', to: paths.case(language, id, query) }
  return { kind: 'go', to: paths.queue(language, { ...query, note: 'none' }) }
}
