/** One way through the desk, page by page, for whoever wants to look at it. */

import assert from 'node:assert/strict'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor, type VisitorOptions } from '#test/browser/visitor.ts'
import { drawWeek } from '#test/doors/drawn-week.ts'

/** Every page of the desk in that look, and how many: one case with a hearing, one of two persons. */
export async function walkDesk(look: Omit<VisitorOptions, 'url'>): Promise<number> {
  const { url, server, saveMove, saveMoveIn, saveProtection } = await openDeskSite()
  const { scenario } = server
  const lead = await server.newCode('team-lead', '0751')
  const [father, mother] = scenario.familyOfFour
  const ids = [
    await saveMoveIn(scenario.newcomer),
    await saveMove(father, 0, [mother]),
    await saveProtection(scenario.ordinaryAdult),
  ]
  const { language = 'da' } = look
  const visitor = await newVisitor({ url, ...look })
  await signIn(visitor, lead, language === 'en')
  for (const id of ids) await visitor.goTo(`/${language}/cases/${id}`)
  for (const decision of ['reject', 'return', 'forward']) {
    await visitor.goTo(`/${language}/cases/${ids[2]}/decide/${decision}`)
  }
  for (const page of ['letters', 'policies', 'figures', 'access', 'accessibility', 'nowhere']) {
    await visitor.goTo(`/${language}/${page}`)
  }
  await visitor.goTo(`/${language}/`)
  await visitor.page.locator('[name=all]').click()
  await visitor.page.waitForLoadState('load')
  await visitor.look()
  assert.ok(visitor.pages > 12)
  await visitor.leave()
  return visitor.pages
}

/** The control of the log: a reviewer's pages, and what a case worker is asked. */
export async function walkReviews(look: Omit<VisitorOptions, 'url'>): Promise<number> {
  const { url, server } = await openDeskSite()
  const { scenario, codes, newCode } = server
  const week = await drawWeek(server, [scenario.ordinaryAdult, scenario.protectedAdult])
  const { language = 'da' } = look
  const isEnglish = language === 'en'
  const visitor = await newVisitor({ url, ...look })
  await signIn(visitor, await newCode('log-reviewer', '0751'), isEnglish)
  await visitor.goTo(`/${language}/reviews/${week}`)
  await visitor.goTo(`/${language}/reviews/${week}/2`)
  await visitor.press(isEnglish ? 'Send the question' : 'Send spørgsmålet')
  assert.ok(visitor.pages > 3)
  await visitor.leave()
  const { shoot } = look
  const asked = { ...look, ...(shoot !== undefined && { shoot: `${shoot}-asked` }) }
  const clerk = await newVisitor({ url, ...asked })
  await signIn(clerk, codes.municipality, isEnglish)
  await clerk.goTo(`/${language}/asked`)
  await clerk.leave()
  return visitor.pages + clerk.pages
}
