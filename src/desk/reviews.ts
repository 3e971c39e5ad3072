/** Control of the log: the weeks, and what was drawn of one. They name nobody who was looked at. */

import { sayDay, sayShortInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { LogReview, LogReviewHead } from '#client/index.ts'
import { paths, routes } from '#desk/paths.ts'
import {
  connectionTexts,
  patternMarks,
  progressOf,
  sayAt,
  sayDays,
  sayWeek,
  stateOf,
} from '#desk/review-words.ts'
import { weekOf } from '#desk/reviewed-look.ts'
import { changedPart, seenReview, versionIn } from '#desk/seen-review.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import type { Form } from '#web/form.ts'
import { formOf } from '#web/pages.ts'
import { actions, backLink, button, buttonLink, form } from '#web/parts/actions.ts'
import { summaryList, table } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault } from '#web/parts/messages.ts'
import { sayReason } from '#web/reason.ts'

export function reviewPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.reviews, showWeeks)
  pages.get(routes.review, (worker, request) => showWeek(worker, weekOf(request), []))
  pages.post(routes.reviewSign, signOff)
}

const showWeeks: Handler = async ({ client, say, language }, request) => {
  const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '')
  const found = await client.reviews.list(query.get('before') ?? undefined)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { items, next } = found.value
  const title = say({ da: 'Kontrol af opslag', en: 'Review of look-ups' })
  const intro = say({
    da: 'Hver uge udtrækkes tilfældige opslag og dem, der falder uden for det sædvanlige. To forskellige personer godkender kontrollen.',
    en: 'Every week look-ups are drawn by chance, and those that are out of the ordinary. Two different people sign off the review.',
  })
  const overdue = items.filter(({ due }) => due.overdue).length
  const late = alert(say, 'warning', {
    heading: say({
      da: `${overdue} af kontrollerne har overskredet fristen`,
      en: `${overdue} of the reviews are overdue`,
    }),
  })
  const none = alert(say, 'info', {
    heading: say({ da: 'Intet er udtrukket endnu', en: 'Nothing has been drawn yet' }),
    body: say({
      da: 'En uge udtrækkes, når den er gået, og der er set på nogen i den.',
      en: 'A week is drawn when it is over, if anybody was looked up in it.',
    }),
  })
  const older =
    next !== undefined &&
    buttonLink(
      paths.reviews(language, { before: next }),
      say({ da: 'Ældre uger', en: 'Older weeks' }),
      'secondary',
    )
  const body = html`<h1>${title}</h1><p>${intro}</p>${overdue > 0 && late}
${items.length === 0 ? none : weeksTable({ say, language }, items)}${older && actions(older)}`
  return { kind: 'page', content: { title, body } }
}

function weeksTable(
  { say, language }: Pick<Worker, 'say' | 'language'>,
  items: readonly LogReviewHead[],
): Html {
  const head = [
    say({ da: 'Uge', en: 'Week' }),
    say({ da: 'Opslag i alt', en: 'Look-ups in all' }),
    say({ da: 'Vurderet', en: 'Judged' }),
    say({ da: 'Frist', en: 'Due' }),
    say({ da: 'Status', en: 'State' }),
  ]
  const rows = items.map((item): readonly Part[] => [
    html`<a href="${paths.review(language, item.week)}">${say(sayWeek(item.week))}</a>`,
    item.total,
    say({ da: `${item.judged} af ${item.drawn}`, en: `${item.judged} of ${item.drawn}` }),
    say(sayDay(item.due.on)),
    item.due.overdue
      ? html`<strong class="desk-mark desk-mark-warning">${say(stateOf(item))}</strong>`
      : say(stateOf(item)),
  ])
  const caption = say({ da: 'Uger', en: 'Weeks' })
  return table({ caption, isCaptionSpoken: true, head, rows })
}

async function showWeek(
  worker: Worker,
  week: string,
  faults: readonly Fault[],
  { status = 200, sent }: { readonly status?: number; readonly sent?: Form } = {},
): Promise<Shown> {
  const { client, say, language } = worker
  const found = await client.reviews.get(week)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const review = found.value
  const title = `${say(sayWeek(review.week))}: ${say({ da: 'kontrol af opslag', en: 'review of look-ups' })}`
  const print = html`<button class="button button-secondary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button>`
  const body = html`${backLink(say, paths.reviews(language))}${errorSummary(say, faults)}
<h1>${title}</h1>
${changedPart(say, sent, review)}
${review.due.overdue && alert(say, 'warning', { heading: say(stateOf(review)) })}
${aboutPart(worker, review)}${unnamedPart(worker, review)}${talliesPart(worker, review)}
${looksPart(worker, review)}${signPart(worker, review)}${actions(print)}`
  const content = { title, body, hasErrors: faults.length > 0, scripts: ['print.js'] }
  return { kind: 'page', status, content }
}

