/** The team lead's page: what comes in and goes out, how old it is, how it ended. Nobody is named. */

import { sayDay } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { Figures, QueueCounts } from '#client/index.ts'
import { waitTexts } from '#desk/case-words.ts'
import { paths, routes } from '#desk/paths.ts'
import { queryOf, waitNames } from '#desk/view.ts'
import type { Handler, Worker, workerPages } from '#desk/worker.ts'
import { barChart, columnChart } from '#web/parts/charts.ts'
import { table, tabs } from '#web/parts/lists.ts'
import type { Say } from '#web/say.ts'

export function figuresPage(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.figures, showFigures)
}

const spans = [7, 30, 90, 365] as const

const showFigures: Handler = async (worker, request) => {
  const { client, say, language } = worker
  const asked = Number(new URLSearchParams(request.url.split('?', 2)[1] ?? '').get('days'))
  const days = spans.find((span) => span === asked) ?? 30
  const [found, counted, late] = await Promise.all([
    client.desk.figures(days),
    client.desk.counts(),
    client.desk.counts({ overdue: true }),
  ])
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  if (!counted.ok) return { kind: 'problem', problem: counted.problem }
  if (!late.ok) return { kind: 'problem', problem: late.problem }
  const title = say({ da: `Tal for ${days} dage`, en: `Figures for ${days} days` })
  const links = spans.map((span) => ({
    href: paths.figures(language, { days: String(span) }),
    text: say({ da: `${span} dage`, en: `${span} days` }),
    isHere: span === days,
  }))
  const body = html`<h1>${title}</h1>${tabs(say({ da: 'Tidsrum', en: 'Time' }), links)}
${atAGlance(worker, found.value, counted.value)}
${clocksPart(worker, found.value, counted.value, late.value)}
${inflowPart(say, found.value)}${automaticPart(say, found.value)}
${spanPart(say, ageHeading, found.value.age)}
${spanPart(say, decisionHeading, found.value.toDecision)}${outcomePart(say, found.value)}`
  return { kind: 'page', content: { title, body } }
}

function atAGlance({ say, language }: Worker, figures: Figures, counts: QueueCounts): Html {
  const { automatic, outcomes, hoursToDecision } = figures
  const decided = Object.values(outcomes).reduce((sum, each) => sum + each, 0)
  const share = decided === 0 ? '–' : `${Math.round((automatic / decided) * 100)} %`
  const hours = (value: number | null) => (value === null ? '–' : say(sayHours(value)))
  const tiles: readonly (readonly [Text, Part])[] = [
    [{ da: 'Venter', en: 'Waiting' }, counts.all],
    [
      { da: 'Overskredet', en: 'Overdue' },
      html`<a href="${paths.queue(language, { overdue: 'yes', sort: 'deadline' })}">${counts.overdue}</a>`,
    ],
    [{ da: 'Afgjort', en: 'Decided' }, decided],
    [{ da: 'Heraf automatisk', en: 'Decided automatically' }, share],
    [
      { da: 'Halvdelen afgjort inden for', en: 'Half decided within' },
      hours(hoursToDecision.median),
    ],
    [{ da: '90 % afgjort inden for', en: '90 % decided within' }, hours(hoursToDecision.p90)],
  ]
  return html`<dl class="desk-tiles">${tiles.map(([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl>`
}

function sayHours(hours: number): Text {
  const days = Math.round(hours / 24)
  if (hours >= 48) return { da: `${days} dage`, en: `${days} days` }
  if (hours < 1) {
    const minutes = Math.max(1, Math.round(hours * 60))
    return minutes === 1 ? { da: '1 minut', en: '1 minute' } : inMinutes(minutes)
  }
  const shown = hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours)
  return { da: `${String(shown).replace('.', ',')} timer`, en: `${shown} hours` }
}

function inMinutes(minutes: number): Text {
  return { da: `${minutes} minutter`, en: `${minutes} minutes` }
}

