/**
 * HTML as a value: the `html` tag escapes every text and takes parts that it made itself as they
 * are. The one file that knows the template library; nothing here lets unescaped text through.
 */

import { html as template } from 'hono/html'
import { assert } from '#base/assert.ts'

declare const made: unique symbol

/** A piece of a page. Only the tag makes it, so that whatever holds one is safe to send. */
export type Html = { readonly [made]: true; toString(): string }

/** What may stand in a template: texts and numbers are escaped, nothing is left out. */
export type Part = Html | string | number | false | undefined | readonly Part[]

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = template(strings, ...parts)
  assert(!(written instanceof Promise), 'a part of a page is never waited for')
  // The library's own mark of an escaped text is what `Html` stands for.
  return written as Html & typeof written
}

/** A value of an attribute; true writes its name alone, false and undefined leave it out. */
export type Attributes = { readonly [name: string]: string | number | boolean | undefined }

const attributeName = /^[a-z][a-z-]*$/

/** Attributes, with a blank before each. Names are the program's own, values may be anybody's. */
export function attributes(given: Attributes): Html {
  const written = Object.entries(given).map(([name, value]): Part => {
    assert(attributeName.test(name), `not the name of an attribute: ${name}`)
    assert(!name.startsWith('on') && name !== 'style', `${name} would be a script or a style`)
    if (value === undefined || value === false) return undefined
    return value === true ? html` ${name}` : html` ${name}="${value}"`
  })
  return html`${written}`
}

/** Class names, the ones that are left out skipped. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
