/** As whom PostgreSQL runs: as ourselves, or as nobody when we are root, which PostgreSQL refuses. */

import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Unusable } from '#store/embedded/unusable.ts'

export type Identity = { readonly uid: number; readonly gid: number }

/** The user of most systems without a name for it (Debian, Alpine, Fedora). */
const nobody: Identity = { uid: 65534, gid: 65534 }

/** The other identity that PostgreSQL needs here; undefined when it can run as ourselves. */
export function serverIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined
  try {
    return findNobody(readFileSync('/etc/passwd', 'utf8')) ?? nobody
  } catch {
    return nobody
  }
}

/** The row `nobody:x:UID:GID:…`; macOS writes them as negative 32-bit numbers. */
export function findNobody(passwd: string): Identity | undefined {
  const found = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd)
  if (!found) return undefined
  const identity = { uid: Number(found[1]) >>> 0, gid: Number(found[2]) >>> 0 }
  return identity.uid === 0 ? undefined : identity
}

/** Throws, naming the folder, when the identity cannot reach `path` through its parents. */
export function assertEnterable(path: string, identity: Identity): void {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!mayEnter(statSync(folder), identity)) {
      throw new Unusable(
        `PostgreSQL cannot run as root, so it runs as nobody (uid ${identity.uid}), who may not ` +
          `enter ${folder}. Choose a data folder elsewhere, for example below /var/lib, start ` +
          `Samspil as an ordinary user, or allow it with: chmod o+x ${folder}`,
      )
    }
    if (folder === dirname(folder)) return
  }
}

/** The execute bit that counts for the identity, which has no further groups. */
export function mayEnter(stats: Pick<Stats, 'mode' | 'uid' | 'gid'>, identity: Identity): boolean {
  if (stats.uid === identity.uid) return (stats.mode & 0o100) !== 0
  if (stats.gid === identity.gid) return (stats.mode & 0o010) !== 0
  return (stats.mode & 0o001) !== 0
}
