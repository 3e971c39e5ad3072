/**
 * Somebody in front of a browser: goes to pages, presses, fills in. After every page the kit looks
 * for what would shut somebody out, for requests to other hosts and for what does not fit.
 */

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { present } from '#base/assert.ts'
import { openBrowser, screenshotFolder } from '#test/browser/chromium.ts'
import { lookClosely } from '#test/browser/closely.ts'
import { checkStructure } from '#test/browser/structure.ts'
import { lookInEveryWay } from '#test/browser/ways.ts'
import { hear } from '#test/canaries/ears.ts'
import { patienceMs } from '#test/patience.ts'

export type VisitorOptions = {
  /** Of the site: 'http://127.0.0.1:40123'. */
  readonly url: string
  /** Other origins of ours, as the one where people sign in. */
  readonly also?: readonly string[]
  readonly javaScript?: boolean
  readonly language?: 'da' | 'en'
  readonly width?: number
  readonly height?: number
  /** Also asks of each page whether everything on it can be come at. */
  readonly closely?: boolean
  /** Also asks how each page is built, and looks in the ways that readers choose. */
  readonly thoroughly?: boolean
  /** Writes a picture of each page into this folder, numbered. */
  readonly shoot?: string
  /** Rules of axe that are not asked for, each with the reason. */
  readonly exempt?: Readonly<Record<string, string>>
}

let browser: Promise<Browser> | undefined
after(async () => {
  await (await browser)?.close()
})

/** A visitor with cookies of their own. The browser is shared by the visitors of a file. */
export async function newVisitor(options: VisitorOptions): Promise<Visitor> {
  browser ??= openBrowser()
  const { javaScript = true, language = 'da', width = 1280, height = 900 } = options
  const context = await (await browser).newContext({
    javaScriptEnabled: javaScript,
    locale: language === 'da' ? 'da-DK' : 'en-GB',
    viewport: { width, height },
  })
  context.setDefaultTimeout(patienceMs)
  return new Visitor(options, context, await context.newPage())
}

export class Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Every URL that was asked for. */
  readonly requested: string[] = []
  /** What the browser complained of: refused by the content policy, scripts that failed. */
  readonly complaints: string[] = []
  /** How many pages were seen. */
  pages = 0
  readonly #options: VisitorOptions

  constructor(options: VisitorOptions, context: BrowserContext, page: Page) {
    this.#options = options
    this.context = context
    this.page = page
    page.on('request', (request) => this.requested.push(request.url()))
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      // A status is an answer that the test judges by itself.
      if (message.type() !== 'error' || /the server responded with a status/.test(message.text()))
        return
      this.complaints.push(message.text())
    })
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.#options.url).href)
    await this.look()
  }

  /** Presses the button or link of that name, and looks at the page that comes. */
  async press(name: string | RegExp): Promise<void> {
    const exact = typeof name === 'string'
    const target = this.page
      .getByRole('button', { name, exact })
      .or(this.page.getByRole('link', { name, exact }))
      .first()
    await this.follow(target)
  }

  async follow(target: Locator): Promise<void> {
    await target.click()
    await this.page.waitForLoadState('load')
    await this.look()
  }

  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.page
      .getByLabel(label, { exact: typeof label === 'string' })
      .first()
      .fill(text)
  }

  async choose(label: string | RegExp): Promise<void> {
    await this.page
      .getByLabel(label, { exact: typeof label === 'string' })
      .first()
      .check()
  }

  heading(): Promise<string> {
    return this.page.locator('h1').first().innerText()
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText()
  }

  path(): string {
    const { pathname, search } = new URL(this.page.url())
    return pathname + search
  }

  /** Looks at the page as it is now. */
  async look(): Promise<void> {
    this.pages += 1
    hear(`screen ${this.page.url()}`, await this.page.locator('body').innerText())
    await this.shoot()
    await this.#checkAccess()
    await this.checkFits()
    if (this.#options.closely) await lookClosely(this.page)
    if (this.#options.thoroughly) {
      await checkStructure(this.page)
      await lookInEveryWay(this.page)
    }
    this.checkHosts()
    assert.deepEqual(this.complaints, [], `on ${this.page.url()}`)
  }

  async shoot(name?: string): Promise<void> {
    const { shoot } = this.#options
    if (shoot === undefined) return
    const folder = join(screenshotFolder, shoot)
    mkdirSync(folder, { recursive: true })
    const slug = name ?? (await this.heading()).toLowerCase().replace(/[^a-z0-9æøå]+/g, '-')
    const file = `${String(this.pages).padStart(2, '0')}-${slug.slice(0, 60)}.png`
    await this.page.screenshot({ path: join(folder, file), fullPage: true })
  }

  async #checkAccess(): Promise<void> {
    const { exempt = {} } = this.#options
    const page = await this.#judged()
    const exempted = Object.keys(exempt).map((rule) => [rule, { enabled: false }])
    // The one rule of WCAG 2.2 that axe has is off unless it is asked for.
    const rules = { 'target-size': { enabled: true }, ...Object.fromEntries(exempted) }
    const { violations } = await new AxeBuilder({ page })
      .options({ rules })
      .setLegacyMode(true)
      .analyze()
    if (page !== this.page) await page.context().close()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    assert.deepEqual(told, [], `what shuts people out on ${this.page.url()}`)
  }

  /**
   * axe is a script and waits for timers, which a browser without scripts does not run. So the same
   * page is judged in one that has them, its own scripts taken out.
   */
  async #judged(): Promise<Page> {
    if (this.#options.javaScript !== false) return this.page
    const viewport = this.page.viewportSize()
    const context = await present(this.context.browser(), 'the browser').newContext({ viewport })
    const page = await context.newPage()
    const body = (await this.page.content()).replaceAll(/<script\b[^>]*><\/script>/g, '')
    await page.route(this.page.url(), (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body }),
    )
    await page.goto(this.page.url())
    return page
  }

  /** Nothing makes the page wider than the screen: nobody has to scroll sideways. */
  async checkFits(): Promise<void> {
    const [wide = 0, width = 0] = await this.page
      .evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]')
      .then((value) => (Array.isArray(value) ? value.map(Number) : []))
    assert.ok(wide <= width, `${this.page.url()} is ${wide} wide on a screen of ${width}`)
  }

  /** Nobody else hears of the visit. */
  checkHosts(): void {
    const ours = [this.#options.url, ...(this.#options.also ?? [])]
    const strays = this.requested.filter((url) => !ours.some((own) => url.startsWith(`${own}/`)))
    assert.deepEqual(strays, [])
  }

  async leave(): Promise<void> {
    await this.context.close()
  }
}
