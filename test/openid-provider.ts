/**
 * A scripted OpenID provider for tests: real keys, real HTTP on a free port of 127.0.0.1, and a say
 * in everything that an attacker or a broken provider could do. Its tokens are good until changed.
 */

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { after } from 'node:test'
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose'
import { nonceOf, type OpenIdProvider, usualLevels } from '#access/id-token.ts'
import { assert } from '#base/assert.ts'

/** What the provider answers when it is asked for its keys. */
export type KeysAnswer = 'good' | 'hangs' | 'huge' | 'html' | 'redirects' | 'fails'

export type ScriptedProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly settings: OpenIdProvider
  readonly publicKey: JWK
  /** How often its keys were asked for. */
  readonly asked: () => number
  readonly answerKeys: (how: KeysAnswer) => void
  /** What its configuration says of itself; its own issuer when it is good. */
  readonly nameItself: (issuer: string) => void
  readonly sign: (token: TokenParts, key?: GenerateKeyPairResult['privateKey']) => Promise<string>
  /** A good ID token of `subject`, with claims and header changed. */
  readonly token: (proof: string, now: Date, changes?: TokenParts) => Promise<string>
}

export type TokenParts = {
  readonly claims?: { readonly [name: string]: unknown }
  readonly header?: { readonly [name: string]: unknown }
}

export const subject = 'd4b1a6c2-9f0e-4f7e-8f0a-55aa66bb77cc'

export async function openScriptedProvider(clientId = 'desk'): Promise<ScriptedProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' }
  const state: { keys: KeysAnswer; named: string; asked: number } = {
    ...{ keys: 'good', named: '', asked: 0 },
  }
  const server = createServer((request, answer) => {
    if (request.url === '/.well-known/openid-configuration') {
      sendJson(answer, { issuer: state.named, jwks_uri: `${issuer}/jwks` })
      return
    }
    state.asked += 1
    answers[state.keys](answer, { keys: [jwk] })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  assert(typeof address === 'object' && address !== null, 'a listening provider has a port')
  const issuer = `http://127.0.0.1:${address.port}`
  state.named = issuer
  const sign: ScriptedProvider['sign'] = ({ claims = {}, header = {} }, key = privateKey) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'key-1', ...header })
      .sign(key)
  return {
    ...{ issuer, clientId, publicKey: jwk, sign },
    settings: { issuer, clientIds: [clientId], levels: usualLevels },
    asked: () => state.asked,
    answerKeys: (how) => {
      state.keys = how
    },
    nameItself: (named) => {
      state.named = named
    },
    token: (proof, now, { claims, header } = {}) => {
      const at = Math.floor(now.valueOf() / 1000)
      const [iss, aud, nonce] = [issuer, clientId, nonceOf(proof)]
      const good = { iss, sub: subject, aud, nonce, acr: usualLevels[0], iat: at, exp: at + 300 }
      return sign({ claims: { ...good, ...claims }, ...(header && { header }) })
    },
  }
}

function sendJson(answer: ServerResponse, body: object): void {
  answer.setHeader('content-type', 'application/json').end(JSON.stringify(body))
}

const answers: { readonly [H in KeysAnswer]: (answer: ServerResponse, keys: object) => void } = {
  good: sendJson,
  hangs: () => {},
  huge: (answer) => {
    answer.setHeader('content-type', 'application/json')
    answer.write('{"keys":[')
    answer.end(`"${'x'.repeat(10 * 1024 * 1024)}"]}`)
  },
  html: (answer) => {
    answer.setHeader('content-type', 'text/html').end('<html>Log ind</html>')
  },
  redirects: (answer) => {
    answer.writeHead(302, { location: '/elsewhere' }).end()
  },
  fails: (answer) => {
    answer.writeHead(500).end()
  },
}
