/** Where a view of the queue is given a name, and where it is forgotten. */

import { html, type Part } from '#base/html.ts'
import { paths, routes } from '#desk/paths.ts'
import { isName, isPlain, nameMax, type SavedView, textOf, viewIn } from '#desk/saved-views.ts'
import { queryOf, type View } from '#desk/view.ts'
import type { Handler, Worker, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { textInput } from '#web/parts/fields.ts'

export function savedViewPages(pages: ReturnType<typeof workerPages>): void {
  pages.post(routes.saveView, keepView)
  pages.post(routes.forgetView, forgetView)
}

/** Under a name, which it takes from another that had it. */
const keepView: Handler = async ({ views, language }, request) => {
  const sent = formOf(request)
  const name = sent.one('name').trim()
  const view = viewIn(sent.one('view'))
  const to = paths.queue(language, queryOf(view))
  if (!isName(name) || isPlain(view)) return { kind: 'go', to }
  const problem = await views.change((saved) => [...without(saved, name), { name, view }])
  return problem ? { kind: 'problem', problem } : { kind: 'go', to }
}

const forgetView: Handler = async ({ views, language }, request) => {
  const name = formOf(request).one('name')
  const problem = await views.change((saved) => without(saved, name))
  return problem ? { kind: 'problem', problem } : { kind: 'go', to: paths.queue(language) }
}

function without(saved: readonly SavedView[], name: string): readonly SavedView[] {
  return saved.filter((each) => each.name !== name)
}

/** Below the filters: a name for what is shown, or the way to forget it. */
export function savePart({ say, language }: Worker, view: View, saved: readonly SavedView[]): Part {
  if (isPlain(view) || view.text !== undefined) return ''
  const kept = saved.find((each) => textOf(each.view) === textOf(view))
  if (kept !== undefined) {
    const forget = button({
      text: say({ da: `Slet visningen ${kept.name}`, en: `Delete the view ${kept.name}` }),
      look: 'tertiary',
    })
    return form(paths.forgetView(language), html`${hidden('name', kept.name)}${forget}`)
  }
  const name = textInput(say, {
    id: 'view-name',
    name: 'name',
    label: say({ da: 'Gem visningen som', en: 'Save this view as' }),
    lengthMax: nameMax,
    width: 'm',
  })
  const keep = button({ text: say({ da: 'Gem visning', en: 'Save view' }), look: 'tertiary' })
  return form(paths.saveView(language), html`${hidden('view', textOf(view))}${name}${keep}`, {
    class: 'desk-save-view',
  })
}
