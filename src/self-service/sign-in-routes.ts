/** Signing in and out, and staying: the routes around a session. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from '#base/html.ts'
import { Unavailable } from '#base/outage.ts'
import type { Language, Text } from '#base/text.ts'
import { frameFor } from '#self-service/frame.ts'
import { expiredContent, signedOutContent } from '#self-service/over-page.ts'
import { pathsIn } from '#self-service/paths.ts'
import { endsInS, type SignedIn } from '#self-service/session.ts'
import type { Tools } from '#self-service/settings.ts'
import { type CitizenFault, citizenOf } from '#self-service/sign-in.ts'
import { personal, queryOf } from '#self-service/visit.ts'
import { type Content, page } from '#web/layout.ts'
import { sendPage } from '#web/pages.ts'
import { buttonLink } from '#web/parts/actions.ts'
import { languages, sayIn } from '#web/say.ts'
import { forgetEverything } from '#web/security.ts'
import { signedOutPath, signInAnswerPath } from '#web/sign-in.ts'

/** By anybody: counted by where it comes from. */
const trial = { config: { limit: 'sign-in' } } as const

export function signInRoutes(app: FastifyInstance, tools: Tools): void {
  const { signIn, sessions, isSandbox } = tools
  const show = (language: Language, here: string, content: Content) =>
    page(frameFor(isSandbox, language, here), content)
  const refuse = (reply: FastifyReply, language: Language, reason: CitizenFault) =>
    sendPage(
      reply.code(statusOf[reason]),
      show(language, pathsIn(language).home, refusedContent(reason, language)),
    )

  app.get(signInAnswerPath, trial, async (request, reply) => {
    const { origin } = tools
    const finished = await signIn.finish(`${origin()}${request.url}`, request.headers.cookie)
    const { language, forget } = finished
    const who = finished.ok ? citizenOf(finished.came) : undefined
    if (!finished.ok || who === undefined) {
      const why = finished.ok ? noNumber : finished
      await noteRefused(tools, why)
      return refuse(reply.header('set-cookie', forget), language, why.reason)
    }
    const cookie = await openSession(tools, who, request.headers.cookie)
    if (cookie === undefined) {
      await noteRefused(tools, endedMeanwhile)
      return refuse(reply.header('set-cookie', forget), language, endedMeanwhile.reason)
    }
    reply.header('set-cookie', [forget, cookie])
    return reply.redirect(finished.returnTo, 303)
  })
  app.get(signedOutPath, (_request, reply) => reply.redirect(pathsIn('da').signedOut, 303))

  for (const language of languages) {
    const paths = pathsIn(language)
    app.get(paths.signIn, trial, async (request, reply) => {
      const { to = '' } = queryOf(request)
      const begun = await signIn.begin(language, to).catch(ifUnavailable)
      if (begun === undefined) return refuse(reply, language, 'away')
      return reply.header('set-cookie', begun.cookie).redirect(begun.url, 303)
    })
    app.get(paths.expired, (request, reply) =>
      sendPage(reply, show(language, request.url, expiredContent(language))),
    )
    app.get(paths.signedOut, (request, reply) => {
      reply.headers(forgetEverything)
      return sendPage(reply, show(language, request.url, signedOutContent(language)))
    })
    personal(app, tools, 'GET', paths.extend, async ({ reply, session }) =>
      reply
        .code(204)
        .header('session-ends-in', String(endsInS(session)))
        .send(),
    )
    personal(app, tools, 'POST', paths.signOut, async ({ reply, session }) => {
      const cookie = await sessions.closeAll(session)
      reply.header('set-cookie', cookie).headers(forgetEverything)
      // The provider may be away: here everything is over all the same.
      const there = await signIn.signOutUrl(language, session.idToken).catch(() => paths.signedOut)
      return reply.redirect(there, 303)
    })
  }
}

const statusOf: Readonly<Record<CitizenFault, number>> = {
  'no-cookie': 403,
  cancelled: 200,
  away: 503,
  'too-low': 403,
  'no-number': 403,
  refused: 403,
}

