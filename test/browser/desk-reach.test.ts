/** Whoever cannot use a mouse, or needs everything four times as big, works at the desk all the same. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routesNotIn } from '#test/browser/desk-routes.ts'
import { openDeskSite } from '#test/browser/desk-site.ts'
import { walkDesk, walkReviews } from '#test/browser/desk-walk.ts'
import { assertFocused, pressBy, pressKey, tabTo, typeBy } from '#test/browser/keyboard.ts'
import { newVisitor, type Visitor } from '#test/browser/visitor.ts'

/** 1280 by 1024 pixels at 400 % are so many of the page's own (WCAG 2.2, 1.4.10). */
const big = { width: 320, height: 256, closely: true } as const

const asked: string[] = []

test('at 400 % no page of the desk is wider than the screen, cut, or out of reach', async () => {
  const walked = await walkDesk({ ...big, language: 'da' })
  assert.ok(walked.length > 100)
  asked.push(...walked)
})

test('at 400 % nor is any page of the control of the log', async () => {
  const walked = await walkReviews({ ...big, language: 'en' })
  assert.ok(walked.length > 20)
  asked.push(...walked)
})

test('every address that the desk answers is in one of those walks', () => {
  assert.deepEqual(routesNotIn(asked), [])
  assert.deepEqual(routesNotIn(asked.filter((url) => !url.includes('/history'))), ['history'])
})

test('what is covered or cut is found', async () => {
  const { url } = await openDeskSite()
  const breaks = [
    "body::after { content: ''; inset: 0; position: fixed; z-index: 99 }",
    'main h1 { overflow: hidden; white-space: nowrap; width: 40px }',
  ]
  for (const style of breaks) {
    const visitor = await newVisitor({ url, ...big })
    await visitor.goTo('/da/sign-in')
    await visitor.page.evaluate(
      `(() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(${JSON.stringify(style)})
        document.adoptedStyleSheets = [sheet]
      })()`,
    )
    await assert.rejects(visitor.look(), /cannot be come at/, style)
    await visitor.leave()
  }
})

const enter = 'main button[type="submit"]'

/** From the queue, by what is searched for, to the case. */
async function openCase(visitor: Visitor, id: string): Promise<void> {
  await typeBy(visitor, '#text', id)
  await pressKey(visitor, 'Enter')
  await pressBy(visitor, `a[href^="/en/cases/${id}"]`)
}

async function says(visitor: Visitor, words: RegExp): Promise<void> {
  assert.match(await visitor.text(), words)
}

test('a day at the desk goes by the keyboard alone, from signing in to signing out', async () => {
  const { url, server, saveProtection } = await openDeskSite()
  const { scenario, codes } = server
  const [one, other] = [
    await saveProtection(scenario.ordinaryAdult),
    await saveProtection(scenario.flatmates[0]),
  ]
  const visitor = await newVisitor({ url, language: 'en' })
  const { page } = visitor
  await visitor.goTo('/en/')
  await page.keyboard.press('Tab')
  await assertFocused(visitor, '.skipnav')
  await typeBy(visitor, '#person-code', codes.municipality.code)
  await typeBy(visitor, '#password', codes.municipality.password)
  await pressKey(visitor, 'Enter')
  assert.equal(await visitor.heading(), 'Waiting cases')

  await openCase(visitor, one)
  await page.keyboard.press('b')
  await assertFocused(visitor, '#note')
  await page.keyboard.type('Rang the landlord.')
  await pressBy(visitor, enter)
  await says(visitor, /Rang the landlord\./)

  await pressKey(visitor, 'x')
  await tabTo(visitor, '[type="radio"][name="reason"]')
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.locator('main [name="reason"]:checked').count(), 1)
  await typeBy(visitor, '#text', 'You live elsewhere.')
  await pressBy(visitor, enter)
  await says(visitor, /The case is rejected/)
  await pressBy(visitor, `form[action*="/undo"] button`)
  await says(visitor, /The case is waiting again/)

  await pressKey(visitor, 'r')
  await tabTo(visitor, '[type="checkbox"][name="fields"]')
  await page.keyboard.press('Space')
  await typeBy(visitor, '#text', 'Until which day?')
  await pressBy(visitor, enter)
  await says(visitor, /The case is returned to its reporter/)

  await pressKey(visitor, 'k')
  await openCase(visitor, other)
  await pressBy(visitor, 'a[href*="/decide/forward"]')
  await typeBy(visitor, '#authority', 'Odense')
  await typeBy(visitor, '#text', 'The person lives there.')
  await pressBy(visitor, enter)
  await says(visitor, /The case is forwarded/)

  await pressBy(visitor, 'button.log-off')
  assert.equal(await visitor.heading(), 'Sign in to the case desk')
  await visitor.leave()
})
