/** The data folder: whose it is, what is in it, and how a new one comes to be. No running server. */

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from '#store/embedded/binaries.ts'
import { assertEnterable, type Identity } from '#store/embedded/identity.ts'
import { Unusable } from '#store/embedded/unusable.ts'

/** The superuser that owns the database; the program itself should connect as a lesser role. */
export const owner = 'samspil_owner'

export type DataFolder = {
  readonly path: string
  /** What PostgreSQL calls its data directory. */
  readonly cluster: string
  readonly log: string
}

/** Makes or checks the folder: empty or ours, reachable for the server, closed to all others. */
export function openFolder(dataDir: string, identity: Identity | undefined): DataFolder {
  makeFolder(resolve(dataDir), identity)
  const path = realpathSync(dataDir)
  const folder = { path, cluster: join(path, 'pg'), log: join(path, 'log') }
  refuseForeign(folder, identity)
  if (identity !== undefined) assertEnterable(path, identity)
  own(path, identity)
  mkdirSync(folder.log, { recursive: true })
  own(folder.log, identity)
  return folder
}

/** Runs initdb unless there is a cluster; a half-made one of a crash is thrown away. */
export async function ensureCluster(
  folder: DataFolder,
  binaries: Binaries,
  identity: Identity | undefined,
): Promise<void> {
  const version = join(folder.cluster, 'PG_VERSION')
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim()
    if (found === binaries.major) return
    throw new Unusable(
      `${folder.path} holds data of PostgreSQL ${found}, and this Samspil brings PostgreSQL ` +
        `${binaries.major}. Move the data with pg_dump of ${found}, or use another folder.`,
    )
  }
  const partial = `${folder.cluster}.partial`
  const passwordFile = join(folder.path, 'initdb-password')
  rmSync(partial, { recursive: true, force: true })
  const password = randomBytes(24).toString('hex')
  writeSecret(join(folder.path, 'password'), password)
  writeSecret(passwordFile, password)
  if (identity !== undefined) chownSync(passwordFile, identity.uid, identity.gid)
  try {
    await initdb(binaries, partial, passwordFile, identity)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(partial, folder.cluster)
  flushFolder(folder.path)
}

/** The owner's password, which only who started the server can read. */
export function readPassword(folder: DataFolder): string {
  return readFileSync(join(folder.path, 'password'), 'utf8').trim()
}

async function initdb(
  binaries: Binaries,
  cluster: string,
  passwordFile: string,
  identity: Identity | undefined,
): Promise<void> {
  const choices = ['--locale=C', '--encoding=UTF8', '--data-checksums', '--auth=scram-sha-256']
  const args = [...choices, `--username=${owner}`, `--pwfile=${passwordFile}`, '-D', cluster]
  try {
    const env = { LC_ALL: 'C', PATH: '/usr/bin:/bin' }
    await promisify(execFile)(binaries.initdb, args, { ...identity, cwd: dirname(cluster), env })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Unusable(`PostgreSQL could not make its data folder: ${said}`)
  }
}

/** Parents that we make are open to pass through, whatever the umask; the folder itself is not. */
/** One after the other: asked for all at once, Node never returns below a folder like /proc. */
export function makeFolder(path: string, identity: Identity | undefined): void {
  if (existsSync(path)) return
  const missing: string[] = []
  for (let at = dirname(path); !existsSync(at); at = dirname(at)) missing.unshift(at)
  for (const parent of missing) {
    mkdirSync(parent)
    if (identity !== undefined) chmodSync(parent, 0o711)
  }
  mkdirSync(path, { mode: 0o700 })
}

/** Neither a folder of other things is taken over, nor one that another user can tamper with. */
function refuseForeign(folder: DataFolder, identity: Identity | undefined): void {
  const stats = statSync(folder.path)
  if (!stats.isDirectory()) throw new Unusable(`${folder.path} is not a folder`)
  if (stats.uid !== process.getuid?.() && stats.uid !== identity?.uid) {
    throw new Unusable(
      `the data folder ${folder.path} belongs to user ${stats.uid}. Start Samspil as that user, ` +
        'or choose another folder.',
    )
  }
  const ours = ['pg', 'pg.partial', 'log', 'password', 'initdb-password']
  const isOurs = (name: string) => ours.includes(name) || name.startsWith('samspil.')
  const names = readdirSync(folder.path)
  const known = existsSync(join(folder.cluster, 'PG_VERSION')) || names.every(isOurs)
  if (known) return
  throw new Unusable(
    `${folder.path} is not empty and holds no data of Samspil (there is ${names[0]}). Choose an ` +
      'empty or a new folder.',
  )
}

function own(path: string, identity: Identity | undefined): void {
  if (identity !== undefined) chownSync(path, identity.uid, identity.gid)
  chmodSync(path, 0o700)
}

function writeSecret(path: string, secret: string): void {
  rmSync(path, { force: true })
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, secret)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** So that a power cut cannot take the new name away. */
function flushFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
