/** Two windows on one report, as people see them: with a script and without, on a wide and a narrow screen. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, danishDate } from '#base/calendar.ts'
import { fillDate, openTestSite } from '#test/browser/site.ts'

const site = await openTestSite()
const { scenario, clock } = site.server
const today = danishDate(clock())
const shoot = process.env['TEST_SHOOT']
const shot = (name: string) => (shoot === undefined ? {} : { shoot: `${shoot}/${name}` })

for (const [what, look] of [
  ['with a script', { language: 'da', ...shot('windows') }],
  [
    'without one, on a narrow screen',
    { javaScript: false, language: 'en', width: 320, height: 700 },
  ],
] as const) {
  test(`the second of two windows is told what the first one wrote, ${what}`, async () => {
    const one = await site.signedIn(scenario.ordinaryAdult, look)
    const [begin, next, keep] =
      look.language === 'da'
        ? ['Begynd', 'Næste', 'Behold det, der er gemt']
        : ['Start', 'Next', 'Keep what is there']
    await one.goTo(`/${look.language}/report/domestic-move`)
    await one.press(begin)
    const date = one.path()
    const two = await site.signedIn(scenario.ordinaryAdult, look)
    await two.goTo(date)
    await fillDate(one, addDays(today, 2))
    await one.press(next)
    await fillDate(two, addDays(today, 4))
    await two.press(next)
    assert.match(await two.text(), /i et andet vindue|in another window/)
    await two.look()
    await two.press(keep)
    assert.notEqual(two.path(), date)
    await one.leave()
    await two.leave()
  })
}