/** Who is waited for, and how long; each number of the overdue leads to the list of them. */
function clocksPart(
  { say, language }: Worker,
  { clocks, outcomes }: Figures,
  all: QueueCounts,
  late: QueueCounts,
): Html {
  const heading = say({ da: 'Frister', en: 'Deadlines' })
  const head = [
    say({ da: 'Venter på', en: 'Waits for' }),
    say({ da: 'Sager', en: 'Cases' }),
    say({ da: 'Heraf overskredet', en: 'Of these overdue' }),
  ]
  const rows = waitNames.map((waitsFor): readonly Part[] => {
    const list = paths.queue(language, queryOf({ waitsFor, overdue: true, sort: 'deadline' }))
    const overdue = late.waitsFor[waitsFor]
    const of = html`<span class="sr-only"> ${say({ da: 'overskredet, venter på', en: 'overdue, wait for' })} ${say(waitTexts[waitsFor])}</span>`
    return [
      say(waitTexts[waitsFor]),
      all.waitsFor[waitsFor],
      overdue === 0 ? 0 : html`<a href="${list}">${overdue}${of}</a>`,
    ]
  })
  const { goalDays, withinGoal, reminded } = clocks
  const decided = Object.values(outcomes).reduce((sum, each) => sum + each, 0)
  const told: readonly Text[] = [
    {
      da: `Mål: afgjort inden for ${goalDays} dage. Nået i ${withinGoal} af ${decided} afgjorte sager.`,
      en: `Goal: decided within ${goalDays} days. Reached in ${withinGoal} of ${decided} decided cases.`,
    },
    {
      da: `Rykkere sendt til logiværter, der ikke har svaret: ${reminded.hosts}.`,
      en: `Reminders sent to hosts who have not answered: ${reminded.hosts}.`,
    },
    {
      da: `Breve om beskyttelser, der udløber: ${reminded.protected}.`,
      en: `Letters about protections that expire: ${reminded.protected}.`,
    },
  ]
  return html`<h2>${heading}</h2>${table({ caption: heading, isCaptionSpoken: true, head, rows })}<ul>${told.map((text) => html`<li>${say(text)}</li>`)}</ul>${comingPart(say, clocks.deadlines)}`
}

/** What ends soon, day by day. */
function comingPart(say: Say, deadlines: Figures['clocks']['deadlines']): Html {
  const heading = say({
    da: 'Frister i de næste 14 dage',
    en: 'Deadlines in the next 14 days',
  })
  const [hearings, amendments] = [
    say({ da: 'Høringssvar', en: 'Answers to hearings' }),
    say({ da: 'Rettelser', en: 'Amendments' }),
  ]
  const chart = columnChart(
    heading,
    deadlines.map(({ day }) => dayAndMonth(day)),
    [
      { name: hearings, values: deadlines.map((each) => each.hearings) },
      { name: amendments, values: deadlines.map((each) => each.amendments) },
    ],
  )
  const coming = deadlines.filter((each) => each.hearings + each.amendments > 0)
  const rows = coming.map((each) => [say(sayDay(each.day)), each.hearings, each.amendments])
  return section(say, heading, chart, [say({ da: 'Dag', en: 'Day' }), hearings, amendments], rows)
}

const dayAndMonth = (day: string) => `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`

function inflowPart(say: Say, { inflow }: Figures): Html {
  const heading = say({ da: 'Modtaget og afgjort', en: 'Received and decided' })
  const [received, decided] = [
    say({ da: 'Modtaget', en: 'Received' }),
    say({ da: 'Afgjort', en: 'Decided' }),
  ]
  const labels = inflow.map(({ day }) => dayAndMonth(day))
  const chart = columnChart(heading, labels, [
    { name: received, values: inflow.map((each) => each.received) },
    { name: decided, values: inflow.map((each) => each.decided) },
  ])
  const rows = inflow.map((each) => [say(sayDay(each.day)), each.received, each.decided])
  return section(say, heading, chart, [say({ da: 'Dag', en: 'Day' }), received, decided], rows)
}

