/** The JSON door: its own reader of bodies, its own errors, its contract, and its routes. */

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openToAll } from '#access/declaration.ts'
import { problem } from '#api/problem.ts'
import { Unavailable } from '#base/outage.ts'
import type { Text } from '#base/text.ts'
import { receiptText, refuse, refuseUnreadable } from '#incident/receipts.ts'
import { addressRoutes } from '#server/api/addresses.ts'
import { readBody } from '#server/api/body.ts'
import { catalogueRoutes } from '#server/api/catalogue.ts'
import { type Doors, sendNoPath, sendProblem, warnOfPasswordEnd } from '#server/api/context.ts'
import { depositEndRoutes, depositRoutes } from '#server/api/deposits.ts'
import { deskRoutes } from '#server/api/desk.ts'
import { employeeRoute } from '#server/api/employees.ts'
import { eventRoutes } from '#server/api/events.ts'
import { federatedRoute } from '#server/api/federated.ts'
import { grantRequestRoutes, grantRoute } from '#server/api/grant-requests.ts'
import { hearingRoutes } from '#server/api/hearings.ts'
import { identityRoutes } from '#server/api/identities.ts'
import { incidentRoutes, outcomeRoutes } from '#server/api/incidents.ts'
import { noticeRoutes } from '#server/api/notices.ts'
import { openapi } from '#server/api/openapi.ts'
import { outboxRoutes } from '#server/api/outbox.ts'
import { ownCaseRoutes, ownDataRoute, ownRoutes } from '#server/api/own.ts'
import { pendingListRoute, pendingRoutes } from '#server/api/pending.ts'
import {
  newPersonCodeRoute,
  personCodeActRoutes,
  personCodeChangeRoutes,
  personCodeRoutes,
} from '#server/api/person-codes.ts'
import { personRoutes } from '#server/api/persons.ts'
import { policyRoutes, policySwitchRoutes, policyTrialRoutes } from '#server/api/policies.ts'
import { askedLookRoutes, reviewRoutes, reviewStepRoutes } from '#server/api/reviews.ts'
import { refusalsOfSchema } from '#server/api/schema-faults.ts'
import { passwordRoutes, sessionRoutes } from '#server/api/sessions.ts'
import { signInRoutes } from '#server/api/sign-ins.ts'
import { turnRoutes, undoRoute } from '#server/api/turns.ts'
import { faultOf } from '#server/fault.ts'

const bodyBytesMax = 64 * 1024

/** In the order of the contract. */
const everyRoute = [
  sessionRoutes,
  passwordRoutes,
  federatedRoute,
  identityRoutes,
  employeeRoute,
  noticeRoutes,
  personCodeRoutes,
  newPersonCodeRoute,
  personCodeChangeRoutes,
  personCodeActRoutes,
  grantRoute,
  grantRequestRoutes,
  incidentRoutes,
  outcomeRoutes,
  pendingRoutes,
  turnRoutes,
  undoRoute,
  pendingListRoute,
  deskRoutes,
  outboxRoutes,
  hearingRoutes,
  policyRoutes,
  policySwitchRoutes,
  policyTrialRoutes,
  reviewRoutes,
  reviewStepRoutes,
  askedLookRoutes,
  personRoutes,
  eventRoutes,
  addressRoutes,
  ownCaseRoutes,
  ownRoutes,
  ownDataRoute,
  depositRoutes,
  depositEndRoutes,
  signInRoutes,
] as const

export async function jsonDoor(
  app: FastifyInstance,
  doors: Doors,
  isStopping: () => boolean,
): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer', bodyLimit: bodyBytesMax },
    (_request, body, done) => {
      if (body.length === 0) return done(null, undefined)
      const read = readBody(Buffer.from(body))
      if (read.ok) return done(null, read.value)
      done(new Malformed(read.reason), undefined)
    },
  )
  app.setErrorHandler(sendError)
  app.setNotFoundHandler(sendNoPath)
  app.addHook('onRequest', async ({ id }, reply) => {
    if (!isStopping()) return
    reply.header('retry-after', '1')
    return sendProblem(reply, 'outage', [refuse(9094)], { reference: id })
  })
  app.addHook('onSend', async (request, reply) => {
    warnOfPasswordEnd(request, reply, doors.house.clock())
    // Personal data are for the one who asked, not for a cache on the way.
    reply.header('cache-control', 'no-store')
  })
  await app.register(swagger, openapi)
  // The page of the contract brings routes of its own, which hold nothing but the contract.
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith(`${app.prefix}/docs`)) return
    route.config = { ...route.config, declaration: openToAll }
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Where the door hangs: without it the page asks for its files at the root.
    indexPrefix: '/api/v1',
    staticCSP: true,
    theme: { title: 'Samspil: the JSON door' },
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list' },
  })
  // Half a megabyte, the same for everybody who asks: written once, or asking would be expensive.
  let contract: string | undefined
  app.get(
    '/openapi.json',
    { config: { declaration: openToAll }, schema: { hide: true } },
    async (_request, reply) => {
      contract ??= JSON.stringify(app.swagger())
      return reply.type('application/json; charset=utf-8').send(contract)
    },
  )
  for (const routes of everyRoute) await app.register(routes, { doors })
  await app.register(catalogueRoutes)
}

class Malformed extends Error {
  readonly reason: Text
  constructor(reason: Text) {
    super(`The body is no JSON that we read: ${reason.en}`)
    this.reason = reason
  }
}

const limit = `${bodyBytesMax / 1024} KiB`
const tooLarge = {
  da: `Indholdet må højst fylde ${limit}`,
  en: `The body may have at most ${limit}`,
}
const wrongMediaType = {
  da: 'Send content-type: application/json',
  en: 'Send content-type: application/json',
}

function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof Malformed) {
    void sendProblem(reply, 'malformed', [refuseUnreadable(error.reason)])
  } else if (error.validation) {
    void sendProblem(reply, 'malformed', refusalsOfSchema(error.validation, request))
  } else if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    void sendProblem(reply, 'too-large', [refuseUnreadable(tooLarge)])
  } else if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    void sendProblem(reply, 'wrong-media-type', [refuseUnreadable(wrongMediaType)])
  } else if (error.statusCode !== undefined && error.statusCode < 500) {
    void sendProblem(reply, 'malformed', [refuse(9000)])
  } else if (error instanceof Unavailable) {
    request.log.error({ fault: faultOf(error) }, 'outage')
    reply.header('retry-after', '1')
    void sendProblem(reply, 'outage', [refuse(9022)], { reference: request.id })
  } else {
    request.log.error({ fault: faultOf(error) }, 'fault')
    const text = receiptText(9004, request.id)
    const fault = problem('fault', [{ ...refuse(9004), text }], { reference: request.id })
    void reply.code(500).type('application/problem+json').send(fault)
  }
}
