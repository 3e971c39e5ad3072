/**
 * The invented people who can sign in, and what the provider says of them, as brokers of MitID do:
 * a subject, a level of assurance, and the personal number under a claim of its own (inferred).
 */

import { createHash, timingSafeEqual } from 'node:crypto'

export type IdpPerson = {
  readonly user: string
  readonly password: string
  readonly name: string
  /** What to try with them, in both languages. */
  readonly about: { readonly da: string; readonly en: string }
  readonly assurance: AssuranceLevel
} & (
  | { readonly role: 'citizen'; readonly pnr: string }
  | { readonly role: DeskRole; readonly authority: string }
)

/** Whom the desk has pages for. What each may do there is the CPR server's matter, not this one's. */
export type DeskRole = 'case-worker' | 'team-lead' | 'log-reviewer'

export type AssuranceLevel = 'Low' | 'Substantial' | 'High'

const levels = 'https://data.gov.dk/concept/core/nsis/'
export const acrOf = (level: AssuranceLevel): string => `${levels}${level}`
export const acrValues = (['Low', 'Substantial', 'High'] as const).map(acrOf)

export const pnrClaim = 'dk.cpr'
export const authorityClaim = 'dk.authority'

/** The same person is the same subject at every sign-in; no number can be read out of it. */
export function subjectOf({ user }: Pick<IdpPerson, 'user'>): string {
  return createHash('sha256').update(`samspil-idp ${user}`).digest('hex').slice(0, 32)
}

export function claimsOf(person: IdpPerson) {
  return {
    sub: subjectOf(person),
    name: person.name,
    ...(person.role === 'citizen'
      ? { [pnrClaim]: person.pnr }
      : { [authorityClaim]: person.authority }),
  }
}

export function findByPassword(
  people: readonly IdpPerson[],
  user: string,
  password: string,
): IdpPerson | undefined {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const person = people.find((each) => each.user === user)
  const isRight = timingSafeEqual(digest(person?.password ?? ''), digest(password))
  return isRight ? person : undefined
}
