/**
 * Text as ISO-8859-1 bytes and back, and which characters have no place there.
 * It names what does not fit and never replaces it; it knows nothing of XML or of messages.
 */

import { assert } from '#base/assert.ts'

// Printable ISO-8859-1 with tab, line feed and carriage return. U+0080 to U+009F are left out:
// bytes there come from a Windows-1252 client, and guessing which letter it meant would be a
// silent replacement. The other control characters cannot stand in XML 1.0 at all.
const outside = /[^\t\n\r\u0020-\u007f\u00a0-\u00ff]/u

/**
 * The first character that does not fit, as 'U+20AC'; undefined when the whole text can be written.
 * Named by its code point, since the answer that names it cannot carry the character either.
 */
export function firstOutside(text: string): string | undefined {
  const found = outside.exec(text)?.[0]
  const point = found?.codePointAt(0)
  return point === undefined ? undefined : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
}

export function isLatin1(text: string): boolean {
  return !outside.test(text)
}

/** The bytes of a text that the caller knows to fit: `Buffer` alone would drop the high byte. */
export function writeLatin1(text: string): Buffer {
  const unfit = firstOutside(text)
  assert(unfit === undefined, `not ISO-8859-1: ${unfit}`)
  return Buffer.from(text, 'latin1')
}

/**
 * Every byte has a character. `TextDecoder('latin1')` is no alternative: by the Encoding Standard
 * that label means windows-1252.
 */
export function readLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** The text of strictly valid UTF-8, without its byte order mark; undefined for anything else. */
export function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
