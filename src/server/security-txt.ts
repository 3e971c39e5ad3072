/** Where to report a vulnerability of this installation (RFC 9116). Knows no door. */

import type { FastifyInstance } from 'fastify'
import { openToAll } from '#access/declaration.ts'

/** A reader is to look again after this time; each answer says a new end. */
const validForMs = 180 * 86_400_000

export function securityTxt(app: FastifyInstance, contact: string | undefined, clock: () => Date) {
  if (contact === undefined) return
  app.get(
    '/.well-known/security.txt',
    { config: { declaration: openToAll } },
    async (_request, reply) => {
      const expires = new Date(clock().valueOf() + validForMs).toISOString()
      const lines = [`Contact: ${contact}`, `Expires: ${expires}`, 'Preferred-Languages: da, en']
      return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`)
    },
  )
}
