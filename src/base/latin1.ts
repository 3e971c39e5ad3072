/**
 * Text as ISO-8859-1 bytes and back, and which characters have no place there.
 * It names what does not fit and never replaces it; it knows nothing of XML or of messages.
 */

import { assert } from '#base/assert.ts'

/** A character that ISO-8859-1 text cannot carry, and where it stands (counted in UTF-16 units). */
export type Outside = {
  readonly character: string
  /** As in 'U+20AC', for messages where the character itself may not be written. */
  readonly codePoint: string
  readonly index: number
}

// Printable ISO-8859-1 with tab, line feed and carriage return. U+0080 to U+009F are left out:
// bytes there come from a Windows-1252 client, and guessing which letter it meant would be a
// silent replacement. The other control characters cannot stand in XML 1.0 at all.
const outside = /[^\t\n\r\u0020-\u007f\u00a0-\u00ff]/u

/** The first character that does not fit; undefined when the whole text can be written. */
export function firstOutside(text: string): Outside | undefined {
  const found = outside.exec(text)
  if (!found) return undefined
  const [character] = found
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { character, codePoint: `U+${point}`, index: found.index }
}

export function isLatin1(text: string): boolean {
  return !outside.test(text)
}

/** The bytes of a text that the caller knows to fit: `Buffer` alone would drop the high byte. */
export function writeLatin1(text: string): Buffer {
  const unfit = firstOutside(text)
  assert(unfit === undefined, `not ISO-8859-1: ${unfit?.codePoint} at ${unfit?.index}`)
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