function aboutPart({ say }: Worker, review: LogReview): Html {
  const { total, drawn, judged, awaited, drawnAt, due, sample, signatures } = review
  const names = signatures.map(({ at, by }) => html`<li>${by}, ${sayAt(say, at)}</li>`)
  const share = say({
    da: `${sample.percent} af 100, mindst ${sample.atLeast}, og det usædvanlige`,
    en: `${sample.percent} of 100, at least ${sample.atLeast}, and anything unusual`,
  })
  return summaryList(say, [
    { label: say({ da: 'Dage', en: 'Days' }), value: sayDays(say, review) },
    { label: say({ da: 'Status', en: 'State' }), value: say(stateOf(review)) },
    { label: say({ da: 'Frist', en: 'Due' }), value: say(sayDay(due.on)) },
    { label: say({ da: 'Opslag i ugen', en: 'Look-ups in the week' }), value: total },
    {
      label: say({ da: 'Udtrukket', en: 'Drawn' }),
      value: html`${drawn} (${share}), ${sayAt(say, drawnAt)}`,
    },
    { label: say({ da: 'Vurderet', en: 'Judged' }), value: judged },
    { label: say({ da: 'Afventer svar', en: 'Answers awaited' }), value: awaited },
    {
      label: say({ da: 'Godkendt af', en: 'Signed off by' }),
      value: names.length === 0 ? '–' : html`<ul class="desk-lines">${names}</ul>`,
    },
    {
      label: say({ da: 'Lodtrækningens nøgle', en: 'Seed of the draw' }),
      value: html`<code>${sample.seed}</code>`,
    },
  ])
}

/** What cannot be seen is said: else a quiet week looks like a good one. */
function unnamedPart({ say }: Worker, { unnamed }: LogReview): Part {
  if (unnamed.length === 0) return ''
  return alert(say, 'info', {
    heading: say({
      da: 'Det er ikke oplyst, hvem der bruger disse personkoder',
      en: 'Nobody has stated who uses these person codes',
    }),
    body: say({
      da: `${unnamed.join(', ')}. Derfor kan kontrollen ikke se, om de slår sig selv, naboer eller navnefæller op. Brugeradministratoren kan oplyse det.`,
      en: `${unnamed.join(', ')}. So the review cannot see whether they look up themselves, neighbours or namesakes. The administrator can state it.`,
    }),
  })
}

function talliesPart({ say }: Worker, { tallies }: LogReview): Html {
  const title = say({ da: 'Uden for det sædvanlige', en: 'Out of the ordinary' })
  const head = [
    say({ da: 'Personkode', en: 'Person code' }),
    say({ da: 'Mønster', en: 'Pattern' }),
    say({ da: 'Antal i ugen', en: 'How many in the week' }),
  ]
  const rows = tallies.map(({ personCode, pattern, count }) => [
    personCode,
    say(pattern.text),
    count,
  ])
  const list =
    rows.length === 0
      ? html`<p>${say({ da: 'Intet faldt uden for det sædvanlige.', en: 'Nothing was out of the ordinary.' })}</p>`
      : table({ caption: title, isCaptionSpoken: true, head, rows })
  return html`<h2>${title}</h2>${list}`
}

function looksPart({ say, language }: Worker, { week, looks }: LogReview): Html {
  const title = say({ da: 'Udtrukne opslag', en: 'Drawn look-ups' })
  const head = [
    say({ da: 'Opslag', en: 'Look-up' }),
    say({ da: 'Hvornår', en: 'When' }),
    say({ da: 'Hvem', en: 'Who' }),
    say({ da: 'Formål', en: 'Purpose' }),
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Udtrukket fordi', en: 'Drawn because' }),
    say({ da: 'Status', en: 'State' }),
  ]
  const chance = say({ da: 'Tilfældigt udtræk', en: 'By chance' })
  const rows = looks.map((look): readonly Part[] => [
    html`<a href="${paths.reviewedLook(language, week, look.number)}">${say({ da: `Opslag ${look.number}`, en: `Look-up ${look.number}` })}</a>`,
    html`<span class="desk-when">${say(sayShortInstant(new Date(look.at)))}</span>`,
    look.personCode,
    say(sayReason(look)),
    say(connectionTexts[look.connection]),
    html`${look.byChance && chance} ${patternMarks(say, look)}`,
    say(progressOf(look)),
  ])
  return html`<h2>${title}</h2>${table({ caption: title, isCaptionSpoken: true, head, rows })}`
}

function signPart({ say, language, session }: Worker, review: LogReview): Part {
  const { week, drawn, judged, signatures } = review
  if (signatures.length >= 2) return ''
  const title = say({ da: 'Godkend kontrollen', en: 'Sign off the review' })
  const mine = signatures.some(({ by }) => by === session.personCode)
  const why = mine
    ? say({
        da: 'Du har godkendt. En anden skal godkende også.',
        en: 'You have signed off. Somebody else must sign off too.',
      })
    : judged < drawn
      ? say({
          da: 'Når alle udtrukne opslag er vurderet, kan to forskellige personer godkende.',
          en: 'When all drawn look-ups are judged, two different people can sign off.',
        })
      : undefined
  const sign = form(
    paths.reviewSign(language, week),
    html`${seenReview(review)}${button({ text: title })}`,
  )
  return html`<section class="d-print-none"><h2>${title}</h2>${why === undefined ? sign : html`<p>${why}</p>`}</section>`
}

const signOff: Handler = async (worker, request) => {
  const week = weekOf(request)
  const sent = formOf(request)
  const done = await worker.client.reviews.signOff(week, { version: versionIn(sent) })
  if (done.ok) return { kind: 'go', to: paths.review(worker.language, week) }
  const { problem } = done
  if (problem.status !== 409 && problem.status !== 422) return { kind: 'problem', problem }
  const faults = problem.refusals.map(({ text }) => ({ text: worker.say(text) }))
  return showWeek(worker, week, faults, { status: problem.status, sent })
}
