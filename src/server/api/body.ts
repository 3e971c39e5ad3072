/** The bytes of a JSON body as a value, or why they are none. Knows no route and no schema. */

import { readJson } from '#base/json.ts'

export type BodyResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string }

/** Fatal, and a byte order mark is no JSON (RFC 8259, 8.1): what cannot be read is not guessed. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Only a text with one of these escapes can hold what no register can keep. */
const suspicious = /\\u(?:0000|d[89a-f])/i

export function readBody(bytes: Uint8Array): BodyResult {
  const text = decode(bytes)
  if (text === undefined) return { ok: false, reason: 'no UTF-8' }
  const read = readJson(text)
  if (!read.ok) return read
  if (suspicious.test(text) && !isStorable(read.value)) return { ok: false, reason: 'no text' }
  return read
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** PostgreSQL keeps neither NUL nor half of a surrogate pair in a text. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, each]) => isStorable(name) && isStorable(each))
}
