/** The sign-in provider of the sandbox. So far one page that says so. */

import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Language } from '#base/text.ts'
import { comingContent } from '#web/coming.ts'
import { type Frame, page } from '#web/layout.ts'
import { openPages, sendPage } from '#web/pages.ts'

const coming = {
  name: 'Log ind · Sign in',
  what: 'Here the invented citizens and case workers of the sandbox will sign in.',
}

export type IdpSettings = {
  /** The address of the CPR server. */
  readonly cpr: string
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly log: FastifyBaseLogger
}

export function openIdp({ cpr, origin, log }: IdpSettings): FastifyInstance {
  const newReference = () => randomBytes(6).toString('hex')
  const app = openPages({ origin, log, newReference, frame: frameOf })
  app.get('/', (_request, reply) =>
    sendPage(reply, page(frameOf('en', '/en/'), comingContent(coming, cpr))),
  )
  return app
}

function frameOf(language: Language, here: string): Frame {
  const name = { da: 'Log ind', en: 'Sign in' }
  const owner = { da: 'Samspil', en: 'Samspil' }
  return { site: { name, owner, home: () => '/', about: () => [] }, language, here, links: [] }
}
