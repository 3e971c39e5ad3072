/** The CPR server as one HTTP application: its two doors, its health, and one log line a request. */

import { randomBytes } from 'node:crypto'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { type Budget, openToAll } from '#access/declaration.ts'
import { securityHeaders } from '#http/headers.ts'
import { answerUnreadable, askedFrom, type ListenerSettings, openListener } from '#http/listener.ts'
import { receiptText, refuse, refuseUnreadable } from '#incident/receipts.ts'
import { type Doors, sendNoPath, sendProblem } from '#server/api/context.ts'
import { jsonDoor } from '#server/api/door.ts'
import { holdToBudgets } from '#server/budget-hooks.ts'
import { demandDeclarations } from '#server/declared.ts'
import { faultOf } from '#server/fault.ts'
import { type GctpSettings, gctpDoor } from '#server/gctp/door.ts'
import type { Health } from '#server/health.ts'
import { landingPage } from '#server/landing.ts'
import { securityTxt } from '#server/security-txt.ts'

export type AppParts = {
  readonly doors: Doors
  readonly gctp: GctpSettings
  readonly health: Health
  readonly listener: ListenerSettings
  readonly securityContact?: string | undefined
  readonly log: FastifyBaseLogger
  /** Told of every error that a request met, whichever door it came through. */
  readonly onError: (error: unknown) => void
}

const badPath = { da: 'Stien kan ikke afkodes', en: 'The path cannot be decoded' }

export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { doors, gctp, health, listener, log } = parts
  const watch = {
    onRefused: (reason: string) => {
      health.onRefused(reason)
      log.info({ reason }, 'refused')
    },
    onFault: (error: unknown) => log.error({ fault: faultOf(error) }, 'listener'),
  }
  const app = fastify({
    serverFactory: (handler) => openListener(listener, handler, watch),
    clientErrorHandler: answerUnreadable,
    loggerInstance: log,
    // One line a request of our own, below: the default one writes whole URLs.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(6).toString('hex'),
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
    forceCloseConnections: 'idle',
    // Each door says in its own speech that it stops.
    return503OnClosing: false,
    // A path that cannot be decoded has no route, so no door has spoken for it yet.
    frameworkErrors: (_error, request, reply) => {
      // Nor do the hooks below run for it.
      reply.headers(securityHeaders(askedFrom(request.raw).isHttps))
      watch.onRefused('path')
      void sendProblem(reply, 'malformed', [refuseUnreadable(badPath)])
    },
  })
  demandDeclarations(app)
  const { isStopping } = health
  const onSpent = (budget: Budget) => health.onRefused(`budget-${budget}`)
  holdToBudgets(app, doors.budgets, onSpent)
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        // The pattern of the route, never the path that was asked for.
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  app.addHook('onSend', async (request, reply) => {
    const { isHttps } = askedFrom(request.raw)
    for (const [name, value] of Object.entries(securityHeaders(isHttps))) {
      if (!reply.hasHeader(name)) reply.header(name, value)
    }
  })
  app.addHook('onError', async (_request, _reply, error) => parts.onError(error))
  app.setNotFoundHandler(sendNoPath)
  app.setErrorHandler((error, request, reply) => {
    request.log.error({ fault: faultOf(error) }, 'fault')
    void sendProblem(reply, 'fault', [{ ...refuse(9004), text: receiptText(9004, request.id) }])
  })
  health.routes(app)
  securityTxt(app, parts.securityContact, doors.house.clock)
  const { onRefused } = watch
  const heard = { ...gctp, onSpent, onRefused, isStopping }
  await app.register(async (context) => gctpDoor(context, doors, heard))
  await app.register(async (context) => jsonDoor(context, doors, isStopping), { prefix: '/api/v1' })
  app.get('/', { config: { declaration: openToAll } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(landingPage()),
  )
  return app
}
