/**
 * A move of a family of four in a real browser, by somebody who knows what to write and types it
 * key by key: from the start page to the receipt, both counted. Nobody reads: it is what the pages
 * take.
 */

import { assert } from '#base/assert.ts'
import { addDays, danishDate, partsOf } from '#base/calendar.ts'
import type { Bar } from '#test/bench/bars.ts'
import { typeAddress } from '#test/browser/keyboard.ts'
import { emptyHome, openTestSite, roadNameOf } from '#test/browser/site.ts'

export type FamilyMove = { readonly pages: number; readonly seconds: number }

const pagesMax = 8
const secondsMax = 90
/** Between two keys, as whoever types for a living. */
const keyMs = 100

export async function timeFamilyMove(say: (line: string) => void): Promise<FamilyMove> {
  say('moving a family of four in a browser')
  const site = await openTestSite()
  const visitor = await site.signedIn(site.server.scenario.familyOfFour[0], { language: 'en' })
  const { page } = visitor
  const home = emptyHome(site, 0)
  const road = await roadNameOf(site, home)
  const day = partsOf(addDays(danishDate(site.server.clock()), 5))
  let pages = 1
  page.on('load', () => {
    pages += 1
  })
  const press = async (role: 'link' | 'button', name: string | RegExp) => {
    await Promise.all([page.waitForEvent('load'), page.getByRole(role, { name }).first().click()])
  }
  const from = performance.now()
  await press('link', /^Move within Denmark/)
  await press('button', 'Start')
  for (const [label, value] of [
    ['Day', day.day],
    ['Month', day.month],
    ['Year', day.year],
  ] as const) {
    await page.getByLabel(label, { exact: true }).pressSequentially(String(value), { delay: keyMs })
  }
  await press('button', 'Next')
  await page.locator('#address').focus()
  await typeAddress(visitor, `${road} ${home.house}`, keyMs)
  await press('button', 'Next')
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await press('button', 'Next')
  await press('button', 'Next')
  await press('button', 'Send the report')
  const seconds = (performance.now() - from) / 1000
  assert(new URL(page.url()).pathname.endsWith('/receipt'), 'the move is reported')
  await page.context().browser()?.close()
  await site.close()
  return { pages, seconds }
}

export function barsOfFamilyMove({ pages, seconds }: FamilyMove): readonly Bar[] {
  return [
    {
      text: `a family of four moves in at most ${pagesMax} pages and ${secondsMax} s`,
      found: `${pages} pages, ${seconds.toFixed(1)} s`,
      kept: pages <= pagesMax && seconds <= secondsMax,
    },
  ]
}
