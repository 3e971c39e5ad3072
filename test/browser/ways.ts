/**
 * Looks at a page in the ways in which people have their browser show it: with more space in the
 * text, with colours of their own, without movement, and on paper.
 */

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** WCAG 2.2, 1.4.12; in a way that the content policy of the page lets pass. */
const spread = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; ' +
    'word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [sheet]
})()`

const cut = `(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  const wrong = wide > 0 ? ['wider by ' + wide] : []
  for (const it of document.querySelectorAll('main *, header *, footer *')) {
    const { overflowX, overflowY } = getComputedStyle(it)
    const says = [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    const { width, height } = it.getBoundingClientRect()
    if (!says || width < 3 || height < 3) continue
    const isCut = (overflowX === 'hidden' && it.scrollWidth > it.clientWidth + 1) ||
      (overflowY === 'hidden' && it.scrollHeight > it.clientHeight + 1)
    if (isCut) wrong.push('cut: ' + it.outerHTML.slice(0, 160))
  }
  return wrong
})()`

/** Where colours are the reader's, what is chosen and what can be pressed has a line around it. */
const unmarked = `(() => {
  const has = (it) => {
    const style = getComputedStyle(it)
    const lines = [
      [style.borderBottomWidth, style.borderBottomStyle],
      [style.outlineWidth, style.outlineStyle],
    ]
    return lines.some(([width, style]) => style !== 'none' && parseFloat(width) > 0)
  }
  const isDrawn = (it) => it.checkVisibility({ visibilityProperty: true })
  const marked =
    '.button, .tab-button[aria-current], .site-nav li.current, .badge, .site-moment-mark'
  return [...document.querySelectorAll(marked)]
    .filter((it) => isDrawn(it) && !has(it) && ![...it.children].some(has))
    .map((it) => it.outerHTML.slice(0, 160))
})()`

const moving = `(() => {
  const seconds = (text) => Math.max(...text.split(',').map((each) => parseFloat(each)))
  return [...document.querySelectorAll('body, body *')].filter((it) => {
    const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(it)
    const isMoving = seconds(transitionDuration) > 0 || seconds(animationDuration) > 0
    return isMoving || scrollBehavior === 'smooth'
  }).map((it) => it.outerHTML.slice(0, 160))
})()`

/** On paper nothing can be pressed, and nothing runs over the edge. */
const unprintable = `(() => {
  const pressed = 'button, .button, .back-link, nav, .skipnav, form, details > summary'
  const isDrawn = (it) => it.checkVisibility({ visibilityProperty: true })
  const shown = [...document.querySelectorAll(pressed)].filter(isDrawn)
  return shown.map((it) => it.outerHTML.slice(0, 160))
})()`

export async function lookInEveryWay(page: Page): Promise<void> {
  const where = page.url()
  await page.evaluate(spread)
  assert.deepEqual(await page.evaluate(cut), [], `with more space in the text of ${where}`)
  await page.evaluate('document.adoptedStyleSheets = []')
  await page.emulateMedia({ forcedColors: 'active' })
  assert.deepEqual(await page.evaluate(unmarked), [], `in colours of one's own: ${where}`)
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' })
  assert.deepEqual(await page.evaluate(moving), [], `what moves on ${where}`)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
}

/** Of pages that are meant to be printed. */
export async function lookOnPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(await page.evaluate(unprintable), [], `on paper: ${page.url()}`)
  await page.emulateMedia({ media: 'screen' })
}
