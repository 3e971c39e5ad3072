/** What narrows the queue: the views that everybody needs, and the form of filters with counts. */

import { html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { incidentTypes, type QueueCounts } from '#client/index.ts'
import { flagTexts, titleOf, waitTexts } from '#desk/case-words.ts'
import { paths } from '#desk/paths.ts'
import type { SavedView } from '#desk/saved-views.ts'
import {
  claimNames,
  flagNames,
  queryOf,
  searchMax,
  sortNames,
  type View,
  waitNames,
} from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import { button, form } from '#web/parts/actions.ts'
import { select, textInput } from '#web/parts/fields.ts'
import { tabs } from '#web/parts/lists.ts'

type Standing = {
  readonly text: Text
  readonly view: View
  readonly count?: (whole: QueueCounts) => number
}

const standing: readonly Standing[] = [
  { text: { da: 'Alle', en: 'All' }, view: {}, count: ({ all }) => all },
  {
    text: { da: 'Klar til afgørelse', en: 'Ready to decide' },
    view: { waitsFor: 'authority' },
    count: ({ waitsFor }) => waitsFor.authority,
  },
  {
    text: { da: 'Mine', en: 'Mine' },
    view: { claimed: 'mine' },
    count: ({ claimed }) => claimed.mine,
  },
  {
    text: { da: 'Overskredet', en: 'Overdue' },
    view: { overdue: true, sort: 'deadline' },
    count: ({ overdue }) => overdue,
  },
  {
    text: { da: 'For sent anmeldt', en: 'Reported late' },
    view: { flag: 'late' },
    count: ({ flags }) => flags.late,
  },
  {
    text: { da: 'Børn', en: 'Children' },
    view: { flag: 'children' },
    count: ({ flags }) => flags.children,
  },
]

/** Those that everybody needs with how many lie there, and those that were named in this browser. */
export function viewTabs(
  { say, language }: Worker,
  view: View,
  saved: readonly SavedView[],
  whole: QueueCounts,
): Part {
  const named = saved.map(
    (each): Standing => ({ text: { da: each.name, en: each.name }, view: each.view }),
  )
  const links = [...standing, ...named].map(({ text, view: shown, count }) => {
    const href = paths.queue(language, queryOf(shown))
    const isHere = view.text === undefined && href === paths.queue(language, queryOf(view))
    return { href, text: count ? `${say(text)} (${count(whole)})` : say(text), isHere }
  })
  return tabs(say({ da: 'Visninger', en: 'Views' }), links)
}

const claimTexts = {
  mine: { da: 'Mig', en: 'Me' },
  free: { da: 'Ingen', en: 'Nobody' },
  others: { da: 'Andre', en: 'Others' },
} as const
const sortTexts = {
  received: { da: 'Ældste først', en: 'Oldest first' },
  newest: { da: 'Nyeste først', en: 'Newest first' },
  deadline: { da: 'Første frist først', en: 'First deadline first' },
} as const

/** Sent as a post, so that what is searched for stands in no URL and no log. */
export function filterForm({ say, language }: Worker, view: View, counts: QueueCounts): Part {
  const all = say({ da: 'Alle', en: 'All' })
  const types = Object.keys(incidentTypes).filter(
    (name) => counts.types[name] || name === view.type,
  )
  const text = textInput(say, {
    id: 'text',
    name: 'text',
    type: 'search',
    label: say({ da: 'Søg i navn, nummer, adresse', en: 'Search name, number, address' }),
    lengthMax: searchMax,
    ...(view.text !== undefined && { value: view.text }),
  })
  const choice = (
    name: string,
    label: string,
    value: string | undefined,
    options: readonly { readonly value: string; readonly text: string }[],
    nothing = all,
  ) => select(say, { id: name, name, label, nothing, options, ...(value && { value }) })
  const counted = (value: string, words: string, count: number | undefined) => ({
    value,
    text: `${words} (${count ?? 0})`,
  })
  const late = counted('yes', say({ da: 'Overskredet', en: 'Overdue' }), counts.overdue)
  const body = html`${text}
${choice(
  'type',
  say({ da: 'Hændelsestype', en: 'Incident type' }),
  view.type,
  types.map((name) => counted(name, say(titleOf(name)), counts.types[name])),
)}
${choice(
  'waits',
  say({ da: 'Venter på', en: 'Waits for' }),
  view.waitsFor,
  waitNames.map((name) => counted(name, say(waitTexts[name]), counts.waitsFor[name])),
)}
${choice(
  'flag',
  say({ da: 'Bemærk', en: 'Note' }),
  view.flag,
  flagNames.map((name) => counted(name, say(flagTexts[name]), counts.flags[name])),
)}
${choice(
  'claimed',
  say({ da: 'Taget af', en: 'Claimed by' }),
  view.claimed,
  claimNames.map((name) => counted(name, say(claimTexts[name]), counts.claimed[name])),
)}
${choice('overdue', say({ da: 'Frist', en: 'Deadline' }), view.overdue ? 'yes' : undefined, [late])}
${choice(
  'sort',
  say({ da: 'Rækkefølge', en: 'Order' }),
  view.sort === 'received' ? undefined : view.sort,
  sortNames.slice(1).map((name) => ({ value: name, text: say(sortTexts[name]) })),
  say(sortTexts.received),
)}
${button({ text: say({ da: 'Vis', en: 'Show' }), look: 'secondary' })}`
  return html`<search>${form(paths.queue(language), body, { class: 'desk-filters' })}</search>`
}
