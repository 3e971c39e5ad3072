/** A PostgreSQL of our own for one data folder: real binaries, every commit durable, loopback only. */

import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, prepareBinaries } from '#store/embedded/binaries.ts'
import {
  type DataFolder,
  ensureCluster,
  openFolder,
  owner,
  readPassword,
} from '#store/embedded/folder.ts'
import { isFolderHeld, lockFolder } from '#store/embedded/folder-lock.ts'
import { type Identity, serverIdentity } from '#store/embedded/identity.ts'
import { clearLeftOver, isReady, stopServer } from '#store/embedded/left-over.ts'
import { fitsSocket, serverSettings } from '#store/embedded/settings.ts'
import { Unusable } from '#store/embedded/unusable.ts'

/** Recovery after a crash replays at most `max_wal_size` of log. */
const startMaxMs = 120_000
const pollMs = 15
const attemptsMax = 20
const logBytesMax = 5_000_000

export type Embedded = {
  /** Of the owner, a superuser; over the unix socket where its path is short enough. */
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly stop: () => Promise<void>
  /** Settles, with a word on how, when it ends without having been told to. */
  readonly broken: Promise<string>
}

export type EmbeddedOptions = {
  readonly dataDir: string
  /** A free one when left out. */
  readonly port?: number
  /** Told what is unusual, one line at a time. */
  readonly log?: (line: string) => void
}

type Plan = {
  readonly folder: DataFolder
  readonly binaries: Binaries
  readonly identity: Identity | undefined
  readonly fixedPort: number | undefined
}

/** Starts the server of the folder, making it first when it is new; throws `Unusable`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const identity = serverIdentity()
  const binaries = await prepareBinaries(identity)
  const folder = openFolder(options.dataDir, identity)
  const lock = lockFolder(folder.path)
  try {
    await clearLeftOver(folder.cluster, options.log ?? (() => {}))
    await ensureCluster(folder, binaries, identity)
    const plan = { folder, binaries, identity, fixedPort: options.port }
    const { child, port, pid } = await startServer(plan)
    const endWithUs = () => child.kill('SIGINT')
    process.once('exit', endWithUs)
    const end = async () => {
      process.removeListener('exit', endWithUs)
      await stopServer(pid)
      lock.release()
    }
    let ending: Promise<void> | undefined
    const stop = () => {
      ending ??= end()
      return ending
    }
    const broken = new Promise<string>((settle) => {
      child.once('exit', (code, signal) => {
        if (ending === undefined) settle(signal ?? `exit code ${code}`)
      })
    })
    return { url: urlOf(folder, port), port, pid, stop, broken }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Tries again where that can help: another free port, or what a crash left is just ending. */
async function startServer(
  plan: Plan,
): Promise<{ child: ChildProcess; port: number; pid: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = plan.fixedPort ?? (await findFreePort())
    const logFrom = rotateLog(plan.folder)
    const child = launch(plan, port)
    const pid = child.pid
    if (pid !== undefined && (await waitUntilReady(child, pid, plan.folder))) {
      return { child, port, pid }
    }
    const said = readFileSync(logFile(plan.folder), 'utf8').slice(logFrom)
    const mayHelp =
      (plan.fixedPort === undefined && said.includes('Address already in use')) ||
      said.includes('pre-existing shared memory block')
    if (!mayHelp || attempt === attemptsMax) throw new Unusable(failureText(plan, port, said))
    await sleep(500)
  }
}

/** In a process group of its own: Ctrl-C is for the program, which stops its server last. */
function launch({ folder, binaries, identity }: Plan, port: number): ChildProcess {
  const settings = Object.entries(serverSettings(port, folder.path))
  const args = [
    '-D',
    folder.cluster,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const log = openSync(logFile(folder), 'a', 0o600)
  try {
    const child = spawn(binaries.postgres, args, {
      ...identity,
      cwd: folder.path,
      detached: true,
      stdio: ['ignore', log, log],
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    })
    // A failed spawn shows as a child without pid; unheard, the event would end the program.
    child.on('error', () => {})
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

async function waitUntilReady(
  child: ChildProcess,
  pid: number,
  folder: DataFolder,
): Promise<boolean> {
  for (let waited = 0; waited < startMaxMs; waited += pollMs) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    if (isReady(folder.cluster, pid)) return true
    await sleep(pollMs)
  }
  await stopServer(pid)
  return false
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * The URL of a server that another living Samspil runs on the folder, for commands beside it;
 * undefined when none does. Whoever can read the folder's password may use it.
 */
export function findRunning(dataDir: string): string | undefined {
  const path = resolve(dataDir)
  const cluster = join(path, 'pg')
  if (!existsSync(join(cluster, 'postmaster.pid')) || !isFolderHeld(path)) return undefined
  const [pid, , , port] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  if (!isReady(cluster, Number(pid))) return undefined
  return urlOf({ path: realpathSync(path), cluster, log: join(path, 'log') }, Number(port))
}

/** `host` is a parameter so that every reader of URLs takes it, a folder being no host name. */
function urlOf(folder: DataFolder, port: number): string {
  const account = `${owner}:${encodeURIComponent(readPassword(folder))}`
  const socket = fitsSocket(folder.path) ? `?host=${encodeURIComponent(folder.path)}` : ''
  return `postgres://${account}@127.0.0.1:${port}/postgres${socket}`
}

function logFile(folder: DataFolder): string {
  return join(folder.log, 'postgres.log')
}

/** Keeps one older log; gives where this start's lines begin. */
function rotateLog(folder: DataFolder): number {
  const path = logFile(folder)
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size < logBytesMax) return size
  renameSync(path, `${path}.1`)
  return 0
}

function failureText({ folder, fixedPort }: Plan, port: number, said: string): string {
  if (fixedPort !== undefined && said.includes('Address already in use')) {
    return `port ${port} is in use by another program; leave the port out to get a free one`
  }
  const lines = said.trim().split('\n').slice(-8).join('\n  ')
  return `PostgreSQL did not start on ${folder.path}. Its log says:\n  ${lines}`
}
