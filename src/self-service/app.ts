/** The citizens' own pages. So far one page that says so. */

import fastify, { type FastifyInstance } from 'fastify'
import { comingPage } from '#web/coming.ts'

const coming = {
  name: 'Selvbetjening · Self-service',
  what: 'Here citizens will report moves and protections, and see where their case is.',
}

/** `cpr` is the address of the CPR server. */
export function openSelfService(cpr: string): FastifyInstance {
  const app = fastify({ forceCloseConnections: true })
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(comingPage(coming, cpr)),
  )
  return app
}
