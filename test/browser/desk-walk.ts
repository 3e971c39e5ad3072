/** A day at the desk, page by page, for whoever wants to look at all of it. Knows no words of it. */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { addDays, danishDate, type PlainDate, partsOf } from '#base/calendar.ts'
import { type JsonClient, openJson } from '#client/index.ts'
import { type DeskSite, openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor, type Visitor, type VisitorOptions } from '#test/browser/visitor.ts'
import { whileReadable } from '#test/canaries/watch.ts'
import { drawWeek } from '#test/doors/drawn-week.ts'
import type { TestCode } from '#test/server.ts'
import { root } from '#test/step.ts'

type Look = Omit<VisitorOptions, 'url'>

/** Every page of the desk but the control of the log, in that look; gives what was asked for. */
export async function walkDesk(look: Look): Promise<readonly string[]> {
  const site = await openDeskSite({ provider: awayProvider })
  const guarded = [site.server.scenario.protectedAdult]
  const why = 'the municipality decides their case'
  return whileReadable(guarded, why, () => walkAs(site, look))
}

async function walkAs(site: DeskSite, look: Look): Promise<readonly string[]> {
  const { server, url } = site
  const [lead, colleague] = [await server.newCode('team-lead', '0751'), await server.newColleague()]
  const cases = await saveCases(site)
  const other = clientOf(site, colleague)
  good(await other.desk.claim(cases.claimed))
  good(await other.policies.put(readPolicy('odense')))
  good(await other.policies.put(readPolicy('aarhus')))
  const visitor = await newVisitor({ url, ...look })
  const { language = 'da' } = look
  await visitor.goTo('/')
  await visitor.goTo(`/${language}/sign-in/provider`)
  await visitor.goTo(`/${language}/accessibility`)
  await signIn(visitor, lead, language === 'en')
  await walkQueue(visitor, language)
  await walkCases(visitor, language, cases, danishDate(server.clock()))
  await walkDecisions(visitor, language, cases)
  await walkBulk(visitor, language)
  await walkLetters(visitor, language, site)
  await walkPolicies(visitor, language)
  for (const page of ['figures', 'figures?days=90', 'access', 'nowhere']) {
    await visitor.goTo(`/${language}/${page}`)
  }
  await visitor.follow(visitor.page.locator('form[action$="/sign-out"] button').first())
  await visitor.leave()
  return visitor.requested
}

/** Nobody listens there: the desk tells so. */
const awayProvider = {
  clientSecret: 'of a provider that is away',
  issuer: () => 'http://127.0.0.1:9',
}

function readPolicy(name: string) {
  return JSON.parse(readFileSync(join(root, `reference/policies/${name}.json`), 'utf8'))
}

function clientOf({ server }: DeskSite, { code, password }: TestCode): JsonClient {
  return openJson({ url: server.url, personCode: code, password })
}

function good(result: { readonly ok: boolean; readonly problem?: unknown }): void {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
}

type Cases = Awaited<ReturnType<typeof saveCases>>

/** What lies in the queue: of each kind that a page shows otherwise. */
async function saveCases({ server, saveMove, saveMoveIn, saveProtection }: DeskSite) {
  const { scenario } = server
  const [father, mother, child] = scenario.familyOfFour
  return {
    heard: await saveMoveIn(scenario.newcomer),
    ofTwo: await saveMove(father, 0, [mother]),
    rejected: await saveProtection(scenario.ordinaryAdult),
    returned: await saveProtection(scenario.flatmates[0]),
    forwarded: await saveProtection(scenario.flatmates[1]),
    ofProtected: await saveMove(scenario.protectedAdult, 1),
    claimed: await saveMove(scenario.centenarian, 2),
    others: [await saveProtection(child), await saveProtection(scenario.child14)],
  }
}

/** The button of the form that is sent there. */
function sender({ page }: Visitor, to: string) {
  return page.locator(`main form[action*="${to}"] button`).first()
}

async function walkQueue(visitor: Visitor, language: string): Promise<void> {
  const { page } = visitor
  for (const state of ['off', 'on']) {
    await page.locator(`form[action$="/keys"]:has([name=keys][value=${state}]) button`).click()
    await visitor.look()
  }
  await visitor.page.evaluate((url) => fetch(url).then(() => {}), `/${language}/stay`)
  await visitor.goTo(`/${language}/closed`)
  await visitor.goTo(`/${language}/?waits=authority&sort=newest`)
  await page.locator('#view-name').fill('Nye')
  await visitor.follow(sender(visitor, '/views/keep'))
  await visitor.follow(sender(visitor, '/views/forget'))
  await page.locator('#text').fill('Nobody')
  await visitor.follow(page.locator('.desk-filters button'))
  // One that waits for its host: it is handed out where the view is of those.
  await visitor.goTo(`/${language}/?waits=hearing`)
  await visitor.follow(sender(visitor, '/next'))
}

