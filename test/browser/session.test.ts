/** Being signed in, and no longer: back button, other browsers, time, other people, a server away. */

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openProfile } from '#test/browser/chromium.ts'
import { openTestSite } from '#test/browser/site.ts'
import { readsOwn } from '#test/canaries/watch.ts'

let aheadMs = 0
const site = await openTestSite({
  clock: () => new Date(Date.now() + aheadMs),
  assurance: (role) => (role === 'centenarian' ? 'Low' : 'Substantial'),
})
const { scenario } = site.server
const begin = '/en/report/contact-address'

test('after signing out the back button shows nothing of what was seen', async () => {
  const visitor = await site.signedIn(scenario.ordinaryAdult, { language: 'en' })
  await visitor.goTo(begin)
  await visitor.press('Start')
  assert.match(await visitor.page.content(), /ordinaryAdult/)
  await visitor.press('Sign out')
  await visitor.press('Sign out')
  assert.match(await visitor.text(), /logget af|signed out/)
  for (let step = 0; step < 4; step += 1) {
    await visitor.page.goBack().catch(() => null)
    assert.doesNotMatch(await visitor.page.content(), /Where should your mail|site-person"/)
  }
  await visitor.leave()
})

test('signing out ends the session in every browser', async () => {
  const [one, other] = [
    await site.signedIn(scenario.ordinaryAdult),
    await site.signedIn(scenario.ordinaryAdult),
  ]
  await one.press('Log af')
  await other.page.goto(`${site.url}/da/report/contact-address`)
  assert.match(other.page.url(), new RegExp(`^${site.issuer}`))
  await one.leave()
  await other.leave()
})

test('who signs out at the provider is signed out here, without coming here', async () => {
  const [one, other] = [
    await site.signedIn(scenario.flatmates[0], { language: 'en' }),
    await site.signedIn(scenario.flatmates[1], { language: 'en' }),
  ]
  await one.page.goto(`${site.issuer}/session/end`)
  await one.press('Log af')
  await one.page.goto(`${site.url}/en/`)
  assert.equal(await one.heading(), 'Report to the population register')
  await other.page.goto(`${site.url}/en/`)
  assert.equal(await other.heading(), 'What do you want to report?')
  await one.leave()
  await other.leave()
})

test('where one is signed in is told behind one’s name, and ended there', async () => {
  const pnr = scenario.flatmates[0]
  const here = await site.signedIn(pnr, { language: 'en' })
  const there = await site.signedIn(pnr, { language: 'en', javaScript: false })
  await here.press('flatmates')
  assert.equal(await here.heading(), 'Where you are signed in')
  await here.look()
  await here.press(/^Sign out there/)
  assert.match(await here.text(), /That browser is signed out/)
  await there.page.goto(`${site.url}/en/`)
  assert.equal(await there.heading(), 'Report to the population register')
  await here.leave()
  await there.leave()
})

test('two people at once see each their own, and nobody another one’s draft', async () => {
  const one = await site.signedIn(scenario.flatmates[0], { language: 'en' })
  const other = await site.signedIn(scenario.flatmates[1], { language: 'en' })
  await one.goTo(begin)
  await one.press('Start')
  const draft = one.path()
  await other.goTo(draft)
  assert.equal(await other.heading(), 'The page does not exist')
  await one.goTo(draft)
  assert.equal(await one.heading(), 'Where should your mail be sent?')
  await one.leave()
  await other.leave()
})

test('AUD-8: a sign-in at a level that is too low opens nothing', async () => {
  const visitor = await site.signedIn(scenario.centenarian, { language: 'en' })
  assert.equal(await visitor.heading(), 'Sign in at a higher level')
  const cookies = await visitor.context.cookies()
  assert.ok(!cookies.some(({ name }) => name === '__Host-session'))
  await visitor.leave()
})

test('the cookie of a session is of this host alone, and no script can read it', async () => {
  const visitor = await site.signedIn(scenario.flatmates[0])
  const cookie = (await visitor.context.cookies()).find(({ name }) => name === '__Host-session')
  assert.ok(cookie)
  assert.deepEqual([cookie.secure, cookie.httpOnly, cookie.sameSite], [true, true, 'Lax'])
  assert.equal(await visitor.page.evaluate('document.cookie'), '')
  await visitor.leave()
})

test('after 25 minutes without a page the session is over, and the draft is still there', async () => {
  const visitor = await site.signedIn(scenario.flatmates[0], { language: 'en' })
  aheadMs += 24 * 60_000
  await visitor.goTo('/en/')
  assert.equal(await visitor.heading(), 'What do you want to report?')
  aheadMs += 26 * 60_000
  await visitor.goTo('/en/')
  assert.equal(await visitor.heading(), 'Report to the population register')
  await visitor.leave()
})

test('ACC-1: five minutes before a session ends the page asks whether to stay, and says when it is over', async () => {
  const visitor = await site.visitor({ language: 'en' })
  const { page } = visitor
  await page.clock.install()
  await page.goto(`${site.url}/en/sign-in`)
  await visitor.follow(page.locator(`button[name="person"][value="${scenario.flatmates[0]}"]`))
  const warning = page.locator('#idle-warning')
  // The clock also runs by itself: between two looks there are minutes to spare.
  await page.clock.fastForward('15:00')
  assert.equal(await warning.isVisible(), false)
  await page.clock.fastForward('05:30')
  assert.equal(await warning.isVisible(), true)
  await visitor.look()
  const [extended] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/en/extend')),
    page.keyboard.press('Enter'),
  ])
  assert.equal(extended.status(), 204)
  await warning.waitFor({ state: 'hidden' })
  await page.clock.fastForward('15:00')
  assert.equal(await warning.isVisible(), false, 'it begins anew')
  await page.clock.fastForward('10:30')
  await page.waitForURL('**/en/expired')
  assert.equal(await visitor.heading(), 'You have been signed out')
  await visitor.leave()
})

