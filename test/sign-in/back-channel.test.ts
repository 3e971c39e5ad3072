/**
 * The provider ends sessions from behind: a logout token that is right in all parts ends what it
 * names, at the store; one that is wrong in any part ends nothing.
 */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { pnrClaim } from '#self-service/sign-in.ts'
import { openBetween } from '#test/self-service/between.ts'
import { type Citizen, openSite } from '#test/self-service/site.ts'
import { openScriptedIssuer, signed } from '#test/sign-in/scripted-issuer.ts'

const issuer = await openScriptedIssuer(() => new Date())
const stranger = await openScriptedIssuer(() => new Date())
after(() => Promise.all([issuer.close(), stranger.close()]))
const level = 'https://data.gov.dk/concept/core/nsis/Substantial'
const between = await openBetween()
const site = await openSite({
  issuer: issuer.url,
  levels: [level],
  cpr: between.cpr,
})
const pnrOf = (nth: number) =>
  present(fictionalPnr(date('1990-05-04'), 'K', nth), 'a number that nobody has')

const path = '/sign-out/back-channel'
const event = 'http://schemas.openid.net/event/backchannel-logout'
let count = 0
const at = () => Math.floor(Date.now() / 1000)

/** Right in all parts, about somebody who has signed in at the provider as that subject. */
function right(more: JWTPayload = {}): JWTPayload {
  count += 1
  return {
    ...{ iss: issuer.url, aud: 'site', iat: at(), exp: at() + 120, jti: `jti-${count}` },
    events: { [event]: {} },
    ...more,
  }
}

const logout = { typ: 'logout+jwt' }
const tell = (token: string) => site.foreign(path, { logout_token: token })
const tellOf = async (claims: JWTPayload) => tell(await signed(claims, issuer, logout))

let codes = 0

/** Signs in at the provider as that subject, in that session of the provider's. */
async function signIn(nth: number, sub: string, sid?: string): Promise<Citizen> {
  const page = await tryToSignIn(nth, sub, sid)
  const cookies = [page.headers['set-cookie']].flat().map(String)
  const [cookie = ''] = (cookies.find((each) => /__Host-session=/.test(each)) ?? '').split(';')
  assert.notEqual(cookie, '', page.text)
  return site.bearing(cookie)
}

async function tryToSignIn(nth: number, sub: string, sid?: string, more: JWTPayload = {}) {
  const begun = await site.stranger.get('/en/sign-in')
  const asked = new URL(begun.location).searchParams
  issuer.expect(asked.get('nonce') ?? '')
  const who = { sub, [pnrClaim]: pnrOf(nth), ...(sid !== undefined && { sid }) }
  issuer.script = { claims: (claims) => ({ ...claims, ...who, ...more }) }
  codes += 1
  const answer = new URLSearchParams({
    ...{ code: `code-${codes}`, state: asked.get('state') ?? '', iss: issuer.url },
  })
  const [cookie = ''] = String(begun.headers['set-cookie']).split(';')
  return site.bearing(cookie).get(`/sign-in/answer?${answer.toString()}`)
}

const isIn = async (citizen: Citizen) => (await citizen.get('/en/powers')).status === 200

test('a session that the provider names ends, here and in the store, and no other', async () => {
  const [one, other] = [await signIn(0, 'a', 'a1'), await signIn(0, 'a', 'a2')]
  const somebody = await signIn(1, 'b', 'b1')
  const answer = await tellOf(right({ sub: 'a', sid: 'a1' }))
  assert.deepEqual([answer.status, answer.body], [200, ''])
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.deepEqual(await Promise.all([one, other, somebody].map(isIn)), [false, true, true])
  const { rows } = await site.server.ownerPool.script(
    `select purpose from audit where act = 'remove-deposit' and persons = '{${pnrOf(0)}}'`,
  )
  assert.deepEqual(rows, [{ purpose: 'deposit browser-session' }], 'it is on record')
})

