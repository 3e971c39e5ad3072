/** Whoever cannot use a mouse, or needs everything four times as big, reports a move all the same. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, danishDate, partsOf } from '#base/calendar.ts'
import {
  assertErrorLinksLead,
  assertFocused,
  pressBy,
  tabTo,
  typeAddress,
} from '#test/browser/keyboard.ts'
import { emptyHome, openTestSite, roadNameOf } from '#test/browser/site.ts'
import { walk } from '#test/browser/walk.ts'

const site = await openTestSite()
const { scenario, clock } = site.server
const date = addDays(danishDate(clock()), 3)

test('ACC-1: a whole move is reported by the keyboard alone, from the start page to the receipt', async () => {
  const visitor = await site.signedIn(scenario.familyOfFour[0], { language: 'en' })
  const { page } = visitor
  const next = 'main button[type="submit"].button-primary'
  await page.keyboard.press('Tab')
  await assertFocused(visitor, '.skipnav')
  await page.keyboard.press('Enter')
  await pressBy(visitor, 'a[href="/en/report/domestic-move"]')
  await pressBy(visitor, next)
  const { year, month, day } = partsOf(date)
  for (const [part, value] of Object.entries({ day, month, year })) {
    await tabTo(visitor, `[name="date-${part}"]`)
    await page.keyboard.type(String(value))
  }
  await pressBy(visitor, next)
  const home = emptyHome(site, 0)
  await tabTo(visitor, '#address')
  await typeAddress(visitor, `${await roadNameOf(site, home)} ${home.house}`)
  await pressBy(visitor, next)
  await tabTo(visitor, 'input[type="checkbox"]')
  await page.keyboard.press('Space')
  await pressBy(visitor, next)
  while ((await visitor.heading()) !== 'Check and send') await pressBy(visitor, next)
  if (await page.locator('#confirm').isVisible()) {
    await tabTo(visitor, '#confirm')
    await page.keyboard.press('Space')
  }
  await pressBy(visitor, next)
  assert.equal(await visitor.heading(), 'Thank you, we have received your report')
  await visitor.leave()
})

test('an error link leads to its field by the keyboard, also beside the reports', async () => {
  const visitor = await site.signedIn(scenario.flatmates[0], { language: 'en' })
  await visitor.goTo('/en/powers/give')
  await visitor.press('Give the power of attorney')
  await assertErrorLinksLead(visitor)
  await visitor.goTo('/en/my-data?on-day=never')
  await assertErrorLinksLead(visitor)
  await visitor.leave()
})

test('ACC-1: at 400 % everything fits the width, and a move is reported to its end', async () => {
  // 1280 by 1024 pixels at 400 % are so many of the page's own (WCAG 2.2, 1.4.10).
  const visitor = await site.signedIn(scenario.ordinaryAdult, { width: 320, height: 256 })
  const home = emptyHome(site, 1)
  const address = `${await roadNameOf(site, home)} ${home.house}`
  await walk(visitor, { language: 'da', type: 'domestic-move', date, address })
  assert.match(visitor.path(), /\/receipt$/)
  for (const path of ['cases', 'my-data', 'who-looked', 'powers', 'powers/give', 'children']) {
    await visitor.goTo(`/da/${path}`)
  }
  await visitor.leave()
})
