/** Answering what one is asked: a host's declaration, a hearing about a child's move. */

import type { FastifyInstance } from 'fastify'
import { danishDate, readDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { html } from '#base/html.ts'
import type { Hearings, Problem } from '#client/index.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import { known } from '#self-service/known.ts'
import { actingPart, type OwnVisit, ownPage } from '#self-service/own/whose.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Content } from '#web/layout.ts'
import { actions, backLink, button, buttonLink, form } from '#web/parts/actions.ts'
import { type DayParts, dateInput, radios, textArea } from '#web/parts/fields.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'

type Asked = Hearings['items'][number]
type Written = { readonly answer: string; readonly from: DayParts; readonly text: string }

const nothing: Written = { answer: '', from: { day: '', month: '', year: '' }, text: '' }

export function askedRoutes(app: FastifyInstance, tools: Tools): void {
  const url = ':id'
  const scope = 'hearings'
  ownPage(app, tools, {
    method: 'GET',
    url: (own) => own.asked(url),
    scope,
    handler: async (visit) => {
      const asked = await findAsked(visit)
      return asked ? visit.show(askContent(visit, asked, nothing, [])) : visit.notFound()
    },
  })
  ownPage(app, tools, {
    method: 'POST',
    url: (own) => own.asked(url),
    scope,
    handler: async (visit) => {
      const asked = await findAsked(visit)
      const { whose, own } = visit
      const written = readWritten(visit)
      // Who acts for somebody may see less than the cases.
      const after = whose.power === undefined ? own.cases : own.actFor
      // Answered meanwhile, as in another window: the list says so, and a remark is not lost.
      if (!asked) {
        if (written.text === '') return visit.goTo(after)
        return visit.show(answeredContent(visit, written, after), 409)
      }
      const faults = faultsOf(visit, asked, written)
      if (faults.length > 0) return visit.show(askContent(visit, asked, written, faults), 422)
      const from = dayOf(written.from)
      const answer = await tools.clients.json.own.answerHearing(asked.id, {
        ...whose.asks,
        answer: written.answer,
        ...(from !== undefined && asked.kind === 'host' && { fromDate: from }),
        ...(written.text !== '' && { text: written.text }),
      })
      if (answer.ok) return visit.goTo(`${after}?answered`)
      return visit.show(askContent(visit, asked, written, refusedAs(visit, answer.problem)), 422)
    },
  })
}

async function findAsked({ tools, params, whose }: OwnVisit): Promise<Asked | undefined> {
  const { items } = known(
    await tools.clients.json.own.hearings(whose.asks.pnr, whose.asks.representative),
  )
  return items.find(({ id }) => id === params['id'])
}

function readWritten({ form: sent }: OwnVisit): Written {
  const part = (name: string) => sent.one(`from-${name}`).trim()
  return {
    answer: sent.one('answer'),
    from: { day: part('day'), month: part('month'), year: part('year') },
    text: oneLine(sent.one('text')),
  }
}

/** What is kept is one line. */
function oneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter(Boolean).join(' ')
}

function isWritten({ day, month, year }: DayParts): boolean {
  return day + month + year !== ''
}

function dayOf({ day, month, year }: DayParts) {
  return readDate(`${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

function faultsOf({ say }: OwnVisit, { kind }: Asked, { answer, from }: Written): readonly Fault[] {
  const chosen = answer === 'yes' || answer === 'no'
  const badDay = kind === 'host' && isWritten(from) && dayOf(from) === undefined
  return [
    ...(chosen
      ? []
      : [{ id: 'answer', text: say({ da: 'Vælg et svar', en: 'Choose an answer' }) }]),
    ...(badDay
      ? [
          {
            id: 'from',
            text: say({ da: 'Skriv en dag, der findes', en: 'Give a day that exists' }),
          },
        ]
      : []),
  ]
}

const idOf: { readonly [field: string]: string } = {
  answer: 'answer',
  fromDate: 'from',
  text: 'text',
}

function refusedAs({ say }: OwnVisit, { refusals }: Problem): readonly Fault[] {
  return refusals.map(({ field, text }) => ({ id: idOf[field ?? ''], text: say(text) }))
}

function answeredContent({ say }: OwnVisit, { text }: Written, goOn: string): Content {
  const title = say({ da: 'Spørgsmålet venter ikke på svar', en: 'No answer is awaited' })
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Det er besvaret før, for eksempel i et andet vindue, eller sagen er afgjort. Det første svar gælder.',
      en: 'It was answered before, as in another window, or the case is decided. The first answer counts.',
    })}</p>
<h2>${say({ da: 'Din bemærkning var', en: 'Your remark was' })}</h2>
<blockquote class="site-said">${text}</blockquote>
${actions(buttonLink(goOn, say({ da: 'Til sagerne', en: 'To the cases' })))}`,
  }
}

const isAbout = { da: 'Det handler om', en: 'It is about' }
const liesWith = { da: 'Sagen ligger hos', en: 'The case is with' }

function askContent(
  visit: OwnVisit,
  asked: Asked,
  written: Written,
  faults: readonly Fault[],
): Content {
  const { say, own, tools } = visit
  const { kind, title: name, question, answers, about, deadline, authority } = asked
  const title = say(name)
  const people = about.map((each) => each.name).join(', ')
  const today = danishDate(tools.clock())
  return {
    title,
    hasErrors: faults.length > 0,
    body: html`${backLink(say, own.cases)}${errorSummary(say, faults)}${actingPart(visit)}<h1>${title}</h1>
<p class="font-lead">${say(question)}</p>
<div class="site-panel"><p>${say(isAbout)} <strong>${people}</strong><br>
${say(liesWith)} ${fullAuthorityName(authority)}${deadline && html`<br>${say({ da: 'Svar senest', en: 'Answer by' })} <strong>${say(sayDay(deadline))}</strong>`}</p></div>
${form(
  own.asked(asked.id),
  html`${radios(say, {
    ...{ id: 'answer', name: 'answer', value: written.answer, error: faultAt(faults, 'answer') },
    label: say({ da: 'Dit svar', en: 'Your answer' }),
    options: [
      { value: 'yes', text: say(answers.yes) },
      { value: 'no', text: say(answers.no) },
    ],
  })}
${
  kind === 'host' &&
  dateInput(say, {
    ...{ id: 'from', name: 'from', value: written.from, error: faultAt(faults, 'from') },
    ...{ optional: true },
    label: say({ da: 'Bor her fra', en: 'Lives here from' }),
    hint: say({
      da: `Hvis du ved det. For eksempel ${sayDay(today).da}`,
      en: `If you know. For example ${sayDay(today).en}`,
    }),
  })
}
${textArea(say, {
  ...{ id: 'text', name: 'text', value: written.text, lengthMax: 1000, rows: 4, optional: true },
  error: faultAt(faults, 'text'),
  label: say({ da: 'Bemærkning', en: 'Comment' }),
  hint: say({
    da: 'Kommunen kan se den. Den anden person kan ikke.',
    en: 'The municipality can see it. The other person cannot.',
  }),
})}
${actions(button({ text: say({ da: 'Send svaret', en: 'Send the answer' }) }))}`,
)}
<p>${say({
      da: 'Kommunen afgør sagen, også hvis du er uenig. Du kan ikke ændre svaret, når det er sendt.',
      en: 'The municipality decides, even if you disagree. You cannot change the answer once it is sent.',
    })}</p>`,
  }
}
