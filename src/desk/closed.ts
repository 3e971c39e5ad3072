/**
 * What the municipality is done with, decided or withdrawn: found again when somebody calls, or
 * when a decision is to be undone.
 */

import { sayShortInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { ClosedCases } from '#client/index.ts'
import { sayCase, titleOf } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import type { Shown, Worker, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { checkboxes, select, textInput } from '#web/parts/fields.ts'
import { table } from '#web/parts/lists.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'

export function closedPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.closed, (worker) => showClosed(worker, { pnr: '', isMine: false }))
  // Whom one looks for is a personal number: it is sent, and never stands in a URL.
  pages.ask(routes.closed, (worker, request) => {
    const sent = formOf(request)
    const ending = endingNames.find((name) => name === sent.one('state'))
    const isMine = sent.one('mine') === 'yes'
    const asked = { pnr: sent.one('pnr').trim(), isMine, ...(ending && { ending }) }
    return showClosed(worker, asked, sent.one('cursor') || undefined)
  })
}

type Item = ClosedCases['items'][number]
type Ending = Item['state']
type Asked = { readonly pnr: string; readonly isMine: boolean; readonly ending?: Ending }

const endingTexts: { readonly [E in Ending]: Text } = {
  approved: { da: 'Godkendt', en: 'Approved' },
  rejected: { da: 'Afvist', en: 'Rejected' },
  withdrawn: { da: 'Trukket tilbage', en: 'Withdrawn' },
}
const endingNames: readonly Ending[] = ['approved', 'rejected', 'withdrawn']

async function showClosed(worker: Worker, asked: Asked, cursor?: string): Promise<Shown> {
  const { pnr, isMine, ending } = asked
  const found = await worker.client.desk.closed({
    ...(pnr !== '' && { pnr }),
    ...(isMine && { mine: true }),
    ...(ending && { state: ending }),
    ...(cursor !== undefined && { cursor }),
    counts: true,
  })
  if (found.ok) return closedPage(worker, asked, found.value, [])
  const { status, refusals } = found.problem
  if (status !== 422 && status !== 400) return { kind: 'problem', problem: found.problem }
  const faults = refusals.map(({ text }) => ({ id: 'pnr', text: worker.say(text) }))
  return closedPage(worker, asked, { items: [] }, faults)
}

function closedPage(
  worker: Worker,
  asked: Asked,
  { items, next, counts }: ClosedCases,
  faults: readonly Fault[],
): Shown {
  const { say, language } = worker
  const title = say({ da: 'Afsluttede sager', en: 'Closed cases' })
  const intro = say({
    da: 'Afgjort eller trukket tilbage i de seneste 90 dage, eller alle om én person.',
    en: 'Decided or withdrawn in the last 90 days, or all of one person.',
  })
  const { pnr, isMine, ending = '' } = asked
  const more =
    next !== undefined &&
    form(
      paths.closed(language),
      html`${hidden('pnr', pnr)}${hidden('mine', isMine ? 'yes' : '')}${hidden('state', ending)}${hidden('cursor', next)}${button({ text: say({ da: 'Vis de næste', en: 'Show the next' }), look: 'secondary' })}`,
    )
  const none = html`<p>${say({ da: 'Ingen sager passer.', en: 'No cases match.' })}</p>`
  const body = html`${errorSummary(say, faults)}<h1>${title}</h1><p>${intro}</p>
${filterForm(worker, asked, counts, faults)}
${items.length === 0 ? none : listPart(worker, title, items)}${more}`
  const hasErrors = faults.length > 0
  return { kind: 'page', status: hasErrors ? 422 : 200, content: { title, body, hasErrors } }
}

function filterForm(
  { say, language }: Worker,
  { pnr, isMine, ending }: Asked,
  counts: ClosedCases['counts'],
  faults: readonly Fault[],
): Html {
  const number = textInput(say, {
    ...{ id: 'pnr', name: 'pnr', value: pnr, lengthMax: 20, error: faultAt(faults, 'pnr') },
    label: say({ da: 'Personnummer', en: 'Personal number' }),
  })
  const options = endingNames.map((name) => {
    const text = say(endingTexts[name])
    return { value: name, text: counts ? `${text} (${counts[name]})` : text }
  })
  const state = select(say, {
    ...{ id: 'state', name: 'state', label: say(outcomeText), options },
    nothing: say({ da: 'Alle', en: 'All' }),
    ...(ending && { value: ending }),
  })
  const mine = checkboxes(say, {
    ...{ id: 'mine', name: 'mine', label: say({ da: 'Afgjort af', en: 'Decided by' }) },
    values: isMine ? ['yes'] : [],
    options: [{ value: 'yes', text: say({ da: 'Kun mig', en: 'Me alone' }) }],
  })
  const show = button({ text: say({ da: 'Vis', en: 'Show' }), look: 'secondary' })
  const body = html`${number}${state}${mine}${show}`
  return html`<search>${form(paths.closed(language), body, { class: 'desk-filters' })}</search>`
}

const outcomeText = { da: 'Udfald', en: 'Outcome' }

function listPart(worker: Worker, caption: string, items: readonly Item[]): Html {
  const { say, language } = worker
  const head = [
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Person', en: 'Person' }),
    say({ da: 'Afsluttet', en: 'Closed' }),
    say(outcomeText),
    say({ da: 'Af', en: 'By' }),
  ]
  const rows = items.map((item): readonly Part[] => [
    html`<a href="${paths.case(language, item.id)}">${say(titleOf(item.type))}</a>`,
    sayCase.person(say, item),
    html`<span class="desk-when">${say(sayShortInstant(new Date(item.closedAt)))}</span>`,
    say(endingTexts[item.state]),
    closerOf(worker, item),
  ])
  return table({ caption, isCaptionSpoken: true, head, rows })
}

function closerOf({ say, session }: Worker, { state, closedBy }: Item): string {
  if (closedBy === session.personCode) return say({ da: 'Dig', en: 'You' })
  if (closedBy !== undefined) return closedBy
  return state === 'withdrawn'
    ? say({ da: 'Anmelderen', en: 'The reporter' })
    : say({ da: 'Automatisk', en: 'Automatically' })
}
