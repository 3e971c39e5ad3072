/** Every URL of the desk. Each page stands in a language; nothing else makes a path. */

import type { Language } from '#base/text.ts'

export const routes = {
  root: '/',
  queue: '/:language/',
  signIn: '/:language/sign-in',
  signOut: '/:language/sign-out',
  accessibility: '/:language/accessibility',
  case: '/:language/cases/:id',
  decision: '/:language/cases/:id/:decision',
} as const

/** The languages of a route's pattern. Without a group: the router takes groups for parameters. */
export const languagePattern = '^(?:da|en)$'

export const paths = {
  queue: (language: Language, query: { readonly [name: string]: string | undefined } = {}) =>
    `/${language}/${queryText(query)}`,
  signIn: (language: Language, query: { readonly [name: string]: string | undefined } = {}) =>
    `/${language}/sign-in${queryText(query)}`,
  signOut: (language: Language) => `/${language}/sign-out`,
  accessibility: (language: Language) => `/${language}/accessibility`,
  case: (language: Language, id: string, query: { readonly [name: string]: string } = {}) =>
    `/${language}/cases/${encodeURIComponent(id)}${queryText(query)}`,
  decision: (language: Language, id: string, decision: string) =>
    `/${language}/cases/${encodeURIComponent(id)}/${decision}`,
} as const

function queryText(query: { readonly [name: string]: string | undefined }): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

/** A path of this desk that somebody may be sent on to; anything else is another site's. */
export function isOwnPath(path: string): boolean {
  return /^\/(da|en)\/(?!\/)[A-Za-z0-9/_.%?&=-]*$/.test(path)
}
