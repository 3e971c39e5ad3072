/**
 * The two mistakes of one old client's messages, mended before they are read. Off unless a test
 * turns it on: version 2 demands well-formed messages (CPR's wiki), so strict is what we are.
 */

import { readLatin1 } from '#base/latin1.ts'

/** Blanks before the declaration are cut, typographic quotes made plain, and nothing else. */
export function mendRubyShape(bytes: Uint8Array): Buffer {
  const mended = readLatin1(bytes)
    .replace(/^[ \t\r\n]+(?=<\?xml)/, '')
    // The UTF-8 bytes of the quotes, in a document that calls itself ISO-8859-1.
    .replace(/\u00e2\u0080[\u009c\u009d]/g, '"')
  return Buffer.from(mended, 'latin1')
}
