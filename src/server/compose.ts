/** Wires the CPR server: settings and a pool in, an application that answers out. */

import { createHash } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { danishDate } from '#base/calendar.ts'
import type { House } from '#casework/ports.ts'
import { tsSequence } from '#casework/ts.ts'
import { buildApp } from '#server/app.ts'
import { faultOf } from '#server/fault.ts'
import type { GctpSettings } from '#server/gctp/door.ts'
import { pooledRandom } from '#server/random.ts'
import { openAccess, sweepAccess } from '#store/access.ts'
import { openCaseworkStore } from '#store/casework.ts'
import { keepTime } from '#store/clock-mark.ts'
import { takeEffect } from '#store/effects.ts'
import { expireConversations } from '#store/expiry.ts'
import { readHistory } from '#store/history.ts'
import { type Pool, statement } from '#store/pool.ts'

/** An application that can listen, be asked without a socket, and be closed. */
export type Server = FastifyInstance

export type ServerParts = {
  readonly pool: Pool
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly version: string
  readonly gctp?: GctpSettings
}

const limits = { conversationMinutes: 30, openPerPersonMax: 20 }
const ping = statement('ping', 'select 1')

/** The application, listening to nothing yet. Closing it ends what runs beside the requests. */
export async function composeServer(parts: ServerParts): Promise<Server> {
  const { pool, log, clock, version } = parts
  const random = pooledRandom()
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

  const work = timeWork(pool, { clock, random })
  const timers = work.map(({ what, everyMs, run }) =>
    setInterval(() => {
      run().catch((error: unknown) => log.error({ fault: faultOf(error) }, what))
    }, everyMs),
  )
  app.addHook('onClose', async () => {
    for (const timer of timers) clearInterval(timer)
  })
  return app
}

type Work = {
  readonly what: string
  readonly everyMs: number
  readonly run: () => Promise<unknown>
}

/** What is done beside the requests. Each may run in every process; nothing is done twice. */
function timeWork(pool: Pool, { clock, random }: Pick<House, 'clock' | 'random'>): readonly Work[] {
  return [
    {
      what: 'effects of time',
      everyMs: 30_000,
      run: () => {
        const at = clock()
        return takeEffect(pool, { at, today: danishDate(at), random })
      },
    },
    { what: 'the mark of the clock', everyMs: 5_000, run: () => keepTime(pool, clock()) },
    {
      what: 'expired conversations',
      everyMs: 60_000,
      run: () => expireConversations(pool, clock()),
    },
    { what: 'ended tokens', everyMs: 3_600_000, run: () => sweepAccess(pool, clock()) },
  ]
}