/** Undefined where the provider has ended meanwhile what it vouched for: then nobody is signed in. */
async function openSession(
  { sessions, endsThere }: Tools,
  who: SignedIn,
  cookies: string | undefined,
): Promise<string | undefined> {
  const { provider } = who
  if (provider) await endsThere.remember(who.pnr, provider)
  const cookie = await sessions.open(who, cookies)
  if (!provider || !(await endsThere.isEnded(provider))) return cookie
  const key = sessions.keyOf(cookie)
  if (key !== undefined) await sessions.closeOne(key)
  return undefined
}

const endedMeanwhile = { reason: 'refused', detail: 'signed out at the provider' } as const
const noNumber = { reason: 'no-number', detail: 'no personal number was told' } as const

function ifUnavailable(error: unknown): undefined {
  if (!(error instanceof Unavailable)) throw error
}

/**
 * Which check failed, and nothing of what was sent: in the log, and where a sign-in that began here
 * was refused also in the evidence of the CPR server. That one may be away; the refusal stands.
 */
async function noteRefused(
  { clients, log }: Tools,
  { reason, detail }: { readonly reason: CitizenFault; readonly detail: string },
): Promise<void> {
  log.warn({ reason, detail: detail.slice(0, 120) }, 'sign-in refused')
  if (reason === 'no-cookie' || reason === 'cancelled' || reason === 'away') return
  const noted = await clients.json.noteRefusedSignIn({ reason }).catch(ifUnavailable)
  if (!noted?.ok)
    log.error({ receipt: noted?.problem.receipt }, 'a refused sign-in is not on record')
}

const refusals: Readonly<Record<CitizenFault, { readonly title: Text; readonly text: Text }>> = {
  'no-cookie': {
    title: { da: 'Vi kunne ikke logge dig ind', en: 'We could not sign you in' },
    text: {
      da: 'Din browser huskede ikke, at du var ved at logge ind. Tillad cookies, og prøv igen. Måske er der gået for lang tid.',
      en: 'Your browser did not remember that you were signing in. Allow cookies and try again. It may have taken too long.',
    },
  },
  cancelled: {
    title: { da: 'Du afbrød login', en: 'You stopped signing in' },
    text: { da: 'Intet er sket.', en: 'Nothing has happened.' },
  },
  away: {
    title: { da: 'Login svarer ikke lige nu', en: 'Signing in does not work right now' },
    text: {
      da: 'Logintjenesten svarer ikke. Vent et øjeblik, og prøv igen. Det, du har gemt, er der stadig.',
      en: 'The sign-in service does not answer. Wait a moment and try again. What you have saved is still there.',
    },
  },
  'too-low': {
    title: { da: 'Log ind med et højere sikringsniveau', en: 'Sign in at a higher level' },
    text: {
      da: 'For at se og anmelde oplysninger om personer skal du logge ind på niveauet Betydelig eller Høj.',
      en: 'To see and report information about persons you must sign in at the level Substantial or High.',
    },
  },
  'no-number': {
    title: { da: 'Vi fik ikke dit personnummer', en: 'We did not get your personal number' },
    text: {
      da: 'Logintjenesten oplyste ikke dit personnummer, og uden det kan vi ikke vise noget.',
      en: 'The sign-in service did not give us your personal number, and without it we cannot show you anything.',
    },
  },
  refused: {
    title: { da: 'Vi kunne ikke logge dig ind', en: 'We could not sign you in' },
    text: {
      da: 'Svaret fra logintjenesten var ikke gyldigt. Derfor har vi ikke brugt det.',
      en: 'The answer from the sign-in service was not valid, so we have not used it.',
    },
  },
}

function refusedContent(reason: CitizenFault, language: Language): Content {
  const say = sayIn(language)
  const { title, text } = refusals[reason]
  const again = say({ da: 'Prøv igen', en: 'Try again' })
  return {
    title: say(title),
    body: html`<h1>${say(title)}</h1><p class="font-lead">${say(text)}</p><p>${buttonLink(pathsIn(language).signIn, again)}</p>`,
  }
}
