/** Every type that citizens report, to its receipt: in both languages, with and without a script. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { emptyHome, openTestSite, roadNameOf } from '#test/browser/site.ts'
import { walk } from '#test/browser/walk.ts'

const site = await openTestSite()
const { scenario } = site.server
const today = danishDate(site.server.clock())
const home = emptyHome(site, 0)
const address = `${await roadNameOf(site, home)} ${home.house}`

/** Who may report what only those who live abroad can. */
const abroad = ['foreign-address', 'return-notice']
const reportable = catalogue.filter(({ reporters }) => reporters === 'citizens')

for (const { shape } of reportable) {
  const lives = abroad.includes(shape.name) ? scenario.emigrated : scenario.ordinaryAdult
  const other = abroad.includes(shape.name) ? scenario.emigrated : scenario.flatmates[1]

  test(`${shape.name}: in Danish with a script`, async () => {
    const visitor = await site.signedIn(lives, { language: 'da' })
    await walk(visitor, { language: 'da', type: shape.name, date: today, address })
    assert.equal(visitor.complaints.length, 0)
    await visitor.leave()
  })

  test(`${shape.name}: in English without a script, on a phone`, async () => {
    const phone = { language: 'en', javaScript: false, width: 320 } as const
    const visitor = await site.signedIn(other, phone)
    await walk(visitor, { language: 'en', type: shape.name, date: today, address })
    assert.equal(visitor.complaints.length, 0)
    await visitor.leave()
  })
}
