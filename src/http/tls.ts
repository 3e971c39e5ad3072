/** Certificate and key of a server that speaks HTTPS, and their renewal while it runs. */

import { readFileSync, statSync } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'

export type TlsFiles = {
  readonly certificate: string
  readonly key: string
  /** Who must have issued the certificate of every client; without it none is asked for. */
  readonly clientAuthority?: string | undefined
}

const lookEveryMs = 60_000

/** What the server is made with. Throws when a file cannot be used, so that the start fails. */
export function readTls(files: TlsFiles) {
  const clients =
    files.clientAuthority === undefined
      ? {}
      : { ca: readFileSync(files.clientAuthority), requestCert: true, rejectUnauthorized: true }
  const options = {
    cert: readFileSync(files.certificate),
    key: readFileSync(files.key),
    // The older ones are no longer safe (RFC 8996).
    minVersion: 'TLSv1.2' as const,
    ...clients,
  }
  // A key that does not fit its certificate is found here, not at the first handshake.
  createSecureContext(options)
  return options
}

export type Renewal = {
  /** Looks now; true when there was something new, which is in use from the next connection on. */
  readonly look: () => boolean
  readonly stop: () => void
}

/** A pair that cannot be used, as one that is half written, leaves the old one in place. */
export function renewTls(
  server: Server,
  files: TlsFiles,
  onFault: (error: unknown) => void,
): Renewal {
  let seen = stampOf(files)
  const look = () => {
    try {
      const now = stampOf(files)
      if (now === seen) return false
      server.setSecureContext(readTls(files))
      seen = now
      return true
    } catch (error) {
      onFault(error)
      return false
    }
  }
  const timer = setInterval(look, lookEveryMs).unref()
  return { look, stop: () => clearInterval(timer) }
}

/** A renewal is often a new link to another file, so it is the file behind it that is looked at. */
function stampOf({ certificate, key, clientAuthority }: TlsFiles): string {
  const paths = [certificate, key, ...(clientAuthority === undefined ? [] : [clientAuthority])]
  return paths
    .map((path) => statSync(path, { bigint: true }))
    .map(({ ino, mtimeNs, size }) => `${ino}:${mtimeNs}:${size}`)
    .join(' ')
}
