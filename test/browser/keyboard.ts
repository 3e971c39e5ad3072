/** Somebody without a mouse: goes by the tab key alone, and sees at each step where they are. */

import assert from 'node:assert/strict'
import type { Visitor } from '#test/browser/visitor.ts'

const tabsMax = 120

/** Until what is meant has the focus; what has it on the way can be seen to have it. */
export async function tabTo({ page }: Visitor, selector: string): Promise<void> {
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await page.keyboard.press('Tab')
    const [isIt, isShown] = await page
      .evaluate(
        `(() => {
        const it = document.activeElement
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it)
        const isShown = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
        return [it.matches(${JSON.stringify(selector)}), isShown]
      })()`,
      )
      .then((value) => (Array.isArray(value) ? value.map(Boolean) : []))
    assert.ok(isShown, `the focus is not seen on ${page.url()}`)
    if (isIt) return
  }
  assert.fail(`${selector} is not reached on ${page.url()}`)
}

/** Until it has the focus: a link into its page moves that only when the page is drawn anew. */
export async function assertFocused({ page }: Visitor, selector: string): Promise<void> {
  await page.locator(`${selector}:focus`).waitFor()
}

/** Each link of the error summary, by the keyboard, to the field that it is about. */
export async function assertErrorLinksLead(visitor: Visitor): Promise<void> {
  const { page } = visitor
  const links = page.locator('#error-summary a')
  const count = await links.count()
  assert.ok(count > 0, `no error on ${page.url()}`)
  for (let at = 0; at < count; at += 1) {
    const target = (await links.nth(at).getAttribute('href'))?.replace(/^.*#/, '')
    await links.nth(at).focus()
    await page.keyboard.press('Enter')
    await assertFocused(visitor, `[id="${target}"]`)
  }
}

/** To a button or link, and presses it. */
export async function pressBy(visitor: Visitor, selector: string): Promise<void> {
  await tabTo(visitor, selector)
  await pressKey(visitor, 'Enter')
}

/** A key that leads to another page. */
export async function pressKey(visitor: Visitor, key: string): Promise<void> {
  await Promise.all([visitor.page.waitForEvent('load'), visitor.page.keyboard.press(key)])
  await visitor.look()
}

/** Types an address, and takes the first that is offered for all of what was typed. */
export async function typeAddress({ page }: Visitor, text: string, keyMs = 0): Promise<void> {
  const isForAll = (url: string) => new URL(url).searchParams.get('q') === text
  const answered = page.waitForResponse((answer) => isForAll(answer.url()))
  await page.keyboard.type(text, { delay: keyMs })
  // Before that, what is offered is for the first letters of it, and taken away again.
  await (await answered).finished()
  await page.locator('[role=option]').first().filter({ hasText: text }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** To a field, and writes into it. */
export async function typeBy(visitor: Visitor, selector: string, text: string): Promise<void> {
  await tabTo(visitor, selector)
  await visitor.page.keyboard.type(text)
}
