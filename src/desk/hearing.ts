/** Entering what somebody answered on paper: the authority answers for them, and stands for it. */

import type { FastifyRequest } from 'fastify'
import { html } from '#base/html.ts'
import type { Case } from '#client/index.ts'
import { idOf, toCase } from '#desk/case-way.ts'
import { sayCase } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import { typedForm, unsentAlert } from '#desk/typed-form.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { hearings, isHearingKind } from '#incident/hearing.ts'
import type { Form } from '#web/form.ts'
import { formOf } from '#web/pages.ts'
import { backLink, button } from '#web/parts/actions.ts'
import { dateInput, radios, textArea } from '#web/parts/fields.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'

export function hearingPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.hearing, ask)
  const names = ['answer', 'from-day', 'from-month', 'from-year', 'text']
  pages.post(routes.hearing, answer, { names })
}

type Hearing = Case['incident']['hearings'][number]

const unknown = { status: 404, type: '', title: '', receipt: 9003, refusals: [] } as const

const ask: Handler = async (worker, request) => {
  const found = await findHearing(worker, request)
  return found.kind === 'found' ? show(worker, found, worker.unsent(), [], true) : found
}

const answer: Handler = async (worker, request) => {
  const found = await findHearing(worker, request)
  if (found.kind !== 'found') return found
  const sent = formOf(request)
  const chosen = sent.one('answer')
  const { say } = worker
  if (chosen !== 'yes' && chosen !== 'no') {
    const text = say({ da: 'Vælg svaret', en: 'Choose the answer' })
    return show(worker, found, sent, [{ id: 'answer', text }])
  }
  const { asked } = found.hearing
  const fromDate = dayIn(sent)
  const text = sent.one('text').trim()
  const answered = await worker.client.own.answerHearing(found.hearingId, {
    answer: chosen,
    ...(asked && { pnr: asked.pnr }),
    ...(fromDate !== undefined && { fromDate }),
    ...(text !== '' && { text }),
  })
  if (answered.ok) return toCase(worker, found.id, 'heard')
  const { problem } = answered
  if (problem.status === 401 || problem.status === 404) return { kind: 'problem', problem }
  const faults = problem.refusals.map(
    ({ text: why, field }): Fault => ({
      text: say(why),
      ...(field === 'fromDate' && { id: 'from' }),
    }),
  )
  return show(worker, found, sent, faults)
}

type Found = {
  readonly kind: 'found'
  readonly id: string
  readonly hearingId: string
  readonly hearing: Hearing
}

async function findHearing(worker: Worker, request: FastifyRequest): Promise<Found | Shown> {
  const id = idOf(request)
  const found = await worker.client.desk.case(id)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { params } = request
  const given = typeof params === 'object' && params !== null && 'hearing' in params
  const hearingId = given ? String(params.hearing) : ''
  const hearing = found.value.incident.hearings.find((each) => each.id === hearingId)
  if (hearing === undefined) return { kind: 'problem', problem: unknown }
  // Answered in the meantime: the case tells what.
  if (hearing.state !== 'open') return toCase(worker, id)
  return { kind: 'found', id, hearingId, hearing }
}

/** As it was written, for the server to judge; undefined when all three are empty. */
function dayIn(sent: Form): string | undefined {
  const [year, month, day] = [sent.one('from-year'), sent.one('from-month'), sent.one('from-day')]
  if (`${year}${month}${day}`.trim() === '') return undefined
  return `${year.trim()}-${month.trim().padStart(2, '0')}-${day.trim().padStart(2, '0')}`
}

function show(
  worker: Worker,
  { id, hearing, hearingId }: Found,
  sent: Form | undefined,
  faults: readonly Fault[],
  isUnsent = false,
): Shown {
  const { say, language, here } = worker
  const query = queryOf(viewOf({ url: here }))
  const { title: about, asked, kind } = hearing
  const words = isHearingKind(kind) ? hearings[kind] : undefined
  const title = `${say({ da: 'Svar på papir', en: 'Answer on paper' })}: ${say(about)}`
  const given = (part: string) => sent?.one(`from-${part}`) ?? ''
  const chosen = sent?.one('answer')
  const yes = words?.answers.yes ?? { da: 'Ja', en: 'Yes' }
  const no = words?.answers.no ?? { da: 'Nej', en: 'No' }
  const body = html`${backLink(say, paths.case(language, id, query))}${errorSummary(say, faults)}${isUnsent && sent && unsentAlert(say)}
<h1>${title}</h1>
<p>${asked && html`${say({ da: 'Spurgt er', en: 'Asked:' })} <strong>${asked.name}</strong> <span class="desk-pnr">${sayCase.pnr(asked.pnr)}</span>`}</p>
${words && html`<blockquote class="site-said">${say(words.question)}</blockquote>`}
${typedForm(
  paths.hearing(language, id, hearingId, query),
  html`${radios(say, {
    id: 'answer',
    name: 'answer',
    label: say({ da: 'Svaret', en: 'The answer' }),
    error: faultAt(faults, 'answer'),
    options: [
      { value: 'yes', text: say(yes) },
      { value: 'no', text: say(no) },
    ],
    ...(chosen !== undefined && { value: chosen }),
  })}${dateInput(say, {
    id: 'from',
    name: 'from',
    label: say({ da: 'Fra hvilken dag', en: 'From which day' }),
    hint: say({ da: 'Hvis det står i svaret', en: 'If the answer says so' }),
    optional: true,
    error: faultAt(faults, 'from'),
    value: { day: given('day'), month: given('month'), year: given('year') },
  })}${textArea(say, {
    id: 'text',
    name: 'text',
    label: say({ da: 'Bemærkning i svaret', en: 'Comment in the answer' }),
    optional: true,
    lengthMax: 1000,
    rows: 4,
    value: sent?.one('text') ?? '',
  })}<div class="site-actions">${button({ text: say({ da: 'Notér svaret', en: 'Enter the answer' }) })}</div>`,
)}`
  const content = { title, hasErrors: faults.length > 0, body }
  return { kind: 'page', status: faults.length > 0 ? 422 : 200, content }
}
