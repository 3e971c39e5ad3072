/**
 * Certificates of clients, as person codes list them: by their fingerprint, exact and in one
 * spelling. Knows neither TLS nor a request.
 */

/** The one in use and the next one, on several machines (inferred). */
export const certificatesMax = 20

/**
 * SHA-256 of the certificate as 64 small hexadecimal digits; undefined for what is none. Taken with
 * the colons of `openssl x509 -fingerprint -sha256`, too.
 */
export function readFingerprint(text: string): string | undefined {
  const isPlain = /^[0-9a-f]{64}$/i.test(text)
  const isPaired = /^[0-9a-f]{2}(?::[0-9a-f]{2}){31}$/i.test(text)
  return isPlain || isPaired ? text.replaceAll(':', '').toLowerCase() : undefined
}

/** Whether the list lets in who showed that certificate, or none; an empty list lets in all. */
export function isCertified(certificates: readonly string[], shown: string | undefined): boolean {
  return certificates.length === 0 || (shown !== undefined && certificates.includes(shown))
}
