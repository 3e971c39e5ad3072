/**
 * Case workers sign on with an ID token: what opens, and the negatives that concern a verifier.
 * Each negative is the good token with one thing changed, so each has a control that opens.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { personCode } from '#access/person-code.ts'
import { openAccess } from '#store/access.ts'
import { linkIdentity, unlinkIdentities } from '#store/federated.ts'
import { changePersonCode, movePersonCode } from '#store/person-code-moves.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { statement } from '#store/pool.ts'
import { at, type Reply, send, textAt } from '#test/doors/talk.ts'
import { openScriptedProvider, subject, type TokenParts } from '#test/openid-provider.ts'
import { openTestServer } from '#test/server.ts'

const provider = await openScriptedProvider()
const other = await openScriptedProvider('desk')
const slow = await openScriptedProvider('desk')
const evil = await openScriptedProvider('desk')
/** It stands: a token that is over by a second is so however long the test takes. */
const now = new Date()
const server = await openTestServer({
  clock: () => now,
  parts: {
    openIdProviders: () => [provider.settings, other.settings, slow.settings],
    networkLimits: { timeoutMs: 3_000, bytesMax: 64 * 1024 },
  },
})
const { pool, ownerPool, clock } = server
const access = openAccess(pool, randomBytes)
const by = () => ({ actor: 'Karen', purpose: 'a test', now: clock() })
const newProof = () => randomBytes(32).toString('base64url')

async function newClerk(sub: string, issuer = provider.issuer) {
  const wanted = { group: 'municipality', authority: '0751' } as const
  const made = await createPersonCode(access, wanted, by())
  assert.equal(made.kind, 'created')
  assert.equal(await linkIdentity(access, made.code, { issuer, subject: sub }, by()), 'linked')
  return made.code
}

const clerk = await newClerk(subject)

const handIn = (idToken: string, proof: string): Promise<Reply> =>
  send(server, {
    method: 'POST',
    path: '/api/v1/sessions/federated',
    body: { idToken, proof },
  })

async function handInChanged(changes: TokenParts): Promise<Reply> {
  const proof = newProof()
  return await handIn(await provider.token(proof, clock(), changes), proof)
}

const count = async (sql: string) => {
  const { rows } = await ownerPool.run(statement(`test-${sql.length}`, sql))
  return Number(rows[0]?.['count'])
}
const tokens = () => count('select count(*)::int as count from token')
const denials = async () => {
  const { rows } = await ownerPool.run(
    statement(
      'test-denials',
      `select detail->>'cause' as cause from audit
       where purpose = 'sign-on with an identity' and outcome = 'denied' order by xid, id`,
    ),
  )
  return rows.map(({ cause }) => String(cause))
}

/** Refused: the one answer, one row of evidence with the cause, and no token. */
async function assertRefused(reply: () => Promise<Reply>, cause: string, receipt = 9066) {
  const [had, before] = [await tokens(), await denials()]
  const { status, body } = await reply()
  assert.equal(status, receipt === 9022 ? 503 : 401)
  assert.equal(at(body, 'receipt'), receipt)
  assert.deepEqual((await denials()).slice(before.length), [cause])
  assert.equal(await tokens(), had)
}

test('a good ID token opens the person code that is linked to it, as a sign-on does', async () => {
  const { status, body } = await handInChanged({})
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(
    ['personCode', 'group', 'authority'].map((name) => textAt(body, name)),
    [clerk, 'municipality', '0751'],
  )
  const life = Date.parse(textAt(body, 'expiresAt')) - clock().valueOf()
  assert.ok(life > 0 && life <= 2 * 3_600_000)
  const token = textAt(body, 'token')
  assert.equal((await send(server, { path: '/api/v1/pending', token })).status, 200)
})

const seconds = (n: number) => Math.floor(clock().valueOf() / 1000) + n

