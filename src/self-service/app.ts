/** The citizens' own pages. So far one page that says so. */

import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Language } from '#base/text.ts'
import { comingContent } from '#web/coming.ts'
import { type Frame, page } from '#web/layout.ts'
import { openPages, sendPage } from '#web/pages.ts'

const coming = {
  name: 'Selvbetjening · Self-service',
  what: 'Here citizens will report moves and protections, and see where their case is.',
}

export type SelfServiceSettings = {
  /** The address of the CPR server. */
  readonly cpr: string
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly log: FastifyBaseLogger
}

export function openSelfService({ cpr, origin, log }: SelfServiceSettings): FastifyInstance {
  const newReference = () => randomBytes(6).toString('hex')
  const app = openPages({ origin, log, newReference, frame: frameOf })
  app.get('/', (_request, reply) =>
    sendPage(reply, page(frameOf('en', '/en/'), comingContent(coming, cpr))),
  )
  return app
}

function frameOf(language: Language, here: string): Frame {
  const name = { da: 'Selvbetjening', en: 'Self-service' }
  const owner = { da: 'Samspil', en: 'Samspil' }
  return { site: { name, owner, home: () => '/', about: () => [] }, language, here, links: [] }
}
