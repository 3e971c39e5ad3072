/** The small tree that a document is read into and written from: elements and attributes only. */

import type { Text } from '#base/text.ts'

/** An element without its prefix; blank text between elements is not kept. */
export type XmlElement = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
}

/** Why a document was not taken. The reason never repeats what the document held. */
export type Unreadable = {
  readonly kind: 'unreadable'
  readonly reason: Text
  readonly line?: number
  readonly column?: number
}

/** An element; attributes that are undefined are left out, the others keep their order. */
export function element(
  name: string,
  attributes: { readonly [name: string]: string | undefined } = {},
  children: readonly XmlElement[] = [],
): XmlElement {
  const given = new Map<string, string>()
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) given.set(key, value)
  }
  return { name, attributes: given, children }
}

export function unreadable(da: string, en: string): Unreadable {
  return { kind: 'unreadable', reason: { da, en } }
}
