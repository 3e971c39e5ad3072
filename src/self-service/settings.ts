/** What the citizens' site is started with, and what all its pages share. */

import type { FastifyBaseLogger } from 'fastify'
import type { Clients } from '#self-service/clients.ts'
import type { EndsThere } from '#self-service/ended-there.ts'
import type { Lists } from '#self-service/lists.ts'
import type { Sessions } from '#self-service/session.ts'
import type { PageLimits } from '#web/limits.ts'
import type { Seal } from '#web/seal.ts'
import type { SignIn } from '#web/sign-in.ts'

export type SelfServiceSettings = {
  /** Both doors of the CPR server. */
  readonly clients: Clients
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly issuer: () => string
  readonly clientId: string
  readonly clientSecret: string
  /** Levels of assurance that are high enough, as the claim `acr` has them. */
  readonly levels: readonly string[]
  /** 32 bytes that all processes of this site have, and nobody else. */
  readonly sealKey: Uint8Array
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly newReference: () => string
  /** Whether every page says that the site is closed for maintenance; asked at each request. */
  readonly isClosed: () => boolean
  readonly limits: PageLimits
  /** Aborted once the site is to stop soon. */
  readonly announced?: AbortSignal | undefined
  /** Says above every page that nobody here is real. */
  readonly isSandbox: boolean
  /** Where the accessibility statement is published; our own page stands for it where left out. */
  readonly statement?: string | undefined
}

/** What the pages work with. */
export type Tools = {
  readonly clients: Clients
  readonly sessions: Sessions
  readonly signIn: SignIn
  readonly endsThere: EndsThere
  /** Who vouches for people, and as whom this site is known there. */
  readonly provider: Pick<SelfServiceSettings, 'issuer' | 'clientId'>
  readonly limits: PageLimits
  readonly seal: Seal
  readonly lists: Lists
  readonly origin: () => string
  readonly clock: () => Date
  readonly log: FastifyBaseLogger
  readonly isSandbox: boolean
  readonly statement: string | undefined
}
