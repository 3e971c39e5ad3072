/** The accessibility statement (webtilgængelighedsloven; EN 301 549): what is known not to work. */

import type { FastifyInstance } from 'fastify'
import { html } from '#base/html.ts'
import type { Language } from '#base/text.ts'
import { frameFor } from '#self-service/frame.ts'
import { pathsIn } from '#self-service/paths.ts'
import type { Tools } from '#self-service/settings.ts'
import { statementRoutes } from '#web/accessibility.ts'
import { type Content, page } from '#web/layout.ts'
import { languageOf, sendPage } from '#web/pages.ts'
import { sayIn } from '#web/say.ts'

export function accessibilityRoutes(app: FastifyInstance, tools: Tools): void {
  statementRoutes(app, {
    paths: [pathsIn('da').accessibility, pathsIn('en').accessibility],
    published: tools.statement,
    ownPage: async (request, reply) => {
      const language = languageOf(request.url)
      const session = await tools.sessions.find(request.headers.cookie)
      const frame = frameFor(tools.isSandbox, language, request.url, session)
      return sendPage(reply, page(frame, statement(language)))
    },
  })
}

function statement(language: Language): Content {
  const say = sayIn(language)
  const title = say({ da: 'Tilgængelighedserklæring', en: 'Accessibility statement' })
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Siden skal kunne bruges af alle: uden mus, uden JavaScript, med skærmlæser, på en lille skærm og forstørret op til 400 %.',
      en: 'Everybody shall be able to use this site: without a mouse, without JavaScript, with a screen reader, on a small screen and enlarged up to 400 %.',
    })}</p>
<h2>${say({ da: 'Hvad vi retter os efter', en: 'What we follow' })}</h2>
<p>${say({
      da: 'Siden er lavet efter WCAG 2.2 på niveau AA og EN 301 549. Hver side kontrolleres automatisk, hver gang programmet ændres.',
      en: 'The site is made to WCAG 2.2 at level AA and EN 301 549. Every page is checked by a program whenever the site changes.',
    })}</p>
<h2>${say({ da: 'Det ved vi ikke', en: 'What we do not know' })}</h2>
<p>${say({
      da: 'Den automatiske kontrol finder ikke alt. Siden er ikke prøvet af uafhængige brugere med handicap.',
      en: 'Checking by program does not find everything. The site has not been tried by independent users with disabilities.',
    })}</p>
<h2>${say({ da: 'Sig det til os', en: 'Tell us' })}</h2>
<p>${say({
      da: 'Kan du ikke bruge noget på siden, så sig det til din kommune. Den hjælper dig med anmeldelsen på en anden måde.',
      en: 'If there is something on the site that you cannot use, tell your municipality. It will help you to report in another way.',
    })}</p>
<p>${say({
      da: 'Er du ikke tilfreds med svaret, kan du skrive til Digitaliseringsstyrelsen, som fører tilsyn med loven.',
      en: 'If you are not content with the answer, you can write to the Agency for Digital Government, which supervises the law.',
    })}</p>`,
  }
}
