/**
 * Anybody's way through a report of any type: answers what a page asks, whatever it is, until the
 * receipt. Made of what stands on the page, so that a new type needs no line here.
 */

import assert from 'node:assert/strict'
import { type PlainDate, partsOf } from '#base/calendar.ts'
import type { Language } from '#base/text.ts'
import { assertErrorLinksLead } from '#test/browser/keyboard.ts'
import type { Visitor } from '#test/browser/visitor.ts'

export type Walk = {
  readonly language: Language
  /** The name of the type, as in its address. */
  readonly type: string
  readonly date: PlainDate
  /** An address as people write it, in 0751. */
  readonly address: string
  /** Each page is sent empty first, and where it is refused, every link to an error is followed. */
  readonly isCareless?: boolean
}

const words = {
  begin: { da: 'Begynd', en: 'Start' },
  next: { da: 'Næste', en: 'Next' },
  send: { da: 'Send anmeldelsen', en: 'Send the report' },
  thanks: {
    da: 'Tak, vi har modtaget din anmeldelse',
    en: 'Thank you, we have received your report',
  },
}
const pagesMax = 14

/** From the first page of a type to its receipt. */
export async function walk(visitor: Visitor, asked: Walk): Promise<void> {
  const { language, type, isCareless = false } = asked
  const pages = new Set<string>()
  let refused = 0
  await visitor.goTo(`/${language}/report/${type}`)
  await visitor.press(words.begin[language])
  for (let page = 0; !/\/check(\?|$)/.test(visitor.path()); page += 1) {
    assert.ok(page < pagesMax, `${type} does not end: ${visitor.path()}\n${await visitor.text()}`)
    const isNew = !pages.has(visitor.path())
    pages.add(visitor.path())
    if (isCareless && isNew) {
      await visitor.press(words.next[language])
      // What may be left empty is no error, and the next page is there.
      if ((await visitor.page.locator('#error-summary').count()) === 0) continue
      await assertErrorLinksLead(visitor)
      refused += 1
    }
    await answer(visitor, asked)
    await visitor.press(words.next[language])
  }
  assert.ok(!isCareless || refused > 0, `${type} has no page that must be answered`)
  const confirm = visitor.page.locator('#confirm')
  if ((await confirm.count()) > 0) await confirm.check()
  await visitor.press(words.send[language])
  assert.equal(await visitor.heading(), words.thanks[language], await visitor.text())
}

async function answer({ page }: Visitor, { date, address }: Walk): Promise<void> {
  const { year, month, day } = partsOf(date)
  const fillIn = async (selector: string, text: string) => {
    const control = page.locator(selector)
    if ((await control.count()) > 0) await control.first().fill(text)
  }
  await fillIn('[name="date-day"]', String(day))
  await fillIn('[name="date-month"]', String(month))
  await fillIn('[name="date-year"]', String(year))
  await fillIn('[name="line1"]', 'Rue des Essais 4')
  await fillIn('[name="addressText"]', address)
  for (const [name, value] of [
    ['municipality', '0751'],
    ['country', '5130'],
    ['citizenship', '5130'],
  ]) {
    const list = page.locator(`select[name="${name}"]`)
    if ((await list.count()) > 0) await list.selectOption(value ?? '')
  }
  const radios = page.locator('main input[type="radio"]')
  if ((await radios.count()) > 0) await radios.first().check()
}