/** How much of what was decided no person had to decide. */
function automaticPart(say: Say, { inflow }: Figures): Html {
  const heading = say({
    da: 'Afgjort af mennesker og automatisk',
    en: 'Decided by people and automatically',
  })
  const [people, automatic] = [
    say({ da: 'Af mennesker', en: 'By people' }),
    say({ da: 'Automatisk', en: 'Automatically' }),
  ]
  const labels = inflow.map(({ day }) => dayAndMonth(day))
  const byPeople = inflow.map((each) => each.decided - each.automatic)
  const chart = columnChart(heading, labels, [
    { name: people, values: byPeople },
    { name: automatic, values: inflow.map((each) => each.automatic) },
  ])
  const rows = inflow
    .filter(({ decided }) => decided > 0)
    .map((each) => [
      say(sayDay(each.day)),
      each.decided - each.automatic,
      each.automatic,
      `${Math.round((each.automatic / each.decided) * 100)} %`,
    ])
  const head = [say({ da: 'Dag', en: 'Day' }), people, automatic, say({ da: 'Andel', en: 'Share' })]
  return section(say, heading, chart, head, rows)
}

const ageHeading = {
  da: 'Hvor længe sagerne har ventet',
  en: 'How long the cases have waited',
}
const decisionHeading = {
  da: 'Hvor længe de afgjorte sager ventede',
  en: 'How long the decided cases waited',
}

function spanPart(say: Say, title: Text, age: Figures['age']): Html {
  const heading = say(title)
  const chart = barChart(
    heading,
    age.map(({ days }) => say(ageText(days))),
    age.map(({ cases }) => cases),
  )
  const head = [say({ da: 'Ventet', en: 'Waited' }), say({ da: 'Sager', en: 'Cases' })]
  return section(
    say,
    heading,
    chart,
    head,
    age.map(({ days, cases }) => [say(ageText(days)), cases]),
  )
}

/** '3-6' as '3–6 dage'; '28+' as 'mindst 28 dage'. */
function ageText(days: string): Text {
  if (days === '0') return { da: 'Under 1 dag', en: 'Under 1 day' }
  if (days.endsWith('+')) {
    const least = days.slice(0, -1)
    return { da: `Mindst ${least} dage`, en: `At least ${least} days` }
  }
  const span = days.replace('-', '–')
  return { da: `${span} dage`, en: `${span} days` }
}

const outcomeTexts: { readonly [outcome: string]: Text } = {
  approved: { da: 'Godkendt', en: 'Approved' },
  rejected: { da: 'Afvist', en: 'Rejected' },
  withdrawn: { da: 'Trukket tilbage', en: 'Withdrawn' },
}

function outcomePart(say: Say, { outcomes }: Figures): Html {
  const heading = say({ da: 'Sådan blev sagerne afgjort', en: 'How the cases were decided' })
  const entries = Object.entries(outcomes)
  const labels = entries.map(([name]) => say(outcomeTexts[name] ?? { da: name, en: name }))
  const chart = barChart(
    heading,
    labels,
    entries.map(([, count]) => count),
  )
  const head = [say({ da: 'Udfald', en: 'Outcome' }), say({ da: 'Sager', en: 'Cases' })]
  return section(
    say,
    heading,
    chart,
    head,
    entries.map(([, count], at) => [labels[at], count]),
  )
}

/** The drawing, and the same in numbers; there is nothing to draw of nothing. */
function section(
  say: Say,
  heading: string,
  chart: Html,
  head: readonly string[],
  rows: readonly (readonly Part[])[],
): Html {
  if (rows.length === 0) {
    return html`<h2>${heading}</h2><p>${say({ da: 'Ingen i dette tidsrum.', en: 'None in this period.' })}</p>`
  }
  const numbers = table({ caption: heading, isCaptionSpoken: true, head, rows })
  return html`<h2>${heading}</h2><div class="desk-figure">${chart}${rows.length > 12 ? html`<details><summary>${say({ da: 'Som tabel', en: 'As a table' })}</summary>${numbers}</details>` : numbers}</div>`
}
