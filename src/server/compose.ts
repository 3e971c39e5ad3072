/** Wires the CPR server: settings and a pool in, an application that answers out. */

import { createHash, randomBytes } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { danishDate } from '#base/calendar.ts'
import type { House } from '#casework/ports.ts'
import { tsSequence } from '#casework/ts.ts'
import { buildApp } from '#server/app.ts'
import { faultOf } from '#server/fault.ts'
import type { GctpSettings } from '#server/gctp/door.ts'
import { openAccess, sweepAccess } from '#store/access.ts'
import { openCaseworkStore } from '#store/casework.ts'
import { keepTime } from '#store/clock-mark.ts'
import { takeEffect } from '#store/effects.ts'
import { expireConversations } from '#store/expiry.ts'
import { readHistory } from '#store/history.ts'
import { type Pool, statement } from '#store/pool.ts'

export type ServerParts = {
  readonly pool: Pool
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly version: string
  readonly gctp?: GctpSettings
}

const effectsEveryMs = 30_000
const limits = { conversationMinutes: 30, openPerPersonMax: 20 }
const ping = statement('ping', 'select 1')

/** The application, listening to nothing yet. Closing it ends what runs beside the requests. */
export async function composeServer(parts: ServerParts): Promise<FastifyInstance> {
  const { pool, log, clock, version } = parts
  const random = (bytes: number) => randomBytes(bytes)
  const house: House = {
    store: openCaseworkStore(pool, random),
    clock,
    random,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    nextTs: tsSequence(),
    rulesVersion: version,
    limits,
  }
  const doors = {
    house,
    access: openAccess(pool, random),
    history: (pnr: Parameters<typeof readHistory>[1]) => readHistory(pool, pnr),
  }
  const health = {
    check: async () => {
      await pool.run(ping)
    },
  }
  const app = await buildApp({ doors, gctp: parts.gctp ?? {}, health, log })

  const letTimeWork = async () => {
    const at = clock()
    await keepTime(pool, at)
    await takeEffect(pool, { at, today: danishDate(at), random })
    await expireConversations(pool, at)
    await sweepAccess(pool, at)
  }
  const timer = setInterval(() => {
    letTimeWork().catch((error: unknown) => log.error({ fault: faultOf(error) }, 'effects of time'))
  }, effectsEveryMs)
  app.addHook('onClose', async () => clearInterval(timer))
  return app
}
