/** Wires the CPR server: settings and a pool in, an application that answers out. */

import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { type BudgetSettings, Budgets } from '#access/budgets.ts'
import type { OpenIdProvider } from '#access/id-token.ts'
import type { RoomLimits } from '#access/waiting-room.ts'
import { isBrokenInvariant } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Random } from '#base/ids.ts'
import { type House, type Limits, usualLimits } from '#casework/house.ts'
import { type Seal, tellSeal } from '#evidence/seal.ts'
import { type ListenerSettings, localListener } from '#http/listener.ts'
import { buildApp } from '#server/app.ts'
import { faultOf } from '#server/fault.ts'
import type { GctpSettings } from '#server/gctp/door.ts'
import { type Health, openHealth } from '#server/health.ts'
import { buildHouse } from '#server/house.ts'
import { type NetworkLimits, openIdTokens, type SentIdToken } from '#server/id-tokens.ts'
import { letterFolder } from '#server/letter-folder.ts'
import { pooledRandom } from '#server/random.ts'
import { startTimeWork } from '#server/time-work.ts'
import { openAccess } from '#store/access.ts'
import { findDwellings, findRoads } from '#store/addresses.ts'
import { openClosed } from '#store/closed.ts'
import { openDeposits } from '#store/deposits.ts'
import { openDesk } from '#store/desk.ts'
import { openFeed } from '#store/feed.ts'
import { readHistory } from '#store/history.ts'
import { openLooks, openOwnLetters } from '#store/looks.ts'
import { checkSchema, readMigrations } from '#store/migrate.ts'
import { openOutbox } from '#store/outbox.ts'
import { openOwnCases } from '#store/own-cases.ts'
import { openOwnData } from '#store/own-data.ts'
import type { Pool } from '#store/pool.ts'
import { countOverdue } from '#store/review-draw.ts'
import { openReviews } from '#store/reviews.ts'

/** An application that can listen, be asked without a socket, and be closed. */
export type Server = FastifyInstance

export type ServerParts = {
  readonly pool: Pool
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly version: string
  readonly gctp?: GctpSettings
  readonly metricsToken?: string | undefined
  readonly limits?: Limits
  readonly securityContact?: string | undefined
  /** The table of budgets as it stands, in one process, when left out. */
  readonly budgets?: BudgetSettings
  /** Where attempts on passwords wait; as usual when left out. */
  readonly room?: RoomLimits
  /** What they are counted by: milliseconds that never go back, of this process when left out. */
  readonly elapsedMs?: () => number
  /** Whose ID tokens open person codes; none when left out. Asked when one is handed in. */
  readonly openIdProviders?: () => readonly OpenIdProvider[]
  /** What the providers' clocks say; the server's own when left out, for all clocks go alike. */
  readonly providersClock?: () => Date
  readonly networkLimits?: NetworkLimits
  /** Where letters are delivered; nowhere when left out. */
  readonly lettersFolder?: string | undefined
  /** For this machine alone when left out. */
  readonly listener?: ListenerSettings
  /** A broken invariant: it is not ready any more, and whoever runs it is to end it. */
  readonly onBroken?: () => void
  /** Aborted once it is to stop soon: then it is not ready, and still takes requests. */
  readonly announced?: AbortSignal
}

/** The application, listening to nothing yet. Closing it ends what runs beside the requests. */
export async function composeServer(parts: ServerParts): Promise<Server> {
  const { pool, log, clock } = parts
  const random = pooledRandom()
  const { metricsToken, securityContact, budgets = { scale: 1, processes: 1 } } = parts
  const migrations = readMigrations()
  const health = openHealth({
    check: () => checkSchema(pool, migrations),
    overdueReviews: () => countOverdue(pool, danishDate(clock())),
    announced: parts.announced,
    metricsToken,
  })
  const house = houseOf(parts, random, budgets.processes, health.onRefused)
  const verify = openIdTokens(parts.openIdProviders ?? (() => []), parts.networkLimits)
  const doors = {
    house,
    budgets: new Budgets(budgets, parts.elapsedMs ?? (() => performance.now())),
    access: openAccess(pool, random, { ...(parts.room && { room: parts.room }) }),
    desk: openDesk(pool),
    reviews: openReviews(pool),
    outbox: openOutbox(pool),
    closed: openClosed(pool),
    verifyIdToken: (sent: SentIdToken) => verify(sent, (parts.providersClock ?? clock)()),
    history: (pnr: Parameters<typeof readHistory>[1]) => readHistory(pool, pnr),
    deposits: openDeposits(pool),
    own: {
      cases: openOwnCases(pool),
      data: openOwnData(pool),
      letters: openOwnLetters(pool),
      looks: openLooks(pool),
    },
    events: openFeed(pool),
    addresses: {
      roads: (question: Parameters<typeof findRoads>[1]) => findRoads(pool, question),
      dwellings: (question: Parameters<typeof findDwellings>[1]) => findDwellings(pool, question),
    },
  }
  const { gctp = {}, listener = localListener } = parts
  // What cannot be has been: nobody knows what else holds, so this process stops (fail stop).
  const onError = (error: unknown) => {
    if (!isBrokenInvariant(error)) return
    health.onBroken()
    log.fatal({ fault: faultOf(error) }, 'a broken invariant: this process is to be replaced')
    parts.onBroken?.()
  }
  const app = await buildApp({ doors, gctp, health, listener, log, securityContact, onError })

  const onFault = (error: unknown, what: string) => {
    log.error({ fault: faultOf(error) }, what)
    onError(error)
  }
  const time = startTimeWork(pool, house, onFault)
  app.addHook('onClose', () => time.stop())
  return app
}

/** The house, with an alarm when somebody tries out a protected person, or numbers. */
function houseOf(
  { pool, log, clock, version, lettersFolder, limits = usualLimits }: ServerParts,
  random: Random,
  processes: number,
  onRefused: Health['onRefused'],
): House {
  // Each process grants its share, as of the budgets.
  const share = (max: number) => Math.ceil(max / processes)
  const shares = {
    trialsPerPersonMax: share(limits.trialsPerPersonMax),
    missesPerHourMax: share(limits.missesPerHourMax),
  }
  const deliver =
    lettersFolder === undefined
      ? undefined
      : letterFolder(lettersFolder, (letter, error) =>
          log.warn({ letter, fault: faultOf(error) }, 'a letter was not delivered'),
        )
  // The log goes where who owns the database does not reach, and so does what seals the evidence.
  const onSealed = (seal: Seal) => log.info(tellSeal(seal), 'the evidence was sealed')
  const moment = { clock, random, rulesVersion: version, deliver, onSealed }
  return buildHouse(
    pool,
    moment,
    { ...limits, ...shares },
    {
      onSpent: (personCode, isFirst) => {
        onRefused('protected-trials')
        if (isFirst) log.warn({ personCode }, 'alarm: a protected person is being tried out')
      },
      onMisses: (personCode) => {
        onRefused('numbers-tried')
        log.warn({ personCode }, 'alarm: many numbers of nobody are being asked for')
      },
    },
  )
}
