/**
 * Deciding many cases at once, with care: chosen in the queue, every effect shown, one confirm, and
 * what came of each. What changed after it was shown is not decided; each may be undone.
 */

import { attributes, html, type Part } from '#base/html.ts'
import type { BulkOutcomes, BulkPreview } from '#client/index.ts'
import { bulkTable, caseLink, isHeld, leftOutText, reasons } from '#desk/bulk-table.ts'
import { type Given, reasonPart, rejectionFaults, words } from '#desk/decision-page.ts'
import { paths, routes } from '#desk/paths.ts'
import { typedForm, unsentAlert } from '#desk/typed-form.ts'
import { queryOf, readView, type View, viewOf } from '#desk/view.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { isRejectionReason } from '#incident/rejection.ts'
import type { Content } from '#web/layout.ts'
import { formOf } from '#web/pages.ts'
import { backLink, button, form, hidden } from '#web/parts/actions.ts'
import { table } from '#web/parts/lists.ts'
import { errorSummary } from '#web/parts/messages.ts'

/** As many as the CPR server takes at once. */
export const bulkMax = 200

export function bulkPages(pages: ReturnType<typeof workerPages>): void {
  // What was chosen is in no address: it is chosen anew.
  pages.get(routes.bulk, async ({ language, hasUnsent }, request) => {
    const note = hasUnsent() ? 'choose-again' : 'choose'
    return { kind: 'go', to: paths.queue(language, { ...queryOf(viewOf(request)), note }) }
  })
  pages.ask(routes.bulk, preview)
  pages.post(routes.bulkApprove, approve)
  pages.post(routes.bulkReject, reject, { names: ['reason', 'text'] })
  pages.post(routes.bulkUndo, undo)
}

const preview: Handler = async (worker, request) => {
  const sent = formOf(request)
  const words = readView((name) => (name === 'text' ? sent.one(name) : ''))
  const view = { ...viewOf(request), ...words }
  const all = sent.one('all') === 'yes' ? await allOf(worker, view) : undefined
  const ids = [...new Set(all?.ids ?? sent.all('case'))].slice(0, bulkMax)
  if (ids.length === 0) return nothingChosen(worker, view, all?.held)
  const found = await worker.client.desk.preview(ids)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const form = worker.unsent()
  const given = form ? { form, isUnsent: true } : {}
  return { kind: 'page', content: previewContent(worker, found.value, view, given, all?.held) }
}

/**
 * The first of a view, without what colleagues work on, of which it says how many; a problem on
 * the way ends it, and the preview then tells of it.
 */
async function allOf({ client, session }: Worker, view: View) {
  const ids: string[] = []
  let held = 0
  for await (const item of client.desk.all({ ...view, limit: 100 })) {
    if (!item.ok) break
    if (isHeld(item.value.claim, session.personCode)) held += 1
    else if (ids.push(item.value.id) >= bulkMax) break
  }
  return { ids, held }
}

/** `held`: so many were meant, and colleagues work on each of them. */
function nothingChosen({ say, language }: Worker, view: View, held = 0): Shown {
  const title = say({ da: 'Ingen sager er valgt', en: 'No cases are chosen' })
  const tick = { da: 'Sæt kryds ud for sagerne i køen.', en: 'Tick the cases in the queue.' }
  const text = say(held > 0 ? leftOutText(held) : tick)
  const body = html`${backLink(say, paths.queue(language, queryOf(view)))}${errorSummary(say, [{ text }])}<h1>${title}</h1>`
  return { kind: 'page', status: 422, content: { title, body, hasErrors: true } }
}

function previewContent(
  worker: Worker,
  { items }: BulkPreview,
  view: View,
  given: Given,
  leftOut = 0,
): Content {
  const { say, language, session } = worker
  const free = items.filter(({ claim }) => !isHeld(claim, session.personCode))
  const good = free.filter(({ approvable, version }) => approvable && version !== undefined)
  const title = say({
    da: `Godkend ${good.length} af ${items.length} sager`,
    en: `Approve ${good.length} of ${items.length} cases`,
  })
  const confirm = form(
    paths.bulkApprove(language, queryOf(view)),
    html`${good.map(({ id, version }) => hidden('case', `${id} ${version}`))}<div class="site-actions">${button({ text: title })}</div>`,
  )
  const caution = say({
    da: 'Se alle virkninger igennem, før du godkender. Ændres en sag i mellemtiden, godkendes den ikke.',
    en: 'Read through all effects before you approve. A case that changes in the meantime is not approved.',
  })
  return {
    title,
    hasErrors: (given.faults ?? []).length > 0,
    body: html`${backLink(say, paths.queue(language, queryOf(view)))}${errorSummary(say, given.faults ?? [])}<h1>${title}</h1><p>${caution}</p>${leftOut > 0 && html`<p><strong>${say(leftOutText(leftOut))}</strong></p>`}${bulkTable(worker, title, items)}${good.length > 0 && confirm}${rejectPart(worker, free, view, given)}`,
  }
}

const approve: Handler = async (worker, request) => {
  const cases = formOf(request)
    .all('case')
    .slice(0, bulkMax)
    .flatMap((pair) => readPair(pair) ?? [])
  if (cases.length === 0) return nothingChosen(worker, viewOf(request))
  const decided = await worker.client.desk.decide({ action: 'approve', cases })
  if (!decided.ok) return { kind: 'problem', problem: decided.problem }
  const content = outcomeContent(worker, 'approve', decided.value, viewOf(request))
  return { kind: 'page', content }
}

