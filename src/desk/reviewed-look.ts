/** One drawn look-up: who, when, why, whose number; asking the case worker, and the judgement. */

import type { FastifyRequest } from 'fastify'
import { type Html, html, type Part } from '#base/html.ts'
import type { Result, ReviewChange, ReviewedLookUp } from '#client/index.ts'
import { sayCase } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import {
  actTexts,
  connectionTexts,
  patternMarks,
  sayAt,
  sayWeek,
  verdictTexts,
} from '#desk/review-words.ts'
import { changedPart, seenLook, versionIn } from '#desk/seen-review.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import type { Form } from '#web/form.ts'
import { formOf } from '#web/pages.ts'
import { backLink, button, form } from '#web/parts/actions.ts'
import { radios, textArea } from '#web/parts/fields.ts'
import { type SummaryRow, summaryList } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import { sayReason } from '#web/reason.ts'

/** As the CPR server has it. */
const textMax = 2000

export function reviewedLookPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.reviewedLook, (worker, request) => show(worker, placeOf(request), undefined, []))
  pages.post(routes.reviewAsk, ask)
  pages.post(routes.reviewJudge, judge)
}

type Place = { readonly week: string; readonly number: number }

function partOf({ params }: FastifyRequest, name: 'week' | 'number'): string {
  const given: Readonly<Record<string, unknown>> =
    typeof params === 'object' && params !== null ? { ...params } : {}
  const part = given[name]
  return typeof part === 'string' ? part : ''
}

export function weekOf(request: FastifyRequest): string {
  return partOf(request, 'week')
}

function placeOf(request: FastifyRequest): Place {
  return { week: weekOf(request), number: Number(partOf(request, 'number')) || 0 }
}

const ask: Handler = async (worker, request) => {
  const place = placeOf(request)
  const sent = formOf(request)
  const done = await worker.client.reviews.ask(place.week, place.number, {
    text: sent.one('question'),
    version: versionIn(sent),
  })
  return answer(worker, place, sent, done, 'question')
}

const judge: Handler = async (worker, request) => {
  const place = placeOf(request)
  const sent = formOf(request)
  const verdict = sent.one('verdict')
  if (verdict !== 'fine' && verdict !== 'not-fine') {
    const text = worker.say({ da: 'Vælg en vurdering', en: 'Choose a judgement' })
    return show(worker, place, sent, [{ id: 'verdict', text }])
  }
  const judgement = { verdict, note: sent.one('note'), version: versionIn(sent) } as const
  const done = await worker.client.reviews.judge(place.week, place.number, judgement)
  if (done.ok) return { kind: 'go', to: paths.review(worker.language, place.week) }
  return answer(worker, place, sent, done, 'note')
}

async function answer(
  worker: Worker,
  place: Place,
  sent: Form,
  done: Result<ReviewChange>,
  field: string,
): Promise<Shown> {
  const { language, say } = worker
  if (done.ok) return { kind: 'go', to: paths.reviewedLook(language, place.week, place.number) }
  const { problem } = done
  if (![400, 409, 422].includes(problem.status)) return { kind: 'problem', problem }
  const faults = problem.refusals.map(
    (refusal): Fault => ({
      text: say(refusal.text),
      ...(refusal.field !== undefined && { id: field }),
    }),
  )
  return show(worker, place, sent, faults)
}

async function show(
  worker: Worker,
  { week, number }: Place,
  sent: Form | undefined,
  faults: readonly Fault[],
): Promise<Shown> {
  const { client, say, language } = worker
  const found = await client.reviews.lookUp(week, number)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const look = found.value
  const title = `${say(sayWeek(week))}: ${say({ da: 'opslag', en: 'look-up' })} ${number}`
  const mayAct = !look.own && !look.signed
  const body = html`${backLink(say, paths.review(language, week))}${errorSummary(say, faults)}
<h1>${title}</h1>
${changedPart(say, sent, look)}
${look.own && alert(say, 'warning', { heading: say(ownText) })}
${factsPart(worker, look)}
${mayAct && askPart(worker, look, sent, faults)}
${mayAct && judgePart(worker, look, sent, faults)}`
  const hasErrors = faults.length > 0
  return { kind: 'page', status: hasErrors ? 422 : 200, content: { title, body, hasErrors } }
}

const ownText = {
  da: 'Det er dit eget opslag. En anden vurderer det.',
  en: 'This look-up is your own. Somebody else judges it.',
}

