/** `samspil sandbox`: all of it on one machine, with an invented population, until it is stopped. */

import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { type Database, openDatabase } from '#cli/database.ts'
import type { Ready } from '#cli/ready.ts'
import { addClockRoute, openClock } from '#cli/sandbox-clock.ts'
import { renewPasswords } from '#cli/sandbox-codes.ts'
import { fillSandbox } from '#cli/sandbox-fill.ts'
import { clockWork } from '#cli/sandbox-move.ts'
import { makePending } from '#cli/sandbox-pending.ts'
import { findState, type SandboxState, writePrivately, writeState } from '#cli/sandbox-state.ts'
import { version } from '#cli/version.ts'
import { openDesk } from '#desk/app.ts'
import { openIdp } from '#idp/app.ts'
import { openSelfService } from '#self-service/app.ts'
import { composeServer, type Server } from '#server/compose.ts'

export type SandboxOptions = {
  /** Kept between runs; a temporary one if left out. */
  readonly data?: string | undefined
  /** The first of four ports; 0 takes free ones. */
  readonly portBase: number
  readonly population: number
  readonly seed: number
  readonly readyFile?: string | undefined
  readonly log: (line: string) => void
}

export type Sandbox = { readonly ready: Ready; readonly stop: () => Promise<void> }

const host = '127.0.0.1'

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const folder = openFolder(options.data)
  const closings: (() => Promise<void> | void)[] = [folder.close]
  const stop = once(async () => {
    for (const close of closings.reverse()) await close()
  })
  try {
    const database = await openDatabase(folder.path, options.log, { alone: true })
    closings.push(database.close)
    const clock = openClock(findState(folder.path)?.clockShiftMs ?? 0, Date.now)
    const { state, isNew } = await prepare(database, folder.path, { ...options, now: clock.now() })
    const server = await composeServer({
      pool: database.app,
      log: pino({ level: process.env['SAMSPIL_LOG'] ?? 'warn' }, pino.destination(2)),
      clock: clock.now,
      version,
      gctp: { env: 'Demo' },
    })
    closings.push(() => server.close())
    const urls: string[] = []
    const publish = (now: SandboxState) => {
      const ready = readyOf(now, urls)
      if (options.readyFile !== undefined) writePrivately(resolve(options.readyFile), ready)
      return ready
    }
    const moving = { clock, database, folder: folder.path, state, onRenewed: publish }
    addClockRoute(server, clockWork(moving))
    if (isNew) await makePending(server, state)
    const cpr = await listen(server, options.portBase, 0)
    const pages = await Promise.all(
      [openSelfService(cpr), openDesk(cpr), openIdp(cpr)].map((page, index) => {
        closings.push(() => page.close())
        return listen(page, options.portBase, index + 1)
      }),
    )
    urls.push(cpr, ...pages)
    return { ready: publish(state), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Prepared = { readonly state: SandboxState; readonly isNew: boolean }

async function prepare(
  { owner }: Database,
  folder: string,
  { seed, population, log, now }: SandboxOptions & { readonly now: Date },
): Promise<Prepared> {
  const found = findState(folder)
  if (!found) {
    const state = await fillSandbox(owner, { seed, persons: population, now })
    writeState(folder, state)
    return { state, isNew: true }
  }
  if (found.seed !== seed || found.persons !== population) {
    log(
      `The folder keeps its population of ${found.persons} (seed ${found.seed}); ` +
        'for another one take an empty folder',
    )
  }
  const state = await renewPasswords(owner, found, now)
  if (state !== found) writeState(folder, state)
  return { state, isNew: false }
}

type Folder = { readonly path: string; readonly close: () => void }

/** The database's own user must be able to enter it; what is secret in it is so file by file. */
function openFolder(data: string | undefined): Folder {
  if (data !== undefined) {
    const path = resolve(data)
    mkdirSync(path, { recursive: true })
    return { path, close: () => {} }
  }
  const path = mkdtempSync(join(tmpdir(), 'samspil-'))
  chmodSync(path, 0o755)
  return { path, close: () => rmSync(path, { recursive: true, force: true }) }
}

async function listen(app: Server, base: number, offset: number): Promise<string> {
  const port = base === 0 ? 0 : base + offset
  try {
    return await app.listen({ host, port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Error(
        `Port ${port} is taken. Stop what uses it, or choose others with --port-base N (0: free ones).`,
      )
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
