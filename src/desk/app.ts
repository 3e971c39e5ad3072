/** The pages of the municipality. So far one page that says so. */

import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Language } from '#base/text.ts'
import { comingContent } from '#web/coming.ts'
import { type Frame, page } from '#web/layout.ts'
import { openPages, sendPage } from '#web/pages.ts'

const coming = {
  name: 'Sagsbehandling · Desk',
  what: 'Here case workers will approve and reject what waits for their municipality.',
}

export type DeskSettings = {
  /** The address of the CPR server. */
  readonly cpr: string
  /** Of these pages; asked when it is needed, for a sandbox knows it once it listens. */
  readonly origin: () => string
  readonly log: FastifyBaseLogger
}

export function openDesk({ cpr, origin, log }: DeskSettings): FastifyInstance {
  const newReference = () => randomBytes(6).toString('hex')
  const app = openPages({ origin, log, newReference, frame: frameOf })
  app.get('/', (_request, reply) =>
    sendPage(reply, page(frameOf('en', '/en/'), comingContent(coming, cpr))),
  )
  return app
}

function frameOf(language: Language, here: string): Frame {
  const name = { da: 'Sagsbehandling', en: 'Desk' }
  const owner = { da: 'Samspil', en: 'Samspil' }
  return { site: { name, owner, home: () => '/', about: () => [] }, language, here, links: [] }
}
