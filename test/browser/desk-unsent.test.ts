/** What is typed at the desk when a session ends: it is on the form again, for whoever typed it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor, type Visitor } from '#test/browser/visitor.ts'
import type { TestCode } from '#test/server.ts'

let shiftMs = 0
const clock = () => new Date(Date.now() + shiftMs)
const pass = (minutes: number) => {
  shiftMs += minutes * 60_000
}
const { url, server, saveMove, saveProtection } = await openDeskSite({ clock })
const { codes, scenario } = server
const second = await server.newColleague()
const why = 'Ansøgningen mangler en begrundelse.'

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

/** On the page of signing in where one is. */
async function signInHere(visitor: Visitor, { code, password }: TestCode): Promise<void> {
  await visitor.fill('Personkode', code)
  await visitor.fill('Adgangskode', password)
  await visitor.press('Log ind')
}

async function writeRejection(visitor: Visitor, id: string): Promise<void> {
  await visitor.goTo(`/da/cases/${id}/decide/reject`)
  await visitor.choose('Betingelserne er ikke opfyldt')
  await visitor.fill('Begrundelse', why)
}

const textIn = (visitor: Visitor) => visitor.page.locator('#text').inputValue()

test('a reason that came after twenty idle minutes is on its form again, without a script', async () => {
  const id = await saveProtection(scenario.ordinaryAdult)
  const visitor = await newVisitor({ url, javaScript: false, ...shooting('unsent') })
  await signIn(visitor, codes.municipality)
  await writeRejection(visitor, id)
  pass(21)
  await visitor.press('Afvis sagen')
  assert.match(await visitor.text(), /intet er sendt/)
  await signInHere(visitor, codes.municipality)
  assert.equal(visitor.path(), `/da/cases/${id}/decide/reject`)
  assert.match(await visitor.text(), /Intet er sket endnu/)
  assert.equal(await textIn(visitor), why)
  assert.ok(await visitor.page.locator('main [name=reason][value=CONDITIONS_NOT_MET]').isChecked())
  await visitor.press('Afvis sagen')
  assert.match(await visitor.text(), /Sagen er afvist/)
  await visitor.leave()
})

test('whoever else signs in at that browser sees nothing of it, and sends nothing for another', async () => {
  const id = await saveProtection(scenario.flatmates[0])
  const visitor = await newVisitor({ url, ...shooting('unsent-other') })
  await signIn(visitor, codes.municipality)
  await writeRejection(visitor, id)
  // Out and in again as a colleague, in another window of the same browser.
  const other = await visitor.page.context().newPage()
  await other.goto(`${url}/da/access`)
  await other.locator('form[action$="/sign-out"] button').first().click()
  await other.fill('#person-code', second.code)
  await other.fill('#password', second.password)
  await other.locator('main form button').click()
  await other.waitForURL(`${url}/da/`)
  await visitor.press('Afvis sagen')
  assert.match(await visitor.text(), /En anden er logget ind i denne browser/)
  await other.goto(`${url}/da/cases/${id}/decide/reject`)
  assert.equal(await other.locator('#text').inputValue(), '')
  await other.close()
  await signInHere(visitor, codes.municipality)
  assert.equal(await textIn(visitor), why)
  const { rows } = await server.ownerPool.script(`select state from incident where id = '${id}'`)
  assert.equal(rows[0]?.['state'], 'pending')
  await visitor.leave()
})

test('cases that somebody chose to approve are approved by nobody else at that browser', async () => {
  const id = await saveProtection(scenario.familyOfFour[0])
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.municipality)
  await visitor.follow(visitor.page.locator('main [name=all]'))
  assert.match(await visitor.heading(), /^Godkend/)
  await visitor.page.context().clearCookies()
  const other = await visitor.page.context().newPage()
  await other.goto(`${url}/da/sign-in`)
  await other.fill('#person-code', second.code)
  await other.fill('#password', second.password)
  await other.locator('main form button').click()
  await other.waitForURL(`${url}/da/`)
  await visitor.follow(visitor.page.locator('form[action*="approve"] button').first())
  assert.match(await visitor.text(), /En anden er logget ind i denne browser/)
  const { rows } = await server.ownerPool.script(`select state from incident where id = '${id}'`)
  assert.equal(rows[0]?.['state'], 'pending')
  await visitor.leave()
})

test('of a reason for many cases it is said that it is there only where there is one', async () => {
  await saveMove(scenario.centenarian, 0)
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.municipality)
  await visitor.goTo('/da/bulk')
  assert.match(await visitor.text(), /Vælg igen de sager, der ikke er afgjort/)
  assert.doesNotMatch(await visitor.text(), /begrundelse, du skrev/)
  await visitor.follow(visitor.page.locator('main [name=all]'))
  await visitor.page.locator('summary', { hasText: 'Afvis dem i stedet' }).click()
  await visitor.fill('Begrundelse', why)
  pass(21)
  await visitor.press(/^Afvis \d+ sag/)
  await signInHere(visitor, codes.municipality)
  assert.match(await visitor.text(), /En begrundelse, du skrev, er der stadig/)
  await visitor.follow(visitor.page.locator('main [name=all]'))
  assert.equal(await textIn(visitor), why)
  await visitor.leave()
})

test('a note comes back on its case, and is gone once it is given back', async () => {
  const id = await saveProtection(scenario.flatmates[1])
  const visitor = await newVisitor({ url, ...shooting('unsent-note') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  await visitor.fill('Nyt notat', 'Ringede til udlejeren.')
  pass(21)
  await visitor.press('Gem notatet')
  await signInHere(visitor, codes.municipality)
  const note = visitor.page.locator('#note')
  assert.equal(await note.inputValue(), 'Ringede til udlejeren.')
  await visitor.goTo(`/da/cases/${id}`)
  assert.equal(await note.inputValue(), '')
  await visitor.leave()
})

test('the page warns before its time, stays when asked, and keeps what is typed when it ends', async () => {
  const id = await saveProtection(scenario.familyOfFour[1])
  const visitor = await newVisitor({ url, ...shooting('unsent-idle') })
  const { page } = visitor
  await page.clock.install()
  await signIn(visitor, codes.municipality)
  await writeRejection(visitor, id)
  const warning = page.locator('#idle-warning')
  // It also runs by itself: between two looks there are minutes to spare.
  await page.clock.runFor(10 * 60_000)
  assert.equal(await warning.isVisible(), false)
  await page.clock.runFor(6 * 60_000)
  assert.equal(await warning.isVisible(), true)
  const [stayed] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/da/stay')),
    page.getByRole('button', { name: 'Bliv logget ind' }).click(),
  ])
  assert.equal(stayed.status(), 204)
  pass(21)
  const left = page.waitForURL(/sign-in/)
  await page.clock.runFor(21 * 60_000)
  await left
  await signInHere(visitor, codes.municipality)
  assert.equal(await textIn(visitor), why)
  // Nothing was typed since, and it is kept all the same.
  pass(21)
  const again = page.waitForURL(/sign-in/)
  await page.clock.runFor(21 * 60_000)
  await again
  await signInHere(visitor, codes.municipality)
  assert.equal(await textIn(visitor), why)
  await visitor.leave()
})
