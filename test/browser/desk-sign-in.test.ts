/** Signing in at the desk by OpenID, and out: who comes in, as what, and until when. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { personCode } from '#access/person-code.ts'
import { openJson } from '#client/index.ts'
import { openIdp } from '#idp/app.ts'
import { makeIdpKeys } from '#idp/keys.ts'
import { type IdpPerson, subjectOf } from '#idp/people.ts'
import { linkIdentity } from '#store/federated.ts'
import { openDeskSite } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'
import { watchedLog } from '#test/canaries/log.ts'
import type { TestCode } from '#test/server.ts'

const keys = await makeIdpKeys(randomBytes)
const random = (bytes: number) => randomBytes(bytes)
let issuer = ''
let shiftMs = 0
const clock = () => new Date(Date.now() + shiftMs)
const site = await openDeskSite({
  clock,
  provider: { clientSecret: keys.clientSecrets.desk, issuer: () => issuer },
})
const { url, server } = site
const { codes, scenario } = server
const lead = await server.newCode('team-lead', '0751')
const reviewer = await server.newCode('log-reviewer', '0751')
const about = { da: 'Opdigtet', en: 'Invented' }

function employee(user: string, assurance: IdpPerson['assurance'] = 'Substantial'): IdpPerson {
  const role = 'case-worker'
  return { user, password: 'p', name: user, about, assurance, role, authority: '0751' }
}

const [worker, leader, checker, provider, weak, stranger] = [
  ...[employee('worker'), employee('leader'), employee('checker'), employee('provider')],
  ...[employee('weak', 'Low'), employee('stranger')],
]
const idp = openIdp({
  origin: () => issuer,
  clients: () => [{ id: 'desk', name: 'Desk', origin: url }],
  people: [worker, leader, checker, provider, weak, stranger].flatMap((each) => each ?? []),
  log: watchedLog(),
  newReference: () => randomBytes(6).toString('hex'),
  clock: () => new Date(),
  keys,
})
issuer = await idp.listen({ host: '127.0.0.1', port: 0 })
after(() => idp.close())

async function link(user: string, { code }: TestCode): Promise<void> {
  const by = { actor: 'test', purpose: 'a test', now: clock() }
  const identity = { issuer, subject: subjectOf({ user }) }
  const tools = { pool: server.ownerPool, random }
  assert.equal(await linkIdentity(tools, personCode(code), identity, by), 'linked')
}
await link('worker', codes.municipality)
await link('weak', codes.municipality)
await link('leader', lead)
await link('checker', reviewer)
await link('provider', codes.citizen)

async function arrive(user: string, path = '/da/') {
  const visitor = await newVisitor({ url, also: [issuer] })
  await visitor.goTo(path)
  await visitor.press('Log ind med dit arbejdslogin')
  await visitor.follow(visitor.page.locator(`button[name="person"][value="${user}"]`))
  return visitor
}

const nav = (visitor: Awaited<ReturnType<typeof arrive>>) =>
  visitor.page.locator('header').innerText()

test('a case worker signs in at the provider, and goes on where they wanted to go', async () => {
  const id = await site.saveMove(scenario.ordinaryAdult, 0)
  const visitor = await arrive('worker', `/da/cases/${id}`)
  assert.equal(visitor.path(), `/da/cases/${id}`)
  await visitor.press('Godkend')
  assert.match(await visitor.text(), /Sagen er godkendt/)
  // What was done is theirs in the evidence, not the desk's.
  const { rows } = await server.ownerPool.script(
    `select actor from audit where act = 'approve' and outcome = 'done'`,
  )
  assert.deepEqual(rows, [{ actor: codes.municipality.code }])
  await visitor.leave()
})

test('each role is shown what it may do, and the server refuses the rest', async () => {
  const seen: [string, RegExp, RegExp][] = [
    ['worker', /Sager/, /Tal/],
    ['leader', /Tal/, /Logkontrol/],
    ['checker', /Din adgang/, /Sager|Tal|Automatiske/],
  ]
  for (const [user, has, hasNot] of seen) {
    const visitor = await arrive(user)
    assert.match(await nav(visitor), has, user)
    assert.doesNotMatch((await nav(visitor)).replace('Sagsbehandling', ''), hasNot, user)
    await visitor.goTo('/da/figures')
    const isLead = user === 'leader'
    assert.equal(/Det har du ikke adgang til/.test(await visitor.text()), !isLead, user)
    await visitor.goTo('/da/access')
    assert.match(await visitor.text(), /Rolle\s+(Sagsbehandler|Teamleder|Logkontrollant)/)
    await visitor.leave()
  }
})

test('who is not linked, signs in too weakly or belongs to no authority is told so', async () => {
  for (const [user, why] of [
    ['stranger', /ingen brugbar personkode/],
    ['weak', /sikringsniveauet Betydelig eller Høj/],
    ['provider', /hører ikke til en kommune/],
  ] as const) {
    const visitor = await arrive(user)
    assert.match(await visitor.text(), why)
    await visitor.goTo('/da/')
    assert.match(visitor.path(), /^\/da\/sign-in/, user)
    await visitor.leave()
  }
})

test('who stops at the provider is not signed in', async () => {
  const visitor = await newVisitor({ url, also: [issuer] })
  await visitor.goTo('/en/')
  await visitor.press('Sign in with your work identity')
  await visitor.press('Cancel')
  assert.match(await visitor.text(), /You stopped signing in/)
  await visitor.leave()
})

test('signing out ends the token, and the provider asks again who it is', async () => {
  const visitor = await arrive('worker')
  await visitor.press('Log af')
  await visitor.goTo('/da/')
  assert.match(visitor.path(), /^\/da\/sign-in/)
  await visitor.press('Log ind med dit arbejdslogin')
  assert.match(await visitor.text(), /Vælg en person/)
  await visitor.leave()
})

test('signing out everywhere ends what the person code is signed in to elsewhere', async () => {
  const [here, there, other] = [
    await arrive('worker'),
    await arrive('worker'),
    await arrive('leader'),
  ]
  const { code, password } = codes.municipality
  const program = openJson({ url: server.url, personCode: code, password })
  const signed = await program.signOn()
  assert.ok(signed.ok)
  await here.press('Din adgang')
  await here.press('Log af overalt')
  const gone = openJson({ url: server.url, token: signed.value.token })
  const refused = await gone.desk.queue()
  assert.ok(!refused.ok && refused.problem.status === 401)
  await there.goTo('/da/')
  assert.match(there.path(), /^\/da\/sign-in/)
  await other.goTo('/da/')
  assert.equal(other.path(), '/da/')
  for (const visitor of [here, there, other]) await visitor.leave()
})

test('twenty minutes without use end it, and so do two hours whatever is done', async () => {
  const [idle, busy] = [await arrive('worker'), await arrive('leader')]
  for (let minutes = 0; minutes < 114; minutes += 19) {
    shiftMs += 19 * 60_000
    await busy.goTo('/da/')
    assert.equal(busy.path(), '/da/', `after ${minutes + 19} minutes`)
  }
  await idle.goTo('/da/')
  assert.match(idle.path(), /^\/da\/sign-in/)
  shiftMs += 7 * 60_000
  await busy.goTo('/da/')
  assert.match(busy.path(), /^\/da\/sign-in/)
  await Promise.all([idle.leave(), busy.leave()])
})

test('a provider that is away is told of, and lets nobody in', async () => {
  const nobody = await openDeskSite({
    provider: {
      clientSecret: 'a secret of a provider that is away',
      issuer: () => 'http://127.0.0.1:9',
    },
  })
  const visitor = await newVisitor({ url: nobody.url })
  await visitor.goTo('/da/')
  await visitor.press('Log ind med dit arbejdslogin')
  assert.match(await visitor.text(), /Logintjenesten svarer ikke/)
  await visitor.leave()
})
