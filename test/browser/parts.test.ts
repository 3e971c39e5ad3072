/** The parts of pages in a real browser: usable by everybody, in both languages, without a script. */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertFocused } from '#test/browser/keyboard.ts'
import { openPartsSite } from '#test/browser/parts-page.ts'
import { newVisitor } from '#test/browser/visitor.ts'
import { assets } from '#web/assets.ts'

const { url, app } = await openPartsSite()
after(() => app.close())

const shoot = process.env['TEST_SHOOT'] === undefined ? undefined : 'parts'
const shooting = (name: string) => (shoot === undefined ? {} : { shoot: `${shoot}-${name}` })

test('every part is open to everybody, on a wide screen and on one of 320 pixels', async () => {
  for (const [name, width] of [
    ['desktop', 1280],
    ['phone', 320],
  ] as const) {
    const visitor = await newVisitor({ url, width, ...shooting(name) })
    await visitor.goTo('/da/parts')
    await visitor.goTo('/en/wrong')
    await visitor.leave()
    assert.equal(visitor.pages, 2)
  }
})

test('control: a page that shuts somebody out is not passed over, by no rule of WCAG 2.2 either', async () => {
  for (const [rule, bad] of [
    ['label', '<input>'],
    [
      'target-size',
      '<a href="/da/parts" style="font-size:8px">a</a><a href="/en/parts" style="font-size:8px">b</a>',
    ],
  ] as const) {
    const visitor = await newVisitor({ url })
    await visitor.goTo('/da/parts')
    const add = `document.querySelector('main').insertAdjacentHTML('beforeend', ${JSON.stringify(bad)})`
    await visitor.page.evaluate(add)
    await assert.rejects(visitor.look(), new RegExp(`${rule}: `))
    await visitor.page.context().close()
  }
})

test('the language switch keeps the page', async () => {
  const visitor = await newVisitor({ url })
  await visitor.goTo('/da/wrong')
  await visitor.press('English')
  assert.equal(visitor.path(), '/en/wrong')
  assert.equal(await visitor.page.locator('html').getAttribute('lang'), 'en')
  await visitor.press('Dansk')
  assert.equal(visitor.path(), '/da/wrong')
  await visitor.leave()
})

/** What is read out with a control, or with the group that it stands in. */
function describedBy(id: string): string {
  return `(() => {
    const control = document.getElementById('${id}')
    const own = control.getAttribute('aria-describedby')
    const group = control.closest('fieldset')?.getAttribute('aria-describedby')
    return [own, group].filter(Boolean).join(' ').split(' ').map((each) => document.getElementById(each).textContent).join(' ')
  })()`
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with a script' : 'without a script'
  test(`every link of the error summary leads into its control, ${how}`, async () => {
    const visitor = await newVisitor({ url, javaScript })
    for (const id of ['name', 'day', 'kind', 'several', 'country']) {
      await visitor.goTo('/en/wrong')
      await visitor.page.locator(`#error-summary a[href="#${id}"]`).click()
      await assertFocused(visitor, `#${id}`)
      const said = await visitor.page.evaluate(describedBy(id))
      assert.match(String(said), /Error: (Write|Choose)/)
    }
    await visitor.leave()
  })
}

test('the script of the design moves the focus to the summary, and the skip link to the content', async () => {
  const visitor = await newVisitor({ url })
  await visitor.goTo('/en/wrong')
  await assertFocused(visitor, '#error-summary')
  await visitor.goTo('/en/parts')
  await visitor.page.keyboard.press('Tab')
  await visitor.page.keyboard.press('Enter')
  await assertFocused(visitor, '#main-content')
  await visitor.leave()
})

test('what somebody writes comes back as text, and a form of ours is taken', async () => {
  const visitor = await newVisitor({ url })
  await visitor.goTo('/en/parts')
  await visitor.fill(/Anything/, '<script>alert(1)</script>')
  await visitor.press('Next')
  assert.equal(await visitor.page.locator('#said').innerText(), '<script>alert(1)</script>')
  await visitor.leave()
})

test('the fonts and icons come from here, and the browser may keep them for ever', async () => {
  const visitor = await newVisitor({ url })
  await visitor.goTo('/en/parts')
  await visitor.page.waitForFunction('document.fonts.status === "loaded"')
  const fonts = visitor.requested.filter((each) => each.endsWith('.woff2'))
  assert.ok(fonts.length > 0)
  assert.ok(visitor.requested.some((each) => each.includes('/img/icons.svg')))
  for (const each of visitor.requested.filter((one) => one.includes('/assets/'))) {
    assert.ok(each.startsWith(`${url}/assets/${assets().digest}/`), each)
  }
  assert.equal(await visitor.page.evaluate('document.fonts.check("16px IBM Plex Sans")'), true)
  await visitor.leave()
})

test('a page that does not exist and one that breaks say so in plain words', async () => {
  const visitor = await newVisitor({ url })
  await visitor.goTo('/en/nowhere')
  assert.equal(await visitor.heading(), 'The page does not exist')
  await visitor.goTo('/da/broken')
  assert.equal(await visitor.heading(), 'Noget gik galt hos os')
  assert.match(await visitor.text(), /Reference: [0-9a-f]{12}/)
  assert.doesNotMatch(await visitor.page.content(), /4321|secret/)
  await visitor.leave()
})
