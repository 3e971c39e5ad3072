/** The bytes of a JSON body as a value, or why they are none. Knows no route and no schema. */

import { readJson } from '#base/json.ts'
import type { Text } from '#base/text.ts'

export type BodyResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: Text }

/** Why not. Nothing of the body is repeated: it may hold what no log may have. */
export const bodyFaults = {
  none: { da: 'Kaldet har intet indhold', en: 'The request has no body' },
  malformed: { da: 'Indholdet er ikke gyldig JSON', en: 'The body is not valid JSON' },
  'repeated-name': {
    da: 'Et navn står flere gange i samme objekt',
    en: 'A name is repeated within one object',
  },
  'forbidden-name': {
    da: 'Navnene __proto__, constructor og prototype er ikke tilladt',
    en: 'The names __proto__, constructor and prototype are not allowed',
  },
  'too-many': { da: 'Der er for mange værdier', en: 'There are too many values' },
  'too-deep': { da: 'Objekterne ligger for dybt', en: 'The objects are nested too deeply' },
  encoding: { da: 'Indholdet er ikke UTF-8', en: 'The body is not UTF-8' },
  characters: {
    da: 'En tekst har NUL eller et halvt tegn',
    en: 'A text has NUL or half of a surrogate pair',
  },
} as const satisfies { readonly [name: string]: Text }

/** Fatal, and a byte order mark is no JSON (RFC 8259, 8.1): what cannot be read is not guessed. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Only a text with one of these escapes can hold what no register can keep. */
const suspicious = /\\u(?:0000|d[89a-f])/i

export function readBody(bytes: Uint8Array): BodyResult {
  const text = decode(bytes)
  if (text === undefined) return { ok: false, reason: bodyFaults.encoding }
  const read = readJson(text)
  if (!read.ok) return { ok: false, reason: bodyFaults[read.reason] }
  if (suspicious.test(text) && !isStorable(read.value)) {
    return { ok: false, reason: bodyFaults.characters }
  }
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
