/**
 * Verifies ID tokens: the provider by its issuer, its keys over the network within bounds, the
 * signature and the times by jose. Knows no person code.
 */

import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
} from 'jose'
import {
  ageSecondsMax,
  algorithms,
  type Identity,
  judgeClaims,
  judgeHeader,
  type OpenIdProvider,
  proofForm,
  skewSecondsMax,
  type TokenFault,
} from '#access/id-token.ts'

export type Verified =
  | { readonly kind: 'identity'; readonly identity: Identity }
  /** `keys-unreachable` is an outage: nothing was judged, and the same may succeed later. */
  | { readonly kind: 'fault'; readonly fault: TokenFault }

export type SentIdToken = { readonly idToken: string; readonly proof: string }
export type VerifyIdToken = (sent: SentIdToken, now: Date) => Promise<Verified>

export type NetworkLimits = { readonly timeoutMs: number; readonly bytesMax: number }

/** A set of keys is a few kilobytes, and is there at once or not at all (inferred). */
export const usualNetworkLimits: NetworkLimits = { timeoutMs: 5_000, bytesMax: 256 * 1024 }

type Keys = ReturnType<typeof createRemoteJWKSet>

/** Keeps the keys of each provider for ten minutes; one that fails is asked again. */
export function openIdTokens(
  providers: () => readonly OpenIdProvider[],
  limits: NetworkLimits = usualNetworkLimits,
): VerifyIdToken {
  const found = new Map<string, Promise<Keys>>()
  const keysOf = (provider: OpenIdProvider): Promise<Keys> => {
    const known = found.get(provider.issuer)
    if (known) return known
    const looking = findKeys(provider, limits)
    found.set(provider.issuer, looking)
    looking.catch(() => found.delete(provider.issuer))
    return looking
  }
  return async ({ idToken, proof }, now) => {
    const provider = findProvider(providers(), idToken, proof)
    if (typeof provider === 'string') return { kind: 'fault', fault: provider }
    const judged = await verify(idToken, provider, now, keysOf)
    if (typeof judged === 'string') return { kind: 'fault', fault: judged }
    const identity = judgeClaims(judged, provider, proof)
    return typeof identity === 'string'
      ? { kind: 'fault', fault: identity }
      : { kind: 'identity', identity }
  }
}

/** Whose token it says it is; only its keys are then asked whether that is so. */
function findProvider(
  providers: readonly OpenIdProvider[],
  idToken: string,
  proof: string,
): OpenIdProvider | TokenFault {
  if (!proofForm.test(proof)) return 'nonce'
  try {
    const fault = judgeHeader(decodeProtectedHeader(idToken))
    if (fault) return fault
    const { iss } = decodeJwt(idToken)
    return providers.find(({ issuer }) => issuer === iss) ?? 'issuer'
  } catch {
    return 'malformed'
  }
}

async function verify(
  idToken: string,
  provider: OpenIdProvider,
  now: Date,
  keysOf: (provider: OpenIdProvider) => Promise<Keys>,
): Promise<Readonly<Record<string, unknown>> | TokenFault> {
  try {
    const { payload } = await jwtVerify(idToken, await keysOf(provider), {
      algorithms: [...algorithms],
      issuer: provider.issuer,
      audience: [...provider.clientIds],
      clockTolerance: skewSecondsMax,
      maxTokenAge: ageSecondsMax,
      requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
      currentDate: now,
    })
    return payload
  } catch (error) {
    return faultOf(error)
  }
}

/** Whatever is no judgement of the token is a set of keys that could not be had. */
function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const faults: { readonly [claim: string]: TokenFault } = {
      iss: 'issuer',
      aud: 'audience',
      exp: 'expired',
      nbf: 'not-yet',
      iat: 'not-yet',
      sub: 'subject',
      nonce: 'nonce',
    }
    return faults[error.claim] ?? 'malformed'
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (error instanceof errors.JWKSNoMatchingKey) return 'key'
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'key'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed'
  return 'keys-unreachable'
}

// Keys -----------------------------------------------------------------------------------------

async function findKeys(provider: OpenIdProvider, limits: NetworkLimits): Promise<Keys> {
  const jwksUri = provider.jwksUri ?? (await discover(provider, limits))
  return createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: limits.timeoutMs,
    [customFetch]: (url, init) => boundedFetch(url, limits, init.headers),
  })
}

/** What the provider says of itself, if it says that it is the one that was asked (mix-up). */
async function discover({ issuer }: OpenIdProvider, limits: NetworkLimits): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await boundedFetch(url, limits)
  const said: unknown = await answer.json()
  if (typeof said !== 'object' || said === null || !('issuer' in said) || !('jwks_uri' in said)) {
    throw new Error('The configuration of the provider says neither issuer nor keys')
  }
  if (said.issuer !== issuer) throw new Error('The configuration is that of another issuer')
  const jwksUri = String(said.jwks_uri)
  if (!URL.canParse(jwksUri) || new URL(jwksUri).protocol !== new URL(issuer).protocol) {
    throw new Error('The configuration names no address for its keys')
  }
  return jwksUri
}

/** An answer of JSON with status 200, whole, within the time and the size; redirects are errors. */
async function boundedFetch(
  url: string,
  { timeoutMs, bytesMax }: NetworkLimits,
  headers: Headers = new Headers(),
): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs)
  const answer = await fetch(url, { headers, redirect: 'error', signal })
  const type = answer.headers.get('content-type') ?? ''
  if (answer.status !== 200 || !/^application\/(?:[\w.-]+\+)?json\b/.test(type) || !answer.body) {
    await answer.body?.cancel()
    throw new Error('The provider did not answer with JSON')
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body) {
    bytes += part.byteLength
    // Leaving the loop ends the connection.
    if (bytes > bytesMax) throw new Error('The provider answered with too much')
    parts.push(part)
  }
  return new Response(Buffer.concat(parts), { status: 200, headers: { 'content-type': type } })
}
