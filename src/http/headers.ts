/** The headers that every answer has, for the sake of browsers and caches. Knows no program. */

/** Two years, and for every name below ours. */
const strictTransport = 'max-age=63072000; includeSubDomains'

/** An answer that has one of these of its own keeps it, as a page with a policy for its styles. */
const always = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** Over plain HTTP a browser must not be told to insist on HTTPS (RFC 6797, 7.2). */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return isHttps ? { ...always, 'strict-transport-security': strictTransport } : always
}