const changed: readonly (readonly [string, () => TokenParts, string])[] = [
  ['of an issuer that is not configured', () => ({ claims: { iss: evil.issuer } }), 'issuer'],
  ['without an issuer', () => ({ claims: { iss: undefined } }), 'issuer'],
  ['for another client', () => ({ claims: { aud: 'another' } }), 'audience'],
  ['for two clients, and none named', () => ({ claims: { aud: ['desk', 'x'] } }), 'audience'],
  [
    'for two clients, and handed to the other',
    () => ({ claims: { aud: ['desk', 'x'], azp: 'x' } }),
    'audience',
  ],
  ['handed to another client', () => ({ claims: { azp: 'x' } }), 'audience'],
  ['without a nonce', () => ({ claims: { nonce: undefined } }), 'nonce'],
  ['with the nonce of another sign-in', () => ({ claims: { nonce: newProof() } }), 'nonce'],
  ['that has expired', () => ({ claims: { exp: seconds(-600) } }), 'expired'],
  ['that never expires', () => ({ claims: { exp: undefined } }), 'expired'],
  ['that expired 61 seconds ago', () => ({ claims: { exp: seconds(-61) } }), 'expired'],
  ['that holds in 62 seconds', () => ({ claims: { nbf: seconds(62) } }), 'not-yet'],
  ['that was made in 62 seconds', () => ({ claims: { iat: seconds(62) } }), 'not-yet'],
  ['that was made long ago', () => ({ claims: { iat: seconds(-700) } }), 'expired'],
  ['without a level', () => ({ claims: { acr: undefined } }), 'level'],
  [
    'of a level that is too low',
    () => ({ claims: { acr: 'https://data.gov.dk/concept/core/nsis/Low' } }),
    'level',
  ],
  ['of nobody', () => ({ claims: { sub: '' } }), 'subject'],
  ['signed by a key that is not there', () => ({ header: { kid: 'key-9' } }), 'key'],
  ['that names its own keys', () => ({ header: { jku: `${evil.issuer}/jwks` } }), 'key-in-token'],
  ['that names its certificate', () => ({ header: { x5u: `${evil.issuer}/x` } }), 'key-in-token'],
  ['that brings its own key', () => ({ header: { jwk: evil.publicKey } }), 'key-in-token'],
  ['that is an access token', () => ({ header: { typ: 'at+jwt' } }), 'type'],
  ['that is a logout token', () => ({ header: { typ: 'logout+jwt' } }), 'type'],
  [
    'that is a logout token in all but its name',
    () => ({ claims: { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } } }),
    'type',
  ],
]

for (const [what, changes, cause] of changed) {
  test(`an ID token ${what} is refused, with evidence and without a token`, async () => {
    await assertRefused(() => handInChanged(changes()), cause)
  })
}

const skewed: readonly (readonly [string, () => TokenParts])[] = [
  ['expired 59 seconds ago', () => ({ claims: { exp: seconds(-58) } })],
  ['holds in 59 seconds', () => ({ claims: { nbf: seconds(59) } })],
  ['was made in 59 seconds', () => ({ claims: { iat: seconds(59) } })],
  [
    'is for two clients, and handed to ours',
    () => ({ claims: { aud: ['desk', 'x'], azp: 'desk' } }),
  ],
  ['is of the highest level', () => ({ claims: { acr: provider.settings.levels[1] } })],
  ['says what it is', () => ({ header: { typ: 'JWT' } })],
]
for (const [what, changes] of skewed) {
  test(`an ID token that ${what} opens: the control of those that are refused`, async () => {
    assert.equal((await handInChanged(changes())).status, 201)
  })
}

test('an ID token without a signature, and one signed with the public key, are refused', async () => {
  const proof = newProof()
  const [, payload] = (await provider.token(proof, clock())).split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  await assertRefused(() => handIn(`${none}.${payload}.`, proof), 'algorithm')
  const publicKey = Buffer.from(JSON.stringify(provider.publicKey))
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
    .sign(publicKey)
  await assertRefused(() => handIn(forged, proof), 'algorithm')
})

test('a token signed by another key is refused, whatever it says of itself', async () => {
  const proof = newProof()
  const claims = JSON.parse(
    Buffer.from((await provider.token(proof, clock())).split('.')[1] ?? '', 'base64url').toString(),
  )
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  assert.ok(await exportJWK(publicKey))
  const forged = await provider.sign({ claims }, privateKey)
  await assertRefused(() => handIn(forged, proof), 'signature')
})

