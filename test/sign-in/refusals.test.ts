/** Sign-ins that must not be trusted: each is refused, and nobody is signed in. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { Unavailable } from '#base/outage.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { readReturnPath } from '#self-service/paths.ts'
import { citizenOf, pnrClaim, signInScope } from '#self-service/sign-in.ts'
import { openScriptedIssuer, type Script, signed } from '#test/sign-in/scripted-issuer.ts'
import { sealWith } from '#web/seal.ts'
import { openSignIn } from '#web/sign-in.ts'

const samplePnr = present(fictionalPnr(date('1990-05-04'), 'K', 0), 'a number')
const site = 'http://127.0.0.1:1'
let now = new Date()
const clock = () => now
const issuer = await openScriptedIssuer(() => new Date())
const stranger = await openScriptedIssuer(() => new Date())
after(() => Promise.all([issuer.close(), stranger.close()]))
const seal = sealWith(randomBytes(32), randomBytes)

function open(at = issuer.url) {
  return openSignIn({
    ...{ issuer: () => at, clientId: 'site', clientSecret: 'secret', origin: () => site },
    ...{ seal, clock, scope: signInScope, mustTell: pnrClaim, readReturnPath },
  })
}

let codes = 0

/** Begins, and comes back with a code; `change` is what somebody did on the way. */
async function signIn(
  script: Script,
  change: (answer: URLSearchParams, cookie: string) => string = (_, cookie) => cookie,
  signer = open(),
) {
  const { url, cookie } = await signer.begin('en', '/en/')
  const asked = new URL(url).searchParams
  issuer.expect(asked.get('nonce') ?? '')
  issuer.script = { ...script, claims: (right) => withNumber(script.claims?.(right) ?? right) }
  codes += 1
  const answer = new URLSearchParams({
    code: `code-${codes}`,
    state: asked.get('state') ?? '',
    iss: issuer.url,
  })
  const kept = change(answer, cookie.split(';')[0] ?? '')
  const finish = () => signer.finish(`${site}/sign-in/answer?${answer.toString()}`, kept)
  return { finish, finished: await finish(), asked }
}

function withNumber(claims: JWTPayload): JWTPayload {
  return pnrClaim in claims ? claims : { ...claims, [pnrClaim]: samplePnr }
}

test('who comes back as asked is signed in, with number and name', async () => {
  const { finished, asked } = await signIn({})
  assert.ok(finished.ok)
  const who = citizenOf(finished.came)
  assert.deepEqual([who?.pnr, who?.name], [samplePnr, 'Aksel Ærø'])
  assert.equal(asked.get('code_challenge_method'), 'S256')
  assert.ok((asked.get('state') ?? '').length >= 40 && (asked.get('nonce') ?? '').length >= 40)
  assert.ok((issuer.asked.at(-1)?.get('code_verifier') ?? '').length >= 43)
})

const at = () => Math.floor(Date.now() / 1000)
const claims = (changed: JWTPayload): Script => ({ claims: (right) => ({ ...right, ...changed }) })
const header = (more: Record<string, unknown>): Script => ({
  token: (each, of) => signed(each, of, more),
})

const wrong: Readonly<Record<string, () => Script>> = {
  'a token of another issuer': () => claims({ iss: 'https://evil.example' }),
  'a token for somebody else': () => claims({ aud: 'other' }),
  'a token for two without saying for whom': () => claims({ aud: ['site', 'other'] }),
  'a token without the number used once': () => ({
    claims: ({ nonce: _, ...rest }) => rest,
  }),
  'a token with an old number used once': () => claims({ nonce: 'old' }),
  'a token that is over': () => claims({ iat: at() - 900, exp: at() - 300 }),
  'a token that is over by 61 seconds': () => claims({ iat: at() - 300, exp: at() - 61 }),
  'a token that holds only later': () => claims({ nbf: at() + 300 }),
  'a token without a signature': () => ({
    token: (each) => new UnsecuredJWT(each).encode(),
  }),
  'a token signed with the public key as a secret': () => ({
    token: (each, of) =>
      new SignJWT(each)
        .setProtectedHeader({ alg: 'HS256', kid: of.kid })
        .sign(new TextEncoder().encode(of.publicText)),
  }),
  'a token signed with a key that the issuer does not know': () => ({
    token: (each) => signed(each, stranger),
  }),
  'a token that brings its own place of certificates': () => ({
    token: (each) => signed(each, stranger, { x5u: `${stranger.url}/jwks`, kid: 'brought' }),
  }),
  'a token that names an unknown key': () => header({ kid: 'unknown' }),
  'a token that brings its own place of keys': () => ({
    token: (each) => signed(each, stranger, { jku: `${stranger.url}/jwks`, kid: 'brought' }),
  }),
  'keys that are a page': () => ({ keys: () => '<html>', keysType: 'text/html' }),
  'keys of ten megabytes': () => ({ keys: () => `{"keys":["${'a'.repeat(10_000_000)}"]}` }),
}

for (const [what, script] of Object.entries(wrong)) {
  test(`${what} is refused`, async () => {
    // Each asks anew for the keys: what was right before must not help.
    const { finished } = await signIn(script(), undefined, open())
    assert.ok(!finished.ok, what)
    assert.equal(finished.reason, 'refused')
  })
}