test('a session is named alone, or a subject with all of its sessions', async () => {
  const [one, other] = [await signIn(2, 'c', 'c1'), await signIn(2, 'c', 'c2')]
  assert.equal((await tellOf(right({ sid: 'c1' }))).status, 200)
  assert.deepEqual(await Promise.all([one, other].map(isIn)), [false, true])
  const unnamed = await signIn(2, 'c')
  assert.equal((await tellOf(right({ sub: 'c' }))).status, 200)
  assert.deepEqual(await Promise.all([other, unnamed].map(isIn)), [false, false])
})

test('of a session that the provider gave no name its subject is enough', async () => {
  const one = await signIn(3, 'd')
  assert.equal((await tellOf(right({ sub: 'd', sid: 'other' }))).status, 200)
  assert.equal(await isIn(one), false)
})

test('who is not signed in here, or is known to nobody, is no error', async () => {
  assert.equal((await tellOf(right({ sub: 'nobody', sid: 'none' }))).status, 200)
})

test('of its own type, or of none in particular, and without an end it is right as well', async () => {
  for (const header of [logout, { typ: 'JWT' }, {}, { typ: 'application/logout+jwt' }]) {
    const { exp: _, ...claims } = right({ sub: 'nobody' })
    assert.equal((await tell(await signed(claims, issuer, header))).status, 200)
  }
})

const without = (name: string): (() => Promise<string>) => {
  return () => {
    const { [name]: _, ...claims } = right({ sub: 'e', sid: 'e1' })
    return signed(claims, issuer, logout)
  }
}
const changed =
  (more: JWTPayload, header: Record<string, unknown> = logout) =>
  () =>
    signed(right({ sub: 'e', sid: 'e1', ...more }), issuer, header)
const by =
  (more: Record<string, unknown>, signer = issuer) =>
  () =>
    signed(right({ sub: 'e', sid: 'e1' }), signer, { ...logout, ...more })

const wrong: Readonly<Record<string, () => Promise<string> | string>> = {
  'no issuer': without('iss'),
  'another issuer': changed({ iss: 'https://evil.example' }),
  'nobody it is for': without('aud'),
  'a token of another client': changed({ aud: 'other' }),
  'a token for another client as well': changed({ aud: ['site', 'other'] }),
  'no time': without('iat'),
  'a time to come': changed({ iat: at() + 86_400 }),
  'an old one': changed({ iat: at() - 900 }),
  'one that is over': changed({ iat: at() - 300, exp: at() - 100 }),
  'no number of its own': without('jti'),
  'a number that is none': changed({ jti: '' }),
  'no event': without('events'),
  'another event': changed({ events: { 'https://evil.example/event': {} } }),
  'an event that is a word': changed({ events: { [event]: 'yes' } }),
  'a list of events': changed({ events: [event] }),
  'a number used once, as an ID token has': changed({ nonce: 'n' }),
  'an empty one': changed({ nonce: '' }),
  'a subject that is none': changed({ sub: '' }),
  'a session that is none': changed({ sid: 7 }),
  'neither subject nor session': () => {
    return signed(right(), issuer, logout)
  },
  'the type of an access token': changed({}, { typ: 'at+jwt' }),
  'no signature': () => new UnsecuredJWT(right({ sub: 'e', sid: 'e1' })).encode(),
  'the public key as a secret': () =>
    new SignJWT(right({ sub: 'e', sid: 'e1' }))
      .setProtectedHeader({ alg: 'HS256', kid: issuer.kid })
      .sign(new TextEncoder().encode(issuer.publicText)),
  'the key of somebody else': by({}, stranger),
  'a key that nobody knows': by({ kid: 'unknown' }),
  'a key of its own': by({ jku: `${stranger.url}/jwks` }),
  'a place of certificates': by({ x5u: `${stranger.url}/jwks` }, stranger),
  'something that must be understood': () =>
    new SignJWT(right({ sub: 'e', sid: 'e1' }))
      .setProtectedHeader({ alg: 'RS256', kid: issuer.kid, crit: ['x'], x: 1 })
      .sign(issuer.privateKey, { crit: { x: true } }),
  'an ID token of the very session': () =>
    signed(
      {
        ...{ iss: issuer.url, aud: 'site', sub: 'e', sid: 'e1', nonce: 'n', acr: level },
        ...{ iat: at(), exp: at() + 300 },
      },
      issuer,
    ),
  'a body with a bit changed': async () => {
    const [head, body = '', mark] = (await changed({})()).split('.')
    const flipped = body.startsWith('eyJ') ? `eyI${body.slice(3)}` : body
    return [head, flipped, mark].join('.')
  },
  nothing: () => '',
  'no token': () => 'a.b',
  'too much': () => 'a'.repeat(9_000),
}