test('issuer B cannot answer for issuer A, though both are configured (mix-up)', async () => {
  const proof = newProof()
  const mixed = await other.token(proof, clock(), { claims: { iss: provider.issuer } })
  await assertRefused(() => handIn(mixed, proof), 'signature')
  const honest = await other.token(proof, clock())
  await assertRefused(() => handIn(honest, proof), 'not-linked', 902)
})

test('an ID token opens once, also when it is handed in many times at once', async () => {
  const proof = newProof()
  const idToken = await provider.token(proof, clock())
  const replies = await Promise.all(Array.from({ length: 8 }, () => handIn(idToken, proof)))
  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [201, ...Array(7).fill(401)])
  await assertRefused(() => handIn(idToken, proof), 'replayed')
})

test('who has the token and not the proof is refused', async () => {
  const proof = newProof()
  const idToken = await provider.token(proof, clock())
  for (const guess of [newProof(), '', 'short', `${proof}=`]) {
    await assertRefused(() => handIn(idToken, guess), 'nonce')
  }
  const nonce = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()).nonce
  await assertRefused(() => handIn(idToken, nonce), 'nonce')
  assert.equal((await handIn(idToken, proof)).status, 201)
})

test('what is no token at all is refused', async () => {
  for (const text of ['', 'x', 'a.b.c', 'a.b.c.d.e', '{}', '....', 'x'.repeat(15_000)]) {
    await assertRefused(() => handIn(text, newProof()), 'malformed')
  }
})

test('keys that hang, are huge, are HTML, redirect or fail are an outage within bounds', async () => {
  for (const how of ['hangs', 'huge', 'html', 'redirects', 'fails'] as const) {
    slow.answerKeys(how)
    const proof = newProof()
    const idToken = await slow.token(proof, clock())
    await assertRefused(() => handIn(idToken, proof), 'keys-unreachable', 9022)
  }
  await newClerk('slow', slow.issuer)
  slow.answerKeys('good')
  const proof = newProof()
  const idToken = await slow.token(proof, clock(), { claims: { sub: 'slow' } })
  assert.equal((await handIn(idToken, proof)).status, 201)
})

test('a configuration that names another issuer is not believed', async () => {
  const liar = await openScriptedProvider('desk')
  liar.nameItself(provider.issuer)
  const lied = await openTestServer({ parts: { openIdProviders: () => [liar.settings] } })
  const proof = newProof()
  const idToken = await liar.token(proof, lied.clock())
  const { status } = await send(lied, {
    ...{ method: 'POST', path: '/api/v1/sessions/federated' },
    body: { idToken, proof },
  })
  assert.equal(status, 503)
  assert.equal(liar.asked(), 0)
  assert.equal(evil.asked(), 0)
})

test('an identity that is linked to no usable person code opens nothing', async () => {
  const refusedFor = async (sub: string) => {
    const changes = { claims: { sub } }
    await assertRefused(() => handInChanged(changes), 'not-linked', 902)
  }
  await refusedFor('a stranger')
  for (const act of ['lock', 'disable', 'retire'] as const) {
    const code = await newClerk(act)
    await movePersonCode(access, act, code, by())
    await refusedFor(act)
  }
  const elsewhere = await newClerk('elsewhere')
  await changePersonCode(access, elsewhere, { sources: ['192.0.2.7'] }, by())
  await refusedFor('elsewhere')
  const unlinked = await newClerk('unlinked')
  assert.equal(await unlinkIdentities(access, unlinked, by()), 1)
  await refusedFor('unlinked')
})

test('what an identity opened ends with a lock, and an identity opens one code alone', async () => {
  const code = await newClerk('locked later')
  const { body } = await handInChanged({ claims: { sub: 'locked later' } })
  const token = textAt(body, 'token')
  assert.equal((await send(server, { path: '/api/v1/pending', token })).status, 200)
  await movePersonCode(access, 'lock', code, by())
  assert.equal((await send(server, { path: '/api/v1/pending', token })).status, 401)
  const again = { issuer: provider.issuer, subject }
  assert.equal(await linkIdentity(access, code, again, by()), 'taken')
  assert.equal(await linkIdentity(access, personCode('W9999999'), again, by()), 'no-such-code')
})
