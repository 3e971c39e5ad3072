/** The sign-in provider of the sandbox: OpenID Connect and its own log-in page. Wiring only. */

import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Language } from '#base/text.ts'
import type { IdpKeys } from '#idp/keys.ts'
import { frameOf, saidPage, signInPage, signOutPage } from '#idp/pages.ts'
import { protocolPaths, signInRoute, stopPath } from '#idp/paths.ts'
import { acrOf, findByPassword, type IdpPerson, subjectOf } from '#idp/people.ts'
import { type IdpClient, makeProvider } from '#idp/provider.ts'
import { formOf, languageOf, openPages, sendPage } from '#web/pages.ts'
import { languages, sayIn } from '#web/say.ts'
import { securityHeaders } from '#web/security.ts'

export type IdpSettings = {
  /** Of this provider: its issuer. Asked when it is needed, once everything listens. */
  readonly origin: () => string
  readonly clients: () => readonly IdpClient[]
  readonly people: readonly IdpPerson[]
  readonly keys: IdpKeys
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly newReference: () => string
}

export function openIdp(settings: IdpSettings): FastifyInstance {
  const { origin, log, newReference } = settings
  // Whoever signed in is sent back to where they came from, in answer to a form.
  const formTargets = () => settings.clients().map(({ origin: from }) => from)
  const security = { origin, formTargets }
  const app = openPages({ ...security, log, newReference, frame: frameOf })
  let made: Promise<Provider> | undefined
  const provider = () => {
    made ??= makeProvider({
      ...settings,
      issuer: origin(),
      clients: settings.clients(),
      headers: securityHeaders(security),
      pages: {
        signOut: (language, mark) => signOutPage(languageOf(`/${language}`), mark),
        signedOut: () => saidPage('da', 'Log af', 'Du er logget af. · You are signed out.'),
        failed: (error) => saidPage('da', 'Log ind · Sign in', error),
      },
    })
    return made
  }
  void app.register(async (context) => protocolRoutes(context, provider))
  for (const language of languages) pageRoutes(app, language, settings, provider)
  app.get('/', (_request, reply) => sendPage(reply, homePage('da')))
  for (const language of languages) {
    app.get(`/${language}/`, (_request, reply) => sendPage(reply, homePage(language)))
  }
  return app
}

/** The library reads its own bodies and writes its own answers. */
function protocolRoutes(app: FastifyInstance, provider: () => Promise<Provider>): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
  for (const url of protocolPaths) {
    app.all(url, { config: { takesForeignPosts: true } }, async (request, reply) => {
      const answer = (await provider()).callback()
      reply.hijack()
      await answer(request.raw, reply.raw)
    })
  }
}

function pageRoutes(
  app: FastifyInstance,
  language: Language,
  { people }: IdpSettings,
  provider: () => Promise<Provider>,
): void {
  const say = sayIn(language)
  const asked = async (
    request: { raw: Parameters<Provider['interactionDetails']>[0] },
    reply: { raw: Parameters<Provider['interactionDetails']>[1] },
  ) => {
    const { uid, params } = await (await provider()).interactionDetails(request.raw, reply.raw)
    const isDesk = params['client_id'] === 'desk'
    const to = isDesk
      ? { da: 'sagsbehandlingen', en: 'the desk' }
      : { da: 'selvbetjeningen', en: 'self-service' }
    return {
      language,
      uid,
      to: say(to),
      people: people.filter(({ role }) => (role === 'citizen') !== isDesk),
    }
  }
  app.get(signInRoute(language), async (request, reply) =>
    sendPage(reply, signInPage(await asked(request, reply))),
  )
  app.post(signInRoute(language), async (request, reply) => {
    const form = formOf(request)
    const page = await asked(request, reply)
    const chosen = page.people.find(({ user }) => user === form.one('person'))
    const person = chosen ?? findByPassword(page.people, form.one('user'), form.one('password'))
    if (person === undefined) {
      const text = say({
        da: 'Brugernavn eller adgangskode er forkert',
        en: 'The user name or password is wrong',
      })
      return sendPage(
        reply.code(422),
        signInPage({ ...page, user: form.one('user'), faults: [{ id: 'user', text }] }),
      )
    }
    reply.hijack()
    const login = {
      accountId: subjectOf(person),
      acr: acrOf(person.assurance),
      amr: ['sandbox'],
      remember: false,
    }
    await (await provider()).interactionFinished(request.raw, reply.raw, { login })
  })
  app.post(stopPath(language, ':uid'), async (request, reply) => {
    reply.hijack()
    const result = { error: 'access_denied', error_description: 'The person cancelled' }
    await (await provider()).interactionFinished(request.raw, reply.raw, result)
  })
}

function homePage(language: Language) {
  const say = sayIn(language)
  return saidPage(
    language,
    say({ da: 'Log ind', en: 'Sign in' }),
    say({
      da: 'Her logger man ind, når selvbetjeningen eller sagsbehandlingen beder om det.',
      en: 'People sign in here when self-service or the desk asks for it.',
    }),
  )
}