let signedIn: Promise<Citizen> | undefined
/** Whom the wrong ones would sign out. */
function victim(): Promise<Citizen> {
  signedIn ??= signIn(4, 'e', 'e1')
  return signedIn
}

for (const [what, make] of Object.entries(wrong)) {
  test(`a logout token with ${what} is refused, and ends nothing`, async () => {
    const someone = await victim()
    const answer = await tell(await make())
    assert.equal(answer.status, 400, answer.body)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.deepEqual(JSON.parse(answer.body), { error: 'invalid_request' })
    assert.equal(await isIn(someone), true)
  })
}

test('the right one among them would have ended it: the control', async () => {
  const someone = await victim()
  assert.equal((await tell(await changed({})())).status, 200)
  assert.equal(await isIn(someone), false)
})

test('a token ends sessions once: shown again it ends nothing that began since', async () => {
  const token = await signed(right({ sub: 'f', iat: at() - 5 }), issuer, logout)
  const before = await signIn(5, 'f', 'f1')
  assert.equal((await tell(token)).status, 200)
  assert.equal(await isIn(before), false)
  const later = await signIn(5, 'f', 'f2')
  const again = await tell(token)
  assert.deepEqual([again.status, again.body], [400, '{"error":"invalid_request"}'])
  assert.equal(await isIn(later), true)
})

test('a session that the provider ended while it was being opened is not opened', async () => {
  // Vouched for, then ended, and only then opened here.
  const vouched = { iat: at() - 5 }
  assert.equal((await tellOf(right({ sub: 'g', sid: 'g1' }))).status, 200)
  const page = await tryToSignIn(6, 'g', 'g1', vouched)
  assert.equal(page.status, 403)
  assert.doesNotMatch(String(page.headers['set-cookie']), /__Host-session/)
  assert.equal(await isIn(await signIn(6, 'g', 'g2')), true, 'another one is')
})

test('a store that is away is told, and the same token ends the session afterwards', async () => {
  const one = await signIn(7, 'h', 'h1')
  const token = await signed(right({ sub: 'h', sid: 'h1' }), issuer, logout)
  between.way = 'gone'
  const away = await tell(token)
  between.way = 'through'
  assert.deepEqual([away.status, away.body], [400, '{"error":"logout_failed"}'])
  assert.equal(await isIn(one), true)
  assert.equal((await tell(token)).status, 200)
  assert.equal(await isIn(one), false)
})

test('it is a form that is posted, with one token', async () => {
  const token = await signed(right({ sub: 'nobody' }), issuer, logout)
  assert.equal((await site.stranger.get(`${path}?logout_token=${token}`)).status, 404)
  assert.equal((await site.foreign(path, { logout_token: [token, token] })).status, 400)
  assert.equal((await site.foreign(path, { token })).status, 400)
})

test('who is wrong again and again has to wait, and says nothing about who is right', async () => {
  let status = 0
  for (let tries = 0; tries < 80 && status !== 429; tries += 1) {
    const answer = await tell('a.b.c')
    status = answer.status
    if (status === 429) assert.ok(Number(answer.headers['retry-after']) > 0)
  }
  assert.equal(status, 429)
})
