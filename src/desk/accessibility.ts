/** The accessibility statement of the desk (webtilgængelighedsloven; rules SEC-12, SEC-13). */

import type { FastifyInstance } from 'fastify'
import { html } from '#base/html.ts'
import type { Language } from '#base/text.ts'
import { frameFor } from '#desk/frame.ts'
import { paths } from '#desk/paths.ts'
import type { DeskParts } from '#desk/worker.ts'
import { statementRoutes } from '#web/accessibility.ts'
import { type Content, page } from '#web/layout.ts'
import { languageOf, sendPage } from '#web/pages.ts'
import { sayIn } from '#web/say.ts'

export function accessibilityPage(
  app: FastifyInstance,
  { sessions }: DeskParts,
  published: string | undefined,
): void {
  statementRoutes(app, {
    paths: [paths.accessibility('da'), paths.accessibility('en')],
    published,
    ownPage: async (request, reply) => {
      const language = languageOf(request.url)
      const frame = frameFor(sessions, language, request.url, request.headers.cookie)
      return sendPage(reply, page(frame, statement(language)))
    },
  })
}

function statement(language: Language): Content {
  const say = sayIn(language)
  const title = say({ da: 'Tilgængelighedserklæring', en: 'Accessibility statement' })
  const parts = [
    {
      da: 'Siderne er bygget efter WCAG 2.2 på niveau AA. De virker uden JavaScript, med tastatur alene, ved 400 % forstørrelse og på en skærm, der er 320 punkter bred.',
      en: 'The pages are made to WCAG 2.2, level AA. They work without JavaScript, by keyboard alone, at 400 % zoom and on a screen that is 320 pixels wide.',
    },
    {
      da: 'Hver side prøves i en browser med et værktøj, der leder efter hindringer, hver gang noget ændres. En gennemgang ved uvildige personer med handicap er ikke foretaget.',
      en: 'Every page is tried in a browser with a tool that looks for obstacles, whenever something is changed. A review by independent people with disabilities has not been made.',
    },
    {
      da: 'Møder du en hindring, så sig det til den myndighed, der driver siderne: den skal kunne svare og give dig oplysningen på en anden måde.',
      en: 'If you meet an obstacle, tell the authority that runs the pages: it must be able to answer, and give you the information in another way.',
    },
  ]
  return {
    title,
    body: html`<h1>${title}</h1>${parts.map((text) => html`<p>${say(text)}</p>`)}`,
  }
}
