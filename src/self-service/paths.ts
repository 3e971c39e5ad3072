/** The URLs of the citizens' site, each made here and nowhere else. */

import type { Language } from '#base/text.ts'

export function pathsIn(language: Language) {
  const of = (rest: string) => `/${language}${rest}`
  return {
    home: of('/'),
    signIn: of('/sign-in'),
    /** And come back to that path. */
    signInTo: (path: string) => `${of('/sign-in')}?to=${encodeURIComponent(path)}`,
    signOut: of('/sign-out'),
    signedOut: of('/signed-out'),
    expired: of('/expired'),
    extend: of('/extend'),
    accessibility: of('/accessibility'),
    addresses: of('/addresses'),
    begin: (type: string) => of(`/report/${type}`),
    page: (type: string, key: string, page: string) => of(`/report/${type}/${key}/${page}`),
    cancel: (type: string, key: string) => of(`/report/${type}/${key}/cancel`),
    check: (type: string, key: string) => of(`/report/${type}/${key}/check`),
    receipt: (type: string, key: string) => of(`/report/${type}/${key}/receipt`),
    letter: (type: string, key: string) => of(`/report/${type}/${key}/letter`),
  }
}

export type Paths = ReturnType<typeof pathsIn>

/** A path of this site to come back to after a sign-in; the start page for anything else. */
export function readReturnPath(text: string, language: Language): string {
  const isOurs =
    /^\/(da|en)\/[A-Za-z0-9/_-]*(\?for=[A-Za-z0-9_-]{1,200})?$/.test(text) && !text.includes('//')
  return isOurs ? text : pathsIn(language).home
}