test('eight hours after its beginning a session ends, however often it was extended', async () => {
  const visitor = await site.signedIn(scenario.flatmates[0], { language: 'en' })
  const endsIn = async () =>
    Number(await visitor.page.locator('body').getAttribute('data-idle-ends-in'))
  for (let minutes = 0; minutes < 460; minutes += 20) {
    aheadMs += 20 * 60_000
    await visitor.page.goto(`${site.url}/en/`)
  }
  assert.equal(await visitor.heading(), 'What do you want to report?')
  const left = await endsIn()
  assert.ok(left <= 20 * 60 && left >= 18 * 60, `${left} s`)
  const extended = await visitor.page.request.get(`${site.url}/en/extend`)
  assert.ok(Number(extended.headers()['session-ends-in']) <= left)
  aheadMs += 21 * 60_000
  await visitor.page.goto(`${site.url}/en/`)
  assert.equal(await visitor.heading(), 'Report to the population register')
  await visitor.leave()
})

test('A47: on the disk of a shared computer nothing is left of what was seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'samspil-profile-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const profile = await openProfile(folder)
  const page = await profile.newPage()
  const pnr = scenario.protectedAdult
  readsOwn(pnr)
  await page.goto(`${site.url}/da/sign-in`)
  await page.locator(`button[name="person"][value="${pnr}"]`).click()
  await page.waitForURL(`${site.url}/da/`)
  for (const path of ['my-data', 'cases', 'who-looked', 'report/contact-address']) {
    await page.goto(`${site.url}/da/${path}`)
  }
  await page.goto(`${site.url}/da/my-data`)
  const seen = await page.locator('main').innerText()
  const [address = ''] = /^.+, \d{4} .+$/m.exec(seen) ?? seen.match(/^\d{4} .+$/m) ?? []
  assert.notEqual(address, '', seen)
  await profile.close()
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  const isKept = (text: string) =>
    kept.some((bytes) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
  assert.ok(isKept('/assets/'), 'what may be kept is kept: the cache was on')
  for (const canary of [pnr, 'protectedAdult', address, 'Spørg:']) {
    assert.equal(isKept(canary), false, 'something personal is on the disk')
  }
})

test('a CPR server that is away is said in plain words', async () => {
  const alone = await openTestSite({ cpr: () => 'http://127.0.0.1:9' })
  const visitor = await alone.visitor({ language: 'en' })
  await visitor.goTo('/en/')
  await visitor.leave()
  const someone = await alone.signedIn(scenario.flatmates[0], { language: 'en' })
  assert.match(await someone.heading(), /CPR svarer ikke lige nu|CPR does not answer right now/)
  assert.match(await someone.text(), /Reference/)
  await someone.leave()
})
