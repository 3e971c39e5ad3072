/** Every URL of the desk. Each page stands in a language; nothing else makes a path. */

import type { Language } from '#base/text.ts'

export const routes = {
  root: '/',
  queue: '/:language/',
  next: '/:language/next',
  bulk: '/:language/bulk',
  bulkApprove: '/:language/bulk/approve',
  bulkUndo: '/:language/bulk/undo',
  closed: '/:language/closed',
  letters: '/:language/letters',
  lettersPrint: '/:language/letters/print',
  lettersSettle: '/:language/letters/settle',
  bulkReject: '/:language/bulk/reject',
  figures: '/:language/figures',
  policies: '/:language/policies',
  policy: '/:language/policies/:name',
  policyTry: '/:language/policies/:name/try',
  policyOn: '/:language/policies/:name/on',
  policyOff: '/:language/policies/:name/off',
  reviews: '/:language/reviews',
  review: '/:language/reviews/:week',
  reviewSign: '/:language/reviews/:week/sign',
  reviewedLook: '/:language/reviews/:week/:number',
  reviewAsk: '/:language/reviews/:week/:number/ask',
  reviewJudge: '/:language/reviews/:week/:number/judge',
  askedLooks: '/:language/asked',
  saveView: '/:language/views/keep',
  forgetView: '/:language/views/forget',
  keys: '/:language/keys',
  signIn: '/:language/sign-in',
  signInProvider: '/:language/sign-in/provider',
  access: '/:language/access',
  stay: '/:language/stay',
  signOut: '/:language/sign-out',
  accessibility: '/:language/accessibility',
  case: '/:language/cases/:id',
  claim: '/:language/cases/:id/claim',
  release: '/:language/cases/:id/release',
  notes: '/:language/cases/:id/notes',
  history: '/:language/cases/:id/history',
  hearing: '/:language/cases/:id/hearings/:hearing',
  decision: '/:language/cases/:id/decide/:decision',
} as const

/** The languages of a route's pattern. Without a group: the router takes groups for parameters. */
export const languagePattern = '^(?:da|en)$'

type Query = { readonly [name: string]: string | undefined }

export const paths = {
  queue: (language: Language, query: Query = {}) => `/${language}/${queryText(query)}`,
  next: (language: Language, query: Query) => `/${language}/next${queryText(query)}`,
  bulk: (language: Language, query: Query) => `/${language}/bulk${queryText(query)}`,
  bulkApprove: (language: Language, query: Query) => `/${language}/bulk/approve${queryText(query)}`,
  bulkUndo: (language: Language, query: Query) => `/${language}/bulk/undo${queryText(query)}`,
  closed: (language: Language) => `/${language}/closed`,
  letters: (language: Language, query: Query = {}) => `/${language}/letters${queryText(query)}`,
  lettersPrint: (language: Language) => `/${language}/letters/print`,
  lettersSettle: (language: Language) => `/${language}/letters/settle`,
  bulkReject: (language: Language, query: Query) => `/${language}/bulk/reject${queryText(query)}`,
  figures: (language: Language, query: Query = {}) => `/${language}/figures${queryText(query)}`,
  policies: (language: Language) => `/${language}/policies`,
  policy: (language: Language, name: string, what?: 'try' | 'on' | 'off') =>
    `/${language}/policies/${encodeURIComponent(name)}${what === undefined ? '' : `/${what}`}`,
  reviews: (language: Language, query: Query = {}) => `/${language}/reviews${queryText(query)}`,
  review: (language: Language, week: string) => `/${language}/reviews/${encodeURIComponent(week)}`,
  reviewSign: (language: Language, week: string) =>
    `/${language}/reviews/${encodeURIComponent(week)}/sign`,
  /** Of a look-up by its number: the page, or what is done on it. */
  reviewedLook: (language: Language, week: string, number: number, what?: 'ask' | 'judge') =>
    `/${language}/reviews/${encodeURIComponent(week)}/${number}${what === undefined ? '' : `/${what}`}`,
  askedLooks: (language: Language) => `/${language}/asked`,
  saveView: (language: Language) => `/${language}/views/keep`,
  forgetView: (language: Language) => `/${language}/views/forget`,
  keys: (language: Language) => `/${language}/keys`,
  signIn: (language: Language, query: Query = {}) => `/${language}/sign-in${queryText(query)}`,
  signInProvider: (language: Language, query: Query = {}) =>
    `/${language}/sign-in/provider${queryText(query)}`,
  access: (language: Language) => `/${language}/access`,
  stay: (language: Language) => `/${language}/stay`,
  signOut: (language: Language) => `/${language}/sign-out`,
  accessibility: (language: Language) => `/${language}/accessibility`,
  case: (language: Language, id: string, query: Query = {}) =>
    `/${language}/cases/${encodeURIComponent(id)}${queryText(query)}`,
  /** What is done with a case: 'claim', 'release', 'notes', 'history'. */
  ofCase: (
    language: Language,
    id: string,
    what: 'claim' | 'release' | 'notes' | 'history',
    query: Query = {},
  ) => `/${language}/cases/${encodeURIComponent(id)}/${what}${queryText(query)}`,
  hearing: (language: Language, id: string, hearing: string, query: Query = {}) =>
    `/${language}/cases/${encodeURIComponent(id)}/hearings/${encodeURIComponent(hearing)}${queryText(query)}`,
  decision: (language: Language, id: string, decision: string, query: Query = {}) =>
    `/${language}/cases/${encodeURIComponent(id)}/decide/${decision}${queryText(query)}`,
} as const

function queryText(query: Query): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

/** Where to go on after a sign-in; to the cases when the text is no path of ours. */
export function readReturnPath(text: string, language: Language): string {
  return isOwnPath(text) ? text : paths.queue(language)
}

/** A path of this desk that somebody may be sent on to; anything else is another site's. */
export function isOwnPath(path: string): boolean {
  return /^\/(da|en)\/(?!\/)[A-Za-z0-9/_.%?&=-]*$/.test(path)
}
