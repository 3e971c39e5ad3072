/** One request of somebody who is signed in: who, in which language, with what to answer. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '#base/text.ts'
import { frameFor } from '#self-service/frame.ts'
import { tooLateContent } from '#self-service/over-page.ts'
import { type Paths, pathsIn } from '#self-service/paths.ts'
import type { Session } from '#self-service/session.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Form } from '#web/form.ts'
import { type Content, page } from '#web/layout.ts'
import type { LimitKind } from '#web/limits.ts'
import { formOf, languageOf, sendPage } from '#web/pages.ts'
import { type Say, sayIn } from '#web/say.ts'

export type Visit = {
  readonly tools: Tools
  readonly session: Session
  /** By what it is kept. */
  readonly sessionKey: string | undefined
  readonly language: Language
  readonly say: Say
  readonly paths: Paths
  readonly form: Form
  readonly params: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly show: (content: Content, status?: number) => FastifyReply
  /** After a post the browser goes on to a page that it can load again. */
  readonly goTo: (path: string) => FastifyReply
  readonly notFound: () => FastifyReply
  readonly reply: FastifyReply
}

export type Handler = (visit: Visit) => Promise<FastifyReply>

/** Registers a page for those who are signed in; others are sent to sign in, or told it is over. */
export function personal(
  app: FastifyInstance,
  tools: Tools,
  method: 'GET' | 'POST',
  url: string,
  handler: Handler,
  limit?: LimitKind,
): void {
  app.route({
    method,
    url,
    ...(limit && { config: { limit } }),
    handler: async (request, reply) => {
      const language = languageOf(request.url)
      const paths = pathsIn(language)
      const session = await tools.sessions.find(request.headers.cookie)
      if (session === undefined) {
        if (method === 'POST') return endOfPost(tools, request, reply)
        return reply.redirect(paths.signInTo(returnPathOf(request)), 303)
      }
      return handler(visitOf(tools, session, request, reply))
    },
  })
}

/** Nobody is signed in any more: what was written stays with whoever wrote it. */
function endOfPost(tools: Tools, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request.url)
  const sent = formOf(request)
  if (sent.pairs.length === 0) return reply.redirect(pathsIn(language).expired, 303)
  const frame = frameFor(tools.isSandbox, language, request.url)
  const content = tooLateContent(language, { to: request.url, sent })
  return sendPage(reply.code(403), page(frame, content))
}

/** Where to come back to: the page, and for whom it is. */
function returnPathOf(request: FastifyRequest): string {
  const [path = ''] = request.url.split('?')
  const whom = queryOf(request)['for']
  return whom === undefined ? path : `${path}?for=${whom}`
}

function visitOf(
  tools: Tools,
  session: Session,
  request: FastifyRequest,
  reply: FastifyReply,
): Visit {
  const language = languageOf(request.url)
  const frame = frameFor(tools.isSandbox, language, request.url, session)
  const sent = formOf(request)
  // What was refused has done nothing, and is refused once more.
  const answers = request.method === 'POST' && { answers: { to: request.url, sent } }
  return {
    tools,
    session,
    sessionKey: tools.sessions.keyOf(request.headers.cookie),
    language,
    say: sayIn(language),
    paths: pathsIn(language),
    form: sent,
    params: request.params as Visit['params'],
    query: queryOf(request),
    show: (content, status = 200) =>
      sendPage(reply.code(status), page({ ...frame, ...(status >= 400 && answers) }, content)),
    goTo: (path) => reply.redirect(path, 303),
    notFound: () => {
      reply.callNotFound()
      return reply
    },
    reply,
  }
}

/** What the address asks for, by name; of what is named twice, the first. */
export function queryOf({ query }: FastifyRequest): Visit['query'] {
  const pairs = Object.entries(query ?? {}).map(([name, value]) => {
    const first: unknown = Array.isArray(value) ? value[0] : value
    return [name, typeof first === 'string' ? first : undefined] as const
  })
  return Object.fromEntries(pairs)
}
