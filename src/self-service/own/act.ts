/** Acting for somebody: what the power of attorney reaches, each as a way to go. */

import type { FastifyInstance } from 'fastify'
import { sayDay } from '#base/day-words.ts'
import { html } from '#base/html.ts'
import { known } from '#self-service/known.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import { openPowers, type Power, scopes } from '#self-service/own/power.ts'
import { actingBy, refusePower } from '#self-service/own/whose.ts'
import type { Tools } from '#self-service/settings.ts'
import { personal, type Visit } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { backLink, cards } from '#web/parts/actions.ts'
import { languages } from '#web/say.ts'

export function actRoutes(app: FastifyInstance, tools: Tools): void {
  for (const language of languages) {
    personal(app, tools, 'GET', ownPathsIn(language, ':power').actFor, async (visit) => {
      const key = visit.params['power'] ?? ''
      const kept = await openPowers(tools).find(key)
      const acting = await actingBy(visit, key, kept?.power.scope[0] ?? '')
      if (acting.kind === 'unknown') return visit.notFound()
      if (acting.kind === 'refused') return refusePower(visit, acting.why)
      return visit.show(await actContent(visit, key, acting.power))
    })
  }
}

async function actContent(visit: Visit, key: string, power: Power): Promise<Content> {
  const { say, paths, language, tools } = visit
  const { giver, scope, to } = power
  const own = ownPathsIn(language, key)
  const title = say({ da: `Handl for ${giver.name}`, en: `Act for ${giver.name}` })
  const asked = scope.includes('hearings')
    ? known(await tools.clients.json.own.hearings(giver.pnr, visit.session.pnr)).items
    : []
  const reports = scope.filter((name) => !others.includes(name))
  const items = [
    ...asked.map((each) => ({
      href: own.asked(each.id),
      heading: say(each.title),
      text: say({ da: 'Der ventes på svar', en: 'Waiting for an answer' }),
    })),
    ...reports.map((name) => ({
      href: `${paths.begin(name)}?for=${key}`,
      heading: say(scopes[name] ?? { da: name, en: name }),
      text: say({ da: `Anmeld for ${giver.name}`, en: `Report for ${giver.name}` }),
    })),
    ...(scope.includes('cases')
      ? [{ href: own.cases, heading: say({ da: 'Sager', en: 'Cases' }), text: say(casesText) }]
      : []),
    ...(scope.includes('data')
      ? [
          { href: own.data, heading: say({ da: 'Oplysninger', en: 'Data' }), text: say(dataText) },
          {
            href: own.whoLooked,
            heading: say({ da: 'Hvem har set oplysningerne', en: 'Who has seen the data' }),
            text: say(lookedText),
          },
        ]
      : []),
  ]
  return {
    title,
    body: html`${backLink(say, own.powers)}<h1>${title}</h1>
<p class="font-lead">${say({ da: `Fuldmagten gælder til og med ${sayDay(to).da}. Du logger aldrig ind som en anden: loggen viser, at det er dig, der handler.`, en: `It is valid until ${sayDay(to).en}. You never sign in as somebody else: the log shows that it is you who acts.` })}</p>
${items.length === 0 ? html`<p>${say({ da: 'Der er intet at gøre lige nu.', en: 'There is nothing to do just now.' })}</p>` : cards(items)}`,
  }
}

const others = ['hearings', 'cases', 'data']
const casesText = { da: 'Hvor sagerne er, og breve', en: 'Where the cases are, and letters' }
const dataText = { da: 'Hvad der er registreret', en: 'What is registered' }
const lookedText = { da: 'Hvert opslag i registret', en: 'Every look-up in the register' }
