/**
 * A program's pages as one HTTP application: headers, posts of our own only, forms, the files of
 * the design, and a page for everything that goes wrong. Knows no page of any program.
 */

import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Html } from '#base/html.ts'
import { Unavailable } from '#base/outage.ts'
import type { Language } from '#base/text.ts'
import { serveAssets } from '#web/asset-route.ts'
import { emptyForm, type Form, formBytesMax, readForm } from '#web/form.ts'
import { type Frame, page } from '#web/layout.ts'
import { type HeldTo, holdToLimits } from '#web/limits.ts'
import { type ProblemKind, problemContent, problemStatus } from '#web/problem.ts'
import { isOwnPost, type SecuritySettings, securityHeaders } from '#web/security.ts'
import { isOthers, type ShownTo, sayShownTo } from '#web/shown-to.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Programs post here, not pages; they prove who they are in another way. */
    readonly takesForeignPosts?: true
    /** Also while the program is closed for maintenance: the page that says so needs it. */
    readonly staysOpen?: true
  }
}

export type PagesSettings = SecuritySettings & {
  readonly log: FastifyBaseLogger
  /** A reference that people can read out: short, new at every call. */
  readonly newReference: () => string
  /** Whether every page says that the program is closed for maintenance; never when left out. */
  readonly isClosed?: () => boolean
  /** Aborted once the program is to stop soon, while it still takes requests. */
  readonly announced?: AbortSignal | undefined
  /** Whether whatever is sent twice is done once: told to whoever has to send it again. */
  readonly doesOnce?: true
  /** How often one may ask; as often as one likes when left out. */
  readonly held?: Omit<HeldTo, 'refuse'>
  /** Whom forms say that they were shown to; nobody when left out. */
  readonly shownTo?: ShownTo
  /** What a page of a problem is shown in: to whoever is signed in by these cookies, or nobody. */
  readonly frame: (language: Language, here: string, cookies?: string) => Frame | Promise<Frame>
}

export function openPages(settings: PagesSettings): FastifyInstance {
  const { shownTo } = settings
  const app = fastify({
    loggerInstance: settings.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: settings.newReference,
    bodyLimit: formBytesMax,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // Nobody is shown that it stops: what comes over a connection still open is the last of it.
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply) => void sendProblem(settings, request, reply, 'bad'),
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 },
  })
  // What Fastify would read by itself, JSON, no page of ours sends.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formBytesMax },
    (_request, body, done) => done(null, readForm(String(body)) ?? tooMuch),
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(settings))
    if (request.routeOptions.config.takesForeignPosts) return
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!reads && !isOwnPost(request.headers, settings.origin())) {
      return sendProblem(settings, request, reply, 'foreign')
    }
  })
  app.addHook('preHandler', async (request, reply) => {
    if (request.body === tooMuch) return sendProblem(settings, request, reply, 'large')
    if (
      shownTo?.refusesOthers &&
      isOthers(formOf(request), shownTo.nameOf(request.headers.cookie))
    ) {
      return sendProblem(settings, request, reply, 'others')
    }
    // Asked once the form has been read: who wrote one while the program was closed has it back.
    if (settings.isClosed?.() && !request.routeOptions.config.staysOpen) {
      return sendProblem(settings, request, reply.header('retry-after', '300'), 'maintenance')
    }
  })
  app.addHook('onSend', async ({ headers }, _reply, sent) => {
    const whom = typeof sent === 'string' ? shownTo?.nameOf(headers.cookie) : undefined
    return whom !== undefined && typeof sent === 'string' ? sayShownTo(sent, whom) : sent
  })
  if (settings.held) {
    const refuse: HeldTo['refuse'] = (request, reply) =>
      sendProblem(settings, request, reply, 'busy')
    holdToLimits(app, { ...settings.held, refuse })
  }
  logOneLine(app)
  addHealth(app, settings.announced)
  app.setNotFoundHandler((request, reply) => sendProblem(settings, request, reply, 'unknown'))
  app.setErrorHandler((error, request, reply) => {
    const kind = kindOf(error)
    if (kind === 'fault') request.log.error({ fault: faultOf(error) }, 'fault')
    if (kind === 'unavailable') request.log.warn({ fault: faultOf(error) }, 'unavailable')
    return sendProblem(settings, request, reply, kind)
  })
  serveAssets(app)
  return app
}