test('clocks that differ by less than a minute are no reason to refuse', async () => {
  const { finished } = await signIn(claims({ iat: at() - 300, exp: at() - 50 }))
  assert.ok(finished.ok, JSON.stringify(finished))
})

test('a level of assurance that is too low, or not told, is refused as such', async () => {
  for (const acr of ['https://data.gov.dk/concept/core/nsis/Low', '', 'Substantial']) {
    const { finished } = await signIn(claims({ acr }))
    assert.ok(!finished.ok)
    assert.equal(finished.reason, 'too-low', acr)
  }
})

test('no personal number, or one that is none, makes nobody a citizen', async () => {
  for (const number of ['', '0000000000', 'abc']) {
    const script = { ...claims({ [pnrClaim]: number }), userInfo: { sub: 's1' } }
    const { finished } = await signIn(script)
    assert.ok(finished.ok)
    assert.equal(citizenOf(finished.came), undefined, number)
  }
})

test('a number that the token has not is asked for, of the same person alone', async () => {
  const info = (sub: string): Script => ({
    claims: (right) => ({ ...right, [pnrClaim]: undefined }),
    userInfo: { sub, [pnrClaim]: samplePnr },
  })
  const { finished } = await signIn(info('s1'))
  assert.ok(finished.ok)
  const who = citizenOf(finished.came)
  assert.equal(who?.pnr, samplePnr)
  assert.ok(who.idToken, 'a token without the number may be shown when signing out')
  const { finished: other } = await signIn(info('s2'))
  assert.ok(!other.ok && other.reason === 'refused')
})

test('a token that holds the number is never put into the URL of a sign-out', async () => {
  const { finished } = await signIn({})
  assert.ok(finished.ok)
  const who = citizenOf(finished.came)
  assert.equal(who?.idToken, undefined)
  const url = new URL(await open().signOutUrl('en', who?.idToken))
  assert.deepEqual(
    [url.searchParams.get('id_token_hint'), url.searchParams.get('client_id')],
    [null, 'site'],
  )
})

test('keys that nobody sends in time are an outage, and open nothing', async () => {
  const { finished } = await signIn({ keys: () => undefined }, undefined, open())
  assert.ok(!finished.ok)
  assert.equal(finished.reason, 'away')
})

test('an answer with another state, or with none, is refused', async () => {
  for (const state of ['other', '']) {
    const { finished } = await signIn({}, (answer, cookie) => {
      answer.set('state', state)
      return cookie
    })
    assert.ok(!finished.ok && finished.reason === 'refused')
  }
})

test('an answer of another issuer is not exchanged here', async () => {
  const { finished } = await signIn({}, (answer, cookie) => {
    answer.set('iss', 'https://evil.example')
    return cookie
  })
  assert.ok(!finished.ok && finished.reason === 'refused')
})

test('a code opens once', async () => {
  const { finished, finish } = await signIn({})
  assert.ok(finished.ok)
  const again = await finish()
  assert.ok(!again.ok && again.reason === 'refused')
})

test('a sign-in that another browser began signs nobody in here', async () => {
  for (const cookie of ['', '__Host-sign-in=AAAA', '__Host-other=1']) {
    const { finished } = await signIn({}, () => cookie)
    assert.ok(!finished.ok)
    assert.equal(finished.reason, 'no-cookie')
  }
})

test('a sign-in that took longer than a quarter of an hour begins anew', async () => {
  const { finished } = await signIn({}, (_, cookie) => {
    now = new Date(Date.now() + 16 * 60_000)
    return cookie
  })
  now = new Date()
  assert.ok(!finished.ok)
  assert.equal(finished.reason, 'no-cookie')
})

test('who stops at the provider is told so', async () => {
  const { finished } = await signIn({}, (answer, cookie) => {
    answer.delete('code')
    answer.set('error', 'access_denied')
    return cookie
  })
  assert.ok(!finished.ok)
  assert.equal(finished.reason, 'cancelled')
})

test('a provider that says to be another one, or nothing, is an outage', async () => {
  stranger.script = { discovery: (right) => ({ ...right, issuer: issuer.url }) }
  await assert.rejects(open(stranger.url).begin('da', '/da/'), Unavailable)
  await assert.rejects(open('http://127.0.0.1:9').begin('da', '/da/'), Unavailable)
})

test('a provider without encryption is never used, but on this machine', async () => {
  await assert.rejects(open('http://idp.example').begin('da', '/da/'), Unavailable)
})

test('after a sign-in nobody is sent to another site', async () => {
  for (const to of ['https://evil.example', '//evil.example', '/da/../../x', '/\\evil', '']) {
    const signer = open()
    const { url, cookie } = await signer.begin('da', to)
    const asked = new URL(url).searchParams
    issuer.expect(asked.get('nonce') ?? '')
    issuer.script = { claims: withNumber }
    codes += 1
    const answer = new URLSearchParams({
      ...{ code: `code-${codes}`, state: asked.get('state') ?? '', iss: issuer.url },
    })
    const done = await signer.finish(
      `${site}/sign-in/answer?${answer.toString()}`,
      cookie.split(';')[0],
    )
    assert.ok(done.ok)
    assert.equal(done.returnTo, '/da/', to)
  }
})
