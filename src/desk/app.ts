/** The municipality's pages as one application: wiring only. It speaks to the JSON door by the SDK. */

import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { accessibilityPage } from '#desk/accessibility.ts'
import { bulkPages } from '#desk/bulk.ts'
import { casePages } from '#desk/case.ts'
import { decisionPages } from '#desk/decide.ts'
import { figuresPage } from '#desk/figures.ts'
import { frameOf } from '#desk/frame.ts'
import { hearingPages } from '#desk/hearing.ts'
import { historyPages } from '#desk/history.ts'
import { keysPage } from '#desk/keys.ts'
import { paths, routes } from '#desk/paths.ts'
import { policyPages } from '#desk/policies.ts'
import { queuePage } from '#desk/queue.ts'
import { savedViewPages } from '#desk/saved-views.ts'
import { openSessions } from '#desk/session.ts'
import { signInPages } from '#desk/sign-in.ts'
import { workerPages } from '#desk/worker.ts'
import { openPages } from '#web/pages.ts'

export type DeskSettings = {
  /** The address of the CPR server. */
  readonly cpr: string
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly log: FastifyBaseLogger
  /** 32 bytes that seal the sessions; the same for all processes of one desk. */
  readonly key: Uint8Array
  readonly clock: () => Date
}

export function openDesk({ cpr, origin, log, key, clock }: DeskSettings): FastifyInstance {
  const newReference = () => randomBytes(6).toString('hex')
  const app = openPages({ origin, log, newReference, frame: frameOf })
  const parts = { reach: { url: cpr }, sessions: openSessions(key, clock) }
  app.get(routes.root, (_request, reply) => reply.redirect(paths.queue('da'), 303))
  signInPages(app, parts)
  accessibilityPage(app, parts)
  keysPage(app)
  savedViewPages(app)
  const pages = workerPages(app, parts)
  queuePage(pages)
  bulkPages(pages)
  casePages(pages)
  decisionPages(pages)
  hearingPages(pages)
  historyPages(pages)
  figuresPage(pages)
  policyPages(pages)
  return app
}
