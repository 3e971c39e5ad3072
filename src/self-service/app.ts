/** The citizens' own pages. Wiring only: what they work with, and which routes there are. */

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { danishDate } from '#base/calendar.ts'
import { accessibilityRoutes } from '#self-service/accessibility.ts'
import { backChannelRoute } from '#self-service/back-channel.ts'
import { openEndsThere } from '#self-service/ended-there.ts'
import { frameFor } from '#self-service/frame.ts'
import { siteLimits } from '#self-service/limits.ts'
import { readLists } from '#self-service/lists.ts'
import { ownRoutes } from '#self-service/own/routes.ts'
import { signInsRoutes } from '#self-service/own/sign-ins.ts'
import { readReturnPath } from '#self-service/paths.ts'
import { reportRoutes } from '#self-service/report/routes.ts'
import { openSessions } from '#self-service/session.ts'
import type { SelfServiceSettings, Tools } from '#self-service/settings.ts'
import { pnrClaim, signInScope } from '#self-service/sign-in.ts'
import { signInRoutes } from '#self-service/sign-in-routes.ts'
import { startRoutes } from '#self-service/start-page.ts'
import { openPages } from '#web/pages.ts'
import { sealWith } from '#web/seal.ts'
import { openSignIn } from '#web/sign-in.ts'

export function openSelfService(settings: SelfServiceSettings): FastifyInstance {
  const { origin, issuer, isSandbox, isClosed, announced, limits, log, newReference } = settings
  const tools = toolsOf(settings)
  const app = openPages({
    origin,
    formTargets: () => [new URL(issuer()).origin],
    log,
    newReference,
    isClosed,
    doesOnce: true,
    announced,
    held: {
      table: siteLimits,
      limits,
      now: () => performance.now(),
      nameOf: tools.sessions.nameOf,
    },
    shownTo: { nameOf: tools.sessions.shownName, refusesOthers: true },
    frame: async (language, here, cookies) => {
      // A page that is missing is told of also while the sessions cannot be asked.
      const session = await tools.sessions.find(cookies).catch(() => undefined)
      return frameFor(isSandbox, language, here, session)
    },
  })
  startRoutes(app, tools)
  signInRoutes(app, tools)
  backChannelRoute(app, tools)
  signInsRoutes(app, tools)
  reportRoutes(app, tools)
  ownRoutes(app, tools)
  accessibilityRoutes(app, tools)
  return app
}

function toolsOf(settings: SelfServiceSettings): Tools {
  const { clients, origin, isSandbox, log, clock, sealKey, issuer, clientId } = settings
  const seal = sealWith(sealKey, randomBytes)
  const sessions = openSessions(clients, seal, clock)
  return {
    clients,
    sessions,
    endsThere: openEndsThere({ clients, seal, sessions, clock }),
    provider: { issuer, clientId },
    limits: settings.limits,
    signIn: openSignIn({
      ...{ ...settings, seal, readReturnPath },
      ...{ scope: signInScope, mustTell: pnrClaim },
    }),
    seal,
    lists: readLists(danishDate(clock())),
    clock,
    origin,
    log,
    isSandbox,
    statement: settings.statement,
  }
}
