/**
 * Looks at what axe leaves to people: one main heading and none skipped, a title that says what is
 * wrong, landmarks, captions, and targets that a finger hits.
 */

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Evaluated in the page; gives what is wrong, each with the markup that it is about. */
const findings = `(() => {
  const wrong = []
  const tell = (why, it) => wrong.push(it ? why + ': ' + it.outerHTML.slice(0, 160) : why)
  const all = (selector) => [...document.querySelectorAll(selector)]
  const isDrawn = (it) => {
    const { width, height } = it.getBoundingClientRect()
    return width > 2 && height > 2 && it.checkVisibility({ visibilityProperty: true })
  }

  // WCAG 2.2, 1.3.1 and 2.4.6: headings tell how the page is built.
  const headings = all('h1, h2, h3, h4, h5, h6').filter((it) => it.checkVisibility())
  const mains = headings.filter((it) => it.matches('main h1'))
  if (mains.length !== 1) tell(mains.length + ' main headings')
  let above = 1
  for (const it of headings.filter((it) => it.matches('main *'))) {
    const level = Number(it.tagName[1])
    // What a page says before its heading, as what is wrong, stands a level below it.
    if (level > above + 1) tell('heading that skips a level', it)
    above = level
  }

  // 2.4.2 and 3.3.1: the title says which page it is, and first that something is wrong.
  const name = (mains[0]?.textContent ?? '').replaceAll(/\\s+/g, ' ').trim()
  const isWrong = /^(Fejl|Error): /.test(document.title)
  if (isWrong !== (all('#error-summary').length > 0)) tell('title and errors: ' + document.title)
  const told = document.title.replace(/^(Fejl|Error): /, '')
  if (!told.startsWith(name.slice(0, 12))) tell('title of another page: ' + told + ' | ' + name)

  // 1.3.1 and 2.4.1: each landmark once, or with a name of its own.
  for (const selector of ['main', 'body > header', 'body > footer']) {
    if (all(selector).length !== 1) tell(all(selector).length + ' of ' + selector)
  }
  const marks = all('nav, section[aria-labelledby], section[aria-label], [role=region]')
  const names = marks.map((it) => {
    const by = it.getAttribute('aria-labelledby')
    const label = by ? document.getElementById(by)?.textContent : it.getAttribute('aria-label')
    if (!label) tell('landmark without a name', it)
    return it.tagName + ' ' + label
  })
  names.forEach((each, at) => names.indexOf(each) < at && tell('two landmarks ' + each))
  const ids = all('[id]').map(({ id }) => id)
  ids.forEach((id, at) => ids.indexOf(id) < at && tell('two of the id ' + id))
  if (all('[tabindex]').some((it) => it.tabIndex > 0)) tell('an order of focus of its own')

  for (const it of all('table')) {
    if (!it.caption?.textContent.trim()) tell('table without a caption', it)
    if (!it.querySelector('th[scope]')) tell('table without heads', it)
  }

  // 2.4.4: the same words at one level lead to one place, unless row or item tells them apart.
  const places = new Map()
  for (const it of all('main a[href]').filter(isDrawn)) {
    if (it.closest('tr, li, dd')) continue
    const words = it.textContent.replaceAll(/\\s+/g, ' ').trim()
    const other = places.get(words) ?? it.href
    if (other !== it.href) tell('the same words lead elsewhere', it)
    places.set(words, it.href)
  }

  // 2.5.8: 24 by 24 pixels, or so far apart; what stands in a sentence is as high as its line.
  const least = 24
  const isInText = (it) =>
    getComputedStyle(it).display === 'inline' &&
    [...it.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
  const pressed =
    'a[href]:not(.skipnav), button, input:not([type=hidden]), select, textarea, summary'
  const targets = all(pressed)
    .map((it) => (it.matches('.form-radio, .form-checkbox') ? (it.labels[0] ?? it) : it))
    .filter(isDrawn)
  const boxes = targets.map((it) => it.getBoundingClientRect())
  targets.forEach((it, at) => {
    const { left, top, width, height } = boxes[at]
    if ((width >= least - 0.5 && height >= least - 0.5) || isInText(it)) return
    const [x, y] = [left + width / 2, top + height / 2]
    const isNear = boxes.some((box, other) => {
      if (other === at || targets[other].contains(it) || it.contains(targets[other])) return false
      const dx = Math.max(box.left - x, 0, x - box.right)
      const dy = Math.max(box.top - y, 0, y - box.bottom)
      return Math.hypot(dx, dy) < least / 2
    })
    if (isNear) tell('target of ' + Math.round(width) + ' by ' + Math.round(height), it)
  })
  return wrong
})()`

export async function checkStructure(page: Page): Promise<void> {
  assert.deepEqual(await page.evaluate(findings), [], `how ${page.url()} is built`)
}