async function walkCases(
  visitor: Visitor,
  language: string,
  cases: Cases,
  today: PlainDate,
): Promise<void> {
  const { page } = visitor
  for (const id of [cases.claimed, cases.ofTwo, cases.ofProtected, cases.heard]) {
    await visitor.goTo(`/${language}/cases/${id}`)
  }
  await visitor.follow(page.locator('main a[href*="/hearings/"]').first())
  await visitor.follow(page.locator('main form[action*="/hearings/"] button'))
  await page.locator('main [name=answer][value=no]').check()
  await page.locator('#text').fill('Vi kender ham ikke.')
  await visitor.follow(page.locator('main form[action*="/hearings/"] button'))
  await visitor.goTo(`/${language}/cases/${cases.ofTwo}`)
  await visitor.follow(sender(visitor, '/claim'))
  await visitor.follow(sender(visitor, '/release'))
  await page.locator('#note').fill('Ringede til udlejeren: ingen svarede.')
  await visitor.follow(sender(visitor, '/notes'))
  await visitor.follow(sender(visitor, '/history'))
  // The register of a test knows nothing before today: told, and then what it knows.
  for (const known of [addDays(today, -30), today]) {
    await fillDay(page, 'valid', addDays(today, -30))
    await fillDay(page, 'known', known)
    await visitor.follow(sender(visitor, '/history'))
  }
  assert.equal(await page.locator('#error-summary').count(), 0)
  assert.ok((await page.locator('.site-summary-row').count()) > 3)
}

async function fillDay(page: Page, name: string, day: PlainDate): Promise<void> {
  for (const [part, value] of Object.entries(partsOf(day))) {
    await page.locator(`main [name=${name}-${part}]`).fill(String(value))
  }
}

async function walkDecisions(visitor: Visitor, language: string, cases: Cases): Promise<void> {
  const { page } = visitor
  const decide = async (id: string, decision: string, fill: () => Promise<unknown>) => {
    await visitor.goTo(`/${language}/cases/${id}/decide/${decision}`)
    await visitor.follow(sender(visitor, `/decide/${decision}`))
    await fill()
    await page.locator('#text').fill('Oplysningerne passer ikke med registret.')
    await visitor.follow(sender(visitor, `/decide/${decision}`))
  }
  await decide(cases.rejected, 'reject', () => page.locator('main [name=reason]').first().check())
  await visitor.follow(sender(visitor, '/decide/undo'))
  await decide(cases.returned, 'return', () => page.locator('main [name=fields]').first().check())
  await decide(cases.forwarded, 'forward', () => page.locator('#authority').selectOption('0461'))
  await visitor.goTo(`/${language}/cases/${cases.ofTwo}`)
  await page.locator('main [name=persons]').first().uncheck()
  await visitor.follow(sender(visitor, '/decide/approve'))
}

async function walkBulk(visitor: Visitor, language: string): Promise<void> {
  const { page } = visitor
  await visitor.goTo(`/${language}/`)
  await visitor.follow(page.locator('.desk-bulk button:not([name])'))
  await visitor.goTo(`/${language}/`)
  await visitor.follow(page.locator('main [name=all]'))
  await page.locator('main details summary').click()
  await visitor.follow(sender(visitor, '/bulk/reject'))
  await visitor.follow(sender(visitor, '/bulk/approve'))
  await visitor.follow(sender(visitor, '/bulk/undo'))
  await visitor.goTo(`/${language}/`)
  await visitor.follow(page.locator('main [name=all]'))
  await visitor.follow(sender(visitor, '/bulk/approve'))
}

async function walkLetters(visitor: Visitor, language: string, site: DeskSite): Promise<void> {
  const { page } = visitor
  await site.server.ownerPool.script("update letter set delivery = 'undeliverable'")
  await visitor.goTo(`/${language}/letters`)
  await visitor.follow(sender(visitor, '/letters/print'))
  for (const box of await page.locator('main [name=letter]').all()) await box.check({ force: true })
  await visitor.follow(sender(visitor, '/letters/print'))
  await visitor.follow(sender(visitor, '/letters/settle'))
}

async function walkPolicies(visitor: Visitor, language: string): Promise<void> {
  await visitor.goTo(`/${language}/policies`)
  await visitor.follow(visitor.page.locator('main td a').first())
  for (const what of ['try', 'on', 'off']) await visitor.follow(sender(visitor, `/${what}`))
}

/** The control of the log: a reviewer's pages, what a case worker is asked, and both signatures. */
export async function walkReviews(look: Look): Promise<readonly string[]> {
  const { url, server } = await openDeskSite()
  const { scenario, codes, newCode } = server
  const week = await drawWeek(server, [scenario.ordinaryAdult, scenario.protectedAdult])
  const { language = 'da', shoot } = look
  const isEnglish = language === 'en'
  const visitor = await newVisitor({ url, ...look })
  const { page } = visitor
  await signIn(visitor, await newCode('log-reviewer', '0751'), isEnglish)
  await visitor.goTo(`/${language}/reviews/${week}`)
  await visitor.goTo(`/${language}/reviews/${week}/2`)
  await visitor.follow(sender(visitor, '/ask'))
  const asked = { ...look, ...(shoot !== undefined && { shoot: `${shoot}-asked` }) }
  const clerk = await newVisitor({ url, ...asked })
  await signIn(clerk, codes.municipality, isEnglish)
  await clerk.goTo(`/${language}/asked`)
  await clerk.page.locator('main textarea').fill('Borgeren ringede.')
  await clerk.follow(sender(clerk, '/asked'))
  await clerk.leave()
  for (const number of [1, 2]) {
    await visitor.goTo(`/${language}/reviews/${week}/${number}`)
    await page.locator('main [name=verdict][value=fine]').check()
    await visitor.follow(sender(visitor, '/judge'))
  }
  await visitor.follow(sender(visitor, '/sign'))
  await visitor.leave()
  return [...visitor.requested, ...clerk.requested]
}
