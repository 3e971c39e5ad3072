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
import type { DeskSession, DeskSessions } from '#desk/session.ts'
import { type Content, page } from '#web/layout.ts'
import { languageOf, sendPage } from '#web/pages.ts'
import { type ProblemKind, problemContent, problemStatus } from '#web/problem.ts'
import { type Say, sayIn } from '#web/say.ts'
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
  /** What the browser keeps of ours. */
  readonly cookies: string | undefined
}

/** What a page comes to. A problem of the CPR server becomes a page in plain words. */
export type Shown =
  | { readonly kind: 'page'; readonly content: Content; readonly status?: number }
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'problem'; readonly problem: Problem }

export type Handler = (worker: Worker, request: FastifyRequest) => Promise<Shown>

export type DeskParts = {
  readonly reach: Reach
  readonly origin: () => string
  readonly log: FastifyBaseLogger
  readonly sessions: DeskSessions
  /** Where case workers sign in; undefined where there is none. */
  readonly provider: SignIn | undefined
  readonly takesPasswords: boolean
}

/** Adds pages that only those who are signed in see. */
export function workerPages(app: FastifyInstance, parts: DeskParts) {
  const add = (method: 'GET' | 'POST') => (url: string, handler: Handler) =>
    app.route({
      method,
      url: url.replace(':language', `:language(${languagePattern})`),
      handler: async (request, reply) => answer(parts, handler, request, reply),
    })
  return { get: add('GET'), post: add('POST') }
}

async function answer(
  { reach, sessions }: DeskParts,
  handler: Handler,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const language = languageOf(request.url)
  const session = sessions.find(request.headers.cookie)
  if (session === undefined) return toSignIn(request, reply, language)
  const client = openJson({ ...reach, token: session.token })
  const worker = {
    session,
    client,
    language,
    say: sayIn(language),
    here: request.url,
    hasKeys: hasKeys(request.headers.cookie),
    cookies: request.headers.cookie,
  }
  const shown = await handler(worker, request)
  if (shown.kind === 'problem' && shown.problem.status === 401) {
    reply.header('set-cookie', sessions.ended)
    return toSignIn(request, reply, language)
  }
  reply.header('set-cookie', sessions.cookie(session))
  if (shown.kind === 'go') return reply.redirect(shown.to, 303)
  const { content, status = 200 } =
    shown.kind === 'page' ? shown : problemPage(shown.problem, language, request.id)
  const keyScripts = worker.hasKeys ? ['shortcut-keys.js'] : []
  const scripts = [...(content.scripts ?? []), ...keyScripts]
  const frame = frameOf(language, request.url, session)
  return sendPage(reply.code(status), page(frame, { ...content, scripts }))
}

/** After signing in one is where one wanted to go; what was to be sent is not sent by itself. */
function toSignIn(request: FastifyRequest, reply: FastifyReply, language: Language): FastifyReply {
  const next = request.method === 'GET' ? request.url : undefined
  return reply.redirect(paths.signIn(language, { next }), 303)
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
