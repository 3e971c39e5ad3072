/** Who signed in at the citizens' site: a person with a number. Knows no page, and not how it is proved. */

import { readPnr } from '#register/pnr.ts'
import type { SignedIn } from '#self-service/session.ts'
import type { Came, SignInFault } from '#web/sign-in.ts'

/** What the site wants to be told of people. */
export const signInScope = 'openid profile ssn'

export const pnrClaim = 'dk.cpr'

/** `no-number`: no personal number was told. */
export type CitizenFault = SignInFault | 'no-number'

export function citizenOf({ told, isInToken, idToken, identity }: Came): SignedIn | undefined {
  const pnr = readPnr(told(pnrClaim))
  // A token that holds the number is not kept: it would stand in the URL of a sign-out.
  const who = { name: told('name'), provider: identity }
  return pnr && { pnr, ...who, ...(!isInToken(pnrClaim) && { idToken }) }
}
