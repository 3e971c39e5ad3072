/**
 * A case worker's request: who it is, what they may ask the CPR server with their own token, and
 * how what a page comes to is answered. Knows no page.
 */

import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '#base/text.ts'
import { type JsonClient, openJson, type Problem, type Reach } from '#client/index.ts'
import { frameOf } from '#desk/frame.ts'
import { hasKeys } from '#desk/keys.ts'
import { languagePattern, paths } from '#desk/paths.ts'
import { openSavedViews, type SavedViews } from '#desk/saved-views.ts'
import type { DeskSession, DeskSessions } from '#desk/session.ts'
import type { Unsent } from '#desk/unsent.ts'
import type { Form } from '#web/form.ts'
import { type Content, page } from '#web/layout.ts'
import { formOf, languageOf, pageOf, sendPage } from '#web/pages.ts'
import { type ProblemKind, problemContent, problemStatus } from '#web/problem.ts'
import { type Say, sayIn } from '#web/say.ts'
import type { Seal } from '#web/seal.ts'
import { shownToOf } from '#web/shown-to.ts'
import type { SignIn } from '#web/sign-in.ts'

export type Worker = {
  readonly session: DeskSession
  readonly client: JsonClient
  readonly language: Language
  readonly say: Say
  /** Path and query of the page. */
  readonly here: string
  /** Single keys press what the page shows, unless they were switched off. */
  readonly hasKeys: boolean
  readonly views: SavedViews
  /** What this person typed on this page, or on the one named, and could not send; given once. */
  readonly unsent: (page?: string) => Form | undefined
  /** Whether there is any; it stays kept. */
  readonly hasUnsent: () => boolean
}

/** What a page comes to. A problem of the CPR server becomes a page in plain words. */
export type Shown =
  | { readonly kind: 'page'; readonly content: Content; readonly status?: number }
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** Of what is typed on a form: by which names it is sent. */
export type Typing = {
  readonly names: readonly string[]
  /** What the form holds beside that, and goes along with it. */
  readonly beside?: readonly string[]
}

export type Handler = (worker: Worker, request: FastifyRequest) => Promise<Shown>

export type DeskParts = {
  readonly reach: Reach
  readonly origin: () => string
  readonly log: FastifyBaseLogger
  readonly sessions: DeskSessions
  readonly seal: Seal
  readonly unsent: Unsent
  /** Where case workers sign in; undefined where there is none. */
  readonly provider: SignIn | undefined
  readonly takesPasswords: boolean
  /** From which network address somebody asks. */
  readonly browserOf: (request: FastifyRequest) => string
}

/** Adds pages that only those who are signed in see. */
export function workerPages(app: FastifyInstance, parts: DeskParts) {
  const add =
    (method: 'GET' | 'POST', onlyReads: boolean) =>
    (url: string, handler: Handler, typing?: Typing) =>
      app.route({
        method,
        url: url.replace(':language', `:language(${languagePattern})`),
        handler: async (request, reply) =>
          answer(parts, { handler, typing, onlyReads }, request, reply),
      })
  return {
    get: add('GET', true),
    post: add('POST', false),
    /** Posted because no address may hold it; asking changes nothing. */
    ask: add('POST', true),
  }
}

type Route = {
  readonly handler: Handler
  readonly typing: Typing | undefined
  readonly onlyReads: boolean
}

async function answer(
  parts: DeskParts,
  { handler, typing, onlyReads }: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { sessions } = parts
  const session = sessions.find(request.headers.cookie)
  const sent = formOf(request)
  const typist = shownToOf(sent)
  const isOthers = typist !== '' && typist !== session?.personCode
  if (session === undefined || isOthers || sent.one('unsent') === 'yes') {
    return leave(parts, { request, reply, session, typing, by: typist })
  }
  const found = new Set<Form>()
  const worker = workerOf(parts, request, session, (form) => found.add(form))
  const shown = await handler(worker, request)
  if (shown.kind === 'problem' && shown.problem.status === 401) {
    reply.header('set-cookie', sessions.ended)
    return leave(parts, { request, reply, session: undefined, typing, by: session.personCode })
  }
  reply.header('set-cookie', sessions.cookie(session))
  // Given back, it is no longer kept.
  if (found.size > 0) reply.header('set-cookie', [...parts.unsent.ended])
  if (shown.kind === 'go') return reply.redirect(shown.to, 303)
  const { language } = worker
  const { content, status = 200 } =
    shown.kind === 'page' ? shown : problemPage(shown.problem, language, request.id)
  const keyScripts = worker.hasKeys ? ['shortcut-keys.js'] : []
  const scripts = [...(content.scripts ?? []), ...keyScripts]
  const frame = frameOf(language, pageOf(request), { session, endsInS: sessions.endsInS(session) })
  // What was refused has done nothing, and is refused once more.
  const isHarmless = request.method === 'POST' && (onlyReads || status >= 400)
  const answers = isHarmless && { answers: { to: request.url, sent } }
  return sendPage(reply.code(status), page({ ...frame, ...answers }, { ...content, scripts }))
}

function workerOf(
  { reach, seal, unsent }: DeskParts,
  { url, headers: { cookie: cookies } }: FastifyRequest,
  session: DeskSession,
  giveBack: (form: Form) => void,
): Worker {
  const language = languageOf(url)
  const client = openJson({ ...reach, token: session.token })
  const find = (page: string) => unsent.find(cookies, { by: session.personCode, page })
  return {
    session,
    client,
    language,
    say: sayIn(language),
    here: url,
    hasKeys: hasKeys(cookies),
    views: openSavedViews(client, seal, session.personCode),
    unsent: (page = pathOf(url)) => {
      const form = find(page)
      if (form) giveBack(form)
      return form
    },
    hasUnsent: () => find(pathOf(url)) !== undefined,
  }
}

type Leaving = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly session: DeskSession | undefined
  readonly typing: Typing | undefined
  /** Whoever typed what was sent; empty where nobody says so. */
  readonly by: string
}

/**
 * Nobody is signed in, or not who typed it. After signing in one is where one wanted to go; what
 * was to be sent is not sent by itself, and words stand there again.
 */
function leave({ unsent }: DeskParts, leaving: Leaving): FastifyReply {
  const { request, reply, session, typing, by } = leaving
  const language = languageOf(request.url)
  const next = pageOf(request)
  const page = pathOf(next)
  const sent = formOf(request)
  const isTyped = typing?.names.some((name) => sent.one(name) !== '') === true
  const names = [...(typing?.names ?? []), ...(typing?.beside ?? [])]
  const kept = isTyped && by !== '' ? unsent.keep({ by, page }, sent, names) : undefined
  if (kept) reply.header('set-cookie', [...kept])
  // Another window has kept the session alive, and it is the same person.
  if (session?.personCode === by) return reply.redirect(next, 303)
  const note =
    request.method === 'GET' ? undefined : session ? 'other' : kept ? 'unsent' : 'not-sent'
  return reply.redirect(paths.signIn(language, { next, note }), 303)
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? ''
}

/** What a group may not do is no secret: the pages that are shown leave it out. */
const problemKinds: Readonly<Record<number, ProblemKind>> = { 403: 'denied', 404: 'unknown' }

/**
 * What lies with another municipality is answered as what does not exist: the CPR server says the
 * same of both, and so does the page.
 */
function problemPage({ status, reference }: Problem, language: Language, id: string) {
  const kind = problemKinds[status] ?? 'bad'
  return { content: problemContent(kind, language, reference ?? id), status: problemStatus[kind] }
}
