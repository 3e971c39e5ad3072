/**
 * How often one may ask for pages, so that nobody spends what a program may ask of the CPR server
 * for everybody: counted by person and by network, in the memory of the process. Knows no page.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from '#base/network.ts'
import { type Charge, Pace, type PaceSettings } from '#base/pace.ts'
import { askedFrom } from '#http/listener.ts'
import { openSourceReader, type ProxySettings } from '#http/source.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What it counts as; `page` where a route says nothing, and `send` where it is posted to. */
    readonly limit?: LimitKind | 'none'
  }
}

/**
 * `page`: what is shown. `send`: a form. `search`: what is completed while one types. `sign-in`:
 * its begin and its end, by anybody.
 */
export type LimitKind = 'page' | 'send' | 'search' | 'sign-in'

/** Calls in a minute. Who is not signed in costs the CPR server nothing but by signing in. */
export type LimitTable = Readonly<Record<Exclude<LimitKind, 'search'>, Limit>> & {
  /** As a page where a program completes nothing. */
  readonly search?: Limit
}

type Limit = { readonly perPerson?: number; readonly perSource: number; readonly why: string }

export type PageLimits = PaceSettings & {
  /** Who stands between: what they say of where somebody asks from is believed. */
  readonly proxy: ProxySettings
}

export type HeldTo = {
  readonly table: LimitTable
  readonly limits: PageLimits
  /** Counts milliseconds and never goes back. */
  readonly now: () => number
  /** By what is counted whoever has these cookies; undefined for who is not signed in. */
  readonly nameOf: (cookies: string | undefined) => string | undefined
  /** Answers one that has to wait. */
  readonly refuse: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
}

/** To be called before the first route. Asked once the form was read, which is then not lost. */
export function holdToLimits(app: FastifyInstance, held: HeldTo): void {
  const { limits, now, refuse } = held
  const pace = new Pace(limits, now)
  const sourceOf = openBrowserSource(limits.proxy)
  // A route that finds nothing is followed by the one for what is missing, and this is asked again.
  const counted = new WeakSet<FastifyRequest>()
  app.addHook('preHandler', async (request, reply) => {
    const kind = kindOf(request)
    if (kind === 'none' || counted.has(request)) return undefined
    counted.add(request)
    const waitMs = pace.spend(chargesOf(held, kind, request, sourceOf(request)))
    if (waitMs === 0) return undefined
    reply.header('retry-after', String(Math.ceil(waitMs / 1000)))
    // Whoever completes what one types goes on without.
    if (kind === 'search') return reply.code(429).send({ items: [] })
    return refuse(request, reply)
  })
}

function kindOf({ method, routeOptions }: FastifyRequest): LimitKind | 'none' {
  return routeOptions.config.limit ?? (method === 'POST' ? 'send' : 'page')
}

function chargesOf(
  { table, nameOf }: HeldTo,
  kind: LimitKind,
  { headers }: FastifyRequest,
  source: string,
): readonly Charge[] {
  const { perPerson, perSource } = table[kind] ?? table.page
  const network = { key: `${kind} from ${networkOf(source)}`, perMinute: perSource }
  if (perPerson === undefined) return [network]
  const name = nameOf(headers.cookie)
  return name === undefined ? [] : [network, { key: `${kind} by ${name}`, perMinute: perPerson }]
}

/** From where a browser asks, as far as those say it who are believed. */
export function openBrowserSource(proxy: ProxySettings): (request: FastifyRequest) => string {
  const reader = openSourceReader(proxy)
  return ({ raw, headers }) => {
    const { address: peer, isHttps: isEncrypted } = askedFrom(raw)
    return reader.read({ peer, isEncrypted, headers })?.address ?? peer
  }
}
