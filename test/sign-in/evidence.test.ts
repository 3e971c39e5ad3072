/** A sign-in that is refused at the citizens' site: on record, and nobody is signed in. */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { pnrClaim } from '#self-service/sign-in.ts'
import { openSite } from '#test/self-service/site.ts'
import { openScriptedIssuer, type Script } from '#test/sign-in/scripted-issuer.ts'

const issuer = await openScriptedIssuer(() => new Date())
after(() => issuer.close())
const level = 'https://data.gov.dk/concept/core/nsis/Substantial'
const site = await openSite({ issuer: issuer.url, levels: [level] })
const { ownerPool } = site.server
const pnr = present(fictionalPnr(date('1990-05-04'), 'K', 0), 'a number')

async function refusals(): Promise<readonly unknown[]> {
  const { rows } = await ownerPool.script(
    `select outcome, receipt, actor, persons, detail ->> 'reason' as reason from audit
     where act = 'sign-in-refused' order by id`,
  )
  return rows.map(({ outcome, receipt, actor, persons, reason }) => {
    return [outcome, receipt, actor, persons, reason]
  })
}

let codes = 0

async function comeBack(script: Script) {
  const begun = await site.stranger.get('/en/sign-in')
  const asked = new URL(begun.location).searchParams
  assert.equal(asked.get('prompt'), 'login', 'nobody is let in by memory')
  issuer.expect(asked.get('nonce') ?? '')
  issuer.script = script
  codes += 1
  const answer = new URLSearchParams({
    ...{ code: `code-${codes}`, state: asked.get('state') ?? '', iss: issuer.url },
  })
  const [cookie = ''] = String(begun.headers['set-cookie']).split(';')
  return site.bearing(cookie).get(`/sign-in/answer?${answer.toString()}`)
}
const withNumber = (more: object): Script => ({
  claims: (right) => ({ ...right, [pnrClaim]: pnr, ...more }),
})

test('each refusal leaves one row with its reason, and no session', async () => {
  const row = (reason: string) => ['denied', 9082, site.server.codes.citizen.code, [], reason]
  const wanted: unknown[] = []
  for (const [script, reason] of [
    [withNumber({ aud: 'other' }), 'refused'],
    [withNumber({ acr: 'low' }), 'too-low'],
    [withNumber({ [pnrClaim]: 'none' }), 'no-number'],
  ] as const) {
    const page = await comeBack(script)
    assert.equal(page.status, 403)
    assert.doesNotMatch(String(page.headers['set-cookie']), /__Host-session/)
    wanted.push(row(reason))
    assert.deepEqual(await refusals(), wanted)
  }
})

test('who comes from nowhere, or gives up, leaves none: nothing began here that was refused', async () => {
  const before = (await refusals()).length
  assert.equal((await site.stranger.get('/sign-in/answer?code=x&state=y')).status, 403)
  assert.equal((await site.stranger.get('/sign-in/answer/more?code=x&state=y')).status, 404)
  assert.equal((await refusals()).length, before)
})

test('who is right is signed in, and leaves none', async () => {
  const before = (await refusals()).length
  const page = await comeBack(withNumber({}))
  assert.deepEqual([page.status, page.location], [303, '/en/'])
  assert.match(String(page.headers['set-cookie']), /__Host-session=/)
  assert.equal((await refusals()).length, before)
})
