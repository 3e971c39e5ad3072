/** Where the provider of sign-ins says that it has ended a session. It posts here itself, no browser. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { Unavailable } from '#base/outage.ts'
import type { Tools } from '#self-service/settings.ts'
import { openBrowserSource } from '#web/limits.ts'
import { openLogoutTokens } from '#web/logout-token.ts'
import { formOf } from '#web/pages.ts'
import { backChannelPath } from '#web/sign-in.ts'
import { Throttle } from '#web/throttle.ts'

/** From one network: a provider is right each time. */
const refusedPerMinute = 60

export function backChannelRoute(app: FastifyInstance, tools: Tools): void {
  const { signIn, endsThere, log } = tools
  const readToken = openLogoutTokens({ ...tools.provider, ...signIn, clock: tools.clock })
  const sourceOf = openBrowserSource(tools.limits.proxy)
  const throttle = new Throttle(refusedPerMinute, () => performance.now())
  // Proved by its signature, not by where it comes from; a closed site ends sessions, too.
  const config = { takesForeignPosts: true, staysOpen: true, limit: 'none' } as const
  app.post(backChannelPath, { config }, async (request, reply) => {
    const from = sourceOf(request)
    const waitMs = throttle.waitMs(from)
    if (waitMs > 0) {
      const seconds = String(Math.ceil(waitMs / 1000))
      return refuse(reply.code(429).header('retry-after', seconds), 'slow_down')
    }
    const sent = formOf(request).all('logout_token')
    const [token = ''] = sent
    const read = sent.length === 1 ? await readToken(token) : 'malformed'
    const ended = typeof read === 'string' ? read : await tryTo(() => endsThere.end(read))
    if (typeof ended === 'number') {
      log.info({ sessions: ended }, 'signed out by the provider')
      return reply.code(200).send()
    }
    log.warn({ reason: ended }, 'a logout token was refused')
    if (!outages.includes(ended)) throttle.failed(from)
    return refuse(reply.code(400), outages.includes(ended) ? 'logout_failed' : 'invalid_request')
  })
}

/** Nobody's fault: the same may be sent again. */
const outages: readonly string[] = ['keys-unreachable', 'away']

async function tryTo<Value>(work: () => Promise<Value>): Promise<Value | 'away'> {
  return await work().catch((error: unknown) => {
    if (error instanceof Unavailable) return 'away'
    throw error
  })
}

/** As little as the protocol asks for (2.8): which check failed is for our log. */
function refuse(reply: FastifyReply, error: string): FastifyReply {
  return reply.type('application/json').send(JSON.stringify({ error }))
}
