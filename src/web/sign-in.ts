/**
 * Signing people in through an OpenID provider: code flow with PKCE, state and nonce, and a level
 * of assurance that is high enough. What is under way stands in a sealed cookie. Knows no page, and
 * not what a program makes of whoever came.
 */

import { createHash } from 'node:crypto'
import * as oidc from 'openid-client'
import { Unavailable } from '#base/outage.ts'
import type { Language } from '#base/text.ts'
import { boundedFetch } from '#web/bounded-fetch.ts'
import type { Seal } from '#web/seal.ts'
import { endedCookie, findCookie, hostCookie } from '#web/security.ts'

/** What the provider sends people back to; the same in every program and both languages. */
export const signInAnswerPath = '/sign-in/answer'
export const signedOutPath = '/signed-out'
/** Where the provider itself says that it has ended a session. */
export const backChannelPath = '/sign-out/back-channel'

/** The provider, and as whom the program is known there. */
export type OpenIdClient = {
  readonly issuer: () => string
  readonly clientId: string
  readonly clientSecret: string
  /** Levels of assurance that are high enough, as the claim `acr` has them; NSIS's when left out. */
  readonly levels?: readonly string[]
}

export type SignInSettings = OpenIdClient & {
  /** Of the program's own pages. */
  readonly origin: () => string
  readonly seal: Seal
  readonly clock: () => Date
  /** What the program wants to be told of people: 'openid profile …'. */
  readonly scope: string
  /** A claim that the provider is asked for where its token has it not. */
  readonly mustTell?: string
  /** A path of the program's to come back to; its first page for anything else. */
  readonly readReturnPath: (text: string, language: Language) => string
}

export type SignIn = {
  /** Where to send the browser, and what it must keep meanwhile. */
  readonly begin: (
    language: Language,
    returnTo: string,
  ) => Promise<{ readonly url: string; readonly cookie: string }>
  /** Who came back; or why nobody did. Never throws for what the browser or the provider sent. */
  readonly finish: (url: string, cookies: string | undefined) => Promise<Finished>
  /** Where to sign out at the provider, too; with its own proof it need not ask who. */
  readonly signOutUrl: (language: Language, idToken?: string) => Promise<string>
  /** Where the provider has the keys that it signs with. */
  readonly keysUrl: () => Promise<URL>
}

export type Finished = { readonly forget: string; readonly language: Language } & (
  | { readonly ok: true; readonly came: Came; readonly returnTo: string }
  | { readonly ok: false; readonly reason: SignInFault; readonly detail: string }
)

/** Somebody whom the provider vouches for. */
export type Came = {
  /** What it says of them; empty where it says nothing. */
  readonly told: (claim: string) => string
  /** Whether the token itself says it: then whoever is shown the token reads it. */
  readonly isInToken: (claim: string) => boolean
  readonly idToken: string
  readonly identity: ProviderIdentity
  /** Whose SHA-256 the token has as its nonce: shows that this sign-in was begun here. */
  readonly proof: string
}

/** Who it is at the provider, and in which of its sessions. */
export type ProviderIdentity = {
  readonly issuer: string
  readonly subject: string
  /** Undefined where the provider does not tell its sessions apart. */
  readonly sid?: string
  /** By the provider's clock, in milliseconds: when it said so. */
  readonly saidAt: number
}

/**
 * `no-cookie`: the browser kept nothing, or another browser began. `cancelled`: by the person.
 * `away`: the provider does not answer. `too-low`: the level of assurance. `refused`: the answer is
 * not one that may be trusted.
 */
export type SignInFault = 'no-cookie' | 'cancelled' | 'away' | 'too-low' | 'refused'

/** NSIS: reporting and deciding about persons takes Substantial (SEC-7; the claim's form is inferred). */
const assured = ['Substantial', 'High'].map(
  (level) => `https://data.gov.dk/concept/core/nsis/${level}`,
)

const cookieName = 'sign-in'
const underWayMs = 15 * 60_000
const timeoutS = 5
const clockToleranceS = 60

type UnderWay = {
  readonly state: string
  readonly proof: string
  readonly verifier: string
  readonly returnTo: string
  readonly language: Language
  readonly begunAt: number
}

