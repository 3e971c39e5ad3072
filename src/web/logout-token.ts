/**
 * What a provider says when it has ended a session: a logout token, believed when all of it is
 * right (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6). Knows no session and no program.
 */

import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import { boundedFetch } from '#web/bounded-fetch.ts'

/** Whose sessions the provider has ended: all of a subject, or one. */
export type EndedThere = {
  readonly issuer: string
  readonly subject?: string
  readonly sid?: string
  /** By the provider's clock, in milliseconds. */
  readonly saidAt: number
  /** What makes the token good once. */
  readonly jti: string
}

export type LogoutTokenFault =
  | 'malformed'
  | 'type'
  | 'key-in-token'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'times'
  | 'events'
  | 'nonce'
  | 'whom'
  | 'jti'
  | 'keys-unreachable'

export type LogoutTokenSettings = {
  readonly issuer: () => string
  readonly clientId: string
  readonly keysUrl: () => Promise<URL>
  readonly clock: () => Date
}

export type ReadLogoutToken = (token: string) => Promise<EndedThere | LogoutTokenFault>

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** As for an ID token: a shared secret would let every client end everybody's sessions. */
const algorithms = ['RS256', 'PS256', 'ES256']
/** A token that names or brings its own key wants to be believed by it. */
const keyHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit']
/** Of its own type, or of none in particular; never an access token. */
const types = ['logout+jwt', 'application/logout+jwt', 'jwt']

const tokenMax = 8_192
const nameMax = 255
const clockToleranceS = 60
/** It is sent at once; one may be sent again when nobody answered (inferred). */
const ageMaxS = 600
/** Anybody may post here: a provider that is away is not asked anew for each of them. */
const restMs = 5_000

export function openLogoutTokens(settings: LogoutTokenSettings): ReadLogoutToken {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  const keysUrl = restingAfterFailure(settings.keysUrl, settings.clock)
  const fetchKeys = restingAfterFailure(fetchWhole, settings.clock)
  return async (token) => {
    if (token.length > tokenMax) return 'malformed'
    const { issuer, clientId, clock } = settings
    try {
      keys ??= createRemoteJWKSet(await keysUrl(), { [customFetch]: fetchKeys })
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        ...{ algorithms, issuer: issuer(), audience: clientId, requiredClaims: ['iat'] },
        ...{ clockTolerance: clockToleranceS, maxTokenAge: ageMaxS, currentDate: clock() },
      })
      return judgeHeader(protectedHeader) ?? judge(payload, issuer())
    } catch (error) {
      return faultOf(error)
    }
  }
}

const fetchWhole: typeof boundedFetch = async (...given) => {
  const response = await boundedFetch(...given)
  if (!response.ok) throw new Error(`keys: ${response.status}`)
  return response
}

/** Once it failed it fails at once for some seconds; keys that are at hand are used meanwhile. */
function restingAfterFailure<Given extends unknown[], Value>(
  work: (...given: Given) => Promise<Value>,
  clock: () => Date,
): (...given: Given) => Promise<Value> {
  let failedAt = Number.NEGATIVE_INFINITY
  return async (...given) => {
    const sinceMs = clock().valueOf() - failedAt
    if (sinceMs >= 0 && sinceMs < restMs) throw new Error('it failed a moment ago')
    return await work(...given).catch((error: unknown) => {
      failedAt = clock().valueOf()
      throw error
    })
  }
}

type Said = { readonly [name: string]: unknown }

function judgeHeader(header: Said): LogoutTokenFault | undefined {
  if (keyHeaders.some((name) => Object.hasOwn(header, name))) return 'key-in-token'
  const { typ } = header
  const isOfType =
    typ === undefined || (typeof typ === 'string' && types.includes(typ.toLowerCase()))
  return isOfType ? undefined : 'type'
}

/** After signature, issuer, audience and times. */
function judge(claims: Said, issuer: string): EndedThere | LogoutTokenFault {
  const { aud, iat, jti, sub, sid, events } = claims
  // Whoever else it is for could show it here.
  if (Array.isArray(aud) && aud.length > 1) return 'audience'
  // An ID token is signed with the same keys: it has a nonce, and tells of no event.
  if (Object.hasOwn(claims, 'nonce')) return 'nonce'
  if (!isObject(events) || !isObject(events[event])) return 'events'
  if (!isName(jti)) return 'jti'
  const isWrong = [sub, sid].some((name) => name !== undefined && !isName(name))
  if (isWrong || (sub === undefined && sid === undefined)) return 'whom'
  return {
    ...{ issuer, jti, saidAt: Number(iat) * 1000 },
    ...(isName(sub) && { subject: sub }),
    ...(isName(sid) && { sid }),
  }
}

function isObject(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= nameMax
}

/** Whatever is no judgement of the token is a set of keys that could not be had. */
function faultOf(error: unknown): LogoutTokenFault {
  if (error instanceof errors.JWTExpired) return 'times'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const faults: { readonly [claim: string]: LogoutTokenFault } = {
      ...{ iss: 'issuer', aud: 'audience', exp: 'times', nbf: 'times', iat: 'times' },
    }
    return faults[error.claim] ?? 'malformed'
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (error instanceof errors.JOSENotSupported) return 'key-in-token'
  if (error instanceof errors.JWKSNoMatchingKey) return 'key'
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'key'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed'
  return 'keys-unreachable'
}
