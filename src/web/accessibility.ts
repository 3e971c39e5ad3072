/**
 * Where the accessibility statement stands (webtilgængelighedsloven § 4; bekendtgørelse 904 of
 * 22/08/2019): an authority publishes it by a tool that all of them use, and its site leads there.
 */

import type { FastifyInstance, RouteHandlerMethod } from 'fastify'

/** The short address that every authority's site has for it. */
const shortPath = '/was'

type Statement = {
  /** Of the site, in Danish first. */
  readonly paths: readonly [string, ...string[]]
  /** Where it is published; our own page says what we know where it is left out. */
  readonly published: string | undefined
  readonly ownPage: RouteHandlerMethod
}

export function statementRoutes(app: FastifyInstance, statement: Statement): void {
  const { paths, published, ownPage } = statement
  for (const path of paths) {
    app.get(path, published === undefined ? ownPage : (_, reply) => reply.redirect(published, 302))
  }
  app.get(shortPath, (_, reply) => reply.redirect(published ?? paths[0], 302))
}
