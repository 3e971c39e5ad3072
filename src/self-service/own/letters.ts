/** The letters to a person: receipts, decisions, questions and reminders; each can be printed. */

import type { FastifyInstance } from 'fastify'
import { sayInstant } from '#base/day-words.ts'
import { html } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { OwnLetters } from '#client/index.ts'
import { known } from '#self-service/known.ts'
import { actingPart, type OwnVisit, ownPage } from '#self-service/own/whose.ts'
import { withDays } from '#self-service/own/words.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Content } from '#web/layout.ts'
import { actions, backLink, buttonLink } from '#web/parts/actions.ts'

type Letter = OwnLetters['items'][number]

export function lettersRoutes(app: FastifyInstance, tools: Tools): void {
  const scope = 'cases'
  ownPage(app, tools, {
    method: 'GET',
    url: ({ letters }) => letters,
    scope,
    handler: async (visit) => {
      const cursor = visit.query['from'] ?? ''
      if (!/^[A-Za-z0-9_-]{0,300}$/.test(cursor)) return visit.notFound()
      const from = cursor === '' ? {} : { cursor }
      const found = await tools.clients.json.own.letters({ ...visit.whose.asks, ...from })
      if (!found.ok && found.problem.status === 400) return visit.notFound()
      return visit.show(listContent(visit, known(found)))
    },
  })
  ownPage(app, tools, {
    method: 'GET',
    url: ({ letter }) => letter(':id'),
    scope,
    handler: async (visit) => {
      const { items } = known(
        await tools.clients.json.own.letters({ ...visit.whose.asks, limit: 100 }),
      )
      const letter = items.find(({ id }) => id === visit.params['id'])
      return letter ? visit.show(letterContent(visit, letter)) : visit.notFound()
    },
  })
}

/** What is new one day is a letter all the same. */
const titles: { readonly [kind: string]: Text } = {
  'hearing-question': { da: 'Vi spørger dig', en: 'A question for you' },
  'hearing-reminder': { da: 'Du mangler at svare', en: 'You have not answered yet' },
  'hearing-to-reporter': { da: 'Vi har spurgt en anden', en: 'We have asked somebody else' },
  'hearing-silence': { da: 'Vi har ikke fået svar', en: 'We have had no answer' },
  'hearing-answered': { da: 'Vi har fået svar', en: 'We have had an answer' },
  approved: { da: 'Din anmeldelse er godkendt', en: 'Your report is approved' },
  rejected: { da: 'Din anmeldelse er afvist', en: 'Your report is rejected' },
  'protection-ends': { da: 'Din beskyttelse udløber', en: 'Your protection ends' },
}

export function letterTitle({ kind }: Pick<Letter, 'kind'>): Text {
  return titles[kind] ?? { da: 'Brev om din sag', en: 'Letter about your case' }
}

function listContent(visit: OwnVisit, { items, next }: OwnLetters): Content {
  const { say, own } = visit
  const title = say({ da: 'Breve til dig', en: 'Letters to you' })
  const list = items.map(
    (letter) =>
      html`<li class="site-case"><h2 class="h5"><a href="${own.letter(letter.id)}">${say(letterTitle(letter))}</a></h2><p class="site-quiet">${say(sayInstant(new Date(letter.at)))}</p></li>`,
  )
  const older = say({ da: 'Vis ældre', en: 'Show older' })
  return {
    title,
    body: html`${backLink(say, own.cases)}${actingPart(visit)}<h1>${title}</h1>
${items.length === 0 ? html`<p>${say({ da: 'Der er ingen breve.', en: 'There are no letters.' })}</p>` : html`<ul class="site-cases">${list}</ul>`}
${next !== undefined && actions(buttonLink(`${own.letters}?from=${next}`, older, 'secondary'))}`,
  }
}

function letterContent(visit: OwnVisit, letter: Letter): Content {
  const { say, own, whose } = visit
  const title = say(letterTitle(letter))
  const { incident } = letter
  return {
    title,
    scripts: ['print.js'],
    body: html`<div class="site-letter">
<address class="site-letter-to">${whose.name}</address>
<p class="site-letter-date">${say(sayInstant(new Date(letter.at)))}</p>
<h1 class="h2">${title}</h1>
<p>${say(withDays(letter.text))}</p>
</div>
${actions(
  html`<button class="button button-primary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button>`,
  incident !== undefined &&
    buttonLink(own.case(incident), say({ da: 'Se sagen', en: 'See the case' }), 'secondary'),
  buttonLink(own.letters, say({ da: 'Alle breve', en: 'All letters' }), 'tertiary'),
)}`,
  }
}
