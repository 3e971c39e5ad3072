/**
 * The cookie that carries the token of a logon session, in the one shape that all clients know.
 * Makes no token and knows of none.
 */

import { assert } from '#base/assert.ts'
import { tokenCookie } from '#gctp/values.ts'

/** Letters and digits: what CPR's tokens have (observed), and ours. */
const tokenForm = /^[A-Za-z0-9]{1,128}$/
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * The `Set-Cookie` of a good sign-on: capital T, a semicolon after the value, hyphens in the date,
 * and no other attribute (confirmed). Without Expires the .NET client finds no token, and with
 * Secure the Ruby client does not send it back over plain http (observed).
 */
export function writeTokenCookie(token: string, expires: Date): string {
  assert(tokenForm.test(token), 'a token has letters and digits only')
  return `${tokenCookie}=${token}; Expires=${cookieDate(expires)}`
}

/**
 * The token of a `Cookie` header: `Token=` or `TOKEN=` (observed), among other cookies, the first
 * that has the form of a token. Quotes are no part of that form: no known client writes them.
 */
export function readTokenCookie(header: string | undefined): string | undefined {
  for (const cookie of (header ?? '').split(';')) {
    const [name = '', value = ''] = splitOnce(cookie)
    if (name.toLowerCase() === tokenCookie.toLowerCase() && tokenForm.test(value)) return value
  }
  return undefined
}

/** For callers: the token and its end from the `Set-Cookie` headers, whatever else they set. */
export function readTokenSetCookie(
  headers: readonly string[],
): { readonly token: string; readonly expires: Date | undefined } | undefined {
  for (const header of headers) {
    const [cookie = '', ...attributes] = header.split(';')
    const [name = '', token = ''] = splitOnce(cookie)
    if (name !== tokenCookie || !tokenForm.test(token)) continue
    const expires = attributes.map(splitOnce).find(([key]) => key?.toLowerCase() === 'expires')
    return { token, expires: readCookieDate(expires?.[1] ?? '') }
  }
  return undefined
}

function splitOnce(text: string): readonly string[] {
  const place = text.indexOf('=')
  return place < 0 ? [text.trim()] : [text.slice(0, place).trim(), text.slice(place + 1).trim()]
}

/** As 'Thu, 25-Nov-2021 17:29:22 GMT'. */
function cookieDate(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()}`
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':')
  return `${days[at.getUTCDay()]}, ${day} ${time} GMT`
}

/** Also takes blanks for the hyphens, as in the date form of HTTP. */
function readCookieDate(text: string): Date | undefined {
  const parts =
    /^[A-Z][a-z]{2}, (\d{2})[- ]([A-Z][a-z]{2})[- ](\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text)
  if (!parts) return undefined
  const [day, , year, hour, minute, second] = parts.slice(1).map(Number)
  const month = months.indexOf(parts[2] ?? '')
  if (month < 0 || year === undefined) return undefined
  return new Date(Date.UTC(year, month, day, hour, minute, second))
}
