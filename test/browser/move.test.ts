/** A move of a family of four, as a guided flow: to the end, in both languages, without a script. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, danishDate } from '#base/calendar.ts'
import { assertFocused, typeAddress } from '#test/browser/keyboard.ts'
import { emptyHome, fillDate, openTestSite, roadNameOf } from '#test/browser/site.ts'
import { lookOnPaper } from '#test/browser/ways.ts'

const site = await openTestSite()
const { familyOfFour, flatmates } = site.server.scenario
const moveOn = addDays(danishDate(site.server.clock()), 5)

/** At most so many pages from the start page to the receipt, both counted. */
const pagesMax = 8

test('a parent moves with the whole family in eight pages, with a script, in English', async () => {
  const [parent] = familyOfFour
  const visitor = await site.signedIn(parent, { language: 'en' })
  const home = emptyHome(site, 0)
  await visitor.press(/^Move within Denmark/)
  await visitor.press('Start')
  assert.equal(await visitor.heading(), 'When are you moving?')
  const registered = /Address in CPR now:? \S.* \d+.*, \d{4} \S/
  assert.match(await visitor.text(), registered, 'what is known is shown, and is not asked')
  await fillDate(visitor, moveOn)
  await visitor.press('Next')

  // It completes as one types, and the keyboard is enough.
  const written = `${await roadNameOf(site, home)} ${home.house}`
  await visitor.page.locator('#address').focus()
  await typeAddress(visitor, written)
  await visitor.press('Next')
  assert.equal(await visitor.heading(), 'Who is moving with you?')
  const boxes = visitor.page.getByRole('checkbox')
  assert.equal(await boxes.count(), 3)
  for (const box of await boxes.all()) {
    assert.equal(await box.isChecked(), false, 'nobody is chosen beforehand')
    await box.check()
  }
  await visitor.press('Next')
  assert.equal(await visitor.heading(), 'Should your name and address be protected?')
  await visitor.press('Next')
  assert.equal(await visitor.heading(), 'Check and send')
  assert.match((await visitor.text()).replaceAll(/\s+/g, ' '), registered)
  assert.match(await visitor.text(), new RegExp(`${written}, \\d{4} `))
  await visitor.press('Send the report')
  assert.equal(await visitor.heading(), 'Thank you, we have received your report')
  assert.match(await visitor.text(), /Case number \d{20}/)
  assert.ok(visitor.pages <= pagesMax, `${visitor.pages} pages`)
  await visitor.press('Show as a letter')
  assert.match(await visitor.text(), /It is not a decision/)
  await lookOnPaper(visitor.page)
  await visitor.leave()
})

test('a flatmate moves alone without a script, in Danish, and finds the address in a list', async () => {
  const visitor = await site.signedIn(flatmates[0], { javaScript: false })
  const home = emptyHome(site, 1)
  await visitor.press(/^Flytning i Danmark/)
  await visitor.press('Begynd')
  await fillDate(visitor, moveOn)
  await visitor.press('Næste')

  const road = await roadNameOf(site, home)
  await visitor.fill(/^Adresse/, road.slice(0, 4))
  await visitor.press('Næste')
  assert.equal(await visitor.heading(), 'Hvor flytter du hen?')
  const choices = await visitor.page.getByRole('radio').count()
  assert.ok(choices > 1, 'several fit')
  await visitor.fill(/^Adresse/, `${road} ${home.house}`)
  await visitor.fill(/^c\/o-navn/, 'c/o Sørensen')
  await visitor.press('Næste')
  if ((await visitor.heading()) === 'Hvor flytter du hen?') {
    await visitor.page.getByRole('radio').first().check()
    await visitor.press('Næste')
  }
  assert.equal(await visitor.heading(), 'Hvem flytter med dig?')
  await visitor.press('Næste')
  await visitor.press('Næste')
  assert.match(await visitor.text(), /c\/o Sørensen/)
  assert.match(await visitor.text(), /Flytter med\s+Ingen/)
  await visitor.press('Send anmeldelsen')
  assert.equal(await visitor.heading(), 'Tak, vi har modtaget din anmeldelse')
  await visitor.leave()
})

test('every refusal is said at its field, in the language of the page, and nothing is lost', async () => {
  const visitor = await site.signedIn(site.server.scenario.flatmates[1], { language: 'en' })
  await visitor.goTo('/en/report/domestic-move')
  await visitor.press('Start')
  await visitor.press('Next')
  assert.match(await visitor.text(), /There is an error on the page/)
  await visitor.page.locator('#error-summary a').first().click()
  await assertFocused(visitor, '#date')

  await visitor.fill('Day', '31')
  await visitor.fill('Month', '2')
  await visitor.fill('Year', '2026')
  await visitor.press('Next')
  assert.equal(await visitor.page.getByLabel('Day', { exact: true }).inputValue(), '31')
  assert.match(await visitor.text(), /Error:/)

  // Too far ahead: the CPR server says it, once the keys are whole.
  await fillDate(visitor, addDays(moveOn, 60))
  await visitor.press('Next')
  const home = emptyHome(site, 2)
  await visitor.fill(/^Address/, `${await roadNameOf(site, home)} ${home.house}`)
  await visitor.press('Next')
  assert.equal(await visitor.heading(), 'When are you moving?')
  assert.match(await visitor.text(), /A move can be reported no earlier than 28 days before it/)
  await visitor.press('Dansk')
  assert.match(await visitor.text(), /Flytningen kan tidligst anmeldes 28 dage før/)

  await fillDate(visitor, moveOn)
  await visitor.press('Næste')
  assert.equal(await visitor.heading(), 'Hvem flytter med dig?')
  await visitor.press('Tilbage')
  assert.match(await visitor.page.locator('#address').inputValue(), new RegExp(home.house))
  await visitor.press(/^Fortryd/)
  assert.match(await visitor.text(), /det, du skrev, er slettet/)
  await visitor.leave()
})

test('a draft waits on the start page until it is gone on with', async () => {
  const visitor = await site.signedIn(site.server.scenario.centenarian, { language: 'en' })
  await visitor.goTo('/en/report/domestic-move')
  await visitor.press('Start')
  await fillDate(visitor, moveOn)
  await visitor.press('Next')
  await visitor.leave()
  const again = await site.signedIn(site.server.scenario.centenarian, { language: 'en' })
  await again.follow(again.page.locator('.site-panel a').first())
  assert.equal(await again.heading(), 'Where are you moving to?')
  await again.leave()
})
