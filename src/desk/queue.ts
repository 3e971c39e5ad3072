/** The queue: what lies with the own municipality, filtered, sorted, searched and counted. */

import { present } from '#base/assert.ts'
import { html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { QueueCounts, QueueItem } from '#client/index.ts'
import { decisions } from '#desk/decision-forms.ts'
import { keys, keysPart } from '#desk/keys.ts'
import { nextForm, nextText, openNext } from '#desk/next-case.ts'
import { paths, routes } from '#desk/paths.ts'
import { filterForm, viewTabs } from '#desk/queue-filters.ts'
import { queueTable } from '#desk/queue-table.ts'
import { savePart } from '#desk/saved-view-pages.ts'
import { filtersOf, queryOf, readView, type View, viewOf } from '#desk/view.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { button, buttonLink, form, hidden } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'

export function queuePage(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.queue, async (worker, request) => {
    // Who has no cases begins at what they have.
    if (!worker.session.rights.includes('list-pending')) {
      const isReviewer = worker.session.rights.includes('review-log')
      const to = isReviewer ? paths.reviews(worker.language) : paths.access(worker.language)
      return { kind: 'go', to }
    }
    const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '')
    const cursor = query.get('cursor') ?? undefined
    return showQueue(worker, viewOf(request), cursor, query.get('note') ?? '')
  })
  pages.ask(routes.queue, searchQueue)
  pages.post(routes.next, openNext)
}

/** Filters go to a page with an address; words that were searched for are answered here. */
const searchQueue: Handler = async (worker, request) => {
  const sent = formOf(request)
  const view = readView(sent.one)
  if (view.text === undefined) {
    return { kind: 'go', to: paths.queue(worker.language, queryOf(view)) }
  }
  return showQueue(worker, view, sent.one('cursor') || undefined)
}

async function showQueue(worker: Worker, view: View, cursor?: string, note = ''): Promise<Shown> {
  const { client, say, language, views } = worker
  const isWhole = Object.keys(filtersOf(view)).length === 0
  const [found, whole, saved] = await Promise.all([
    client.desk.queue({ ...view, ...(cursor !== undefined && { cursor }), counts: true }),
    isWhole ? undefined : client.desk.counts(),
    views.list(),
  ])
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  if (whole?.ok === false) return { kind: 'problem', problem: whole.problem }
  if ('status' in saved) return { kind: 'problem', problem: saved }
  const { items, next } = found.value
  const counts = present(found.value.counts, 'the counts that were asked for')
  const said = Object.hasOwn(notes, note) ? notes[note] : undefined
  const title = say({ da: 'Sager, der venter', en: 'Waiting cases' })
  const body = html`${said && html`<div role="status">${alert(say, 'info', { heading: say(said) })}</div>`}
<div class="desk-heading"><h1>${title}</h1>${nextForm(worker, view)}</div>
${viewTabs(worker, view, saved, whole?.value ?? counts)}
${filterForm(worker, view, counts)}${savePart(worker, view, saved)}
${listPart(worker, view, title, items, counts)}
${next && morePart(worker, view, next)}
${keysPart(language, worker.hasKeys, paths.queue(language, queryOf(view)), [[keys.next, nextText]])}`
  return { kind: 'page', content: { title, body } }
}

const notes: { readonly [note: string]: Text } = {
  none: {
    da: 'Der er ikke flere ledige sager at afgøre i denne visning',
    en: 'No more cases in this view are free and ready to decide',
  },
  forwarded: decisions.forward.done,
  choose: {
    da: 'Vælg igen de sager, der ikke er afgjort',
    en: 'Choose again the cases that are not decided',
  },
  'choose-again': {
    da: 'Vælg sagerne igen. En begrundelse, du skrev, er der stadig.',
    en: 'Choose the cases again. An explanation that you wrote is still there.',
  },
}

function listPart(
  worker: Worker,
  view: View,
  title: string,
  items: readonly QueueItem[],
  { all }: QueueCounts,
): Part {
  const { say } = worker
  if (items.length === 0) {
    const link = html`<a href="${paths.closed(worker.language)}">${say({ da: 'Afsluttede sager', en: 'Closed cases' })}</a>`
    const heading = say({ da: 'Ingen sager her', en: 'No cases here' })
    return alert(say, 'info', { heading, body: html`<p class="alert-text">${link}</p>` })
  }
  const count = say({
    da: `${all} ${all === 1 ? 'sag' : 'sager'}`,
    en: `${all} ${all === 1 ? 'case' : 'cases'}`,
  })
  return html`<p class="desk-count">${count}</p>${queueTable(worker, view, title, items)}`
}

/** A link to the next page; a form where words were searched for, which no URL may hold. */
function morePart({ say, language }: Worker, view: View, cursor: string): Part {
  const text = say({ da: 'Vis de næste', en: 'Show the next' })
  const query = queryOf(view)
  if (view.text === undefined) {
    return buttonLink(paths.queue(language, { ...query, cursor }), text, 'secondary')
  }
  const fields = Object.entries({ ...query, text: view.text, cursor }).map(
    ([name, value]) => value !== undefined && hidden(name, value),
  )
  return form(paths.queue(language), html`${fields}${button({ text, look: 'secondary' })}`)
}
