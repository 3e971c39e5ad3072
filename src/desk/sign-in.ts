/**
 * Signing in: at the municipality's provider, whose ID token opens the person code that it is
 * linked to (decision 0025), or with person code and password. And out, here or everywhere.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Unavailable } from '#base/outage.ts'
import type { Language } from '#base/text.ts'
import {
  type Fetch,
  openJson,
  type Problem,
  type Reach,
  signOnWithIdentity,
} from '#client/index.ts'
import { frameOf } from '#desk/frame.ts'
import { isOwnPath, languagePattern, paths, routes } from '#desk/paths.ts'
import { type DeskSession, deskRightsIn } from '#desk/session.ts'
import {
  type Given,
  type Note,
  notLinked,
  providerFaults,
  signInContent,
  type Ways,
} from '#desk/sign-in-page.ts'
import { unsentMinutes } from '#desk/unsent.ts'
import type { DeskParts } from '#desk/worker.ts'
import { browserHeader } from '#http/source.ts'
import { page } from '#web/layout.ts'
import { formOf, languageOf, sendPage } from '#web/pages.ts'
import type { Fault } from '#web/parts/messages.ts'
import { type Say, sayIn } from '#web/say.ts'
import { forgetEverything } from '#web/security.ts'
import { type SignIn, signedOutPath, signInAnswerPath } from '#web/sign-in.ts'

/** By anybody: counted by where it comes from. */
const trial = { config: { limit: 'sign-in' } } as const

export function signInPages(app: FastifyInstance, parts: DeskParts): void {
  const inLanguage = (url: string) => url.replace(':language', `:language(${languagePattern})`)
  const url = inLanguage(routes.signIn)
  app.get(url, (request, reply) => {
    const query = queryOf(request)
    const [next, note] = [query.get('next') ?? '', query.get('note') ?? '']
    // The session may live on in another window: whose time is over here is over there as well.
    if (note === 'idle' && parts.sessions.find(request.headers.cookie) && isOwnPath(next)) {
      return reply.redirect(next, 303)
    }
    const said = Object.hasOwn(notes, note) ? notes[note] : undefined
    return send(parts, reply, request, { next, note: said })
  })
  // A page asks for it once somebody says that they are still there.
  app.get(inLanguage(routes.stay), (request, reply) => {
    const { sessions } = parts
    const session = sessions.find(request.headers.cookie)
    if (session === undefined) return reply.code(403).send()
    reply.header('set-cookie', sessions.cookie(session))
    return reply
      .code(204)
      .header('session-ends-in', String(sessions.endsInS(session)))
      .send()
  })
  if (parts.takesPasswords) {
    app.post(url, trial, (request, reply) => signInByPassword(parts, request, reply))
  }
  app.post(inLanguage(routes.signOut), (request, reply) => signOut(parts, request, reply))
  const { provider } = parts
  if (provider) providerRoutes(app, parts, provider, inLanguage(routes.signInProvider))
}

function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(url.split('?', 2)[1] ?? '')
}

/** The CPR server is told where the person is, so that guesses count there; it believes whom it lists. */
function reachFor({ reach, browserOf }: DeskParts, request: FastifyRequest): Reach {
  const { fetch: send = globalThis.fetch } = reach
  const browser = browserOf(request)
  const fetch: Fetch = (url, init) =>
    send(url, { ...init, headers: { ...init.headers, [browserHeader]: browser } })
  return { ...reach, fetch }
}

// At the provider ------------------------------------------------------------------------------

function providerRoutes(
  app: FastifyInstance,
  parts: DeskParts,
  provider: SignIn,
  url: string,
): void {
  app.get(url, trial, async (request, reply) => {
    const language = languageOf(request.url)
    const next = queryOf(request).get('next') ?? ''
    const begun = await provider.begin(language, next).catch(ifAway)
    if (begun === undefined) return refuse(parts, request, reply, language, providerFaults.away)
    return reply.header('set-cookie', begun.cookie).redirect(begun.url, 303)
  })
  app.get(signInAnswerPath, trial, async (request, reply) => {
    const answerUrl = `${parts.origin()}${request.url}`
    const finished = await provider.finish(answerUrl, request.headers.cookie)
    const { language, forget } = finished
    reply.header('set-cookie', forget)
    if (!finished.ok) {
      const { reason, detail } = finished
      // Says which check failed; nothing of what was sent.
      parts.log.warn({ reason, detail: detail.slice(0, 120) }, 'sign-in refused')
      return refuse(parts, request, reply, language, providerFaults[reason])
    }
    const { idToken, proof } = finished.came
    const signed = await signOnWithIdentity(reachFor(parts, request), { idToken, proof })
    if (!signed.ok) {
      const { receipt, refusals } = signed.problem
      const why = receipt === 902 ? notLinked : refusals[0]?.text
      return refuse(parts, request, reply, language, why ?? providerFaults.refused)
    }
    const session = sessionOf(signed.value, true)
    if (session.rights.length === 0) {
      await openJson({ ...parts.reach, token: session.token }).signOff()
      return refuse(parts, request, reply, language, nothingHere)
    }
    reply.header('set-cookie', [forget, parts.sessions.cookie(session)])
    return reply.redirect(finished.returnTo, 303)
  })
  app.get(signedOutPath, (_request, reply) =>
    reply.redirect(paths.signIn('da', { note: 'out' }), 303),
  )
}

function refuse(
  parts: DeskParts,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
  text: { readonly da: string; readonly en: string },
): FastifyReply {
  return send(
    parts,
    reply,
    request,
    { next: '', faults: [{ text: sayIn(language)(text) }] },
    language,
  )
}

