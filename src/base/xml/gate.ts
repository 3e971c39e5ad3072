/**
 * What a document must pass before any parser sees it: size, encoding, no DOCTYPE.
 * It looks at bytes only and does not know what the document is about.
 */

import { readLatin1, readUtf8 } from '#base/latin1.ts'
import { type Unreadable, unreadable } from '#base/xml/element.ts'

export type Encoding = 'ISO-8859-1' | 'UTF-8'

export type Passed = {
  readonly kind: 'passed'
  readonly text: string
  readonly encoding: Encoding
}

/** Far above any message of the protocol; bounds all that a parser can be made to do (inferred). */
export const bytesMaxDefault = 256 * 1024

// The declaration as XML 1.0 section 2.8 has it, with version 1.0 only.
const declaration = new RegExp(
  [
    /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')/,
    /(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?/,
    /(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?/,
    /[ \t\r\n]*\?>/,
  ]
    .map(({ source }) => source)
    .join(''),
)
const declarationLengthMax = 200

/** The decoded text of a document that may be parsed, or why it may not. */
export function passGate(
  bytes: Uint8Array,
  options: { readonly bytesMax?: number } = {},
): Passed | Unreadable {
  const bytesMax = options.bytesMax ?? bytesMaxDefault
  if (bytes.length > bytesMax) {
    return unreadable(
      `Dokumentet fylder mere end ${bytesMax} byte`,
      `The document is larger than ${bytesMax} bytes`,
    )
  }
  if (bytes.length === 0) return unreadable('Dokumentet er tomt', 'The document is empty')
  const encoding = decideEncoding(bytes)
  if (typeof encoding !== 'string') return encoding
  const text = encoding === 'UTF-8' ? readUtf8(bytes) : readLatin1(bytes)
  if (text === undefined) {
    return unreadable('Dokumentet er ikke gyldig UTF-8', 'The document is not valid UTF-8')
  }
  // Decoding has taken one mark off, and the parser would take another.
  if (text.startsWith('\ufeff')) return wrongEncoding
  // Wherever it stands, also in a comment: no client has a reason to write it.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    return unreadable('DOCTYPE og ENTITY er ikke tilladt', 'DOCTYPE and ENTITY are not allowed')
  }
  return { kind: 'passed', text, encoding }
}

/** All encodings that pass agree with ASCII, so the declaration can be read before decoding. */
function decideEncoding(bytes: Uint8Array): Encoding | Unreadable {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const start = readLatin1(bytes.subarray(marked ? 3 : 0, declarationLengthMax))
  if (/^\xfe\xff|^\xff\xfe/.test(start) || start.includes('\0')) return wrongEncoding
  let declared: string | undefined
  if (/^<\?xml[ \t\r\n?]/.test(start)) {
    const parts = declaration.exec(start)
    if (!parts) {
      return unreadable('XML-erklæringen er ikke gyldig', 'The XML declaration is not valid')
    }
    declared = parts[1] ?? parts[2]
  }
  switch (declared?.toLowerCase()) {
    case 'iso-8859-1':
      return marked ? wrongEncoding : 'ISO-8859-1'
    case 'utf-8':
      return 'UTF-8'
    case undefined:
      // XML says UTF-8. The wire of CPR's services is ISO-8859-1 both ways and some clients send
      // no declaration, so bytes that cannot be UTF-8 are read as ISO-8859-1 (inferred).
      return marked || readUtf8(bytes) !== undefined ? 'UTF-8' : 'ISO-8859-1'
    default:
      return wrongEncoding
  }
}

const wrongEncoding = unreadable(
  'Tegnsættet skal være ISO-8859-1 eller UTF-8',
  'The encoding must be ISO-8859-1 or UTF-8',
)
