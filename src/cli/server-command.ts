/** The sub-commands `server` and `migrate`: how the CPR server runs outside the sandbox. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { pino } from 'pino'
import { danishDate } from '#base/calendar.ts'
import type { Settings } from '#base/settings.ts'
import { externalUrl, openDatabase } from '#cli/database.ts'
import { readEnvironment } from '#cli/environment.ts'
import { limitsOf, listenerOf } from '#cli/listener.ts'
import { readOpenIdProviders } from '#cli/openid-providers.ts'
import { listenOrEnd, readPort } from '#cli/port.ts'
import { openStopping } from '#cli/stop.ts'
import { version } from '#cli/version.ts'
import { composeServer } from '#server/compose.ts'
import { checkDurability } from '#store/durability.ts'
import { raiseFeedEpoch } from '#store/feed.ts'
import { checkSchema } from '#store/migrate.ts'
import { openPool, type Pool } from '#store/pool.ts'
import { loadReference, readReferenceFiles } from '#store/reference.ts'
import { refuseOtherThanProgram } from '#store/standing.ts'

export function addServerCommands(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database of DATABASE_URL up to date, as its owner')
    .option('--restored', 'it was restored from a backup: receivers of events begin anew')
    .action(async ({ restored = false }: { readonly restored?: boolean }) => {
      if (externalUrl() === undefined)
        throw new Error('Set DATABASE_URL to the database to migrate')
      const database = await openDatabase(undefined, say, {
        use: 'sandbox',
        mayMake: false,
      })
      try {
        const rows = await loadReference(database.owner, readReferenceFiles(danishDate(new Date())))
        process.stdout.write(
          `The database is up to date: ${database.migrated} migrations were run, and ` +
            `${rows} rows of reference data changed.\n`,
        )
        if (restored) {
          const epoch = await raiseFeedEpoch(database.owner)
          process.stdout.write(`Receivers of events begin anew, in epoch ${epoch}.\n`)
        }
      } finally {
        await database.close()
      }
    })

  program
    .command('server')
    .description('Run the CPR server on the database of DATABASE_URL, in the role samspil_app')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <n>', 'the port to listen on', readPort, 8400)
    .option('--env <name>', 'what answers call this environment; leave out in production')
    .action(runServer)
}

type ServerOptions = { readonly host: string; readonly port: number; readonly env?: string }

async function runServer(options: ServerOptions): Promise<void> {
  const settings = readEnvironment()
  const { database: url, connections, pooler } = settings
  if (url === undefined) throw new Error('Set DATABASE_URL to the database to run on')
  const pool = openPool(url, { max: connections, prepare: pooler === 'session' })
  try {
    await checkDurability(pool)
    await checkSchema(pool)
    await refuseOtherThanProgram(pool)
    await serve(pool, settings, options)
  } catch (error) {
    // A connection that is left open keeps a program that does nothing alive for minutes.
    await pool.close()
    throw error
  }
}

async function serve(pool: Pool, settings: Settings, options: ServerOptions): Promise<void> {
  const { host, port, env } = options
  const openIdProviders = readOpenIdProviders(settings.openIdProviders)
  const broken = Promise.withResolvers<void>()
  const { announced, onSignal } = openStopping({ delaySeconds: settings.stopDelay }, say)
  const app = await composeServer({
    onBroken: broken.resolve,
    limits: limitsOf(settings),
    securityContact: settings.securityContact,
    pool,
    log: pino({ level: settings.log ?? 'info' }),
    clock: () => new Date(),
    version,
    gctp: env === undefined ? {} : { env },
    listener: listenerOf(settings),
    metricsToken: settings.metricsToken,
    budgets: { scale: settings.budgetScale ?? 1, processes: settings.processes },
    openIdProviders: () => openIdProviders,
    lettersFolder: settings.lettersFolder,
    announced,
  })
  const stop = async () => {
    await app.close()
    await pool.close()
  }
  void broken.promise.then(() => stopBroken(stop))
  onSignal(stop)
  const address = await listenOrEnd(app, { host, port }, () => app.close())
  say(`listening on ${address}`)
}

/** What is under way is answered, for some seconds. Whoever supervises it starts another one. */
async function stopBroken(stop: () => Promise<void>): Promise<never> {
  say('a broken invariant, see the log: ends, to be started anew')
  await Promise.race([stop().catch(() => {}), pause(endingMaxMs)])
  process.exit(brokenCode)
}

const endingMaxMs = 5_000
/** EX_SOFTWARE of sysexits. */
const brokenCode = 70

function say(line: string): void {
  process.stderr.write(`samspil: ${line}\n`)
}
