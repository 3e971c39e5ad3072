/** The pages of the municipality. So far one page that says so. */

import fastify, { type FastifyInstance } from 'fastify'
import { comingPage } from '#web/coming.ts'

const coming = {
  name: 'Sagsbehandling · Desk',
  what: 'Here case workers will approve and reject what waits for their municipality.',
}

/** `cpr` is the address of the CPR server. */
export function openDesk(cpr: string): FastifyInstance {
  const app = fastify({ forceCloseConnections: true })
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(comingPage(coming, cpr)),
  )
  return app
}
