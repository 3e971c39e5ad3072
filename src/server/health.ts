/** Whether the server lives, whether it can do its work, and how much it has done. */

import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { forOperation } from '#access/declaration.ts'

const operation = { config: { declaration: forOperation } }

export type Health = {
  /** Throws when the database does not answer. */
  readonly check: () => Promise<void>
}

/** On the root, before the doors are registered, so that it counts their requests too. */
export function healthRoutes(app: FastifyInstance, { check }: Health): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'samspil_' })
  const seconds = new Histogram({
    name: 'samspil_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })

  app.get('/health/live', operation, async () => ({ live: true }))

  app.get('/health/ready', operation, async (_request, reply) => {
    try {
      await check()
      return { ready: true }
    } catch {
      return reply.code(503).send({ ready: false })
    }
  })

  app.get('/metrics', operation, async (_request, reply) => {
    return reply.type(registry.contentType).send(await registry.metrics())
  })

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
}
