/** What the citizens' site is started with, and what all its pages share. */

import type { FastifyBaseLogger } from 'fastify'
import type { GctpClient, JsonClient } from '#client/index.ts'
import type { Lists } from '#self-service/lists.ts'
import type { Sessions } from '#self-service/session.ts'
import type { Seal } from '#web/seal.ts'
import type { SignIn } from '#web/sign-in.ts'

export type SelfServiceSettings = {
  /** The address of the CPR server. */
  readonly cpr: string
  readonly personCode: string
  /** The one that holds now: it may be another tomorrow. */
  readonly password: () => string
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly issuer: () => string
  readonly clientId: string
  readonly clientSecret: string
  /** 32 bytes that all processes of this site have, and nobody else. */
  readonly sealKey: Uint8Array
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly newReference: () => string
  /** Says above every page that nobody here is real. */
  readonly isSandbox: boolean
}

/** Both doors of the CPR server, with the password that holds when they are asked for. */
export type Clients = {
  /** The interplay: sign-on, initiate, validate, save, cancel. */
  readonly gctp: GctpClient
  /** What GCTP has no message for. */
  readonly json: JsonClient
}

/** What the pages work with. */
export type Tools = {
  readonly clients: Clients
  readonly sessions: Sessions
  readonly signIn: SignIn
  readonly seal: Seal
  readonly lists: Lists
  readonly origin: () => string
  readonly clock: () => Date
  readonly log: FastifyBaseLogger
  readonly isSandbox: boolean
}
