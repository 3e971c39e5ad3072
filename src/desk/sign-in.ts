/** Signing in with a person code of the municipality, and out again. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from '#base/html.ts'
import { Unavailable } from '#base/outage.ts'
import type { Language } from '#base/text.ts'
import { openJson, type Problem } from '#client/index.ts'
import { frameOf } from '#desk/frame.ts'
import { isOwnPath, languagePattern, paths, routes } from '#desk/paths.ts'
import type { DeskParts } from '#desk/worker.ts'
import { type Content, page } from '#web/layout.ts'
import { formOf, languageOf, sendPage } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { textInput } from '#web/parts/fields.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import { type Say, sayIn } from '#web/say.ts'
import { forgetEverything } from '#web/security.ts'

export function signInPages(app: FastifyInstance, parts: DeskParts): void {
  const url = routes.signIn.replace(':language', `:language(${languagePattern})`)
  app.get(url, (request, reply) => {
    const language = languageOf(request.url)
    const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '')
    const note = query.get('note') === 'out' ? signedOut : undefined
    return send(reply, request, signInContent(language, { next: query.get('next') ?? '', note }))
  })
  app.post(url, (request, reply) => signIn(parts, request, reply))
  const out = routes.signOut.replace(':language', `:language(${languagePattern})`)
  app.post(out, async (request, reply) => {
    const session = await parts.sessions.find(request.headers.cookie)
    // Should the CPR server be away, the browser forgets all the same; the token ends by itself.
    if (session)
      await openJson({ ...parts.reach, token: session.token })
        .signOff()
        .catch(isAway)
    reply.headers({ ...forgetEverything, 'set-cookie': parts.sessions.ended })
    return reply.redirect(paths.signIn(languageOf(request.url), { note: 'out' }), 303)
  })
}

function isAway(error: unknown): void {
  if (!(error instanceof Unavailable)) throw error
}

const signedOut = {
  da: 'Du er logget af. Luk browseren, hvis andre bruger maskinen.',
  en: 'You are signed out. Close the browser if others use this machine.',
}

async function signIn(
  { reach, sessions }: DeskParts,
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
    send(reply, request, signInContent(language, { next, personCode, faults }))
  if (missing.length > 0) return again(missing)
  const client = openJson({ ...reach, personCode, password })
  const signed = await client.signOn()
  if (!signed.ok) return again(faultsOf(say, signed.problem))
  const { token, authority, group, expiresAt } = signed.value
  if (group !== 'municipality') {
    // A provider's code decides nothing, and its token is not left lying about.
    await client.signOff()
    return again([{ id: 'person-code', text: say(notOfMunicipality) }])
  }
  const session = { token, personCode, authority, endsAt: new Date(expiresAt) }
  reply.header('set-cookie', await sessions.cookie(session))
  return reply.redirect(isOwnPath(next) ? next : paths.queue(language), 303)
}

const notOfMunicipality = {
  da: 'Personkoden hører ikke til en kommune. Her logger kommunens sagsbehandlere ind.',
  en: 'The person code does not belong to a municipality. Its case workers sign in here.',
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

type Given = {
  readonly next: string
  readonly personCode?: string
  readonly faults?: readonly Fault[]
  readonly note?: typeof signedOut | undefined
}

function signInContent(
  language: Language,
  { next, personCode, faults = [], note }: Given,
): Content {
  const say = sayIn(language)
  const title = say({ da: 'Log ind på sagsbehandlingen', en: 'Sign in to the case desk' })
  const code = {
    id: 'person-code',
    name: 'person-code',
    label: say({ da: 'Personkode', en: 'Person code' }),
    hint: say({ da: 'W og syv cifre', en: 'W and seven digits' }),
    error: faultAt(faults, 'person-code'),
    autocomplete: 'username',
    lengthMax: 20,
    width: 's',
    ...(personCode !== undefined && { value: personCode }),
  } as const
  const password = {
    id: 'password',
    name: 'password',
    type: 'password',
    label: say({ da: 'Adgangskode', en: 'Password' }),
    error: faultAt(faults, 'password'),
    autocomplete: 'current-password',
    lengthMax: 200,
    width: 'm',
  } as const
  return {
    title,
    hasErrors: faults.length > 0,
    body: html`${errorSummary(say, faults)}
${note && alert(say, 'success', { heading: say(note) })}
<h1>${title}</h1>
${form(
  paths.signIn(language),
  html`${hidden('next', next)}${textInput(say, code)}${textInput(say, password)}
${button({ text: say({ da: 'Log ind', en: 'Sign in' }) })}`,
)}`,
  }
}

function send(reply: FastifyReply, request: FastifyRequest, content: Content): FastifyReply {
  const language = languageOf(request.url)
  // What was sent is not asked for again by a change of language.
  const here = request.method === 'GET' ? request.url : paths.signIn(language)
  const status = content.hasErrors ? 422 : 200
  return sendPage(reply.code(status), page(frameOf(language, here), content))
}