function ifAway(error: unknown): undefined {
  if (!(error instanceof Unavailable)) throw error
}

// With person code and password ----------------------------------------------------------------

async function signInByPassword(
  parts: DeskParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const language = languageOf(request.url)
  const form = formOf(request)
  const personCode = form.one('person-code').trim().toUpperCase()
  const password = form.one('password')
  const next = form.one('next')
  const say = sayIn(language)
  const missing = missingOf(say, personCode, password)
  const again = (faults: readonly Fault[]) =>
    send(parts, reply, request, { next, personCode, faults })
  if (missing.length > 0) return again(missing)
  const client = openJson({ ...reachFor(parts, request), personCode, password })
  const signed = await client.signOn()
  if (!signed.ok) return again(faultsOf(say, signed.problem))
  const session = sessionOf({ ...signed.value, personCode }, false)
  if (session.rights.length === 0) {
    // A provider's code decides nothing, and its token is not left lying about.
    await client.signOff()
    return again([{ id: 'person-code', text: say(nothingHere) }])
  }
  reply.header('set-cookie', parts.sessions.cookie(session))
  return reply.redirect(isOwnPath(next) ? next : paths.queue(language), 303)
}

const nothingHere = {
  da: 'Personkoden hører ikke til en kommune. Her logger kommunens medarbejdere ind.',
  en: 'The person code does not belong to a municipality. Its employees sign in here.',
}

type Signed = Pick<DeskSession, 'token' | 'personCode' | 'authority' | 'group'> & {
  readonly rights: readonly string[]
  readonly expiresAt: string
}

function sessionOf(
  { token, personCode, authority, group, rights, expiresAt }: Signed,
  isFromProvider: boolean,
): DeskSession {
  const endsAt = new Date(expiresAt)
  return {
    ...{ token, personCode, authority, group, endsAt, isFromProvider },
    rights: deskRightsIn(rights),
  }
}

function missingOf(say: Say, personCode: string, password: string): readonly Fault[] {
  const faults: Fault[] = []
  if (personCode === '') {
    const text = say({ da: 'Skriv din personkode', en: 'Enter your person code' })
    faults.push({ id: 'person-code', text })
  }
  if (password === '') {
    const text = say({ da: 'Skriv din adgangskode', en: 'Enter your password' })
    faults.push({ id: 'password', text })
  }
  return faults
}

function faultsOf(say: Say, { refusals }: Problem): readonly Fault[] {
  return refusals.map(({ text }) => ({ id: 'person-code', text: say(text) }))
}

// Out again ------------------------------------------------------------------------------------

const notes: { readonly [note: string]: Note } = {
  out: {
    look: 'success',
    text: {
      da: 'Du er logget af. Luk browseren, hvis andre bruger maskinen.',
      en: 'You are signed out. Close the browser if others use this machine.',
    },
  },
  idle: {
    look: 'info',
    text: {
      da: 'Du er logget af, fordi tiden er gået. Log ind, så kommer du tilbage, hvor du var.',
      en: 'You are signed out because the time is over. Sign in, and you come back to where you were.',
    },
  },
  unsent: {
    look: 'warning',
    text: {
      da: `Du var logget af, så intet er sendt. Log ind inden ${unsentMinutes} minutter, så står det, du skrev, på siden igen.`,
      en: `You were signed out, so nothing was sent. Sign in within ${unsentMinutes} minutes, and what you wrote is on the page again.`,
    },
  },
  'not-sent': {
    look: 'warning',
    text: {
      da: 'Du var logget af, så intet er sendt. Log ind, og gør det igen.',
      en: 'You were signed out, so nothing was sent. Sign in, and do it again.',
    },
  },
  other: {
    look: 'warning',
    text: {
      da: 'En anden er logget ind i denne browser end den, siden blev vist for. Intet er sendt. Log ind som den, der skrev.',
      en: 'Somebody else is signed in at this browser than the page was shown to. Nothing was sent. Sign in as whoever wrote it.',
    },
  },
}

/** Here; or with `everywhere` wherever the person code is signed on, in browsers and programs. */
async function signOut(
  parts: DeskParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { sessions, reach, provider } = parts
  const language = languageOf(request.url)
  const session = sessions.find(request.headers.cookie)
  if (session) {
    const client = openJson({ ...reach, token: session.token })
    if (formOf(request).one('everywhere') === 'yes') await client.signOffEverywhere()
    // Should the CPR server be away, the browser forgets all the same; the token ends by itself.
    else await client.signOff().catch(ifAway)
  }
  reply.headers({ ...forgetEverything, 'set-cookie': sessions.ended })
  const here = paths.signIn(language, { note: 'out' })
  const there = session?.isFromProvider
    ? await provider?.signOutUrl(language).catch(() => here)
    : here
  return reply.redirect(there ?? here, 303)
}

function send(
  { provider, takesPasswords }: DeskParts,
  reply: FastifyReply,
  request: FastifyRequest,
  given: Omit<Given, 'ways'>,
  language: Language = languageOf(request.url),
): FastifyReply {
  const ways: Ways = { provider: provider !== undefined, password: takesPasswords }
  const content = signInContent(language, { ...given, ways })
  // What was sent is not asked for again by a change of language.
  const isPage = request.method === 'GET' && request.url.startsWith(`/${language}/`)
  const here = isPage ? request.url : paths.signIn(language)
  const status = content.hasErrors ? 422 : 200
  return sendPage(reply.code(status), page(frameOf(language, here), content))
}