export function openSignIn(settings: SignInSettings): SignIn {
  const { seal, clock, origin } = settings
  const configuration = configurationOf(settings)
  return {
    begin: async (language, returnTo) => {
      const config = await configuration()
      const underWay: UnderWay = {
        state: oidc.randomState(),
        proof: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        returnTo: settings.readReturnPath(returnTo, language),
        language,
        begunAt: clock().valueOf(),
      }
      const url = await authorizationUrl(config, settings, underWay)
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
        const config = await configuration()
        return { forget, language, ...(await exchange(config, settings, url, underWay)) }
      } catch (error) {
        if (error instanceof Unavailable || isSilence(error)) return fail('away', 'no answer')
        if (error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied') {
          return fail('cancelled', error.error)
        }
        return fail('refused', error instanceof Error ? error.message : 'unknown')
      }
    },
    signOutUrl: async (language, idToken) =>
      oidc.buildEndSessionUrl(await configuration(), {
        ...(idToken !== undefined && { id_token_hint: idToken }),
        client_id: settings.clientId,
        post_logout_redirect_uri: `${origin()}${signedOutPath}`,
        ui_locales: language,
      }).href,
    keysUrl: async () => {
      const { jwks_uri: url = '' } = (await configuration()).serverMetadata()
      return new URL(url)
    },
  }
}

/** Asked for once; again where it could not be had. */
function configurationOf(settings: SignInSettings): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | undefined
  return () => {
    found ??= discover(settings).catch((error: unknown) => {
      found = undefined
      throw new Unavailable('the sign-in provider does not answer', {
        cause: error,
        outcome: 'nothing-happened',
      })
    })
    return found
  }
}

async function authorizationUrl(
  config: oidc.Configuration,
  { origin, scope, levels = assured }: SignInSettings,
  { state, proof, verifier, language }: UnderWay,
): Promise<URL> {
  return oidc.buildAuthorizationUrl(config, {
    redirect_uri: `${origin()}${signInAnswerPath}`,
    scope,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce: nonceOf(proof),
    acr_values: levels.join(' '),
    ui_locales: language,
    // Who signed out, in any browser, is asked again who they are and not let in by memory.
    prompt: 'login',
  })
}

/** As the CPR server wants it of an ID token that is handed on to it (decision 0025). */
function nonceOf(proof: string): string {
  return createHash('sha256').update(proof, 'latin1').digest('base64url')
}

type Exchanged =
  | { readonly ok: true; readonly came: Came; readonly returnTo: string }
  | { readonly ok: false; readonly reason: SignInFault; readonly detail: string }

/** Signature, issuer, audience, times, nonce, state, and the code itself are the library's. */
async function exchange(
  config: oidc.Configuration,
  { levels = assured, mustTell }: SignInSettings,
  url: string,
  { state, proof, verifier, returnTo }: UnderWay,
): Promise<Exchanged> {
  const tokens = await oidc.authorizationCodeGrant(config, new URL(url), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonceOf(proof),
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const acr = textIn(claims, 'acr')
  if (!levels.includes(acr)) return { ok: false, reason: 'too-low', detail: `acr ${acr}` }
  const isInToken = (claim: string) => textIn(claims, claim) !== ''
  const isAsked =
    mustTell !== undefined &&
    !isInToken(mustTell) &&
    config.serverMetadata().userinfo_endpoint !== undefined
  // It must be about the subject of the token: the library compares them.
  const more = isAsked
    ? await oidc.fetchUserInfo(config, tokens.access_token, textIn(claims, 'sub'))
    : undefined
  const told = (claim: string) => textIn(claims, claim) || textIn(more, claim)
  const identity = identityIn(config, claims)
  const came = { told, isInToken, idToken: tokens.id_token ?? '', identity, proof }
  return { ok: true, came, returnTo }
}

function identityIn(config: oidc.Configuration, claims: oidc.IDToken | undefined) {
  const sid = textIn(claims, 'sid')
  const { issuer } = config.serverMetadata()
  const said = { issuer, subject: textIn(claims, 'sub'), saidAt: (claims?.iat ?? 0) * 1000 }
  return sid === '' ? said : { ...said, sid }
}

function textIn(claims: oidc.IDToken | oidc.UserInfoResponse | undefined, claim: string): string {
  const value = claims?.[claim]
  return typeof value === 'string' ? value : ''
}

/** Nobody answered in time, or at all; the library says so in two ways. */
function isSilence(error: unknown): boolean {
  const isTimeOut = error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT'
  return isTimeOut || (error instanceof TypeError && error.message === 'fetch failed')
}

async function discover({
  issuer,
  clientId,
  clientSecret,
}: OpenIdClient): Promise<oidc.Configuration> {
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

function readUnderWay(seal: Seal, cookies: string | undefined): UnderWay | undefined {
  const sealed = findCookie(cookies, cookieName)
  const opened = sealed && seal.open(Buffer.from(sealed, 'base64url'), cookieName)
  const isWhole = typeof opened === 'object' && opened !== null && 'verifier' in opened
  return isWhole ? (opened as UnderWay) : undefined
}
