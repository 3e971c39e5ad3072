/**
 * Certificates of clients as they are shown or told: what they are known by. Knows neither who may
 * tell of one nor what one opens.
 */

import { createHash, X509Certificate } from 'node:crypto'

/** SHA-256 of the certificate as 64 small hexadecimal digits, as person codes list it. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

/**
 * Of `Client-Cert` (RFC 9440, 2.2): a byte sequence (RFC 8941, 3.3.5) of one whole certificate and
 * nothing else. Undefined for whatever is none; two spellings of one would be two to some readers.
 */
export function readClientCert(text: string): string | undefined {
  const base64 = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(text)?.[1]
  if (base64 === undefined) return undefined
  const der = Buffer.from(base64, 'base64')
  return der.toString('base64') === base64 && isCertificate(der) ? fingerprintOf(der) : undefined
}

/** Node's reader takes PEM as well, and leaves what stands behind the certificate. */
function isCertificate(der: Buffer): boolean {
  try {
    return new X509Certificate(der).raw.equals(der)
  } catch {
    return false
  }
}
