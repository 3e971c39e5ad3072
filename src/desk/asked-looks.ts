/** What a case worker is asked about own look-ups, and the answer. Nothing else of a review. */

import { type Html, html, type Part } from '#base/html.ts'
import type { AskedLookUp } from '#client/index.ts'
import { sayCase } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import { actTexts, sayAt } from '#desk/review-words.ts'
import { versionIn } from '#desk/seen-review.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { textArea } from '#web/parts/fields.ts'
import { summaryList } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import { sayReason } from '#web/reason.ts'

export function askedLookPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.askedLooks, (worker) => show(worker, []))
  pages.post(routes.askedLooks, answer)
}

const answer: Handler = async (worker, request) => {
  const sent = formOf(request)
  const [week, number, text] = [sent.one('week'), Number(sent.one('number')) || 0, sent.one('text')]
  const done = await worker.client.reviews.answer(week, number, {
    text,
    version: versionIn(sent),
  })
  if (done.ok) return { kind: 'go', to: paths.askedLooks(worker.language) }
  const { problem } = done
  if (![400, 409, 422].includes(problem.status)) return { kind: 'problem', problem }
  const faults = problem.refusals.map(({ text: said, field }) => ({
    text: worker.say(said),
    ...(field !== undefined && { id: idOf({ week, number }) }),
  }))
  return show(worker, faults, { id: idOf({ week, number }), text })
}

/** An answer that was not kept, as it was written. */
type Unkept = { readonly id: string; readonly text: string }

async function show(worker: Worker, faults: readonly Fault[], unkept?: Unkept): Promise<Shown> {
  const { client, say } = worker
  const found = await client.reviews.asked()
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const title = say({ da: 'Spørgsmål om dine opslag', en: 'Questions about your look-ups' })
  const intro = say({
    da: 'Kommunen kontrollerer hver uge nogle opslag. Svar på, hvad grunden var. Et spørgsmål er ikke en anklage.',
    en: 'The municipality reviews some look-ups every week. Say what the reason was. A question is not an accusation.',
  })
  const none = alert(say, 'info', {
    heading: say({ da: 'Du er ikke spurgt om noget', en: 'You are not asked about anything' }),
  })
  const body = html`${errorSummary(say, faults)}<h1>${title}</h1><p>${intro}</p>
${found.value.length === 0 ? none : found.value.map((look) => lookPart(worker, look, faults, unkept))}`
  const hasErrors = faults.length > 0
  return { kind: 'page', status: hasErrors ? 422 : 200, content: { title, body, hasErrors } }
}

function idOf({ week, number }: { readonly week: string; readonly number: number }): string {
  return `answer-${week}-${number}`
}

function lookPart(
  worker: Worker,
  look: AskedLookUp,
  faults: readonly Fault[],
  unkept?: Unkept,
): Html {
  const { say } = worker
  const { at, act, pnr, question, answer: said, settled } = look
  const heading = `${say(actTexts[act])}, ${sayAt(say, at)}`
  const rows: readonly { readonly label: string; readonly value: Part }[] = [
    {
      label: say({ da: 'Hvis oplysninger', en: 'Whose data' }),
      value: pnr ? sayCase.pnr(pnr) : '–',
    },
    { label: say({ da: 'Formål', en: 'Purpose' }), value: say(sayReason(look)) },
    { label: say({ da: 'Spørgsmål', en: 'Question' }), value: question.text },
    ...(said ? [{ label: say({ da: 'Dit svar', en: 'Your answer' }), value: said.text }] : []),
  ]
  const done = html`<p>${say({ da: 'Opslaget er vurderet.', en: 'The look-up is judged.' })}</p>`
  return html`<section class="site-panel"><h2>${heading}</h2>${summaryList(say, rows)}${settled ? done : answerForm(worker, look, faults, unkept)}</section>`
}

function answerForm(
  { say, language }: Worker,
  look: AskedLookUp,
  faults: readonly Fault[],
  unkept?: Unkept,
): Html {
  const id = idOf(look)
  const field = textArea(say, {
    id,
    name: 'text',
    label: say({ da: 'Grunden til opslaget', en: 'The reason for the look-up' }),
    hint: say({ da: 'Højst 2.000 tegn', en: 'At most 2,000 characters' }),
    error: faultAt(faults, id),
    value: unkept?.id === id ? unkept.text : (look.answer?.text ?? ''),
    lengthMax: 2000,
    rows: 3,
  })
  return form(
    paths.askedLooks(language),
    html`${hidden('week', look.week)}${hidden('number', String(look.number))}${hidden('version', String(look.version))}${field}<div class="site-actions">${button({ text: say({ da: 'Send svaret', en: 'Send the answer' }) })}</div>`,
  )
}
