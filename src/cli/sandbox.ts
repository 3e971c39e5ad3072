/** `samspil sandbox`: all of it on one machine, with an invented population, until it is stopped. */

import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Logger, pino } from 'pino'
import { danishDate } from '#base/calendar.ts'
import { type Database, externalUrl, openDatabase } from '#cli/database.ts'
import { readEnvironment } from '#cli/environment.ts'
import { limitsOf, listenerOf, pageLimitsOf } from '#cli/listener.ts'
import { clearReady, type Ready, removeReady } from '#cli/ready.ts'
import { checkPorts, checkWritable, takenText } from '#cli/sandbox-checks.ts'
import { addClockRoute, openClock } from '#cli/sandbox-clock.ts'
import { renewPasswords } from '#cli/sandbox-codes.ts'
import { bringForward, fillSandbox, planSandbox } from '#cli/sandbox-fill.ts'
import { findOrMakeKeys } from '#cli/sandbox-keys.ts'
import { deskProviders, linkLogins } from '#cli/sandbox-logins.ts'
import { makeLookUps } from '#cli/sandbox-look-ups.ts'
import { clockWork } from '#cli/sandbox-move.ts'
import { sandboxPages } from '#cli/sandbox-pages.ts'
import { makePending } from '#cli/sandbox-pending.ts'
import { makePowers } from '#cli/sandbox-powers.ts'
import {
  findState,
  lettersFolder,
  type SandboxState,
  writePrivately,
  writeState,
} from '#cli/sandbox-state.ts'
import { version } from '#cli/version.ts'
import { composeServer, type Server } from '#server/compose.ts'
import { makeFolder } from '#store/embedded/folder.ts'
import { serverIdentity } from '#store/embedded/identity.ts'
import { sweepTemporary } from '#store/embedded/sweep.ts'
import type { Pool } from '#store/pool.ts'

export type SandboxOptions = {
  /** Kept between runs; a temporary one if left out. */
  readonly data?: string | undefined
  /** The first of four ports; 0 takes free ones. */
  readonly portBase: number
  readonly population: number
  readonly seed: number
  readonly readyFile?: string | undefined
  readonly log: (line: string) => void
  /** Never on DATABASE_URL, as for a walk. */
  readonly ownDatabase?: boolean
}

export type Sandbox = {
  readonly ready: Ready
  readonly stop: () => Promise<void>
  /** Settles, with a word on how, when the database ends without having been told to. */
  readonly broken: Promise<string>
}

const host = '127.0.0.1'
/** Whoever tries and measures is not held back as a stranger would be. */
const generousScale = 100

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (externalUrl() !== undefined && options.data === undefined && !options.ownDatabase) {
    throw new Error(
      'With DATABASE_URL the sandbox keeps its passwords in a folder: name it with --data DIR',
    )
  }
  await checkPorts(options.portBase)
  if (options.readyFile !== undefined) {
    checkWritable(options.readyFile)
    await clearReady(options.readyFile)
  }
  const folder = openFolder(options.data)
  const closings: (() => Promise<void> | void)[] = [folder.close]
  const stop = once(async () => {
    for (const close of closings.reverse()) await close()
  })
  try {
    const database = await openDatabase(folder.path, options.log, {
      use: options.ownDatabase ? 'own' : 'sandbox',
      mayMake: findState(folder.path) === undefined,
    })
    if (database.place !== undefined) options.log(`works on the database ${database.place}`)
    closings.push(database.close)
    const clock = openClock(findState(folder.path)?.clockShiftMs ?? 0, Date.now)
    const state = await prepare(database, folder.path, { ...options, now: clock.now() })
    const urls: string[] = []
    const log = pino({ level: readEnvironment().log ?? 'warn' }, pino.destination(2))
    const server = await openServer(database.app, log, {
      folder: folder.path,
      urls,
      clock: clock.now,
    })
    closings.push(() => server.close())
    let now = state
    const publish = (renewed: SandboxState) => {
      now = renewed
      const ready = readyOf(now, urls)
      if (options.readyFile !== undefined) writePrivately(resolve(options.readyFile), ready)
      return ready
    }
    const whole = { ...state, filled: true }
    const moving = { clock, database, folder: folder.path, state: whole, onRenewed: publish }
    addClockRoute(server, clockWork(moving))
    const cpr = await listen(server, options.portBase, 0)
    urls.push(cpr)
    const keys = await findOrMakeKeys(folder.path)
    if (!state.filled) {
      if (!state.hasReports) await makePending(server, database.owner, state, clock.now())
      await makeLookUps(database.owner, state, clock.now())
      await makePowers(cpr, state, keys, clock.now())
      writeState(folder.path, whole)
    }
    const limits = pageLimitsOf(readEnvironment(), generousScale)
    const parts = { urls, state: () => now, keys, log, clock: clock.now, limits }
    for (const [index, open] of sandboxPages(parts).entries()) {
      const app = open()
      closings.push(() => app.close())
      urls.push(await listen(app, options.portBase, index + 1))
    }
    await linkLogins(database.owner, state, urls, clock.now())
    const ready = publish(state)
    // First of all: whoever finds the file may count on what it names.
    const { readyFile } = options
    if (readyFile !== undefined) closings.push(() => removeReady(readyFile, cpr))
    return { ready, stop, broken: database.broken }
  } catch (error) {
    await stop()
    throw error
  }
}

