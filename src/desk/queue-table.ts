/** The cases of a page of the queue, each to be opened, or chosen to be approved with others. */

import { sayShortDay, sayShortInstant } from '#base/day-words.ts'
import { attributes, html, type Part } from '#base/html.ts'
import type { QueueItem } from '#client/index.ts'
import { bulkMax } from '#desk/bulk.ts'
import { sayCase, titleOf, waitTexts } from '#desk/case-words.ts'
import { paths } from '#desk/paths.ts'
import { queryOf, type View } from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { nothing, table } from '#web/parts/lists.ts'

export function queueTable(
  worker: Worker,
  view: View,
  caption: string,
  items: readonly QueueItem[],
): Part {
  const { say, language, session } = worker
  const head = [
    say({ da: 'Vælg', en: 'Choose' }),
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Person', en: 'Person' }),
    say({ da: 'Modtaget', en: 'Received' }),
    say({ da: 'Venter på', en: 'Waits for' }),
    say({ da: 'Frist', en: 'Deadline' }),
    say({ da: 'Bemærk', en: 'Note' }),
    say({ da: 'Taget af', en: 'Claimed by' }),
  ]
  const rows = items.map((item): readonly Part[] => [
    choicePart(worker, item),
    html`<a href="${paths.case(language, item.id, queryOf(view))}">${say(titleOf(item.type))}</a>`,
    sayCase.person(say, item),
    html`<span class="desk-when">${say(sayShortInstant(new Date(item.receivedAt)))}</span>`,
    say(waitTexts[item.waitsFor]),
    duePart(worker, item),
    sayCase.flags(say, item),
    item.claim ? sayCase.claim(say, item.claim, session.personCode) : nothing,
  ])
  return html`${table({ caption, isCaptionSpoken: true, head, rows })}${bulkForm(worker, view)}`
}

const formId = 'bulk'

function choicePart({ say }: Worker, { id, type, name }: QueueItem): Part {
  const label = say({
    da: `Vælg ${titleOf(type).da}, ${name}`,
    en: `Choose ${titleOf(type).en}, ${name}`,
  })
  const given = { type: 'checkbox', name: 'case', value: id, form: formId, 'aria-label': label }
  return html`<input class="desk-pick"${attributes(given)}>`
}

/** Leads to what would happen; nothing is approved from here. */
function bulkForm({ say, language }: Worker, view: View): Part {
  const words = view.text !== undefined && hidden('text', view.text)
  const some = button({
    text: say({ da: 'Afgør de valgte …', en: 'Decide the chosen …' }),
    look: 'secondary',
  })
  const all = button({
    text: say({
      da: `Afgør alle i visningen, højst ${bulkMax} …`,
      en: `Decide all in the view, at most ${bulkMax} …`,
    }),
    look: 'tertiary',
    name: 'all',
    value: 'yes',
  })
  const hint = say({
    da: 'Du ser først, hvad der sker med hver af dem. Intet afgøres, før du bekræfter.',
    en: 'You see first what happens to each of them. Nothing is decided until you confirm.',
  })
  const body = html`${words}<div class="site-actions">${some}${all}</div><p class="desk-count">${hint}</p>`
  return form(paths.bulk(language, queryOf(view)), body, { id: formId, class: 'desk-bulk' })
}

function duePart({ say }: Worker, { due, overdue }: QueueItem): Part {
  if (due === undefined) return nothing
  const day = html`<span class="desk-when">${say(sayShortDay(due))}</span>`
  const late = say({ da: 'Overskredet', en: 'Overdue' })
  return overdue ? html`${day} <strong class="desk-mark desk-mark-warning">${late}</strong>` : day
}
