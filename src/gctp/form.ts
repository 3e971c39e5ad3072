/**
 * Which elements and attributes a request may have, as a table, and whether a tree keeps to it.
 * Values are judged elsewhere, but for the characters of those that an answer repeats.
 */

import { isLatin1 } from '#base/latin1.ts'
import { type Unreadable, unreadable, type XmlElement } from '#base/xml/element.ts'

type Count = 'one' | 'at most one' | 'any'

type Form = {
  /** Attributes that must be there and hold something. */
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly children: { readonly [name: string]: Count }
  /** Attributes that no answer repeats, and that may therefore hold any character. */
  readonly free?: readonly string[]
}

// The tree is CPR's (confirmed); that nothing else may stand in it is ours, after version 2's word
// that requests are validated. Order is free, as CPR warns that it may differ.
const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['root', { required: [], optional: [], children: { Gctp: 'one' } }],
  [
    'Gctp',
    { required: ['v'], optional: ['env'], children: { Sik: 'at most one', System: 'at most one' } },
  ],
  [
    'Sik',
    {
      required: ['function'],
      optional: ['userid', 'password', 'newpass1', 'newpass2'],
      children: {},
      free: ['userid', 'password', 'newpass1', 'newpass2'],
    },
  ],
  ['System', { required: ['r'], optional: [], children: { Service: 'one' } }],
  [
    'Service',
    {
      required: ['r'],
      optional: [],
      children: { CprServiceHeader: 'one', CprData: 'at most one' },
    },
  ],
  [
    'CprServiceHeader',
    {
      required: ['r'],
      optional: ['mk', 'a', 'u', 'st', 'ts', 'pt', 'pv'],
      children: { Key: 'at most one' },
    },
  ],
  ['Key', { required: [], optional: [], children: { Field: 'any' } }],
  ['CprData', { required: [], optional: ['u'], children: { Rolle: 'one' } }],
  ['Rolle', { required: [], optional: ['r'], children: { Field: 'any', Table: 'any' } }],
  ['Table', { required: ['r'], optional: [], children: { Row: 'any' } }],
  ['Row', { required: [], optional: ['k'], children: { Field: 'any' } }],
  [
    'Field',
    {
      // A client may send back a field as it got it, clear texts and all; they are not read.
      required: ['r'],
      optional: ['v', 't', 'tl', 'tm', 'ts'],
      children: {},
      free: ['v', 't', 'tl', 'tm', 'ts'],
    },
  ],
])

/** The first fault of form; undefined when the tree is as a request must be. */
export function findFormFault(tree: XmlElement): Unreadable | undefined {
  const form = forms.get(tree.name)
  if (!form) return fault('dokumentet', 'the document')
  for (const name of form.required) if (!tree.attributes.get(name)) return fault(tree.name)
  for (const [name, value] of tree.attributes) {
    if (!form.required.includes(name) && !form.optional.includes(name)) return fault(tree.name)
    if (!form.free?.includes(name) && !isLatin1(value)) return fault(tree.name)
  }
  const names = tree.children.map((child) => child.name)
  if (names.some((name) => !Object.hasOwn(form.children, name))) return fault(tree.name)
  for (const [name, count] of Object.entries(form.children)) {
    const found = names.filter((each) => each === name).length
    if (count === 'one' ? found !== 1 : count === 'at most one' && found > 1) {
      return fault(tree.name)
    }
  }
  for (const child of tree.children) {
    const found = findFormFault(child)
    if (found) return found
  }
  return undefined
}

/** Names only elements of the table: what a document calls its own may not be writable. */
function fault(da: string, en: string = da): Unreadable {
  return unreadable(`Meddelelsens form er forkert i ${da}`, `The message's form is wrong in ${en}`)
}
