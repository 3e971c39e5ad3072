/** The citizens' own pages. Wiring only: what they work with, and which routes there are. */

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { danishDate } from '#base/calendar.ts'
import { openGctp, openJson } from '#client/index.ts'
import { accessibilityRoutes } from '#self-service/accessibility.ts'
import { frameFor } from '#self-service/frame.ts'
import { readLists } from '#self-service/lists.ts'
import { ownRoutes } from '#self-service/own/routes.ts'
import { readReturnPath } from '#self-service/paths.ts'
import { reportRoutes } from '#self-service/report/routes.ts'
import { openSessions } from '#self-service/session.ts'
import type { Clients, SelfServiceSettings, Tools } from '#self-service/settings.ts'
import { signInScope } from '#self-service/sign-in.ts'
import { signInRoutes } from '#self-service/sign-in-routes.ts'
import { startRoutes } from '#self-service/start-page.ts'
import { openPages } from '#web/pages.ts'
import { sealWith } from '#web/seal.ts'
import { openSignIn } from '#web/sign-in.ts'

/** How long a page waits for the CPR server before it says that it cannot be reached. */
const timeoutMs = 10_000

export function openSelfService(settings: SelfServiceSettings): FastifyInstance {
  const { origin, issuer, isSandbox, log, newReference } = settings
  const tools = toolsOf(settings)
  const app = openPages({
    origin,
    formTargets: () => [new URL(issuer()).origin],
    log,
    newReference,
    frame: (language, here) => frameFor(isSandbox, language, here),
  })
  startRoutes(app, tools)
  signInRoutes(app, tools)
  reportRoutes(app, tools)
  ownRoutes(app, tools)
  accessibilityRoutes(app, tools)
  return app
}

function toolsOf(settings: SelfServiceSettings): Tools {
  const { origin, isSandbox, log, clock, sealKey } = settings
  const clients = clientsOf(settings)
  const seal = sealWith(sealKey, randomBytes)
  return {
    clients,
    sessions: openSessions(clients, seal, clock),
    signIn: openSignIn({ ...settings, seal, scope: signInScope, readReturnPath }),
    seal,
    lists: readLists(danishDate(clock())),
    clock,
    origin,
    log,
    isSandbox,
  }
}

/** Another password means other clients: the old ones hold a token that ends with theirs. */
function clientsOf({ cpr, personCode, password }: SelfServiceSettings): Clients {
  const reach = { url: cpr, timeoutMs }
  let made: (Clients & { readonly password: string }) | undefined
  const current = (): Clients => {
    const now = password()
    if (made?.password !== now) {
      made = {
        password: now,
        gctp: openGctp({ ...reach, userId: personCode, password: now, english: true }),
        json: openJson({ ...reach, personCode, password: now }),
      }
    }
    return made
  }
  return {
    get gctp() {
      return current().gctp
    },
    get json() {
      return current().json
    },
  }
}
