/** Looks closely at a page: whether every action can be come at, and no words are cut off. */

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Evaluated in the page; gives what is wrong, each with the markup that it is about. */
const findings = `(() => {
  const wrong = []
  const tell = (why, it) => wrong.push(why + ': ' + it.outerHTML.slice(0, 200))
  const isDrawn = (it) => {
    const { width, height } = it.getBoundingClientRect()
    return width > 2 && height > 2 && it.checkVisibility({ visibilityProperty: true })
  }
  const actions = 'a[href]:not(.skipnav), button, input:not([type=hidden]), select, textarea, summary'
  for (const it of document.querySelectorAll(actions)) {
    // A box to tick is drawn by its label, where it has one, or beside it.
    const isBox = it.matches('[type=radio], [type=checkbox]')
    const target = isBox ? (it.labels[0] ?? it) : it
    if (!isDrawn(target)) continue
    target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    const { left, right, top, bottom } = target.getClientRects()[0]
    const x = Math.min(Math.max((left + right) / 2, 0), innerWidth - 1)
    const hit = document.elementFromPoint(x, (top + bottom) / 2)
    const own = isBox ? target.parentElement : target
    if (!own.contains(hit)) tell('covered', it)
  }
  for (const it of document.querySelectorAll('body *')) {
    const hides = ['hidden', 'clip'].includes(getComputedStyle(it).overflowX)
    const says = [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (hides && says && isDrawn(it) && it.scrollWidth > it.clientWidth + 1) tell('cut', it)
  }
  scrollTo(0, 0)
  return wrong
})()`

export async function lookClosely(page: Page): Promise<void> {
  assert.deepEqual(await page.evaluate(findings), [], `what cannot be come at on ${page.url()}`)
}
