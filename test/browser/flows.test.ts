/** Every incident type that citizens report, to its end: in both languages, with a script and without. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { emptyHome, openTestSite, roadNameOf } from '#test/browser/site.ts'
import { walk } from '#test/browser/walk.ts'

const site = await openTestSite()
const { scenario, ownerPool, clock } = site.server
await ownerPool.script('update address set rooms = 9')
const date = danishDate(clock())
const home = emptyHome(site, 0)
const address = `${await roadNameOf(site, home)} ${home.house}`

/** Who may report what only those who live abroad can. */
const abroad = ['foreign-address', 'return-notice']
const reportable = catalogue.filter(({ reporters }) => reporters === 'citizens')

/** Each of another person, so that two can go at once; one of each on a phone. */
const ways = [
  { who: scenario.ordinaryAdult, language: 'da', javaScript: true, width: 320 },
  { who: scenario.flatmates[1], language: 'en', javaScript: false, width: 320 },
  { who: scenario.familyOfFour[0], language: 'da', javaScript: false, width: 1280 },
  { who: scenario.newcomer, language: 'en', javaScript: true, width: 1280 },
] as const

for (const { shape } of reportable) {
  const type = shape.name
  test(type, { concurrency: 2 }, async (t) => {
    await Promise.all(
      ways.map(({ who, language, javaScript, width }) => {
        const how = `in ${language}, ${javaScript ? 'with' : 'without'} a script, ${width} wide`
        return t.test(how, async () => {
          const pnr = abroad.includes(type) ? scenario.emigrated : who
          const thoroughly = javaScript && width === 1280
          const visitor = await site.signedIn(pnr, { language, javaScript, width, thoroughly })
          await walk(visitor, { language, type, date, address, isCareless: thoroughly })
          assert.match(visitor.path(), /\/receipt$/)
          await visitor.leave()
        })
      }),
    )
  })
}
