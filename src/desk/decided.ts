/** What the municipality has decided: found again when somebody calls, or when it is to be undone. */

import { sayShortInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { DecidedCases } from '#client/index.ts'
import { sayCase, titleOf } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import type { Shown, Worker, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { checkboxes, textInput } from '#web/parts/fields.ts'
import { table } from '#web/parts/lists.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'

export function decidedPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.decided, (worker) => showDecided(worker, { pnr: '', isMine: false }))
  // Whom one looks for is a personal number: it is sent, and never stands in a URL.
  pages.post(routes.decided, (worker, request) => {
    const sent = formOf(request)
    const asked = { pnr: sent.one('pnr').trim(), isMine: sent.one('mine') === 'yes' }
    return showDecided(worker, asked, sent.one('cursor') || undefined)
  })
}

type Asked = { readonly pnr: string; readonly isMine: boolean }

async function showDecided(worker: Worker, asked: Asked, cursor?: string): Promise<Shown> {
  const { pnr, isMine } = asked
  const found = await worker.client.desk.decided({
    ...(pnr !== '' && { pnr }),
    ...(isMine && { mine: true }),
    ...(cursor !== undefined && { cursor }),
  })
  if (found.ok) return decidedPage(worker, asked, found.value, [])
  const { status, refusals } = found.problem
  if (status !== 422 && status !== 400) return { kind: 'problem', problem: found.problem }
  const faults = refusals.map(({ text }) => ({ id: 'pnr', text: worker.say(text) }))
  return decidedPage(worker, asked, { items: [] }, faults)
}

function decidedPage(
  worker: Worker,
  asked: Asked,
  { items, next }: DecidedCases,
  faults: readonly Fault[],
): Shown {
  const { say, language } = worker
  const title = say({ da: 'Afgjorte sager', en: 'Decided cases' })
  const intro = say({
    da: 'De seneste 90 dage, eller alle om én person.',
    en: 'Of the last 90 days, or all of one person.',
  })
  const more =
    next !== undefined &&
    form(
      paths.decided(language),
      html`${hidden('pnr', asked.pnr)}${hidden('mine', asked.isMine ? 'yes' : '')}${hidden('cursor', next)}${button({ text: say({ da: 'Vis de næste', en: 'Show the next' }), look: 'secondary' })}`,
    )
  const none = html`<p>${say({ da: 'Ingen sager passer.', en: 'No cases match.' })}</p>`
  const body = html`${errorSummary(say, faults)}<h1>${title}</h1><p>${intro}</p>
${filterForm(worker, asked, faults)}
${items.length === 0 ? none : listPart(worker, title, items)}${more}`
  const hasErrors = faults.length > 0
  return { kind: 'page', status: hasErrors ? 422 : 200, content: { title, body, hasErrors } }
}

function filterForm({ say, language }: Worker, asked: Asked, faults: readonly Fault[]): Html {
  const number = textInput(say, {
    ...{ id: 'pnr', name: 'pnr', value: asked.pnr, lengthMax: 20, error: faultAt(faults, 'pnr') },
    label: say({ da: 'Personnummer', en: 'Personal number' }),
  })
  const mine = checkboxes(say, {
    ...{ id: 'mine', name: 'mine', label: say({ da: 'Afgjort af', en: 'Decided by' }) },
    values: asked.isMine ? ['yes'] : [],
    options: [{ value: 'yes', text: say({ da: 'Kun mig', en: 'Me alone' }) }],
  })
  const show = button({ text: say({ da: 'Vis', en: 'Show' }), look: 'secondary' })
  const body = html`${number}${mine}${show}`
  return html`<search>${form(paths.decided(language), body, { class: 'desk-filters' })}</search>`
}

const outcomes: { readonly [S in DecidedCases['items'][number]['state']]: Text } = {
  approved: { da: 'Godkendt', en: 'Approved' },
  rejected: { da: 'Afvist', en: 'Rejected' },
}

function listPart(worker: Worker, caption: string, items: DecidedCases['items']): Html {
  const { say, language, session } = worker
  const head = [
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Person', en: 'Person' }),
    say({ da: 'Afgjort', en: 'Decided' }),
    say({ da: 'Udfald', en: 'Outcome' }),
    say({ da: 'Af', en: 'By' }),
  ]
  const [you, machine] = [
    say({ da: 'Dig', en: 'You' }),
    say({ da: 'Automatisk', en: 'Automatically' }),
  ]
  const rows = items.map((item): readonly Part[] => [
    html`<a href="${paths.case(language, item.id)}">${say(titleOf(item.type))}</a>`,
    sayCase.person(say, item),
    html`<span class="desk-when">${say(sayShortInstant(new Date(item.decidedAt)))}</span>`,
    say(outcomes[item.state]),
    item.decidedBy === session.personCode ? you : (item.decidedBy ?? machine),
  ])
  return table({ caption, isCaptionSpoken: true, head, rows })
}
