/**
 * What an ID token of a configured OpenID provider must say before it opens a person code, beyond
 * its signature and its times. Pure: knows neither keys nor the network.
 */

import { createHash } from 'node:crypto'

/** A provider whose ID tokens are taken (decision 0025). */
export type OpenIdProvider = {
  /** Exactly as its tokens say it. */
  readonly issuer: string
  /** The clients, such as the desk, for which the tokens are made. */
  readonly clientIds: readonly string[]
  /** The values of `acr` that are good enough: NSIS Substantial and High, as the provider names them. */
  readonly levels: readonly string[]
  /** Where its keys are; what its own configuration says when left out. */
  readonly jwksUri?: string | undefined
}

export const usualLevels = [
  'https://data.gov.dk/concept/core/nsis/Substantial',
  'https://data.gov.dk/concept/core/nsis/High',
] as const

/** Clocks of two machines differ: 59 seconds pass, 61 do not. */
export const skewSecondsMax = 60
/** A sign-in is handed on at once; an older token was kept for something else (inferred). */
export const ageSecondsMax = 600
/** Asymmetric ones alone: a shared secret would let every client make tokens, `none` everybody. */
export const algorithms = ['RS256', 'PS256', 'ES256'] as const

/** Why an ID token was refused; for the evidence, never for the one who tried. */
export type TokenFault =
  | 'malformed'
  | 'type'
  | 'key-in-token'
  | 'issuer'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'audience'
  | 'expired'
  | 'not-yet'
  | 'subject'
  | 'nonce'
  | 'level'
  | 'replayed'
  | 'keys-unreachable'

/** A token that names or brings its own key wants to be believed by it. */
const keyHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit']

export function judgeHeader(header: { readonly [name: string]: unknown }): TokenFault | undefined {
  if (keyHeaders.some((name) => Object.hasOwn(header, name))) return 'key-in-token'
  const { typ } = header
  // An access token and a logout token are signed with the same keys (ASVS 9.2.2).
  if (typ !== undefined && (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT')) return 'type'
  return algorithms.some((each) => each === header['alg']) ? undefined : 'algorithm'
}

export type Identity = {
  readonly issuer: string
  readonly subject: string
  /** What makes the token good once. */
  readonly nonce: string
}

/** After signature, issuer, audience and times: whose it is, for whom, how sure, and how fresh. */
export function judgeClaims(
  claims: { readonly [name: string]: unknown },
  provider: OpenIdProvider,
  proof: string,
): Identity | TokenFault {
  const { sub, aud, azp, nonce, acr, events } = claims
  if (events !== undefined) return 'type'
  const isForOthersToo = Array.isArray(aud) && aud.length > 1
  const isOurs = typeof azp === 'string' && provider.clientIds.includes(azp)
  if ((isForOthersToo || azp !== undefined) && !isOurs) return 'audience'
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > 255) return 'subject'
  // The one who began the sign-in made the nonce of a proof that no copy of the token shows.
  if (nonce !== nonceOf(proof)) return 'nonce'
  if (typeof acr !== 'string' || !provider.levels.includes(acr)) return 'level'
  return { issuer: provider.issuer, subject: sub, nonce: nonceOf(proof) }
}

/** 256 bits at least, as letters and digits of base64url. */
export const proofForm = /^[A-Za-z0-9_-]{43,128}$/

/** The nonce that belongs to a proof: its SHA-256, as base64url. */
export function nonceOf(proof: string): string {
  return createHash('sha256').update(proof, 'latin1').digest('base64url')
}
