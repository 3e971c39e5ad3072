/**
 * A tree as ISO-8859-1 bytes, always spelt the same way: no white space, double quotes, empty
 * elements closed in the tag. Callers have checked their texts; what cannot be written is a bug.
 */

import { assert } from '#base/assert.ts'
import { writeLatin1 } from '#base/latin1.ts'
import type { XmlElement } from '#base/xml/element.ts'

export type WriteOptions = {
  /** The default namespace, declared on the root. */
  readonly namespace?: string
  readonly declaration?: boolean
}

export const xmlDeclaration = '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>'

export function writeXml(root: XmlElement, options: WriteOptions = {}): Buffer {
  const { namespace, declaration = false } = options
  const scope = namespace === undefined ? '' : writeAttribute('xmlns', namespace)
  return writeLatin1(`${declaration ? xmlDeclaration : ''}${writeElement(root, scope)}`)
}

function writeElement({ name, attributes, children }: XmlElement, scope = ''): string {
  let text = `<${writeName(name)}${scope}`
  for (const [key, value] of attributes) text += writeAttribute(key, value)
  if (children.length === 0) return `${text}/>`
  text += '>'
  for (const child of children) text += writeElement(child)
  return `${text}</${name}>`
}

function writeAttribute(name: string, value: string): string {
  return ` ${writeName(name)}="${writeValue(value)}"`
}

function writeName(name: string): string {
  assert(/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name), `not a name: ${JSON.stringify(name)}`)
  return name
}

const references: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader turns these into blanks unless they are written as references (XML 1.0, 3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

function writeValue(value: string): string {
  return value.replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? character)
}
