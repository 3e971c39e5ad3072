/** Whether the server lives, whether it can do its work, and how much it has done. */

import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { forOperation } from '#access/declaration.ts'

const operation = { config: { declaration: forOperation } }

export type HealthParts = {
  /** Throws when the database does not answer, or is another one than this program needs. */
  readonly check: () => Promise<void>
  /** How many log reviews are overdue; throws when the database does not answer. */
  readonly overdueReviews: () => Promise<number>
  /** Aborted once it is to stop soon, while it still takes requests. */
  readonly announced?: AbortSignal | undefined
  /** Whoever shows it may read the figures; without it, this machine alone. */
  readonly metricsToken?: string | undefined
}

export type Health = {
  /** Counts a request that was refused before it reached a route, by the name of the reason. */
  readonly onRefused: (reason: string) => void
  /** From now on it is not ready, whatever the database says: this process is to be replaced. */
  readonly onBroken: () => void
  /** What is under way is finished; what comes now, over a connection still open, is not begun. */
  readonly isStopping: () => boolean
  readonly routes: (app: FastifyInstance) => void
}

/** A check may be asked by anybody; the database answers one of them a second. */
const checkEveryMs = 1_000
const checkMaxMs = 3_000

export function openHealth(parts: HealthParts): Health {
  const { check, overdueReviews, announced, metricsToken } = parts
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'samspil_' })
  const seconds = new Histogram({
    name: 'samspil_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  const refused = new Counter({
    name: 'samspil_http_refused_total',
    help: 'What was refused before it reached a route, by reason',
    labelNames: ['reason'],
    registers: [registry],
  })
  addOverdue(registry, overdueReviews)
  const isReady = checkSometimes(check)
  let isBroken = false
  let isStopping = false

  /** On the root, before the doors are registered, so that it counts their requests too. */
  const routes = (app: FastifyInstance): void => {
    app.addHook('preClose', async () => {
      isStopping = true
    })
    // Or a connection that is kept for the next request would hold up the end for a minute.
    app.addHook('onSend', async (_request, reply) => {
      if (isStopping || announced?.aborted) reply.header('connection', 'close')
    })
    app.get('/health/live', operation, async () => ({ live: true }))
    app.get('/health/ready', operation, async (_request, reply) => {
      const isGoing = !isStopping && announced?.aborted !== true && !isBroken
      const ready = isGoing && (await isReady())
      return reply.code(ready ? 200 : 503).send({ ready })
    })
    app.get('/metrics', operation, async (request, reply) => {
      if (!mayScrape(request, metricsToken)) {
        return reply.code(401).header('www-authenticate', 'Bearer').send('Not for you.\n')
      }
      return reply.type(registry.contentType).send(await registry.metrics())
    })
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      seconds.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    })
  }
  return {
    onRefused: (reason) => refused.inc({ reason }),
    onBroken: () => {
      isBroken = true
    },
    isStopping: () => isStopping,
    routes,
  }
}

/** Asked when somebody looks; a database that is away takes the other figures with it as little. */
function addOverdue(registry: Registry, overdueReviews: () => Promise<number>): void {
  const gauge: Gauge = new Gauge({
    name: 'samspil_log_reviews_overdue',
    help: 'Log reviews that two have not signed off in time; NaN when it is not known',
    registers: [registry],
    collect: async () => {
      gauge.set(await overdueReviews().catch(() => Number.NaN))
    },
  })
}

/** Asks at most once a second, and gives up on an answer that does not come. */
function checkSometimes(check: () => Promise<void>): () => Promise<boolean> {
  let last: { readonly at: number; readonly ready: Promise<boolean> } | undefined
  return () => {
    const at = performance.now()
    if (last === undefined || at - last.at >= checkEveryMs) {
      const { promise: tooLate, resolve } = Promise.withResolvers<boolean>()
      const timer = setTimeout(() => resolve(false), checkMaxMs)
      const asked = check().then(
        () => true,
        () => false,
      )
      last = { at, ready: Promise.race([asked, tooLate]).finally(() => clearTimeout(timer)) }
    }
    return last.ready
  }
}

/** Headers that only a proxy writes: then the neighbour is not who asks, whoever it is. */
const proxied = ['forwarded', 'x-forwarded-for', 'via']

function mayScrape({ headers, raw }: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) {
    return isLoopback(raw.socket.remoteAddress ?? '') && !proxied.some((name) => name in headers)
  }
  const shown = /^Bearer (\S{1,200})$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(shown), digest(token))
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return isIP(plain) !== 0 && (plain === '::1' || plain.startsWith('127.'))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