/** The reason and the words are the same for all: each of them is the letter of its case. */
const reject: Handler = async (worker, request) => {
  const sent = formOf(request)
  const view = viewOf(request)
  const cases = sent
    .all('case')
    .slice(0, bulkMax)
    .flatMap((pair) => readPair(pair) ?? [])
  if (cases.length === 0) return nothingChosen(worker, view)
  const reason = sent.one('reason')
  const faults = rejectionFaults(worker.say, sent)
  if (faults.length > 0 || !isRejectionReason(reason)) {
    const found = await worker.client.desk.preview(cases.map(({ id }) => id))
    if (!found.ok) return { kind: 'problem', problem: found.problem }
    const content = previewContent(worker, found.value, view, { form: sent, faults })
    return { kind: 'page', status: 422, content }
  }
  const rejection = { code: reason, text: sent.one('text') }
  const decided = await worker.client.desk.decide({ action: 'reject', cases, rejection })
  if (!decided.ok) return { kind: 'problem', problem: decided.problem }
  return { kind: 'page', content: outcomeContent(worker, 'reject', decided.value, view) }
}

/** All that nobody else works on may be rejected, also those that cannot be approved. */
function rejectPart(worker: Worker, items: BulkPreview['items'], view: View, given: Given): Part {
  const { say, language } = worker
  const cases = items.flatMap(({ id, version }) =>
    version === undefined ? [] : [`${id} ${version}`],
  )
  if (cases.length === 0) return ''
  const isOpen = given.isUnsent === true || (given.faults ?? []).length > 0
  const title = say({ da: 'Afvis dem i stedet', en: 'Reject them instead' })
  const text = say({ da: `Afvis ${cases.length} sager`, en: `Reject ${cases.length} cases` })
  const fields = html`${cases.map((pair) => hidden('case', pair))}${reasonPart(say, given)}${words(say, given.form, given.faults ?? [])}<div class="site-actions">${button({ text, look: 'warning' })}</div>`
  return html`<details class="site-panel"${attributes({ open: isOpen })}><summary>${title}</summary>${given.isUnsent && unsentAlert(say)}${typedForm(paths.bulkReject(language, queryOf(view)), fields)}</details>`
}

/** An id and the version that was seen; undefined for what no page of ours sends. */
function readPair(pair: string) {
  const [id = '', version = ''] = pair.split(' ')
  return id !== '' && /^[1-9]\d{0,8}$/.test(version) ? { id, version: Number(version) } : undefined
}

const outcomeTexts = {
  approve: {
    done: { da: 'Godkendt', en: 'Approved' },
    not: { da: 'Ikke godkendt', en: 'Not approved' },
  },
  reject: {
    done: { da: 'Afvist', en: 'Rejected' },
    not: { da: 'Ikke afvist', en: 'Not rejected' },
  },
} as const

function outcomeContent(
  worker: Worker,
  action: 'approve' | 'reject',
  { done, items }: BulkOutcomes,
  view: View,
) {
  const texts = outcomeTexts[action]
  const { say, language } = worker
  const title = say({
    da: `${done} af ${items.length} sager er ${texts.done.da.toLowerCase()}`,
    en: `${done} of ${items.length} cases are ${texts.done.en.toLowerCase()}`,
  })
  const rows = items.map((item): readonly Part[] => [
    caseLink(worker, item.id, item.name),
    item.done
      ? say(texts.done)
      : html`<strong>${say(texts.not)}</strong>${reasons(worker, item.refusals)}`,
  ])
  const undone = items
    .filter((item) => item.done)
    .map(({ id, version }) => hidden('case', `${id} ${version ?? ''}`))
  const back = form(
    paths.bulkUndo(language, queryOf(view)),
    html`<p>${say({ da: 'Indtil fortrydelsesfristen er ovre, kan du fortryde dem alle her eller hver for sig på sagen.', en: 'Until the time for undoing runs out, you can undo them all here, or one by one on each case.' })}</p>${undone}${button({ text: say({ da: 'Fortryd dem alle', en: 'Undo them all' }), look: 'secondary' })}`,
    { class: 'desk-undo' },
  )
  return outcomePage(worker, title, rows, view, undone.length > 0 && back)
}

/** In the versions that the decisions made: what went on since then is not undone with them. */
const undo: Handler = async (worker, request) => {
  const { say, client } = worker
  const cases = formOf(request)
    .all('case')
    .slice(0, bulkMax)
    .flatMap((pair) => readPair(pair) ?? [])
  if (cases.length === 0) return nothingChosen(worker, viewOf(request))
  const undone = await client.desk.decide({ action: 'undo', cases })
  if (!undone.ok) return { kind: 'problem', problem: undone.problem }
  const { items, done } = undone.value
  const rows = items.map((item): readonly Part[] => [
    caseLink(worker, item.id, item.name),
    item.done
      ? say({ da: 'Fortrudt. Sagen venter igen.', en: 'Undone. The case is waiting again.' })
      : html`<strong>${say({ da: 'Ikke fortrudt', en: 'Not undone' })}</strong>${reasons(worker, item.refusals)}`,
  ])
  const title = say({
    da: `${done} af ${items.length} afgørelser er fortrudt`,
    en: `${done} of ${items.length} decisions are undone`,
  })
  return { kind: 'page', content: outcomePage(worker, title, rows, viewOf(request), undefined) }
}

/** What came of it, and how it is undone, above the list: two hundred lines may follow. */
function outcomePage(
  { say, language }: Worker,
  title: string,
  rows: readonly (readonly Part[])[],
  view: View,
  more: Part,
) {
  const head = [say({ da: 'Sag', en: 'Case' }), say({ da: 'Udfald', en: 'Outcome' })]
  return {
    title,
    body: html`${backLink(say, paths.queue(language, queryOf(view)))}<div role="status"><h1>${title}</h1></div>${more}${table({ caption: title, isCaptionSpoken: true, head, rows })}`,
  }
}