function factsPart({ say }: Worker, look: ReviewedLookUp): Html {
  const { question, answer: reply, judgement, pnr } = look
  const row = (label: { da: string; en: string }, value: Part): SummaryRow => ({
    label: say(label),
    value,
  })
  const chance = look.byChance && say({ da: 'Tilfældigt udtræk', en: 'By chance' })
  return summaryList(say, [
    row({ da: 'Personkode', en: 'Person code' }, look.personCode),
    row({ da: 'Hvornår', en: 'When' }, sayAt(say, look.at)),
    row({ da: 'Hvad', en: 'What' }, say(actTexts[look.act])),
    row({ da: 'Formål', en: 'Purpose' }, say(sayReason(look))),
    row(
      { da: 'Hvis oplysninger', en: 'Whose data' },
      pnr === undefined
        ? say({ da: 'Intet personnummer', en: 'No personal number' })
        : sayCase.pnr(pnr),
    ),
    row({ da: 'Sag', en: 'Case' }, say(connectionTexts[look.connection])),
    row({ da: 'Udtrukket fordi', en: 'Drawn because' }, html`${chance} ${patternMarks(say, look)}`),
    ...(question
      ? [
          row(
            { da: 'Spurgt', en: 'Asked' },
            html`${question.text} <span class="desk-by">${question.by}, ${sayAt(say, question.at)}</span>`,
          ),
          row(
            { da: 'Sagsbehandlerens svar', en: "The case worker's answer" },
            reply
              ? html`${reply.text} <span class="desk-by">${sayAt(say, reply.at)}</span>`
              : say({ da: 'Ikke besvaret', en: 'Not answered' }),
          ),
        ]
      : []),
    ...(judgement
      ? [
          row(
            { da: 'Vurdering', en: 'Judgement' },
            html`${say(verdictTexts[judgement.verdict])}${judgement.note && html`: ${judgement.note}`} <span class="desk-by">${judgement.by}, ${sayAt(say, judgement.at)}</span>`,
          ),
        ]
      : []),
  ])
}

function askPart(
  { say, language }: Worker,
  look: ReviewedLookUp,
  sent: Form | undefined,
  faults: readonly Fault[],
): Part {
  const { week, number, question, answered, judgement } = look
  if (answered || judgement) return ''
  const title = say({ da: 'Spørg sagsbehandleren', en: 'Ask the case worker' })
  const field = textArea(say, {
    id: 'question',
    name: 'question',
    label: say({ da: 'Spørgsmål', en: 'Question' }),
    hint: say({ da: 'Højst 2.000 tegn', en: 'At most 2,000 characters' }),
    error: faultAt(faults, 'question'),
    value: sent?.one('question') || (question?.text ?? say(why)),
    lengthMax: textMax,
    rows: 3,
  })
  return html`<section class="site-panel"><h2>${title}</h2>${form(
    paths.reviewedLook(language, week, number, 'ask'),
    html`${seenLook(look)}${field}<div class="site-actions">${button({ text: say({ da: 'Send spørgsmålet', en: 'Send the question' }), look: 'secondary' })}</div>`,
  )}</section>`
}

const why = {
  da: 'Hvad var grunden til dette opslag?',
  en: 'What was the reason for this look-up?',
}

function judgePart(
  { say, language }: Worker,
  look: ReviewedLookUp,
  sent: Form | undefined,
  faults: readonly Fault[],
): Html {
  const { week, number, judgement } = look
  const title = say({ da: 'Vurdér opslaget', en: 'Judge the look-up' })
  const chosen = sent?.one('verdict') || judgement?.verdict
  const choice = radios(say, {
    id: 'verdict',
    name: 'verdict',
    label: say({ da: 'Vurdering', en: 'Judgement' }),
    error: faultAt(faults, 'verdict'),
    options: (['fine', 'not-fine'] as const).map((value) => ({
      value,
      text: say(verdictTexts[value]),
    })),
    ...(chosen !== undefined && { value: chosen }),
  })
  const note = textArea(say, {
    id: 'note',
    name: 'note',
    label: say({ da: 'Bemærkning', en: 'Note' }),
    hint: say({
      da: 'Højst 2.000 tegn. Skal udfyldes, når opslaget ikke er i orden.',
      en: 'At most 2,000 characters. Needed when the look-up is not fine.',
    }),
    error: faultAt(faults, 'note'),
    value: sent?.one('note') || (judgement?.note ?? ''),
    lengthMax: textMax,
    rows: 3,
  })
  return html`<section class="site-panel"><h2>${title}</h2>${form(
    paths.reviewedLook(language, week, number, 'judge'),
    html`${seenLook(look)}${choice}${note}<div class="site-actions">${button({ text: say({ da: 'Gem vurderingen', en: 'Save the judgement' }) })}</div>`,
  )}</section>`
}
