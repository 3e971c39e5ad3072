/** Every page on which persons see what concerns themselves, and those that nobody wants to see. */

import { addDays, danishDate } from '#base/calendar.ts'
import type { Language } from '#base/text.ts'
import { openPowersWith } from '#self-service/own/power.ts'
import type { TestSite } from '#test/browser/site.ts'
import type { Visitor, VisitorOptions } from '#test/browser/visitor.ts'

type Look = Partial<VisitorOptions> & { readonly language: Language; readonly device: string }

/** `who` has reported something, so that there is a case to follow. */
export async function walkOwn(site: TestSite, who: string, look: Look): Promise<void> {
  const { language, device, ...rest } = look
  const { scenario, clock } = site.server
  const today = danishDate(clock())
  const giver = { pnr: scenario.newcomer, name: 'Gerda Giver' }
  const holder = { pnr: who, name: 'Holger Holder' }
  const scope = ['domestic-move', 'cases', 'data']
  const powers = openPowersWith(site.clients, site.sealKey)
  await powers.give({ giver, holder, scope, from: today, to: addDays(today, 30), givenAt: 1 })
  const visitor = await site.signedIn(who, { ...rest, language, shoot: `${device}/own` })
  for (const path of ['', 'children', 'cases', 'letters', 'my-data', 'who-looked', 'powers']) {
    await visitor.goTo(`/${language}/${path}`)
  }
  await followFirst(visitor, `a[href*="/for/"]`)
  await visitor.goTo(`/${language}/powers/give`)
  await followFirst(visitor, 'main button[type="submit"]')
  await visitor.goTo(`/${language}/my-data?on-day=never`)
  await visitor.goTo(`/${language}/cases`)
  await followFirst(visitor, '.site-case h3 a')
  const here = visitor.path()
  for (const more of ['letter', 'withdraw']) await visitor.goTo(`${here}/${more}`)
  for (const path of ['expired', 'signed-out', 'nowhere']) {
    await visitor.goTo(`/${language}/${path}`)
  }
  await visitor.leave()
}

async function followFirst(visitor: Visitor, selector: string): Promise<void> {
  await visitor.follow(visitor.page.locator(selector).first())
}
