/** The URLs of the sandbox's provider: its own pages, and those that the protocol asks for. */

import type { Language } from '#base/text.ts'

export const signInPath = (language: Language, uid: string) => `/${language}/sign-in/${uid}`
export const signInRoute = (language: Language) => signInPath(language, ':uid')
export const stopPath = (language: Language, uid: string) => `${signInPath(language, uid)}/stop`
export const homePath = (language: Language) => `/${language}/`
export const endConfirmPath = '/session/end/confirm'

/** What the library answers by itself. */
export const protocolPaths = [
  '/.well-known/openid-configuration',
  '/auth',
  '/auth/*',
  '/token',
  '/me',
  '/jwks',
  '/session/*',
] as const
