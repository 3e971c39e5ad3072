/** The other language keeps the page, also where the page answers a form and has no address. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestSite } from '#test/browser/site.ts'

const site = await openTestSite()

for (const javaScript of [true, false]) {
  test(`what was refused stands in the other language, as it was written, ${javaScript ? 'with' : 'without'} a script`, async () => {
    const visitor = await site.signedIn(site.server.scenario.flatmates[0], { javaScript })
    const { page } = visitor
    await visitor.goTo('/da/powers/give')
    await page.locator('#name').fill('Grete <b> Græs & Søn')
    await visitor.press('Giv fuldmagten')
    assert.match(await visitor.text(), /Skriv et personnummer på ti cifre/)
    await visitor.press('English')
    assert.equal(visitor.path(), '/en/powers/give')
    assert.match(await visitor.text(), /Enter a personal number of ten digits/)
    assert.equal(await page.locator('#name').inputValue(), 'Grete <b> Græs & Søn')
    await visitor.press('Dansk')
    assert.equal(await page.locator('#name').inputValue(), 'Grete <b> Græs & Søn')
    await visitor.leave()
  })
}
