/** The provider at which the sandbox's invented people sign in. So far one page that says so. */

import fastify, { type FastifyInstance } from 'fastify'
import { comingPage } from '#web/coming.ts'

const coming = {
  name: 'Log ind · Sign in',
  what: 'Here the invented citizens and case workers of the sandbox will sign in.',
}

/** `cpr` is the address of the CPR server. */
export function openIdp(cpr: string): FastifyInstance {
  const app = fastify({ forceCloseConnections: true })
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(comingPage(coming, cpr)),
  )
  return app
}
