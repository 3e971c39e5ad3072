/** The CPR server as one HTTP application: its two doors, its health, and one log line a request. */

import { randomBytes } from 'node:crypto'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { openToAll } from '#access/declaration.ts'
import { receiptText, refuse, refuseUnreadable } from '#incident/receipts.ts'
import { type Doors, sendProblem } from '#server/api/context.ts'
import { jsonDoor } from '#server/api/door.ts'
import { demandDeclarations } from '#server/declared.ts'
import { faultOf } from '#server/fault.ts'
import { type GctpSettings, gctpDoor } from '#server/gctp/door.ts'
import { type Health, healthRoutes } from '#server/health.ts'
import { landingPage } from '#server/landing.ts'

export type AppParts = {
  readonly doors: Doors
  readonly gctp: GctpSettings
  readonly health: Health
  readonly log: FastifyBaseLogger
}

const badPath = { da: 'Stien kan ikke afkodes', en: 'The path cannot be decoded' }

export async function buildApp({ doors, gctp, health, log }: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    // One line a request of our own, below: the default one writes whole URLs.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(6).toString('hex'),
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
    requestTimeout: 30_000,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    // A path that cannot be decoded has no route, so no door has spoken for it yet.
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(reply, 'malformed', [refuseUnreadable(badPath)])
    },
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 },
  })
  demandDeclarations(app)
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
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
  })
  app.setNotFoundHandler((_request, reply) => void sendProblem(reply, 'unknown', [refuse(9001)]))
  app.setErrorHandler((error, request, reply) => {
    request.log.error({ fault: faultOf(error) }, 'fault')
    void sendProblem(reply, 'fault', [{ ...refuse(9004), text: receiptText(9004, request.id) }])
  })
  healthRoutes(app, health)
  await app.register(async (context) => gctpDoor(context, doors, gctp))
  await app.register(async (context) => jsonDoor(context, doors), { prefix: '/api/v1' })
  app.get('/', { config: { declaration: openToAll } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(landingPage()),
  )
  return app
}
