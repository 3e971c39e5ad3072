/** The queue: what waits for the own municipality, the oldest first. */

import { html, type Part } from '#base/html.ts'
import { incidentTypes, type PendingItem } from '#client/index.ts'
import { sayCase } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import type { Handler, Worker, workerPages } from '#desk/worker.ts'
import { button, buttonLink } from '#web/parts/actions.ts'
import { select } from '#web/parts/fields.ts'
import { table } from '#web/parts/lists.ts'
import { alert } from '#web/parts/messages.ts'
import { sayDay, sayInstant } from '#web/say.ts'

export function queuePage(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.queue, showQueue)
}

const typeNames = Object.keys(incidentTypes).filter(isTypeName)

function isTypeName(name: string): name is keyof typeof incidentTypes {
  return Object.hasOwn(incidentTypes, name)
}

const showQueue: Handler = async (worker, request) => {
  const { client, language, say } = worker
  const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '')
  const asked = query.get('type') ?? ''
  const type = isTypeName(asked) ? asked : undefined
  const cursor = query.get('cursor') ?? undefined
  const found = await client.pending({
    ...(type !== undefined && { type }),
    ...(cursor !== undefined && { cursor }),
  })
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { items, next } = found.value
  const title = say({ da: 'Sager, der venter', en: 'Cases that wait' })
  const list =
    items.length === 0
      ? alert(say, 'info', {
          heading: say({ da: 'Ingen sager venter her', en: 'No case waits here' }),
        })
      : queueTable(worker, title, items)
  const more =
    next &&
    buttonLink(
      paths.queue(language, { type, cursor: next }),
      say({ da: 'Vis de næste', en: 'Show the next' }),
      'secondary',
    )
  const body = html`<h1>${title}</h1>${filters(worker, type)}${list}${more}`
  return { kind: 'page', content: { title, body } }
}

function filters({ say, language }: Worker, type: string | undefined): Part {
  const options = typeNames.map((name) => ({ value: name, text: say(incidentTypes[name].title) }))
  const chosen = select(say, {
    id: 'type',
    name: 'type',
    label: say({ da: 'Hændelsestype', en: 'Incident type' }),
    nothing: say({ da: 'Alle', en: 'All' }),
    options,
    ...(type !== undefined && { value: type }),
  })
  return html`<form method="get" action="${paths.queue(language)}" class="desk-filters">${chosen}${button({ text: say({ da: 'Vis', en: 'Show' }), look: 'secondary' })}</form>`
}

function queueTable({ say, language }: Worker, caption: string, items: readonly PendingItem[]) {
  const head = [
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Person', en: 'Person' }),
    say({ da: 'Dato', en: 'Date' }),
    say({ da: 'Modtaget', en: 'Received' }),
    say({ da: 'Bemærk', en: 'Note' }),
  ]
  const rows = items.map((item): readonly Part[] => [
    html`<a href="${paths.case(language, item.id)}">${say(item.title)}</a>`,
    sayCase.person(say, item),
    say(sayDay(item.keys.date)),
    say(sayInstant(new Date(item.savedAt))),
    sayCase.marks(say, item.marks),
  ])
  return table({ caption, isCaptionSpoken: true, head, rows })
}
