/**
 * Writes a picture of each page of each flow, at desktop and phone width, for people to look at:
 * `npm run screenshots`, into a folder that git does not know. Runs as a test, so that what it
 * starts is ended.
 */

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { screenshotFolder } from '#test/browser/chromium.ts'
import { walkDesk, walkReviews } from '#test/browser/desk-walk.ts'
import { walkOwn } from '#test/browser/own-walk.ts'
import { emptyHome, openTestSite, roadNameOf } from '#test/browser/site.ts'
import { walk } from '#test/browser/walk.ts'

rmSync(screenshotFolder, { recursive: true, force: true })
const abroad = ['foreign-address', 'return-notice']

for (const [device, width, language] of [
  ['desktop', 1280, 'da'],
  ['phone', 360, 'en'],
] as const) {
  test(device, async () => {
    const site = await openTestSite()
    const { scenario, clock } = site.server
    const home = emptyHome(site, 0)
    const address = `${await roadNameOf(site, home)} ${home.house}`
    const date = danishDate(clock())
    const look = { language, width }
    const stranger = await site.visitor({ ...look, shoot: `${device}/before` })
    await stranger.goTo(`/${language}/`)
    await stranger.goTo(`/${language}/accessibility`)
    await stranger.goTo(`/${language}/nowhere`)
    await stranger.goTo(`/${language}/sign-in`)
    await stranger.leave()
    for (const { shape, reporters } of catalogue) {
      if (reporters !== 'citizens') continue
      const who = abroad.includes(shape.name) ? scenario.emigrated : scenario.familyOfFour[0]
      const visitor = await site.signedIn(who, { ...look, shoot: `${device}/${shape.name}` })
      await walk(visitor, { language, type: shape.name, date, address })
      assert.ok(visitor.pages > 3)
      await visitor.leave()
    }
    await walkOwn(site, scenario.familyOfFour[0], { ...look, device })
    await walkDesk({ ...look, shoot: `${device}/desk` })
    await walkReviews({ ...look, shoot: `${device}/desk-reviews` })
    console.log(`${screenshotFolder}/${device}`)
  })
}
