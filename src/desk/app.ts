/** The municipality's pages as one application: wiring only. It speaks to the JSON door by the SDK. */

import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Language } from '#base/text.ts'
import type { Fetch } from '#client/index.ts'
import { accessPage } from '#desk/access.ts'
import { accessibilityPage } from '#desk/accessibility.ts'
import { askedLookPages } from '#desk/asked-looks.ts'
import { bulkPages } from '#desk/bulk.ts'
import { casePages } from '#desk/case.ts'
import { closedPages } from '#desk/closed.ts'
import { decisionPages } from '#desk/decide.ts'
import { figuresPage } from '#desk/figures.ts'
import { frameFor } from '#desk/frame.ts'
import { hearingPages } from '#desk/hearing.ts'
import { historyPages } from '#desk/history.ts'
import { keysPage } from '#desk/keys.ts'
import { letterPages } from '#desk/letters.ts'
import { deskLimits } from '#desk/limits.ts'
import { paths, readReturnPath, routes } from '#desk/paths.ts'
import { policyPages } from '#desk/policies.ts'
import { queuePage } from '#desk/queue.ts'
import { reviewedLookPages } from '#desk/reviewed-look.ts'
import { reviewPages } from '#desk/reviews.ts'
import { savedViewPages } from '#desk/saved-view-pages.ts'
import { openSessions } from '#desk/session.ts'
import { signInPages } from '#desk/sign-in.ts'
import { openUnsent } from '#desk/unsent.ts'
import { workerPages } from '#desk/worker.ts'
import { openBrowserSource, type PageLimits } from '#web/limits.ts'
import { openPages } from '#web/pages.ts'
import { sealWith } from '#web/seal.ts'
import { type OpenIdClient, openSignIn } from '#web/sign-in.ts'

export type DeskSettings = {
  /** The address of the CPR server. */
  readonly cpr: string
  /** By what to ask it, where it wants a certificate. */
  readonly fetch?: Fetch | undefined
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly log: FastifyBaseLogger
  /** Where case workers sign in; left out where they have person codes and passwords alone. */
  readonly provider?: OpenIdClient | undefined
  /** Whether a person code with its password opens the desk. */
  readonly takesPasswords: boolean
  /** 32 bytes that seal the sessions; the same for all processes of one desk. */
  readonly key: Uint8Array
  readonly clock: () => Date
  readonly limits: PageLimits
  /** Where the accessibility statement is published; our own page stands for it where left out. */
  readonly statement?: string | undefined
  /** Aborted once the desk is to stop soon. */
  readonly announced?: AbortSignal | undefined
}

export function openDesk(settings: DeskSettings): FastifyInstance {
  const { cpr, fetch, origin, log, provider, takesPasswords, key, clock, limits } = settings
  const { announced } = settings
  const newReference = () => randomBytes(6).toString('hex')
  const formTargets = () => (provider ? [new URL(provider.issuer()).origin] : [])
  const seal = sealWith(key, randomBytes)
  const sessions = openSessions(seal, clock)
  const frame = (language: Language, here: string, cookies?: string) =>
    frameFor(sessions, language, here, cookies)
  const nameOf = (cookies: string | undefined) => sessions.find(cookies)?.personCode
  const held = { table: deskLimits, limits, now: () => performance.now(), nameOf }
  const app = openPages({
    ...{ origin, formTargets, log, newReference, announced, frame, held },
    shownTo: { nameOf },
  })
  const signIn = provider && { ...provider, origin, seal, clock, scope: 'openid', readReturnPath }
  const parts = {
    ...{ reach: { url: cpr, ...(fetch && { fetch }) }, origin, log, takesPasswords },
    sessions,
    seal,
    unsent: openUnsent(seal, clock),
    browserOf: openBrowserSource(limits.proxy),
    provider: signIn && openSignIn(signIn),
  }
  app.get(routes.root, (_request, reply) => reply.redirect(paths.queue('da'), 303))
  signInPages(app, parts)
  accessibilityPage(app, parts, settings.statement)
  keysPage(app)
  const pages = workerPages(app, parts)
  queuePage(pages)
  savedViewPages(pages)
  bulkPages(pages)
  casePages(pages)
  decisionPages(pages)
  hearingPages(pages)
  historyPages(pages)
  closedPages(pages)
  letterPages(pages)
  figuresPage(pages)
  policyPages(pages)
  reviewPages(pages)
  reviewedLookPages(pages)
  askedLookPages(pages)
  accessPage(pages)
  return app
}
