/** My data: what the register has about me and my children, item by item, also on another day. */

import type { FastifyInstance } from 'fastify'
import { addDays, danishDate, date } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { OwnData, Result } from '#client/index.ts'
import { known } from '#self-service/known.ts'
import { actingPart, type OwnVisit, ownPage } from '#self-service/own/whose.ts'
import { withDays } from '#self-service/own/words.ts'
import type { Tools } from '#self-service/settings.ts'
import { dayOfParts, isBlankDay, readDayParts } from '#web/day-parts.ts'
import type { Content } from '#web/layout.ts'
import { button } from '#web/parts/actions.ts'
import { type DayParts, dateInput } from '#web/parts/fields.ts'
import { tabs } from '#web/parts/lists.ts'
import { errorSummary } from '#web/parts/messages.ts'

export function dataRoutes(app: FastifyInstance, tools: Tools): void {
  ownPage(app, tools, { method: 'GET', url: ({ data }) => data, scope: 'data', handler: showData })
  ownPage(app, tools, {
    method: 'GET',
    url: ({ child }) => child(':child'),
    scope: 'data',
    handler: showData,
  })
}

async function showData(visit: OwnVisit) {
  const { tools, whose, query, params } = visit
  const on = readDayParts((name) => query[name], 'on')
  const day = dayOfParts(on)
  const isWrong = !isBlankDay(on) && day === undefined
  const when = day === undefined ? {} : { asValidOn: day }
  const found = await tools.clients.json.own.data({ ...whose.asks, ...when })
  if (isNobody(found)) return visit.show(nobodyContent(visit))
  const mine = known(found)
  const at = params['child']
  if (at === undefined)
    return visit.show(dataContent({ visit, mine, shown: mine, at, on, isWrong }))
  // Children are numbered as they stand: their personal numbers are in no URL.
  const child = mine.children[Number(at) - 1]
  if (!child || !/^[1-9]\d?$/.test(at)) return visit.notFound()
  const shown = known(
    await tools.clients.json.own.data({ ...whose.asks, child: child.pnr, ...when }),
  )
  return visit.show(dataContent({ visit, mine, shown, at, on, isWrong }))
}

const nobody = 172

/** Whom no fact is about, as somebody with a number who never lived here. */
export function isNobody(found: Result<OwnData>): boolean {
  return !found.ok && found.problem.receipt === nobody
}

function nobodyContent(visit: OwnVisit): Content {
  const { say, whose } = visit
  const title = say({
    da: `Der står intet om ${whose.name}`,
    en: `Nothing is registered about ${whose.name}`,
  })
  return {
    title,
    body: html`${actingPart(visit)}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Personnummeret findes ikke i registret. Spørg din kommune, hvis det ikke kan passe.',
      en: 'The personal number is not in the register. Ask your municipality if you think that is wrong.',
    })}</p>`,
  }
}

type View = {
  readonly visit: OwnVisit
  readonly mine: OwnData
  readonly shown: OwnData
  readonly at: string | undefined
  readonly on: DayParts
  readonly isWrong: boolean
}

function dataContent(view: View): Content {
  const { visit, mine, shown, at, isWrong } = view
  const { say, own } = visit
  const title =
    at === undefined
      ? say({ da: 'Det står der om dig', en: 'What is registered about you' })
      : say({
          da: `Det står der om ${shown.person.name}`,
          en: `What is registered about ${shown.person.name}`,
        })
  const people = [
    { href: own.data, text: mine.person.name, isHere: at === undefined },
    ...mine.children.map(({ name }, place) => ({
      href: own.child(String(place + 1)),
      text: name,
      isHere: at === String(place + 1),
    })),
  ]
  const faults = isWrong ? [{ id: 'on', text: say(noSuchDay) }] : []
  return {
    title,
    hasErrors: isWrong,
    body: html`${actingPart(visit)}${errorSummary(say, faults)}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Ved hver oplysning står, hvem du skal spørge, hvis den er forkert.',
      en: 'Each entry says who to ask if it is wrong.',
    })}</p>
${mine.children.length > 0 && tabs(say({ da: 'Hvem', en: 'Who' }), people)}
${dayForm(view)}
<dl class="site-items">${shown.items.map((item) => itemPart(visit, item))}</dl>`,
  }
}

const noSuchDay = { da: 'Skriv en dag, der findes', en: 'Enter a day that exists' }

/** A question in the address, so that a day can be kept and sent: it tells of nobody. */
function dayForm({ visit, shown, at, on, isWrong }: View): Html {
  const { say, own, tools } = visit
  const action = at === undefined ? own.data : own.child(at)
  const isToday = shown.day === danishDate(tools.clock())
  const day = dateInput(say, {
    id: 'on',
    name: 'on',
    label: say({
      da: 'Se, hvad der stod en anden dag',
      en: 'See what was registered on another day',
    }),
    error: isWrong ? say(noSuchDay) : undefined,
    value: on,
  })
  return html`<form method="get" action="${action}" class="site-day d-print-none" novalidate>
${day}${button({ text: say({ da: 'Vis', en: 'Show' }), look: 'secondary' })}
</form>
<p role="status">${isToday ? say({ da: 'Sådan står der i dag.', en: 'This is how it stands today.' }) : html`${say({ da: 'Sådan stod der', en: 'This is how it stood on' })} <strong>${say(sayDay(shown.day))}</strong>. <a href="${action}">${say({ da: 'Vis i dag', en: 'Show today' })}</a>`}</p>`
}

type Item = OwnData['items'][number]
type Entry = NonNullable<Item['current']>

function itemPart(visit: OwnVisit, { title, authority, current, others, isWithheld }: Item): Html {
  const { say } = visit
  const now = isWithheld
    ? html`<p>${say({
        da: 'Vises ikke her: adressen er beskyttet. Spørg kommunen.',
        en: 'Not shown here: the address is protected. Ask the municipality.',
      })}</p>`
    : current
      ? entryPart(visit, current)
      : html`<p class="site-quiet">${say({ da: 'Ingen den dag', en: 'None on that day' })}</p>`
  const history = others.map((entry) => html`<li>${entryPart(visit, entry)}</li>`)
  const count = { da: `Andre dage (${others.length})`, en: `Other days (${others.length})` }
  return html`<div class="site-item"><dt>${say(title)}</dt><dd>${now}
${others.length > 0 && html`<details><summary>${say(count)}</summary><ul class="site-entries">${history}</ul></details>`}
<p class="site-ask">${say({ da: 'Spørg', en: 'Ask' })}: ${say(authority.name)}</p></dd></div>`
}

function entryPart({ say }: OwnVisit, { from, to, lines }: Entry): Html {
  const days =
    to === undefined
      ? { da: `Siden ${sayDay(from).da}`, en: `Since ${sayDay(from).en}` }
      : {
          da: `${sayDay(from).da} til ${sayDay(addDays(date(to), -1)).da}`,
          en: `${sayDay(from).en} to ${sayDay(addDays(date(to), -1)).en}`,
        }
  const text = lines.map((line, at) => html`${at > 0 && html`<br>`}${say(withDays(line))}`)
  return html`<p>${text}<br><span class="site-quiet">${say(days)}</span></p>`
}
