/**
 * What every page is sent with, and which posts are ours: strict content policy, nothing kept on
 * the way, no foreign post. Knows headers only; no page and no session.
 */

import type { IncomingHttpHeaders } from 'node:http'

export type SecuritySettings = {
  /** Of this site, as 'https://selvbetjening.example'; in a sandbox known once it listens. */
  readonly origin: () => string
  /** Other origins that a form may lead to: where people sign in. */
  readonly formTargets?: () => readonly string[]
}

/** For every answer. What may be kept says so itself; a page never does. */
export function securityHeaders(settings: SecuritySettings): Readonly<Record<string, string>> {
  const targets = ["'self'", ...(settings.formTargets?.() ?? [])].join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      `form-action ${targets}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // With no referrer at all a browser calls the origin of a post 'null'.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    ...(isHttps(settings) && { 'strict-transport-security': 'max-age=63072000' }),
  }
}

function isHttps({ origin }: SecuritySettings): boolean {
  return origin().startsWith('https://')
}

/**
 * Whether a post comes from a page of this site. Browsers say so in two headers; each that is there
 * must be right, and one that says neither is refused.
 */
export function isOwnPost(headers: IncomingHttpHeaders, origin: string): boolean {
  const { origin: from, 'sec-fetch-site': site } = headers
  if (from === undefined && site === undefined) return false
  return (from === undefined || from === origin) && (site === undefined || site === 'same-origin')
}

/** A cookie that only this host gets, only over a safe channel, and that no script reads. */
export function hostCookie(name: string, value: string, maxAgeS?: number): string {
  const age = maxAgeS === undefined ? '' : `; Max-Age=${maxAgeS}`
  return `__Host-${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`
}

/** Makes the browser forget it. */
export function endedCookie(name: string): string {
  return hostCookie(name, '', 0)
}

/** The value of a cookie of ours; undefined when it is not there, or there twice. */
export function findCookie(header: string | undefined, name: string): string | undefined {
  const wanted = `__Host-${name}=`
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted))
  return found.length === 1 ? found[0]?.slice(wanted.length) : undefined
}

/** Whom a browser must forget everything of: the pages it kept, too. */
export const forgetEverything = { 'clear-site-data': '"cache", "storage"' } as const
