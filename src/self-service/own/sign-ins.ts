/** Where one is signed in: each browser, when it began and was last used; to end one or all. */

import type { FastifyInstance } from 'fastify'
import { sayInstant } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import type { KeptSession } from '#self-service/session.ts'
import type { Tools } from '#self-service/settings.ts'
import { personal, type Visit } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { actions, button, form } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import { languages } from '#web/say.ts'

export function signInsRoutes(app: FastifyInstance, tools: Tools): void {
  const { sessions } = tools
  for (const language of languages) {
    const { signIns, endSignIn } = ownPathsIn(language)
    personal(app, tools, 'GET', signIns, async (visit) => {
      const all = await sessions.list(visit.session.pnr)
      return visit.show(signInsContent(visit, all))
    })
    personal(app, tools, 'POST', endSignIn(':key'), async (visit) => {
      const all = await sessions.list(visit.session.pnr)
      const one = all.find(({ key }) => key === visit.params['key'])
      // Over before, as by the same button pressed twice: that is what was asked for.
      if (one) await sessions.closeOne(one.key)
      return visit.goTo(`${signIns}?ended`)
    })
  }
}

function signInsContent(visit: Visit, all: readonly KeptSession[]): Content {
  const { say, paths, query } = visit
  const title = say({ da: 'Her er du logget ind', en: 'Where you are signed in' })
  return {
    title,
    body: html`${'ended' in query && alert(say, 'success', { heading: say(ended) })}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Er der et login, du ikke kender, så log af alle steder, og kontakt dem, der har udstedt dit login.',
      en: 'If you do not know one of them, sign out everywhere and tell whoever issued your sign-in.',
    })}</p>
<ul class="site-cases">${all.map((each) => signInPart(visit, each))}</ul>
${form(paths.signOut, actions(button({ text: say({ da: 'Log af alle steder', en: 'Sign out everywhere' }) })))}`,
  }
}

const ended = { da: 'Der er logget af', en: 'That browser is signed out' }

function signInPart({ say, language, sessionKey }: Visit, { key, session }: KeptSession): Html {
  const isHere = key === sessionKey
  const began = say(sayInstant(new Date(session.startedAt)))
  const heading = isHere
    ? { da: 'Denne browser', en: 'This browser' }
    : { da: 'En anden browser', en: 'Another browser' }
  const what = { da: `login begyndt ${began}`, en: `the sign-in begun ${began}` }
  return html`<li class="site-case"><h2 class="h5">${say(heading)}</h2>
<p>${say({ da: 'Begyndt', en: 'Begun' })} ${began}<br>
${say({ da: 'Sidst brugt', en: 'Last used' })} ${say(sayInstant(new Date(session.seenAt)))}</p>
${!isHere && form(ownPathsIn(language).endSignIn(key), html`<button class="function-link" type="submit">${say({ da: 'Log af der', en: 'Sign out there' })}<span class="sr-only">: ${say(what)}</span></button>`)}</li>`
}
