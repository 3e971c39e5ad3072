/** A provider of sign-ins that says what a test wants it to say, right or wrong. Knows no page. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export type Script = {
  /** Changes what the token says; the rest is right. */
  readonly claims?: (right: JWTPayload) => JWTPayload
  /** Writes the token itself. */
  readonly token?: (claims: JWTPayload, issuer: ScriptedIssuer) => Promise<string> | string
  readonly discovery?: (right: Record<string, unknown>) => Record<string, unknown>
  /** The body of the keys, or undefined to say nothing at all. */
  readonly keys?: (right: string) => string | undefined
  readonly keysType?: string
  /** What it says of whoever signed in where it is asked, beside the token. */
  readonly userInfo?: Readonly<Record<string, unknown>>
}

export type ScriptedIssuer = {
  readonly url: string
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly kid: string
  /** The public key as text, for those who sign with it. */
  readonly publicText: string
  script: Script
  /** What the next code stands for: nonce and the challenge that the verifier must meet. */
  readonly expect: (nonce: string) => void
  /** Codes that were exchanged. */
  readonly exchanged: string[]
  /** Bodies that the exchange was asked with. */
  readonly asked: URLSearchParams[]
  readonly close: () => Promise<void>
}

export async function openScriptedIssuer(now: () => Date): Promise<ScriptedIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const kid = 'right'
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }
  let nonce = ''
  const issuer: ScriptedIssuer = {
    url: '',
    privateKey,
    kid,
    publicText: JSON.stringify(jwk),
    script: {},
    expect: (next) => {
      nonce = next
    },
    exchanged: [],
    asked: [],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server: Server = createServer((request, response) => {
    const say = (body: unknown, type = 'application/json') => {
      response.writeHead(200, { 'content-type': type })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const { pathname } = new URL(request.url ?? '/', issuer.url)
    const { script } = issuer
    if (pathname === '/.well-known/openid-configuration') {
      const right = discoveryOf(issuer.url)
      say(script.discovery?.(right) ?? right)
      return
    }
    if (pathname === '/jwks') {
      const right = JSON.stringify({ keys: [jwk] })
      const said = script.keys === undefined ? right : script.keys(right)
      if (said !== undefined) say(said, script.keysType)
      return
    }
    if (pathname === '/me') return say(script.userInfo ?? {})
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      const asked = new URLSearchParams(body)
      issuer.asked.push(asked)
      const code = asked.get('code') ?? ''
      if (issuer.exchanged.includes(code)) {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ error: 'invalid_grant' }))
        return
      }
      issuer.exchanged.push(code)
      void tokenOf(issuer, nonce, now()).then((token) =>
        say({ access_token: 'a', token_type: 'bearer', expires_in: 60, id_token: token }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(issuer, { url: `http://127.0.0.1:${port}` })
}

function discoveryOf(url: string): Record<string, unknown> {
  return {
    issuer: url,
    authorization_endpoint: `${url}/auth`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    end_session_endpoint: `${url}/end`,
    userinfo_endpoint: `${url}/me`,
    authorization_response_iss_parameter_supported: true,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

async function tokenOf(issuer: ScriptedIssuer, nonce: string, now: Date): Promise<string> {
  const at = Math.floor(now.valueOf() / 1000)
  const right: JWTPayload = {
    ...{ iss: issuer.url, aud: 'site', sub: 's1', nonce, iat: at, exp: at + 300 },
    acr: 'https://data.gov.dk/concept/core/nsis/Substantial',
    name: 'Aksel Ærø',
  }
  const { claims = (each) => each, token = signed } = issuer.script
  return token(claims(right), issuer)
}

export function signed(
  claims: JWTPayload,
  { privateKey, kid }: ScriptedIssuer,
  header: Record<string, unknown> = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(privateKey)
}
