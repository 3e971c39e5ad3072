/** The start page: what can be reported, and what somebody has begun; and the page before a sign-in. */

import type { FastifyInstance } from 'fastify'
import { sayInstant } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { Language } from '#base/text.ts'
import type { Incident } from '#incident/define.ts'
import { catalogue, findByName } from '#incidents/catalogue.ts'
import { frameFor } from '#self-service/frame.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import { type KeptPower, listHeld } from '#self-service/own/power.ts'
import { pathsIn } from '#self-service/paths.ts'
import { type KeptDraft, openDrafts } from '#self-service/report/draft.ts'
import { planPages } from '#self-service/report/plan.ts'
import type { Tools } from '#self-service/settings.ts'
import { queryOf } from '#self-service/visit.ts'
import { type Content, page } from '#web/layout.ts'
import { sendPage } from '#web/pages.ts'
import { actions, buttonLink, cards } from '#web/parts/actions.ts'
import { tabs } from '#web/parts/lists.ts'
import { alert } from '#web/parts/messages.ts'
import { languages, type Say, sayIn } from '#web/say.ts'

export function startRoutes(app: FastifyInstance, tools: Tools): void {
  const drafts = openDrafts(tools.clients, tools.seal)
  app.get('/', (request, reply) => {
    const isEnglish = /^en\b/i.test(request.headers['accept-language'] ?? '')
    return reply.redirect(pathsIn(isEnglish ? 'en' : 'da').home, 303)
  })
  for (const language of languages) {
    const { home } = pathsIn(language)
    app.get(home, async (request, reply) => {
      const session = await tools.sessions.find(request.headers.cookie)
      const frame = frameFor(tools.isSandbox, language, request.url, session)
      if (session === undefined) return sendPage(reply, page(frame, welcomeContent(language)))
      const [kept, held] = await Promise.all([drafts.list(session), listHeld(tools, session.pnr)])
      const open = kept.filter(({ draft }) => !draft.saved)
      const isCancelled = 'cancelled' in queryOf(request)
      const content = startContent({ language, name: session.name, open, held, isCancelled })
      return sendPage(reply, page(frame, content))
    })
  }
}

/** Before anybody is known: what there is, and one button. */
function welcomeContent(language: Language): Content {
  const say = sayIn(language)
  const title = say({ da: 'Anmeld til folkeregistret', en: 'Report to the population register' })
  const what = reportable.map(
    ({ shape }) => html`<li><strong>${say(shape.title)}</strong>: ${say(shape.summary)}</li>`,
  )
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Her kan du anmelde flytning, udrejse og beskyttelse og følge din sag.',
      en: 'Here you can report a move, emigration or protection, and follow your case.',
    })}</p>
${actions(buttonLink(pathsIn(language).signIn, say({ da: 'Log ind', en: 'Sign in' })))}
<h2>${say({ da: 'Det kan du anmelde', en: 'What you can report' })}</h2>
<ul>${what}</ul>`,
  }
}

const reportable: readonly Incident[] = catalogue.filter(
  ({ reporters }) => reporters === 'citizens',
)

type Start = {
  readonly language: Language
  readonly name: string
  readonly open: readonly KeptDraft[]
  /** Powers of attorney by which the person may act today. */
  readonly held: readonly KeptPower[]
  readonly isCancelled: boolean
}

function startContent({ language, name, open, held, isCancelled }: Start): Content {
  const say = sayIn(language)
  const paths = pathsIn(language)
  const title = say({ da: 'Hvad vil du anmelde?', en: 'What do you want to report?' })
  const items = reportable.map(({ shape }) => ({
    href: paths.begin(shape.name),
    heading: say(shape.title),
    text: say(shape.summary),
  }))
  return {
    title,
    body: html`${isCancelled && alert(say, 'info', { heading: say(cancelled) })}
<h1>${title}</h1>
${whomPart(say, language, { name, held })}
<p class="font-lead">${say(forYourself)} ${say(household)}</p>
${open.length > 0 && draftsPart(say, language, open)}
${cards(items)}`,
  }
}

const cancelled = {
  da: 'Anmeldelsen er fortrudt, og det, du skrev, er slettet',
  en: 'The report has been cancelled, and what you wrote has been deleted',
}
const forYourself = { da: 'Du anmelder for dig selv.', en: 'You are reporting for yourself.' }
const household = {
  da: 'Undervejs kan du tage andre fra din husstand med.',
  en: 'Along the way you can include others in your household.',
}

/** For whom: oneself and one's household, a child alone, whoever has given a power of attorney. */
function whomPart(
  say: Say,
  language: Language,
  { name, held }: Pick<Start, 'name' | 'held'>,
): Html {
  const own = ownPathsIn(language)
  const others = held.map(({ key, power }) => ({
    href: ownPathsIn(language, key).actFor,
    text: say({
      da: `${power.giver.name} (fuldmagt)`,
      en: `${power.giver.name} (power of attorney)`,
    }),
    isHere: false,
  }))
  const title = say({ da: 'Hvem handler du for?', en: 'Who are you acting for?' })
  const people = [
    {
      href: pathsIn(language).home,
      text: say({ da: `${name} og husstand`, en: `${name} and household` }),
      isHere: true,
    },
    { href: own.children, text: say({ da: 'Dit barn', en: 'Your child' }), isHere: false },
    ...others,
  ]
  return html`<h2 class="h4">${title}</h2>${tabs(title, people)}`
}

function draftsPart(say: Say, language: Language, open: readonly KeptDraft[]): Html {
  const items = open.flatMap(({ key, draft }) => {
    const type = findByName(draft.type)
    if (!type) return []
    const [first] = planPages(type, draft).filter(({ name }) => !draft.done.includes(name))
    const paths = pathsIn(language)
    const href = first ? paths.page(draft.type, key, first.name) : paths.check(draft.type, key)
    const when = say(sayInstant(new Date(draft.startedAt)))
    const whom = draft.acting && html` ${say({ da: 'for', en: 'for' })} ${draft.name}`
    return [
      html`<li><a href="${href}">${say(type.shape.title)}</a>${whom}, ${say({ da: 'begyndt', en: 'started' })} ${when}</li>`,
    ]
  })
  return html`<div class="site-panel"><h2 class="h4">${say({ da: 'Fortsæt, hvor du slap', en: 'Continue where you left off' })}</h2><ul>${items}</ul></div>`
}
