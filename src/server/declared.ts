/**
 * Every route says what it is for, or the server does not start (deny by default). Collects what
 * they say, for the documents and tests that are derived from it. Knows no route.
 */

import type { FastifyInstance } from 'fastify'
import type { Declaration } from '#access/declaration.ts'
import { assert } from '#base/assert.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may, what for, what is answered, how often. A route without it does not start. */
    readonly declaration?: Declaration
    /** Of a route that carries many calls, each call's own, by its name. */
    readonly calls?: { readonly [call: string]: Declaration }
  }
}

export type DeclaredCall = {
  readonly method: string
  readonly url: string
  /** Which of the calls of a route that carries many. */
  readonly call?: string
  readonly declaration: Declaration
}

type Seen = {
  readonly method: string | readonly string[]
  readonly url: string
  readonly config?: {
    readonly declaration?: Declaration
    readonly calls?: { readonly [call: string]: Declaration }
  }
}

const seenBy = new WeakMap<FastifyInstance, Seen[]>()

/** To be called before the first route. */
export function demandDeclarations(app: FastifyInstance): void {
  const seen: Seen[] = []
  seenBy.set(app, seen)
  app.addHook('onRoute', (route) => void seen.push(route))
  app.addHook('onReady', async () => {
    for (const { method, url, config } of seen) {
      assert(
        config?.declaration !== undefined || config?.calls !== undefined,
        `${String(method)} ${url} declares neither policy, purpose, fields nor budget`,
      )
    }
  })
}

/** All calls of a server that is ready; HEAD goes with its GET. */
export function declaredCalls(app: FastifyInstance): readonly DeclaredCall[] {
  return (seenBy.get(app) ?? []).flatMap(({ method, url, config }) =>
    [method].flat().flatMap((each): readonly DeclaredCall[] => {
      if (each === 'HEAD') return []
      const { declaration, calls = {} } = config ?? {}
      const own = declaration ? [{ method: each, url, declaration }] : []
      const carried = Object.entries(calls).map(([call, of]) => ({
        ...{ method: each, url, call },
        declaration: of,
      }))
      return [...own, ...carried]
    }),
  )
}