/** For whoever shares out the calls. The program has nothing of its own that could be away. */
function addHealth(app: FastifyInstance, announced: AbortSignal | undefined): void {
  const open = { config: { staysOpen: true, limit: 'none' } } as const
  let isStopping = false
  app.addHook('preClose', async () => {
    isStopping = true
  })
  // Or a connection that is kept for the next request would hold up the end for a minute.
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping || announced?.aborted) reply.header('connection', 'close')
  })
  app.get('/health/live', open, async () => ({ live: true }))
  app.get('/health/ready', open, async (_request, reply) => {
    const ready = !isStopping && announced?.aborted !== true
    return reply.code(ready ? 200 : 503).send({ ready })
  })
}

const tooMuch = Symbol('more than a form of ours')

/** The only way a page leaves: nothing but what the tag made is ever sent as HTML. */
export function sendPage(reply: FastifyReply, content: Html): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(content.toString())
}

/** The form of a post; an empty one where nothing was sent. */
export function formOf({ body }: FastifyRequest): Form {
  return isForm(body) ? body : emptyForm
}

function isForm(body: unknown): body is Form {
  return typeof body === 'object' && body !== null && 'one' in body && 'pairs' in body
}

/** The language that a path begins with. */
export function languageOf(path: string): Language {
  return /^\/en(?=[/?]|$)/.test(path) ? 'en' : 'da'
}

/**
 * Path and query of the page that this is asked from: its own where it can be loaded, and for what
 * is only posted the nearest above it that can.
 */
export function pageOf({ server, routeOptions, url }: FastifyRequest): string {
  const [path = '', query] = url.split('?', 2)
  const [parts, pattern] = [path.split('/'), (routeOptions.url ?? '').split('/')]
  const upTo = (depth: number, of: readonly string[]) => of.slice(0, depth).join('/')
  let depth = pattern.length
  while (depth > 2 && !server.hasRoute({ method: 'GET', url: upTo(depth, pattern) })) depth -= 1
  const page = depth > 2 ? upTo(depth, parts) : `/${languageOf(url)}/`
  return query === undefined ? page : `${page}?${query}`
}

async function sendProblem(
  settings: PagesSettings,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: ProblemKind,
): Promise<FastifyReply> {
  const language = languageOf(request.url)
  const here = /^\/(da|en)(?=[/?]|$)/.test(request.url) ? request.url : `/${language}/`
  const { cookie } = request.headers
  const at = request.routeOptions.url === undefined ? here : pageOf(request)
  const frame = await settings.frame(language, at, knowsVisitor[kind] ? cookie : undefined)
  // Never to a path that reads as another site's.
  const isPage = here === request.url
  const isOnce = settings.doesOnce === true
  const kept = isPage && isForm(request.body) ? { to: here, sent: request.body, isOnce } : undefined
  const shown = page(frame, problemContent(kind, language, request.id, kept))
  // A path that cannot be decoded comes here before any hook.
  return sendPage(reply.code(problemStatus[kind]).headers(securityHeaders(settings)), shown)
}

/** Where something is wrong with the program, nobody asks it who this is. */
const knowsVisitor: Readonly<Record<ProblemKind, boolean>> = {
  ...{ unknown: true, denied: true, bad: true, large: true },
  ...{
    foreign: false,
    others: false,
    busy: false,
    unavailable: false,
    maintenance: false,
    fault: false,
  },
}

function kindOf(error: unknown): ProblemKind {
  if (error instanceof Unavailable) return 'unavailable'
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return 'large'
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad' : 'fault'
}

/** What went wrong and where, and nothing that was being worked on: ten digits are taken out. */
function faultOf(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const message = error.message.split('\n', 1)[0]?.replace(/\b\d{6}-?\d{4}\b/g, '…') ?? ''
  return { type: error.name, message, stack: frames.slice(0, 12).map((line) => line.trim()) }
}

function logOneLine(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const ms = Math.round(reply.elapsedTime)
    // The pattern of the route, never the path that was asked for.
    const route = routeOptions.url ?? 'none'
    request.log.info({ method, route, status: reply.statusCode, ms }, 'request')
  })
}
