/**
 * Signing in through an OpenID provider: code flow with PKCE, state and nonce, and a level of
 * assurance that is high enough. What is under way stands in a sealed cookie. Knows no page.
 */

import * as oidc from 'openid-client'
import { Unavailable } from '#base/outage.ts'
import type { Language } from '#base/text.ts'
import { readPnr } from '#register/pnr.ts'
import { readReturnPath, signedOutPath, signInAnswerPath } from '#self-service/paths.ts'
import type { Seal } from '#self-service/seal.ts'
import type { SignedIn } from '#self-service/session.ts'
import { endedCookie, findCookie, hostCookie } from '#web/security.ts'

export type SignInSettings = {
  readonly issuer: () => string
  readonly clientId: string
  readonly clientSecret: string
  readonly origin: () => string
  readonly seal: Seal
  readonly clock: () => Date
}

export type SignIn = {
  /** Where to send the browser, and what it must keep meanwhile. */
  readonly begin: (
    language: Language,
    returnTo: string,
  ) => Promise<{ readonly url: string; readonly cookie: string }>
  /** Who came back; or why nobody did. Never throws for what the browser or the provider sent. */
  readonly finish: (url: string, cookies: string | undefined) => Promise<Finished>
  /** Where to sign out at the provider, too. */
  readonly signOutUrl: (idToken: string, language: Language) => Promise<string>
}

export type Finished = { readonly forget: string; readonly language: Language } & (
  | { readonly ok: true; readonly who: SignedIn; readonly returnTo: string }
  | { readonly ok: false; readonly reason: SignInFault; readonly detail: string }
)

/**
 * `no-cookie`: the browser kept nothing, or another browser began. `cancelled`: by the person.
 * `too-low`: the level of assurance. `no-number`: no personal number was told. `refused`: the
 * answer is not one that may be trusted.
 */
export type SignInFault = 'no-cookie' | 'cancelled' | 'too-low' | 'no-number' | 'refused'

/** NSIS: reporting about persons takes Substantial (SEC-7; the claim's form is inferred). */
const assured = ['Substantial', 'High'].map(
  (level) => `https://data.gov.dk/concept/core/nsis/${level}`,
)
export const pnrClaim = 'dk.cpr'

const cookieName = 'sign-in'
const underWayMs = 15 * 60_000
const timeoutS = 5
const answerBytesMax = 256 * 1024
const clockToleranceS = 60

type UnderWay = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string
  readonly language: Language
  readonly begunAt: number
}

export function openSignIn(settings: SignInSettings): SignIn {
  const { seal, clock, origin } = settings
  let found: Promise<oidc.Configuration> | undefined
  const configuration = () => {
    found ??= discover(settings).catch((error: unknown) => {
      found = undefined
      throw new Unavailable('the sign-in provider does not answer', {
        cause: error,
        outcome: 'nothing-happened',
      })
    })
    return found
  }
  return {
    begin: async (language, returnTo) => {
      const config = await configuration()
      const underWay: UnderWay = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        returnTo: readReturnPath(returnTo, language),
        language,
        begunAt: clock().valueOf(),
      }
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${origin()}${signInAnswerPath}`,
        scope: 'openid profile ssn',
        code_challenge: await oidc.calculatePKCECodeChallenge(underWay.verifier),
        code_challenge_method: 'S256',
        state: underWay.state,
        nonce: underWay.nonce,
        acr_values: assured.join(' '),
        ui_locales: language,
        // Who signed out, in any browser, is asked again who they are and not let in by memory.
        prompt: 'login',
      })
      const sealed = Buffer.from(seal.close(underWay, cookieName)).toString('base64url')
      return { url: url.href, cookie: hostCookie(cookieName, sealed, underWayMs / 1000) }
    },
    finish: async (url, cookies) => {
      const forget = endedCookie(cookieName)
      const underWay = readUnderWay(seal, cookies)
      const language = underWay?.language ?? 'da'
      const fail = (reason: SignInFault, detail: string): Finished => {
        return { ok: false, forget, language, reason, detail }
      }
      if (underWay === undefined || clock().valueOf() - underWay.begunAt > underWayMs) {
        return fail('no-cookie', 'nothing under way')
      }
      try {
        return { forget, language, ...(await exchange(await configuration(), url, underWay)) }
      } catch (error) {
        if (error instanceof Unavailable) throw error
        if (error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied') {
          return fail('cancelled', error.error)
        }
        return fail('refused', error instanceof Error ? error.message : 'unknown')
      }
    },
    signOutUrl: async (idToken, language) =>
      oidc.buildEndSessionUrl(await configuration(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${origin()}${signedOutPath}`,
        ui_locales: language,
      }).href,
  }
}

type Exchanged =
  | { readonly ok: true; readonly who: SignedIn; readonly returnTo: string }
  | { readonly ok: false; readonly reason: SignInFault; readonly detail: string }

/** Signature, issuer, audience, times, nonce, state, and the code itself are the library's. */
async function exchange(
  config: oidc.Configuration,
  url: string,
  { state, nonce, verifier, returnTo }: UnderWay,
): Promise<Exchanged> {
  const tokens = await oidc.authorizationCodeGrant(config, new URL(url), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const told = (claim: string): string => {
    const value = claims?.[claim]
    return typeof value === 'string' ? value : ''
  }
  const acr = told('acr')
  if (!assured.includes(acr)) return { ok: false, reason: 'too-low', detail: `acr ${acr}` }
  const pnr = readPnr(told(pnrClaim))
  if (pnr === undefined) return { ok: false, reason: 'no-number', detail: `no ${pnrClaim}` }
  const who = { pnr, sub: told('sub'), name: told('name'), idToken: tokens.id_token ?? '' }
  return { ok: true, who, returnTo }
}

async function discover({
  issuer,
  clientId,
  clientSecret,
}: SignInSettings): Promise<oidc.Configuration> {
  const server = new URL(issuer())
  const isPlain = server.protocol === 'http:'
  return oidc.discovery(
    server,
    clientId,
    { [oidc.clockTolerance]: clockToleranceS },
    oidc.ClientSecretBasic(clientSecret),
    {
      timeout: timeoutS,
      [oidc.customFetch]: boundedFetch,
      execute: [
        // The library takes TLS for a signature unless it is told to look at the signature, too.
        oidc.enableNonRepudiationChecks,
        // A sandbox on this machine has no certificate; production is refused without one.
        ...(isPlain && isLoopback(server) ? [oidc.allowInsecureRequests] : []),
      ],
    },
  )
}

function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/** No answer of a provider is bigger than this, and none leads elsewhere. */
async function boundedFetch(url: string, options: oidc.CustomFetchOptions): Promise<Response> {
  const answer = await fetch(url, { ...options, redirect: 'manual' } as RequestInit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > answerBytesMax)
      throw new Error(`the provider answers more than ${answerBytesMax} bytes`)
    chunks.push(chunk)
  }
  const { status, headers } = answer
  const hasBody = ![101, 204, 205, 304].includes(status)
  return new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers })
}

function readUnderWay(seal: Seal, cookies: string | undefined): UnderWay | undefined {
  const sealed = findCookie(cookies, cookieName)
  const opened = sealed && seal.open(Buffer.from(sealed, 'base64url'), cookieName)
  const isWhole = typeof opened === 'object' && opened !== null && 'verifier' in opened
  return isWhole ? (opened as UnderWay) : undefined
}
