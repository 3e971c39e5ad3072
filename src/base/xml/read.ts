/**
 * A document as a small tree, or why it cannot be read: the only file that knows the parser.
 * Every size is bounded and nothing a document holds makes it throw.
 */

import { SaxesParser, type SaxesTagNS } from 'saxes'
import { assert } from '#base/assert.ts'
import { type Unreadable, unreadable, type XmlElement } from '#base/xml/element.ts'
import { bytesMaxDefault, passGate } from '#base/xml/gate.ts'

/**
 * The limits are our own choice (inferred), some ten times what the largest message needs. Depth
 * is the one that time depends on: the parser looks names up through all open elements.
 */
export type Limits = {
  readonly bytesMax: number
  readonly depthMax: number
  readonly elementsMax: number
  readonly attributesMax: number
  readonly nameLengthMax: number
  readonly valueLengthMax: number
  readonly textLengthMax: number
  /** Characters of the document between two things that the parser tells. */
  readonly tokenLengthMax: number
  /** Comments and CDATA sections together; no client has a reason to write either. */
  readonly marksMax: number
}

export const defaultLimits: Limits = {
  bytesMax: bytesMaxDefault,
  depthMax: 16,
  elementsMax: 5000,
  attributesMax: 64,
  nameLengthMax: 128,
  valueLengthMax: 4000,
  textLengthMax: 64 * 1024,
  tokenLengthMax: 32 * 1024,
  marksMax: 1000,
}

export type ReadOptions = {
  /** Elements must be in this namespace or in none; without it, in none. */
  readonly namespace?: string
  readonly limits?: Partial<Limits>
}

/** The document's root element, or why there is none. */
export function readXml(bytes: Uint8Array, options: ReadOptions = {}): XmlElement | Unreadable {
  const limits = { ...defaultLimits, ...options.limits }
  const passed = passGate(bytes, limits)
  if (passed.kind === 'unreadable') return passed
  const parser = new SaxesParser({
    xmlns: true,
    position: true,
    forceXMLVersion: true,
    defaultXMLVersion: '1.0',
  })
  try {
    return parse(parser, passed.text, limits, options.namespace)
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { ...error.why, line: parser.line, column: parser.column }
  }
}

export function isUnreadable(read: XmlElement | Unreadable): read is Unreadable {
  return 'kind' in read
}

/** Leaves the parser, which goes on after an error unless its handler throws. */
class Stop extends Error {
  readonly why: Unreadable

  constructor(why: Unreadable) {
    super(why.reason.en)
    this.why = why
  }
}

type Open = { name: string; attributes: Map<string, string>; children: XmlElement[] }

type Parser = SaxesParser<{ xmlns: true; forceXMLVersion: true; defaultXMLVersion: '1.0' }>

function parse(
  parser: Parser,
  text: string,
  limits: Limits,
  namespace: string | undefined,
): XmlElement {
  const open: Open[] = []
  let root: XmlElement | undefined
  const told = boundSizes(parser, limits, open)
  parser.on('error', () => stop('Dokumentet er ikke velformet XML', 'Not well-formed XML'))
  parser.on('doctype', () => stop('DOCTYPE er ikke tilladt', 'DOCTYPE is not allowed'))
  parser.on('processinginstruction', () =>
    stop('Behandlingsinstruktioner er ikke tilladt', 'Processing instructions are not allowed'),
  )
  parser.on('opentag', (tag) => {
    const made = readTag(tag, namespace)
    open.at(-1)?.children.push(made)
    root ??= made
    open.push(made)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  // In pieces, since nothing is told of a value or a comment before its end: one without an end
  // would be walked to the end of the document.
  for (let from = 0; from < text.length; from += pieceLength) {
    parser.write(text.slice(from, from + pieceLength))
    if (from + pieceLength - told.at > limits.tokenLengthMax) {
      tooMuch('tegn i en del', 'characters in one part')
    }
  }
  parser.close()
  assert(root !== undefined, 'the parser took a document without a root')
  return root
}

const pieceLength = 8 * 1024

/**
 * Counts as names and values come: a document is left at the first that is too much. Answers
 * where in the document the parser last told of something.
 */
function boundSizes(
  parser: Parser,
  limits: Limits,
  open: readonly Open[],
): { readonly at: number } {
  const told = { at: 0 }
  let elements = 0
  let attributes = 0
  let textLength = 0
  let marks = 0
  const boundMarks = () => {
    told.at = parser.position
    marks += 1
    if (marks > limits.marksMax) tooMuch('kommentarer', 'comments')
  }
  const boundText = (text: string) => {
    told.at = parser.position
    textLength += text.length
    if (textLength > limits.textLengthMax)
      tooMuch('tegn mellem elementer', 'characters between elements')
    if (/[^ \t\r\n]/.test(text)) stop('Tekst uden for attributter', 'Text outside attributes')
  }
  parser.on('opentagstart', ({ name }) => {
    told.at = parser.position
    elements += 1
    attributes = 0
    if (open.length >= limits.depthMax) tooMuch('niveauer', 'levels')
    if (elements > limits.elementsMax) tooMuch('elementer', 'elements')
    if (name.length > limits.nameLengthMax) tooMuch('tegn i et navn', 'characters in a name')
  })
  parser.on('attribute', ({ name, value }) => {
    told.at = parser.position
    attributes += 1
    if (attributes > limits.attributesMax) tooMuch('attributter', 'attributes')
    if (name.length > limits.nameLengthMax) tooMuch('tegn i et navn', 'characters in a name')
    if (value.length > limits.valueLengthMax) tooMuch('tegn i en værdi', 'characters in a value')
  })
  parser.on('text', boundText)
  parser.on('comment', boundMarks)
  parser.on('cdata', (text) => {
    boundMarks()
    boundText(text)
  })
  return told
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'
const aboutXml = new Set([
  'http://www.w3.org/2000/xmlns/',
  'http://www.w3.org/XML/1998/namespace',
  schemaInstance,
])

function readTag(tag: SaxesTagNS, namespace: string | undefined): Open {
  if (tag.uri !== '' && tag.uri !== namespace) stop('Ukendt navnerum', 'Unknown namespace')
  const attributes = new Map<string, string>()
  for (const { local, uri, value } of Object.values(tag.attributes)) {
    // Namespace declarations and hints to schema processors say nothing about the message.
    if (aboutXml.has(uri)) continue
    if (uri !== '') stop('En attribut har et navnerum', 'An attribute has a namespace')
    attributes.set(local, value)
  }
  return { name: tag.local, attributes, children: [] }
}

function tooMuch(da: string, en: string): never {
  stop(`Dokumentet har for mange ${da}`, `The document has too many ${en}`)
}

function stop(da: string, en: string): never {
  throw new Stop(unreadable(da, en))
}
