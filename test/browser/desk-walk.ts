/** One way through the desk, page by page, for whoever wants to look at it. */

import assert from 'node:assert/strict'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor, type VisitorOptions } from '#test/browser/visitor.ts'

/** Every page of the desk in that look; a case with a hearing and one with two persons. */
export async function walkDesk(look: Omit<VisitorOptions, 'url'>): Promise<void> {
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
  for (const page of ['policies', 'figures', 'access', 'accessibility', 'nowhere']) {
    await visitor.goTo(`/${language}/${page}`)
  }
  await visitor.goTo(`/${language}/`)
  await visitor.page.locator('[name=all]').click()
  await visitor.page.waitForLoadState('load')
  await visitor.look()
  assert.ok(visitor.pages > 12)
  await visitor.leave()
}