type Around = {
  readonly folder: string
  readonly urls: readonly string[]
  readonly clock: () => Date
}

function openServer(pool: Pool, log: Logger, { folder, urls, clock }: Around) {
  const settings = readEnvironment()
  return composeServer({
    pool,
    log,
    listener: listenerOf(settings),
    metricsToken: settings.metricsToken,
    limits: limitsOf(settings),
    securityContact: settings.securityContact ?? 'mailto:security@samspil.example',
    budgets: { scale: settings.budgetScale ?? generousScale, processes: 1 },
    clock,
    version,
    gctp: { env: 'Demo' },
    lettersFolder: join(folder, lettersFolder),
    openIdProviders: () => deskProviders(urls),
    // The provider has a clock of its own, which nobody moves.
    providersClock: () => new Date(),
  })
}

/** What the folder says it is, or a plan of a new one; written down before anything is made. */
async function prepare(
  { owner }: Database,
  folder: string,
  { seed, population, log, now }: SandboxOptions & { readonly now: Date },
): Promise<SandboxState> {
  const found = findState(folder)
  if (found && (found.seed !== seed || found.persons !== population)) {
    log(
      `The folder keeps its population of ${found.persons} (seed ${found.seed}); ` +
        'for another one take an empty folder',
    )
  }
  const known = found?.form === 3 ? bringForward(found) : found
  if (known?.filled) {
    const state = await renewPasswords(owner, known, now)
    if (state !== known) writeState(folder, state)
    return state
  }
  const state = known ?? planSandbox({ seed, persons: population, day: danishDate(now) })
  if (state !== found) writeState(folder, state)
  await fillSandbox(owner, state, now)
  return state
}

type Folder = { readonly path: string; readonly close: () => void }

/** The database's own user must be able to enter it; what is secret in it is so file by file. */
function openFolder(data: string | undefined): Folder {
  if (data !== undefined) {
    const path = resolve(data)
    const isNew = !existsSync(path)
    const other = serverIdentity()
    makeFolder(path, other)
    if (isNew && other) chmodSync(path, 0o711)
    refuseOthers(path)
    return { path, close: () => {} }
  }
  sweepTemporary(tmpdir())
  const path = mkdtempSync(join(tmpdir(), 'samspil-'))
  chmodSync(path, 0o755)
  return { path, close: () => rmSync(path, { recursive: true, force: true }) }
}

/** A folder of other things is not taken over. */
function refuseOthers(path: string): void {
  const names = readdirSync(path)
  const isOurs = names.length === 0 || names.some((name) => ours.includes(name))
  if (!isOurs) {
    throw new Error(`${path} holds other things. Name an empty folder, or one of a sandbox.`)
  }
}

const ours = ['database', 'sandbox.json', 'keys.json']

async function listen(app: Server, base: number, offset: number): Promise<string> {
  const port = base === 0 ? 0 : base + offset
  try {
    return await app.listen({ host, port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Error(takenText(port))
    }
    throw error
  }
}

function readyOf(state: SandboxState, urls: readonly string[]): Ready {
  const [cpr = '', selfService = '', desk = '', idp = ''] = urls
  const { addresses, ...persons } = state.scenario
  return {
    cpr,
    selfService,
    desk,
    idp,
    personCodes: state.personCodes,
    logins: state.logins,
    persons,
    addresses,
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
